"""The only place that writes parties, agencies and officials."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from motcua.core.ids import uuid7
from motcua.core.sql import fetch_one


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


_KEEP = """
INSERT INTO people_party AS p (id, kind, full_name, personal_id, birth_date, gender, address, phone, email)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (personal_id) WHERE NOT (personal_id = '') DO UPDATE SET
  full_name = EXCLUDED.full_name,
  birth_date = COALESCE(EXCLUDED.birth_date, p.birth_date),
  gender = COALESCE(NULLIF(EXCLUDED.gender, ''), p.gender),
  address = COALESCE(NULLIF(EXCLUDED.address, ''), p.address),
  phone = COALESCE(NULLIF(EXCLUDED.phone, ''), p.phone),
  email = COALESCE(NULLIF(EXCLUDED.email, ''), p.email)
RETURNING id
"""


def keep_party(facts: PartyFacts) -> UUID:
    """Remember a party and give back its id; a known personal id is updated, blanks never erase.

    Called by intake inside its own transaction; the dossier's event carries who and when.
    """
    row = fetch_one(
        _KEEP,
        (
            uuid7(), facts.kind, facts.full_name, facts.personal_id, facts.birth_date, facts.gender,
            facts.address, facts.phone, facts.email,
        ),
    )  # fmt: skip
    if row is None:
        raise RuntimeError("the party was not written")
    return UUID(str(row[0]))
