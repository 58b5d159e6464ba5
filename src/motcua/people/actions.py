"""The only place that writes parties, agencies, units and officials. Each move records its event."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.core.events import Actor, record
from motcua.core.ids import uuid7
from motcua.core.sql import fetch_one
from motcua.people.models import Account, Agency, AgencyCode, Official, RoleGrant, Unit


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """What a person or organisation declared at the counter."""

    kind: str
    full_name: str
    personal_id: str = ""
    birth_date: date | None = None
    gender: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


# What the office last knew of a person; the order is that of the columns `known` gives back.
_REMEMBERED = ("full_name", "birth_date", "gender", "address", "phone", "email")
_KEEP = """
WITH known AS (
  SELECT full_name, birth_date, gender, address, phone, email
  FROM people_party WHERE personal_id = %(personal_id)s AND personal_id <> ''
), kept AS (
  INSERT INTO people_party AS p (id, kind, full_name, personal_id, birth_date, gender, address, phone, email)
  VALUES (%(id)s, %(kind)s, %(full_name)s, %(personal_id)s, %(birth_date)s, %(gender)s, %(address)s, %(phone)s,
          %(email)s)
  ON CONFLICT (personal_id) WHERE NOT (personal_id = '') DO UPDATE SET
    full_name = EXCLUDED.full_name,
    birth_date = COALESCE(EXCLUDED.birth_date, p.birth_date),
    gender = COALESCE(NULLIF(EXCLUDED.gender, ''), p.gender),
    address = COALESCE(NULLIF(EXCLUDED.address, ''), p.address),
    phone = COALESCE(NULLIF(EXCLUDED.phone, ''), p.phone),
    email = COALESCE(NULLIF(EXCLUDED.email, ''), p.email)
  RETURNING id, full_name, birth_date, gender, address, phone, email
)
SELECT kept.*, known.* FROM kept LEFT JOIN known ON true
"""


def keep_party(facts: PartyFacts, *, by: Actor, at: datetime, agency_id: UUID) -> UUID:
    """Remember a party and give back its id; a known personal id is updated, blanks never erase.

    What a known party is now known by differently is told in `party.changed`, before and after. One statement
    when nothing changed. Called by intake inside its own transaction.
    """
    row = fetch_one(
        _KEEP,
        {
            "id": uuid7(), "kind": facts.kind, "full_name": facts.full_name, "personal_id": facts.personal_id,
            "birth_date": facts.birth_date, "gender": facts.gender, "address": facts.address,
            "phone": facts.phone, "email": facts.email,
        },
    )  # fmt: skip
    if row is None:
        raise RuntimeError("the party was not written")
    party_id, width = UUID(str(row[0])), len(_REMEMBERED)
    after, before = row[1 : 1 + width], row[1 + width :]
    was_known = before[0] is not None
    if was_known and before != after:
        changed = [place for place in range(width) if before[place] != after[place]]
        record(
            kind="party.changed", subject=("party", party_id), by=by, at=at, agency_id=agency_id,
            before={_REMEMBERED[place]: _told(before[place]) for place in changed},
            after={_REMEMBERED[place]: _told(after[place]) for place in changed},
        )  # fmt: skip
    return party_id


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
            "calendar_code": calendar_code, "valid_from": _told(valid_from), "valid_to": _told(valid_to),
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
        after={"scheme": scheme, "code": code, "valid_from": _told(valid_from), "valid_to": _told(valid_to)},
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
            "name": name, "function": function, "valid_from": _told(valid_from), "valid_to": _told(valid_to),
        },
    )  # fmt: skip
    return unit


@transaction.atomic
def appoint(
    *, username: str, password: str, full_name: str, title: str, unit: Unit, valid_from: date, by: Actor,
    at: datetime, valid_to: date | None = None, is_demo: bool = False,
) -> Official:  # fmt: skip
    """An official in a unit with the account he logs in by. Records `official.appointed`, never the password.

    Raises IntegrityError when the log-in name is taken.
    """
    account = Account.objects.create_account(username=username, password=password, is_demo=is_demo)
    official = Official.objects.create(
        account=account, unit=unit, full_name=full_name, title=title, valid_from=valid_from, valid_to=valid_to
    )
    record(
        kind="official.appointed", subject=("official", official.id), by=by, at=at, agency_id=unit.agency_id,
        after={
            "username": username, "full_name": full_name, "title": title, "unit": str(unit.id), "is_demo": is_demo,
            "valid_from": _told(valid_from), "valid_to": _told(valid_to),
        },
    )  # fmt: skip
    return official


@transaction.atomic
def grant_role(
    *, official: Official, role: str, unit: Unit, valid_from: date, by: Actor, at: datetime,
    valid_to: date | None = None,
) -> RoleGrant:  # fmt: skip
    """Let the official act in this role in this unit from a day on. Records `role.granted`.

    Raises IntegrityError when he holds it there already.
    """
    grant = RoleGrant.objects.create(official=official, role=role, unit=unit, valid_from=valid_from, valid_to=valid_to)
    record(
        kind="role.granted", subject=("official", official.id), by=by, at=at, agency_id=unit.agency_id,
        after={
            "role": role, "unit": str(unit.id), "valid_from": _told(valid_from), "valid_to": _told(valid_to),
        },
    )  # fmt: skip
    return grant


def _told(fact: Any) -> Any:
    """A fact as an event keeps it: days as ISO text."""
    return fact.isoformat() if isinstance(fact, date) else fact
