"""Which procedure is taken in by the quick page, from the dated rows of `data/certifying.yaml`."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from django.utils.translation import gettext as _

from motcua.catalogue.queries import OfferedVersion, version_in_force
from motcua.core.refusals import Refusal
from motcua.people.access import ActingOfficial

CERTIFYING: Final = Path(__file__).resolve().parents[4] / "data" / "certifying.yaml"


class NotCertified(Refusal, LookupError):
    """No procedure is taken in by the quick page on that day."""

    def __str__(self) -> str:
        return _("Hôm nay chưa có thủ tục nào được chứng thực nhanh. Ông/bà tiếp nhận theo cách thường.")


def certifying_offered(by: ActingOfficial, on: date) -> OfferedVersion:
    """The version in force of the procedure that the quick page takes in. Raises `NotCertified`, `NotOffered`."""
    for row in _rows():
        if row["valid_from"] <= on and (row["valid_to"] is None or on <= row["valid_to"]):
            return version_in_force(str(row["procedure"]), by.agency_id, on)
    raise NotCertified


@cache
def _rows() -> list[dict[str, Any]]:
    return list(yaml.safe_load(CERTIFYING.read_text("utf-8"))["certifying"])
