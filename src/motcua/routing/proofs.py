"""What the holder of a receipt may have proved: the events of his dossier, each in his words, with its proof."""

import hmac
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.core.record.proving import Proof, proofs_of
from motcua.core.sql import fetch_one

# Who looked is told to him who proves who he is, on its own page.
APART: Final = frozenset({"dossier.viewed"})
# What these events tell stands on his receipt and on his page: he gets it in clear, and can compare.
IN_CLEAR: Final = frozenset({"dossier.received", "dossier.recalculated"})
WORDS: Final[dict[str, str | Promise]] = {
    "dossier.received": _("Tiếp nhận hồ sơ"),
    "dossier.paused": _("Tạm dừng tính thời hạn"),
    "dossier.resumed": _("Thời hạn chạy tiếp"),
    "dossier.pause_voided": _("Hủy một lần tạm dừng"),
    "dossier.restarted": _("Thời hạn tính lại từ đầu"),
    "dossier.extended": _("Gia hạn"),
    "dossier.reappointed": _("Hẹn lại"),
    "dossier.recalculated": _("Ngày hẹn đổi theo lịch làm việc"),
    "dossier.certified": _("Đếm bản sao, thu phí chứng thực tại quầy"),
    "dossier.approved": _("Lãnh đạo duyệt"),
    "dossier.finished": _("Xử lý xong"),
    "dossier.rejected": _("Từ chối giải quyết"),
    "dossier.withdrawn": _("Rút hồ sơ"),
    "dossier.discontinued": _("Dừng giải quyết"),
    "dossier.reopened": _("Mở lại hồ sơ"),
    "dossier.result_attached": _("Đính kèm bản điện tử của kết quả"),
    "dossier.returned": _("Trả kết quả"),
    "dossier.collected": _("Người dân đã nhận kết quả"),
    "dossier.supplement_sent": _("Người nộp gửi giấy tờ bổ sung từ nhà"),
    "dossier.supplement_faulted": _("Giấy tờ gửi từ nhà chưa được"),
    "step.passed_on": _("Chuyển bước"),
    "apology.signed": _("Ký thư xin lỗi"),
    "apology.sent": _("Gửi thư xin lỗi"),
}
INTERNAL: Final = _("Việc nội bộ của cơ quan")


@dataclass(frozen=True, slots=True)
class Told:
    """One event of the dossier in the citizen's words, with its proof."""

    words: str | Promise
    proof: Proof


def told_events(dossier_id: UUID) -> list[Told]:
    """Every event of the dossier but the looks, in order."""
    return [
        Told(WORDS.get(proof.event.kind, INTERNAL), proof)
        for proof in proofs_of(("dossier", dossier_id), open_kinds=IN_CLEAR)
        if proof.event.kind not in APART
    ]


def proof_for(event_id: UUID, token: str) -> Proof | None:
    """The proof of one event, for who holds the key of its dossier; compared in constant time."""
    row = fetch_one(
        "SELECT d.id, d.tracking_token FROM core_event e JOIN dossiers_dossier d ON d.id = e.subject_id "
        "WHERE e.id = %s AND e.subject_kind = 'dossier'",
        (event_id,),
    )
    expected = row[1] if row else "A" * 20
    if not hmac.compare_digest(expected.encode(), token.encode()) or row is None:
        return None
    return next((one.proof for one in told_events(row[0]) if one.proof.event.id == str(event_id)), None)
