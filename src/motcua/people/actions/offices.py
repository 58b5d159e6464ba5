"""Agencies, their codes and their units: each written from a day on, never overwritten."""

from datetime import date, datetime

from django.db import transaction

from motcua.core.events import Actor, record
from motcua.people.actions.telling import told
from motcua.people.models import Agency, AgencyCode, Unit


@transaction.atomic
def open_agency(
    *, name: str, short_name: str, kind: str, level: str, valid_from: date, by: Actor, at: datetime,
    valid_to: date | None = None, parent: Agency | None = None, calendar_code: str = "VN",
    address: str = "", phone: str = "", email: str = "",
) -> Agency:  # fmt: skip
    """Write down an agency from its first day (to its last, when already known). Records `agency.opened`.

    Raises IntegrityError when it would end before it begins.
    """
    agency = Agency.objects.create(
        name=name, short_name=short_name, kind=kind, level=level, parent=parent, calendar_code=calendar_code,
        address=address, phone=phone, email=email, valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip
    record(
        kind="agency.opened", subject=("agency", agency.id), by=by, at=at, agency_id=agency.id,
        after={
            "name": name, "kind": kind, "level": level, "parent": str(parent.id) if parent else None,
            "calendar_code": calendar_code, "valid_from": told(valid_from), "valid_to": told(valid_to),
        },
    )  # fmt: skip
    return agency


@transaction.atomic
def give_code(
    *, agency: Agency, scheme: str, code: str, valid_from: date, by: Actor, at: datetime, valid_to: date | None = None
) -> AgencyCode:
    """Give the agency its code in a scheme from a day on. Records `agency.code_given`.

    Raises IntegrityError when it has another code of that scheme at that time, or the code is misshapen
    (Decision 20/2020/QĐ-TTg: capitals, digits and dots, at most 35).
    """
    given = AgencyCode.objects.create(agency=agency, scheme=scheme, code=code, valid_from=valid_from, valid_to=valid_to)
    record(
        kind="agency.code_given", subject=("agency", agency.id), by=by, at=at, agency_id=agency.id,
        after={"scheme": scheme, "code": code, "valid_from": told(valid_from), "valid_to": told(valid_to)},
    )  # fmt: skip
    return given


@transaction.atomic
def open_unit(
    *, agency: Agency, name: str, function: str, valid_from: date, by: Actor, at: datetime,
    valid_to: date | None = None,
) -> Unit:  # fmt: skip
    """Open a room of the agency. Records `unit.opened`.

    Raises IntegrityError when another unit of the agency has this function at that time.
    """
    unit = Unit.objects.create(agency=agency, name=name, function=function, valid_from=valid_from, valid_to=valid_to)
    record(
        kind="unit.opened", subject=("unit", unit.id), by=by, at=at, agency_id=agency.id,
        after={
            "name": name, "function": function, "valid_from": told(valid_from), "valid_to": told(valid_to),
        },
    )  # fmt: skip
    return unit
