"""How much may be sent in, and when an end is told: figures from `data/signing.yaml`."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from django.conf import settings

KILOBYTE: Final = 1024
MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Each as the table words it."""

    certificate_kilobytes: int
    pdf_megabytes: int
    signatures: int
    seconds: int
    memory_megabytes: int
    checks_at_once: int
    tries: int

    @property
    def certificate_bytes(self) -> int:
        return self.certificate_kilobytes * KILOBYTE

    @property
    def pdf_bytes(self) -> int:
        return self.pdf_megabytes * MEGABYTE


def limits() -> Limits:
    """The shipped limits. Raises TypeError or ValueError for a faulty table."""
    said = _table(Path(settings.MOTCUA_DATA) / "signing.yaml")["limits"]
    faulty = sorted(name for name, value in said.items() if type(value) is not int or value <= 0)
    if faulty:
        raise ValueError(f"signing.yaml: not a positive whole number: {', '.join(faulty)}")
    return Limits(**said)


def notice_days(day: date) -> tuple[int, ...]:
    """How many days before an end its keeper is told, by the rule of that day; the widest first."""
    for row in _table(Path(settings.MOTCUA_DATA) / "signing.yaml")["notices"]:
        if row["from"] <= day and (row["to"] is None or day <= row["to"]):
            return tuple(sorted(row["days"], reverse=True))
    return ()


@cache
def _table(path: Path) -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return table
