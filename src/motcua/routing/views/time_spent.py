"""Whose hands the time lay in: a month of the agency as a table, on screen and as CSV."""

import csv
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.access import officials
from motcua.people.access import official_of
from motcua.people.models import Role
from motcua.people.roster import month_bounds
from motcua.routing.share_drawing import share_bar, share_rows
from motcua.routing.time_spent import Month, month_of
from motcua.routing.views.worklists import office_calendar
from motcua.worktime.rules import CalendarGap

# What a spreadsheet would read as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@officials(Role.APPROVER)
def time_spent(request: HttpRequest) -> HttpResponse:
    """The dossiers that ended in a month, their working time by whose hands it lay in."""
    by, month = official_of(request), _month(request.GET.get("month", ""))
    first, last = month_bounds(month)
    try:
        found = month_of(by.agency_id, first, last, calendar=office_calendar(request, by))
    except CalendarGap as gap:
        return render(request, "routing/time_spent.html", {"gap": str(gap), **_months(month)})
    if request.GET.get("format") == "csv":
        return _csv(found, month)
    shown = {"found": found, "rows": share_rows(found.rows), "ribbon": share_bar(found.rows)}
    return render(request, "routing/time_spent.html", {**shown, **_months(month)})


def _month(text: str) -> date:
    """`?month=2026-11`; anything else, or a month to come, is the running month."""
    running = timezone.localdate().replace(day=1)
    try:
        month = datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 (a month, no moment)
    except ValueError:
        return running
    return month if month.year >= 1976 and month <= running else running


def _months(month: date) -> dict[str, Any]:
    running = timezone.localdate().replace(day=1)
    following = (month + timedelta(days=31)).replace(day=1)
    return {
        "month": month,
        "before": month - timedelta(days=1) if month > date(1976, 1, 1) else None,
        "after": following if following <= running else None,
    }


def _csv(found: Month, month: date) -> HttpResponse:
    """The same rows with minutes as numbers, for a spreadsheet."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="time-spent-{month:%Y-%m}.csv"'
    answer.write("\ufeff")
    lines = csv.writer(answer)
    lines.writerow(
        [_("Trong tay ai"), _("Số hồ sơ"), _("Số phút làm việc"), _("Tỷ lệ (%)"), _("Số phút ở hồ sơ trễ"),
         _("Tỷ lệ ở hồ sơ trễ (%)")]
    )  # fmt: skip
    for shown in share_rows(found.rows):
        row = shown["row"]
        lines.writerow(
            [plain_cell(shown["words"]), row.dossiers, row.minutes, row.tenths / 10, row.late_minutes,
             row.late_tenths / 10]
        )  # fmt: skip
    return answer


def plain_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
