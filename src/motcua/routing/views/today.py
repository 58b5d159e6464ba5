"""The leader's page: what is promised today, what is late, what waits for him, and whose it is."""

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.access import officials
from motcua.people.access import ActingOfficial, official_of
from motcua.people.models import Role
from motcua.people.queries import Uncovered, uncovered_duties
from motcua.people.roster import spoken_gaps
from motcua.routing import leading
from motcua.routing.drawing import listed_standing
from motcua.routing.leading import Day, LeadRow
from motcua.routing.picture import picture_of
from motcua.routing.views.worklists import near_of, office_calendar
from motcua.worktime.rules import Calendar, CalendarGap

PEOPLE = 12
LONGEST_BREAK = 14


@officials()
def start(request: HttpRequest) -> HttpResponse:
    """Where an official begins after logging in: a leader with his day, everybody else with his work."""
    return redirect("today" if official_of(request).holds(Role.APPROVER) else "worklist")


@officials(Role.APPROVER)
def today(request: HttpRequest) -> HttpResponse:
    """The agency's day in numbers, then whose it is; lists begin with the most urgent."""
    by, at = official_of(request), timezone.now()
    calendar = office_calendar(request, by)
    day = day_of(request, by, at)
    picture = picture_of(by, day)
    signing, to_sign = leading.to_sign(by, day)
    overstayed, waiting = leading.overstayed(by, day)
    duties, unattended = leading.unattended(by, day)
    soon = shown(leading.soon(by, day), at, calendar)
    everybody = "people" in request.GET
    people = [held for held in picture.hands if held.official]
    return render(
        request,
        "routing/today.html",
        {
            "tally": picture.tally,
            "heads": _heads(picture.tally, signing),
            "units": leading.by_unit(picture.hands),
            "people": people if everybody else people[:PEOPLE],
            "more_people": 0 if everybody else max(len(people) - PEOPLE, 0),
            "late": shown(leading.late(by, day), at, calendar),
            "soon": soon,
            "soon_more": len(soon) >= leading.LIST_ROWS,
            "signing": signing,
            "to_sign": shown(to_sign, at, calendar),
            "overstayed": overstayed,
            "waiting": [{"row": row, "standing": _overstayed(row)} for row in waiting],
            "duties": [(Role(duty.role).label, duty) for duty in duties],
            "unattended": shown(unattended, at, calendar),
            "gaps": spoken_gaps(_uncovered(by, at, calendar)),
            "balance": picture.balance,
            "counted_at": picture.at,
            "rows_shown": leading.LIST_ROWS,
        },
    )


def day_of(request: HttpRequest, by: ActingOfficial, at: datetime) -> Day:
    """The edges of this leader's day."""
    return Day(at, near_of(request, by, at), timezone.localtime(at).replace(hour=23, minute=59, second=59))


def _heads(tally: leading.Tally, signing: int) -> list[dict[str, Any]]:
    return [
        {"label": _("hẹn trả hôm nay"), "number": tally.today, "url": "#soon" if tally.today else ""},
        {"label": _("đã trễ"), "number": tally.late, "tone": "vermilion" if tally.late else "",
         "url": "#late" if tally.late else ""},
        {"label": _("chờ tôi ký"), "number": signing, "url": "#to-sign" if signing else ""},
    ]  # fmt: skip


def shown(rows: list[LeadRow], at: datetime, calendar: Calendar) -> list[dict[str, Any]]:
    """Rows as `_lead_table.html` draws them: each with its standing at that moment."""
    return [
        {
            "row": row,
            "standing": listed_standing(
                state=row.state, due_at=row.due_at, at=at, calendar=calendar, paused_at=row.paused_at
            ),
        }
        for row in rows
    ]


def _overstayed(row: LeadRow) -> dict[str, str]:
    day = f"{row.paused_until:%d/%m}" if row.paused_until else ""
    return {"kind": "paused", "words": _("Hết hạn bổ sung %(day)s") % {"day": day}}


def _uncovered(by: ActingOfficial, at: datetime, calendar: Calendar) -> list[Uncovered]:
    """Duties nobody does today or on the next working day, while the office is open."""
    try:
        return [gap for gap in _gaps_until(by, at, _next_working_day(at, calendar)) if _in_hours(gap, calendar)]
    except CalendarGap:  # a year without a calendar: every gap is shown
        return _gaps_until(by, at, at + timedelta(days=1))


def _gaps_until(by: ActingOfficial, at: datetime, last: datetime) -> list[Uncovered]:
    midnight = datetime.combine(timezone.localdate(last) + timedelta(days=1), time(), timezone.get_default_timezone())
    return uncovered_duties(by.agency_id, at, midnight)


def _next_working_day(at: datetime, calendar: Calendar) -> datetime:
    """Raises `CalendarGap` where the calendar ends."""
    days = (at + timedelta(days=number) for number in range(1, LONGEST_BREAK))
    return next((day for day in days if calendar.is_working_day(timezone.localdate(day))), at + timedelta(days=1))


def _in_hours(gap: Uncovered, calendar: Calendar) -> bool:
    return calendar.elapsed(gap.first, gap.last) > 0
