"""From rows to what pages show: the ribbon with its words, and the label of where a dossier stands."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers.phrases import minutes_words
from motcua.dossiers.rules import NEAR_MINUTES, Span, ribbon, timeliness
from motcua.dossiers.states import OPEN, State
from motcua.worktime.rules import Calendar, CalendarGap, Unit


def near_until(at: datetime, calendar: Calendar) -> datetime:
    """The end of what counts as near: so many working minutes from now (two clock hours without a calendar year)."""
    try:
        return calendar.after(at, NEAR_MINUTES)
    except CalendarGap:
        return at + timedelta(minutes=NEAR_MINUTES)


def due_if_resumed(
    *, due_at: datetime, paused_at: datetime | None, unit: str, at: datetime, calendar: Calendar
) -> datetime:
    """The due instant, or for a stopped clock the one it would have if it went on now."""
    if paused_at is None or paused_at > due_at:
        return due_at
    try:
        return calendar.extend(at, calendar.measure(paused_at, due_at, Unit(unit)), Unit(unit))
    except CalendarGap:
        return due_at


def drawn(
    spans: Sequence[Span], *, due_at: datetime, ended_at: datetime | None, at: datetime, calendar: Calendar,
    reason_url: str = "",
) -> dict[str, Any]:  # fmt: skip
    """The ribbon as its component wants it, with the sentence that says the same in words.

    Where the calendar lacks a year there is no band but `gap`, the sentence that says which year.
    """
    until = ended_at or at
    try:
        shape = ribbon(spans=spans, due_at=due_at, until=until, ended=ended_at is not None, elapsed=calendar.elapsed)
    except CalendarGap as gap:
        return {"segments": (), "now": None, "due": None, "text": str(gap), "gap": str(gap), "reason_url": reason_url}
    labels = [_label(part.kind, part.hand, part.minutes) for part in shape.parts]
    return {
        "segments": [
            {"kind": part.kind, "width": part.width, "label": label}
            for part, label in zip(shape.parts, labels, strict=True)
        ],
        "now": shape.now,
        "due": shape.due,
        "text": _("Thời gian làm việc: %(parts)s.") % {"parts": ", ".join(labels) or _("chưa dùng")},
        "reason_url": reason_url,
    }


def _label(kind: str, hand: str, minutes: int) -> str:
    if kind == "rest":
        return _("Còn lại %(time)s") % {"time": minutes_words(minutes)}
    if kind == "over":
        return _("Quá hẹn %(time)s: %(hand)s") % {"time": minutes_words(minutes), "hand": hand}
    if kind == "stop":
        return _("Dừng %(time)s, không tính") % {"time": minutes_words(minutes)}
    return _("%(hand)s %(time)s") % {"hand": hand, "time": minutes_words(minutes)}


_ENDED_WORDS = {
    State.WITHDRAWN: gettext_lazy("Đã rút"),
    State.DISCONTINUED: gettext_lazy("Đã dừng"),
    State.NOT_ACCEPTED: gettext_lazy("Không tiếp nhận"),
}


def standing(
    *, state: State, due_at: datetime, ended_at: datetime | None, at: datetime, calendar: Calendar,
    paused_at: datetime | None = None,
) -> dict[str, str]:  # fmt: skip
    """Kind and words of the state label: how long is left, how late, since when it waits, or how it ended.

    What was late when its clock was stopped stays late, and grows no later while the applicant is waited for.
    """
    if state in _ENDED_WORDS:
        return {"kind": "plain", "words": str(_ENDED_WORDS[state])}
    if ended_at is not None:
        words = {"early": _("Xong trước hạn"), "on_time": _("Xong đúng hạn"), "late": _("Xong quá hạn")}
        verdict = timeliness(due_at=due_at, ended_at=ended_at)
        return {"kind": "late" if verdict == "late" else "done", "words": words[verdict]}
    if state not in OPEN:
        return {"kind": "plain", "words": str(state.label)}
    if paused_at is not None and paused_at <= due_at:
        return {"kind": "paused", "words": _("Chờ người nộp từ %(day)s") % {"day": f"{localtime(paused_at):%d/%m}"}}
    if at > due_at:
        return {"kind": "late", "words": _("Trễ %(time)s") % {"time": _counted(calendar, due_at, paused_at or at)}}
    try:
        left = calendar.elapsed(at, due_at)
    except CalendarGap:
        return {"kind": "plain", "words": _("chưa tính được")}
    return {"kind": "near" if left <= NEAR_MINUTES else "ok", "words": minutes_words(left)}


def listed_standing(
    *, state: State, due_at: datetime, at: datetime, calendar: Calendar, paused_at: datetime | None
) -> dict[str, str]:
    """The label in a list, where the cell of the date says since when the clock stands: for what it waits."""
    label = standing(state=state, due_at=due_at, ended_at=None, at=at, calendar=calendar, paused_at=paused_at)
    if label["kind"] != "paused":
        return label
    return label | {"words": _("Chờ nộp tiền") if state == State.PAYMENT_ASKED else _("Chờ người nộp")}


def _counted(calendar: Calendar, start: datetime, end: datetime) -> str:
    try:
        return minutes_words(calendar.elapsed(start, end))
    except CalendarGap:
        return _("chưa tính được bao lâu")
