"""The sentences of the reason sheet: one Vietnamese template per kind of interval.

Pure code cannot translate; `gettext_noop` marks the templates for extraction, and a page that
wants another language calls `sentence(reason.kind, …, translate=gettext)`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation without translating it."""
    return text


class ReasonKind(StrEnum):
    """Why an interval is counted or skipped."""

    WORK = "work"
    HALF_DAY_WORK = "half_day_work"
    MAKE_UP_WORK = "make_up_work"
    SPECIAL_WORK = "special_work"
    CALENDAR_DAY = "calendar_day"
    CALENDAR_DAY_OFF = "calendar_day_off"
    BREAK = "break"
    NIGHT = "night"
    WEEKLY_REST = "weekly_rest"
    HOLIDAY = "holiday"
    COMPENSATION_OFF = "compensation_off"
    CLOSED = "closed"
    HALF_DAY_SKIPPED = "half_day_skipped"
    CUT_OFF = "cut_off"
    MOVED_ON = "moved_on"


TEMPLATES = {
    ReasonKind.WORK: gettext_noop("Trong giờ làm việc"),
    ReasonKind.HALF_DAY_WORK: gettext_noop("Trong giờ làm việc (ngày chỉ làm một buổi)"),
    ReasonKind.MAKE_UP_WORK: gettext_noop("Ngày làm việc: {name}"),
    ReasonKind.SPECIAL_WORK: gettext_noop("Giờ làm việc riêng của ngày này: {name}"),
    ReasonKind.CALENDAR_DAY: gettext_noop("Tính theo ngày lịch"),
    ReasonKind.CALENDAR_DAY_OFF: gettext_noop("Ngày nghỉ, vẫn tính vì thời hạn theo ngày lịch: {name}"),
    ReasonKind.BREAK: gettext_noop("Nghỉ giữa hai buổi làm việc"),
    ReasonKind.NIGHT: gettext_noop("Ngoài giờ làm việc"),
    ReasonKind.WEEKLY_REST: gettext_noop("Nghỉ hằng tuần"),
    ReasonKind.HOLIDAY: gettext_noop("Nghỉ lễ, tết: {name}"),
    ReasonKind.COMPENSATION_OFF: gettext_noop("Không tính: {name}"),
    ReasonKind.CLOSED: gettext_noop("Cơ quan không làm việc: {name}"),
    ReasonKind.HALF_DAY_SKIPPED: gettext_noop("Ngày chỉ làm một buổi, không tính là ngày làm việc"),
    ReasonKind.CUT_OFF: gettext_noop("Nhận sau {name}, tính từ đầu ngày làm việc kế tiếp"),
    ReasonKind.MOVED_ON: gettext_noop("Chờ đến giờ làm việc của ngày hẹn trả"),
}
PROVISIONAL = gettext_noop("{sentence} (lịch dự kiến, chờ công bố chính thức)")


def _unchanged(text: str) -> str:
    return text


def sentence(kind: ReasonKind, name: str, provisional: bool, translate: Callable[[str], str] = _unchanged) -> str:
    """The sentence of one interval; `translate` is gettext for another language than Vietnamese."""
    text = translate(TEMPLATES[kind]).format(name=name)
    return translate(PROVISIONAL).format(sentence=text) if provisional else text


@dataclass(frozen=True, slots=True)
class Reason:
    """One interval of a reason sheet. `minutes` are the counted ones (0 when skipped)."""

    start: datetime
    end: datetime
    counted: bool
    minutes: int
    text: str
    decision: str
    kind: ReasonKind
    name: str = ""
    provisional: bool = False
