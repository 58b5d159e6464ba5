"""Shares of time as pages show them: words, percent, and the bar that says the same as its table."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from motcua.dossiers.phrases import minutes_words
from motcua.routing.shares import Hands, Keeper
from motcua.routing.time_spent import MonthShare, Share, shares_of
from motcua.worktime.rules import Calendar, CalendarGap

_HANDS = ("hand-2", "hand-3", "hand-4")


def hands_words(hands: Hands) -> str:
    """Whose hands, as a page says it."""
    if hands.keeper is Keeper.UNIT:
        return hands.name
    if hands.keeper is Keeper.CONSULTED:
        return _("%(name)s, được hỏi ý kiến") % {"name": hands.name}
    words = {
        Keeper.DESK: _("Bộ phận tiếp nhận và trả kết quả"),
        Keeper.APPLICANT: _("Người nộp hồ sơ"),
        Keeper.FAULT: _("Sự cố hệ thống"),
    }
    return words[hands.keeper]


def percent_words(tenths: int) -> str:
    """Tenths of a percent as "62,5 %"."""
    return f"{number_format(tenths / 10, decimal_pos=1)} %"


def share_rows(shares: Sequence[Share | MonthShare]) -> list[dict[str, Any]]:
    """Each share (`row`) with whose it is, how long in working time, and which part of the whole."""
    return [
        {
            "row": share,
            "words": hands_words(share.hands),
            "time": minutes_words(share.minutes),
            "percent": percent_words(share.tenths),
            "late_time": minutes_words(share.late_minutes) if isinstance(share, MonthShare) else "",
            "late_percent": percent_words(share.late_tenths) if isinstance(share, MonthShare) else "",
        }
        for share in shares
    ]


def share_bar(shares: Sequence[Share | MonthShare]) -> dict[str, Any]:
    """The shares as a band, in the order of the table, with the sentence that says the same in words."""
    segments: list[dict[str, Any]] = []
    hands = 0
    for share in shares:
        kind = _KINDS.get(share.hands.keeper, "")
        if not kind:
            kind, hands = _HANDS[hands % len(_HANDS)], hands + 1
        label = _("%(hands)s %(percent)s") % {
            "hands": hands_words(share.hands), "percent": percent_words(share.tenths),
        }  # fmt: skip
        segments.append({"kind": kind, "width": share.tenths / 10, "label": label})
    parts = ", ".join(segment["label"] for segment in segments) or _("chưa dùng")
    text = _("Thời gian làm việc ở: %(parts)s.") % {"parts": parts}
    return {"segments": segments, "now": None, "due": None, "text": text, "reason_url": ""}


_KINDS = {Keeper.DESK: "hand-1", Keeper.APPLICANT: "stop", Keeper.FAULT: "over"}


def shares_shown(dossier_id: UUID, *, agency_id: UUID, at: datetime, calendar: Calendar) -> dict[str, Any]:
    """What `routing/_shares.html` shows of one dossier; where a calendar lacks a year, the sentence that says so."""
    try:
        shares = shares_of(dossier_id, agency_id=agency_id, at=at, calendar=calendar)
    except CalendarGap as gap:
        return {"gap": str(gap)}
    return {"rows": share_rows(shares), "ribbon": share_bar(shares)}
