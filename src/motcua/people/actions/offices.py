"""Agencies, their codes and their units: each written from a day on, never overwritten."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.core.events import Actor, record
from motcua.core.refusals import Refusal
from motcua.people.access import ActingOfficial
from motcua.people.actions.guards import one_at_a_time
from motcua.people.actions.telling import told
from motcua.people.models import Agency, AgencyCode, Official, RoleGrant, Succession, Unit


class OfficeRefused(Refusal):
    """The office cannot be changed so; the sentence says why."""


class SuccessorRefused(Refusal):
    """Work of a unit that closes is left behind, or cannot go where it should; the sentence says what to choose."""


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
def succeed(
    predecessor: Agency, successor: Agency, *, from_date: date, by: Actor, at: datetime, decision: str = ""
) -> Succession:
    """From that day on `successor` answers for what `predecessor` did. Records `agency.succeeded` of the predecessor.

    Told twice it is as it was. Raises `OfficeRefused` unless the one ended before that day and the other stands then.
    """
    if predecessor.valid_to is None or predecessor.valid_to >= from_date:
        raise OfficeRefused(_("Cơ quan được kế tục phải kết thúc trước ngày kế tục."))
    if successor.valid_from > from_date or (successor.valid_to is not None and successor.valid_to < from_date):
        raise OfficeRefused(_("Cơ quan kế tục phải đang hoạt động vào ngày kế tục."))
    told_before, is_new = Succession.objects.get_or_create(
        predecessor=predecessor, successor=successor, defaults={"from_date": from_date, "decision": decision}
    )
    if is_new:
        record(
            kind="agency.succeeded", subject=("agency", predecessor.id), by=by, at=at, agency_id=predecessor.id,
            after={"successor": str(successor.id), "from_date": told(from_date), "decision": decision},
        )  # fmt: skip
    return told_before


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


@dataclass(frozen=True, slots=True)
class UnitClosing:
    """What the listeners of `unit.closed` look at: whose work ends when, and who takes it over (None: not said)."""

    unit: Unit
    last_day: date
    successor: Unit | None
    by: ActingOfficial


@transaction.atomic
def close_unit(
    unit_id: UUID, *, last_day: date, by: ActingOfficial, at: datetime, successor_id: UUID | None = None
) -> Unit:
    """The unit works until the end of that day; `successor_id` is the unit that takes over its work.

    Records `unit.closed`, whose listeners refuse when work would be left behind. Raises `OfficeRefused` when it is
    not of this agency, closed before, begins later, or somebody still has his place or a role in it after that day;
    `SuccessorRefused`.
    """
    one_at_a_time(by.agency_id)
    unit = Unit.objects.filter(pk=unit_id, agency_id=by.agency_id).first()
    if unit is None:
        raise OfficeRefused(_("Cơ quan không có đơn vị này."))
    _check_last_day(unit.valid_from, unit.valid_to, last_day)
    later = Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)
    holding = RoleGrant.objects.filter(later, unit=unit).values("official")
    placed = Official.objects.filter(later).filter(Q(unit=unit) | Q(pk__in=holding))
    staying = list(placed.order_by("full_name").values_list("full_name", flat=True))
    if staying:
        raise OfficeRefused(
            _("Sau ngày này đơn vị vẫn còn người: %(names)s. Ông/bà cho thôi vai trò hoặc thôi làm việc trước.")
            % {"names": ", ".join(staying)}
        )
    successor = _successor(unit, successor_id, last_day + timedelta(days=1))
    unit.valid_to = last_day
    unit.save(update_fields=["valid_to"])
    record(
        kind="unit.closed", subject=("unit", unit.id), by=by.actor, at=at, agency_id=by.agency_id,
        before={"valid_to": None},
        after={"valid_to": told(last_day), "successor": told(successor.id) if successor else None},
        carried=UnitClosing(unit, last_day, successor, by),
    )  # fmt: skip
    return unit


def _successor(unit: Unit, successor_id: UUID | None, first_day: date) -> Unit | None:
    """The unit that takes over. Raises `SuccessorRefused` unless it is another of the agency, open on that day."""
    if successor_id is None:
        return None
    lasts = Q(valid_to__isnull=True) | Q(valid_to__gte=first_day)
    others = Unit.objects.filter(lasts, agency_id=unit.agency_id, valid_from__lte=first_day).exclude(pk=unit.pk)
    found = others.filter(pk=successor_id).first()
    if found is None:
        raise SuccessorRefused(_("Đơn vị nhận phải là đơn vị khác của cơ quan, còn làm việc sau ngày này."))
    return found


@transaction.atomic
def end_code(code_id: UUID, *, last_day: date, by: ActingOfficial, at: datetime) -> AgencyCode:
    """The code is used until the end of that day, and stays readable. Records `agency.code_ended`.

    Raises `OfficeRefused` when it is not of this agency, ended before, or begins later.
    """
    given = AgencyCode.objects.select_for_update().filter(pk=code_id, agency_id=by.agency_id).first()
    if given is None:
        raise OfficeRefused(_("Cơ quan không có mã này."))
    _check_last_day(given.valid_from, given.valid_to, last_day)
    given.valid_to = last_day
    given.save(update_fields=["valid_to"])
    record(
        kind="agency.code_ended", subject=("agency", by.agency_id), by=by.actor, at=at, agency_id=by.agency_id,
        before={"code": given.code, "valid_to": None}, after={"code": given.code, "valid_to": told(last_day)},
    )  # fmt: skip
    return given


@transaction.atomic
def change_contact(*, address: str, phone: str, email: str, by: ActingOfficial, at: datetime) -> None:
    """Where citizens find and reach his agency. Records `agency.contact_changed` with what differs; else nothing."""
    agency = Agency.objects.select_for_update().get(pk=by.agency_id)
    wanted = {"address": address, "phone": phone, "email": email}
    changed = {name: value for name, value in wanted.items() if getattr(agency, name) != value}
    if not changed:
        return
    before = {name: getattr(agency, name) for name in changed}
    for name, value in changed.items():
        setattr(agency, name, value)
    agency.save(update_fields=list(changed))
    record(
        kind="agency.contact_changed", subject=("agency", agency.id), by=by.actor, at=at, agency_id=agency.id,
        before=before, after=changed,
    )  # fmt: skip


def _check_last_day(valid_from: date, valid_to: date | None, last_day: date) -> None:
    if valid_to is not None:
        raise OfficeRefused(_("Việc này đã có ngày kết thúc: %(day)s.") % {"day": f"{valid_to:%d/%m/%Y}"})
    if last_day < valid_from:
        raise OfficeRefused(
            _("Ngày cuối cùng phải từ %(day)s (ngày bắt đầu) trở đi.") % {"day": f"{valid_from:%d/%m/%Y}"}
        )
