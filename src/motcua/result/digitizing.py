"""A result that is not digitized, with its reason: from a dated table, `data/digitizing.yaml`.

The exception explains a gap and closes none: every figure goes on counting the result as one without a copy.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Final
from uuid import UUID

import yaml
from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.core.events import record
from motcua.documents.papers.issuing import issued_of
from motcua.dossiers.models import Dossier
from motcua.people.access import ActingOfficial
from motcua.result.collection import READY, CopyRefused
from motcua.result.models import DigitizingException, Result

SHORTEST: Final = 5
"""Letters of an evidence that says anything."""


@dataclass(frozen=True, slots=True)
class DigitizingReason:
    """A reason, from a day to a day inclusive (None: still)."""

    code: str
    words: str
    valid_from: date
    valid_to: date | None


def reasons_on(day: date) -> list[DigitizingReason]:
    """The reasons of a day, in the order of the table."""
    return [one for one in reasons() if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)]


def reason_words(code: str) -> str:
    """A reason in words, also one that is over; an unknown one as it was written."""
    return next((one.words for one in reversed(reasons()) if one.code == code), code)


@cache
def reasons(path: Path | None = None) -> tuple[DigitizingReason, ...]:
    """The shipped table, read once. Raises KeyError for a faulty one."""
    table = yaml.safe_load((path or settings.MOTCUA_DATA / "digitizing.yaml").read_text(encoding="utf-8"))
    return tuple(
        DigitizingReason(str(row["code"]), str(row["words"]), row["valid_from"], row["valid_to"])
        for row in table["reasons"]
    )


@transaction.atomic
def except_copy(
    dossier_id: UUID, *, reason: str, evidence: str, by: ActingOfficial, at: datetime
) -> DigitizingException:
    """Write down why the result that stands has no copy, on what evidence.

    Raises `CopyRefused` for an unknown reason, without evidence, without a result, with a copy or an exception there.
    """
    if reason not in {one.code for one in reasons_on(localdate(at))}:
        raise CopyRefused(_("Ông/bà chọn lý do không số hóa."))
    proof = " ".join(evidence.split())[:600]
    if len(proof) < SHORTEST:
        raise CopyRefused(_("Ông/bà ghi căn cứ, ví dụ: số quyết định xác định độ mật."))
    locked = Dossier.objects.select_for_update().filter(pk=dossier_id, agency_id=by.agency_id).first()
    result = Result.objects.filter(dossier=locked, superseded_at=None).first()
    if locked is None or result is None or locked.state not in READY:
        raise CopyRefused(_("Chưa có kết quả được duyệt nên chưa ghi được."))
    if dossier_id in issued_of([dossier_id]) or exception_of(dossier_id) is not None:
        raise CopyRefused(_("Kết quả này vừa có bản điện tử hoặc lý do. Ông/bà mở lại trang để xem."))
    written = DigitizingException.objects.create(
        dossier_id=dossier_id, result=result, reason=reason, evidence=proof, recorded_at=at, recorded_by_id=by.id,
    )  # fmt: skip
    record(
        kind="dossier.copy_excepted", subject=("dossier", dossier_id), by=by.actor, at=at, agency_id=by.agency_id,
        after={"result": result.code, "reason": reason},
    )  # fmt: skip
    return written


def exception_of(dossier_id: UUID) -> DigitizingException | None:
    """Why the result that stands has no copy, if somebody said so."""
    return DigitizingException.objects.filter(dossier_id=dossier_id, ended_at=None).first()
