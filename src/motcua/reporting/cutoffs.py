"""The cut-offs of periodic reports, from `data/reporting/cutoffs.yaml`."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from motcua.reporting.rules.periods import CutOff


def cutoffs() -> tuple[CutOff, ...]:
    """Every cut-off ever in force."""
    return _read(settings.MOTCUA_DATA / "reporting" / "cutoffs.yaml")


@cache
def _read(path: Path) -> tuple[CutOff, ...]:
    table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        CutOff(row["code"], row["name"], row["first_day"], row["valid_from"], row["valid_to"])
        for row in table["cutoffs"]
    )
