"""Events of a dossier as the page of signs names them."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.routing.proofs import INTERNAL, WORDS

_INSIDE: Final[Mapping[str, Promise | str]] = {
    "step.taken": _("Nhận xử lý bước"),
    "step.released": _("Đưa bước về danh sách chung"),
    "step.sent_back": _("Trả lại bước trước"),
    "step.reassigned": _("Giao bước cho người khác"),
    "step.forwarded": _("Chuyển bước sang đơn vị khác"),
    "consultation.asked": _("Hỏi ý kiến"),
    "consultation.answered": _("Trả lời ý kiến"),
    "apology.drafted": _("Dự thảo thư xin lỗi"),
    "apology.excepted": _("Ghi trường hợp không phải xin lỗi"),
    "dossier.result_attached": _("Đính kèm bản điện tử của kết quả"),
    "dossier.collected": _("Người dân nhận kết quả"),
}
"""What the office does among itself; what the applicant is told too has its words there."""


def event_words(kind: str) -> str:
    """What kind of event it was, in words; what nobody has words for is an act of the office."""
    return str(WORDS.get(kind) or _INSIDE.get(kind) or INTERNAL)
