"""The paper that proves a payment: when the money was paid by it, and that it speaks of one dossier only."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, LiteralString
from uuid import UUID

from django.utils.timezone import get_default_timezone, localdate, localtime
from django.utils.translation import gettext as _

from motcua.core.holding import hold
from motcua.core.refusals import Refusal
from motcua.core.sql import fetch_one
from motcua.payments.models import LONGEST

_END_OF_DAY: Final = time(23, 59)
_USED: Final[LiteralString] = """
SELECT d.code, d.id, f.evidence_on FROM payments_financialduty f JOIN dossiers_dossier d ON d.id = f.dossier_id
WHERE f.evidence_key = %(key)s AND f.evidence_on >= %(first)s AND f.evidence_on <= %(last)s
  AND d.agency_id = %(agency)s AND (d.id <> %(dossier)s OR f.evidence_on <> %(day)s)
ORDER BY f.settled_at LIMIT 1
"""


class DutyRefused(Refusal, ValueError):
    """Money cannot be asked for, or its payment written down, like this; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The paper that proves a payment (receipt, tax paper, treasury slip): its number, its day, its hour if any."""

    number: str
    issued_on: date
    hour: time | None = None

    @property
    def key(self) -> str:
        """The number's letters and figures: what stays the same however it is typed."""
        bare = "".join(sign for sign in unicodedata.normalize("NFKC", self.number).casefold() if sign.isalnum())
        return bare[: LONGEST["evidence_number"]]

    def paid_at(self, at: datetime) -> datetime:
        """When the money was paid, written down at `at`: without an hour at the end of its day, and never to come."""
        moment = datetime.combine(self.issued_on, self.hour or _END_OF_DAY, get_default_timezone())
        return min(moment, at)

    def told(self, at: datetime) -> str:
        """When it was paid and when written down, in words for the reason sheet."""
        written = f"{localtime(at):%H:%M %d/%m/%Y}"
        if self.hour is None:
            return _("đã nộp ngày %(day)s (chứng từ không ghi giờ, tính đến hết ngày), ghi nhận lúc %(written)s") % {
                "day": f"{self.issued_on:%d/%m/%Y}", "written": written,
            }  # fmt: skip
        return _("đã nộp lúc %(paid)s, ghi nhận lúc %(written)s") % {
            "paid": f"{self.hour:%H:%M} {self.issued_on:%d/%m/%Y}", "written": written,
        }  # fmt: skip


def require_sound(evidence: Evidence, at: datetime) -> None:
    """Raises `DutyRefused` without a number that has letters or figures, or with a moment to come."""
    if not evidence.key:
        raise DutyRefused(_("Ông/bà ghi số biên lai hoặc số chứng từ nộp tiền. Chưa có chứng từ thì chưa ghi đã nộp."))
    if len(evidence.number) > LONGEST["evidence_number"]:
        raise DutyRefused(
            _("Nội dung dài quá, nhiều nhất %(limit_value)d ký tự.") % {"limit_value": LONGEST["evidence_number"]}
        )
    if evidence.issued_on > localdate(at):
        raise DutyRefused(_("Ngày trên chứng từ không thể sau hôm nay. Ông/bà xem lại ngày in trên chứng từ."))
    if evidence.hour is not None and datetime.combine(evidence.issued_on, evidence.hour, get_default_timezone()) > at:
        raise DutyRefused(_("Giờ trên chứng từ không thể sau bây giờ. Ông/bà xem lại giờ in trên chứng từ."))


def require_unused(evidence: Evidence, *, dossier_id: UUID, agency_id: UUID) -> None:
    """Hold the number, and refuse one that proved another payment of the agency in the year on the paper.

    One slip may pay several sums of one dossier: then its day is the same. Call it in a transaction.
    Raises `DutyRefused`.
    """
    year = evidence.issued_on.year
    hold("evidence", agency_id, evidence.key)
    used = fetch_one(
        _USED,
        {
            "key": evidence.key, "first": date(year, 1, 1), "last": date(year, 12, 31), "agency": agency_id,
            "dossier": dossier_id, "day": evidence.issued_on,
        },
    )  # fmt: skip
    if used is None:
        return
    code, owner, day = used
    if owner == dossier_id:
        raise DutyRefused(
            _("Số chứng từ này đã ghi cho hồ sơ này với ngày khác (%(day)s). Ông/bà xem lại số và ngày.")
            % {"day": f"{day:%d/%m/%Y}"}
        )
    raise DutyRefused(
        _("Số chứng từ này đã dùng cho hồ sơ %(code)s trong năm. Mỗi chứng từ chỉ chứng minh cho một hồ sơ.")
        % {"code": code}
    )
