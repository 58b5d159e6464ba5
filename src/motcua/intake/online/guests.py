"""Which procedures somebody without an account may file: a dated table, `data/guest-filing.yaml`."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

GUEST_FILING = Path(__file__).resolve().parents[4] / "data" / "guest-filing.yaml"


@dataclass(frozen=True, slots=True)
class GuestFiling:
    """One procedure, from a day to a day inclusive (None: still)."""

    procedure: str
    valid_from: date
    valid_to: date | None


def is_open_to_guests(procedure_code: str, on: date) -> bool:
    """Whether this may be filed without an account on that day."""
    return any(
        one.procedure == procedure_code and one.valid_from <= on and (one.valid_to is None or on <= one.valid_to)
        for one in guest_filings()
    )


@cache
def guest_filings(path: Path = GUEST_FILING) -> tuple[GuestFiling, ...]:
    """The shipped table, read once. Raises KeyError or ValueError for a faulty one."""
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(GuestFiling(str(row["procedure"]), row["valid_from"], row["valid_to"]) for row in table["procedures"])
