"""The day's work, sorted by what is due."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from motcua.core.access import officials
from motcua.people.access import ActingOfficial, official_of
from motcua.people.models import WORKERS
from motcua.routing import queries
from motcua.routing.drawing import drawn, due_if_resumed, listed_standing, near_until
from motcua.routing.rail import RailCounts, rail_counts
from motcua.worktime.queries import UnknownCalendar, calendar_for
from motcua.worktime.rules import Calendar

PAGE_ROWS = 50


@officials()
def worklist(request: HttpRequest) -> HttpResponse:
    """What waits for this official, the most urgent first."""
    return _list(request, queries.worklist, "routing/worklist.html")


@officials(*WORKERS)
def late(request: HttpRequest) -> HttpResponse:
    """Every open dossier of the agency past its promise, and in whose hands it lies."""
    return _list(request, queries.late_dossiers, "routing/late.html")


def _list(request: HttpRequest, read: Any, template: str) -> HttpResponse:
    by, at = official_of(request), timezone.now()
    number = page_number(request)
    rows = read(by, at=at, limit=PAGE_ROWS + 1, offset=(number - 1) * PAGE_ROWS)
    calendar = office_calendar(request, by)
    shown = [_shown(row, at, calendar) for row in rows[:PAGE_ROWS]]
    return render(
        request,
        template,
        {
            "rows": shown,
            "gap": next((item["ribbon"]["gap"] for item in shown if item["ribbon"].get("gap")), ""),
            "counts": counts_of(request, at),
            "page": number,
            "has_next": len(rows) > PAGE_ROWS,
            "official": by,
        },
    )


def counts_of(request: HttpRequest, at: datetime) -> queries.WorkCounts:
    """The head figures, read once per request (where they are read the rail shows them too)."""
    known = getattr(request, "work_counts", None)
    if known is None:
        by = official_of(request)
        day_end = timezone.localtime(at).replace(hour=23, minute=59, second=59)
        near = near_of(request, by, at)
        known = queries.work_counts(by, at=at, day_end=day_end, near=near)
        request.work_counts = known  # type: ignore[attr-defined]
    return known


def rail_of(request: HttpRequest, by: ActingOfficial) -> queries.WorkCounts | RailCounts:
    """The figures of the rail: those the page has read already, else the few it needs."""
    known: queries.WorkCounts | None = getattr(request, "work_counts", None)
    return known or rail_counts(by, at=timezone.now())


def near_of(request: HttpRequest, by: ActingOfficial, at: datetime) -> datetime:
    """The end of what counts as near; the rail must stand on every page, so without a calendar nothing is near."""
    try:
        return near_until(at, office_calendar(request, by))
    except UnknownCalendar:
        return at


def office_calendar(request: HttpRequest, by: ActingOfficial) -> Calendar:
    """The agency's calendar, asked for once per request (the rail's figures need it on every page)."""
    known: Calendar | None = getattr(request, "office_calendar", None)
    if known is None:
        known = calendar_for(by.calendar_code)
        request.office_calendar = known  # type: ignore[attr-defined]
    return known


def page_number(request: HttpRequest) -> int:
    """`?page=`, at least 1; anything else counts as 1."""
    text = request.GET.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _shown(row: queries.WorkRow, at: datetime, calendar: Calendar) -> dict[str, Any]:
    due_at = due_if_resumed(due_at=row.due_at, paused_at=row.paused_at, unit=row.limit_unit, at=at, calendar=calendar)
    return {
        "row": row,
        "ribbon": drawn(row.spans, due_at=due_at, ended_at=None, at=at, calendar=calendar),
        "standing": listed_standing(
            state=row.state, due_at=row.due_at, at=at, calendar=calendar, paused_at=row.paused_at
        ),
        "came": row.came_at is not None,
        "step_late": row.paused_at is None and row.step_due_at <= at <= row.due_at,
    }
