"""Words and colours of the pages of messages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.correspondence.models import Message
from motcua.correspondence.states import MessageState

KINDS: Final[Mapping[str, str]] = {
    MessageState.QUEUED: "paused",
    MessageState.SENT: "ok",
    MessageState.DELIVERED: "done",
    MessageState.FAILED: "late",
    MessageState.GIVEN_UP: "plain",
}
LABELS: Final[Mapping[str, Promise]] = {
    "submission-submitted": _("Đã nhận yêu cầu"),
    "submission-papers-asked": _("Cần bổ sung trước khi tiếp nhận"),
    "submission-refused": _("Không tiếp nhận"),
    "dossier-received": _("Đã tiếp nhận hồ sơ"),
    "dossier-papers-asked": _("Cần bổ sung giấy tờ"),
    "dossier-waiting": _("Hồ sơ chờ người nộp"),
    "dossier-extended": _("Gia hạn giải quyết"),
    "dossier-reappointed": _("Xin lỗi và hẹn lại"),
    "dossier-finished": _("Đã có kết quả"),
    "dossier-rejected": _("Không giải quyết được"),
    "dossier-discontinued": _("Dừng giải quyết"),
    "dossier-returned": _("Đã trả kết quả"),
    "dossier-sent-by-post": _("Đã gửi kết quả qua bưu chính"),
    "dossier-opened-online": _("Tải được kết quả"),
    "supplement-faulted": _("Phần bổ sung chưa được"),
    "booking-made": _("Đã hẹn giờ"),
    "booking-reminded": _("Nhắc giờ hẹn"),
    "booking-called-off": _("Cơ quan hủy giờ hẹn"),
    "money-goes-back": _("Đang trả lại tiền"),
    "money-given-back": _("Đã trả lại tiền"),
    "mandate-ended": _("Việc làm thay đã chấm dứt"),
    "mandate-over": _("Việc làm thay đã hết hạn"),
}
SOON: Final = timedelta(minutes=1)
# What our short codes mean to who reads the list.
NOTES: Final[Mapping[str, Promise]] = {
    "no_answer": _("nơi chuyển không trả lời"),
    "strange_answer": _("nơi chuyển trả lời không hiểu được"),
    "carrier_down": _("nơi chuyển đang ngừng"),
    "no_carrier": _("cơ quan chưa mở kênh này"),
    "faulty_address": _("địa chỉ không dùng được"),
    "secret_lost": _("mã không còn dùng được"),
    "lost": _("nơi chuyển báo không đến người nhận"),
}


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One try in words."""

    at: datetime
    way: str
    outcome: str
    note: str


def state_kind(state: str) -> str:
    """The colour of a state."""
    return KINDS[state]


def kind_label(template: str) -> str:
    """What a message is, in words; a text an office added itself goes by its own name."""
    return str(LABELS.get(template, template))


def waits_for_morning(message: Message) -> bool:
    """Whether it is kept back because nobody is woken by it: written in the quiet hours, and not tried yet."""
    waits = message.state == MessageState.QUEUED and not message.tries and message.next_at is not None
    return bool(waits and message.next_at and message.next_at - message.created_at > SOON)


def attempt_rows(message: Message) -> list[AttemptRow]:
    """Each try, oldest first."""
    return [
        AttemptRow(one.at, one.get_way_display(), one.get_outcome_display(), _note(one.note))
        for one in message.attempts.order_by("at", "pk")
    ]


def _note(note: str) -> str:
    return str(NOTES.get(note, note.replace("_", " ")))
