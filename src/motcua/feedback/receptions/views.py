"""What anybody opens: the calendar of the next two months, to read, print and put into a phone."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.access import public
from motcua.feedback.receptions.ics import calendar_lines
from motcua.feedback.receptions.queries import TOLD_AHEAD, PlannedDay, days_between
from motcua.feedback.receptions.rules import DayStanding
from motcua.feedback.receptions.wording import shown
from motcua.people.models import Agency
from motcua.people.queries import home_agency


@public
@require_safe
def receptions(request: HttpRequest) -> HttpResponse:
    """When which leader of this office receives citizens, what was moved, and what nobody can say yet."""
    at = timezone.localtime()
    days = _days(home_agency(at.date()))
    context: dict[str, Any] = {
        "days": shown(days), "at": at, "last": at.date() + TOLD_AHEAD,
        "next": next(iter(shown([one for one in days if one.told.is_kept and one.told.ends_after(at)][:1])), None),
        "has_file": _have_hours(days),
        "unknown": sorted({one.told.day.year for one in days if one.told.standing is DayStanding.UNKNOWN}),
    }  # fmt: skip
    return render(request, "feedback/receptions/receptions.html", context)


@public
@require_safe
def receptions_ics(request: HttpRequest) -> HttpResponse:
    """The same days as a file for the calendar of a phone, with those called off; without any there is no file."""
    at = timezone.now()
    home = home_agency(localdate(at))
    days = _days(home)
    if not _have_hours(days):
        raise Http404
    kept, called_off = ([
        (f"{one.plan.pk}-{one.told.day:%Y%m%d}-{part}@{request.get_host()}", one.told.day, session.opens,
         session.closes, _("%(who)s tiếp công dân") % {"who": one.plan.receiver}, one.plan.place)
        for one in days for part, session in enumerate(one.told.lost if is_lost else one.told.hours)
    ] for is_lost in (False, True))  # fmt: skip
    name = _("Lịch tiếp công dân %(office)s") % {"office": home.short_name if home else ""}
    text = calendar_lines(kept, name=name, at=at, called_off=called_off)
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="lich-tiep-cong-dan.ics"'
    return answer


def _have_hours(days: list[PlannedDay]) -> bool:
    return any(one.told.hours or one.told.lost for one in days)


def _days(agency: Agency | None) -> list[PlannedDay]:
    today = localdate()
    return days_between(agency, today, today + TOLD_AHEAD) if agency else []
