"""Remembering the people and organisations that come to the counter."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, LiteralString
from uuid import UUID

from motcua.core.events import COLUMNS, Actor, record
from motcua.core.ids import uuid7
from motcua.core.logs import request_id
from motcua.core.sql import fetch_one
from motcua.people.actions.telling import told


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
# Who is known is locked before he is written, so that what stood before is what really stood there; who is new is told
# by the same statement, for the record guards the address book (`config/recorded.py`).
_KEEP: Final[LiteralString] = f"""
WITH known AS (
  SELECT full_name, birth_date, gender, address, phone, email
  FROM people_party WHERE personal_id = %(personal_id)s AND personal_id <> '' FOR NO KEY UPDATE
), kept AS (
  INSERT INTO people_party AS p (id, kind, full_name, personal_id, birth_date, gender, address, phone, email)
  SELECT %(id)s::uuid, %(kind)s, %(full_name)s, %(personal_id)s, %(birth_date)s::date, %(gender)s, %(address)s,
         %(phone)s, %(email)s
  FROM (SELECT count(*) FROM known) AS locked
  ON CONFLICT (personal_id) WHERE NOT (personal_id = '') DO UPDATE SET
    full_name = EXCLUDED.full_name,
    birth_date = COALESCE(EXCLUDED.birth_date, p.birth_date),
    gender = COALESCE(NULLIF(EXCLUDED.gender, ''), p.gender),
    address = COALESCE(NULLIF(EXCLUDED.address, ''), p.address),
    phone = COALESCE(NULLIF(EXCLUDED.phone, ''), p.phone),
    email = COALESCE(NULLIF(EXCLUDED.email, ''), p.email)
  RETURNING id, full_name, birth_date, gender, address, phone, email
), met AS (
  INSERT INTO core_event ({COLUMNS})
  SELECT %(event_id)s::uuid, 'party.met', 'party', kept.id, %(agency_id)s::uuid, %(actor_id)s::uuid, %(actor_name)s,
         %(at)s::timestamptz, %(request_id)s, NULL, NULL
  FROM kept WHERE NOT EXISTS (SELECT 1 FROM known)
)
SELECT kept.*, known.* FROM kept LEFT JOIN known ON true
"""


def keep_party(facts: PartyFacts, *, by: Actor, at: datetime, agency_id: UUID) -> UUID:
    """Remember a party and give back its id; a known personal id is updated, blanks never erase.

    Who is new is told in `party.met`; what a known party is now known by differently in `party.changed`, before and
    after. One statement when nothing changed. Called by intake inside its own transaction.
    """
    row = fetch_one(
        _KEEP,
        {
            "id": uuid7(), "kind": facts.kind, "full_name": facts.full_name, "personal_id": facts.personal_id,
            "birth_date": facts.birth_date, "gender": facts.gender, "address": facts.address,
            "phone": facts.phone, "email": facts.email, "event_id": uuid7(), "agency_id": agency_id,
            "actor_id": by.account_id, "actor_name": by.name, "at": at, "request_id": request_id(),
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
            before={_REMEMBERED[place]: told(before[place]) for place in changed},
            after={_REMEMBERED[place]: told(after[place]) for place in changed},
        )  # fmt: skip
    return party_id
