"""What anybody opens: the calendar of the next two months, to read, print and put into a phone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
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
        "unknown": sorted({one.told.day.year for one in days if one.told.standing is DayStanding.UNKNOWN}),
    }  # fmt: skip
    return render(request, "feedback/receptions/receptions.html", context)


@public
@require_safe
def receptions_ics(request: HttpRequest) -> HttpResponse:
    """The same days as a file for the calendar of a phone; those that fell out are not in it."""
    at = timezone.now()
    home = home_agency(localdate(at))
    kept = [one for one in _days(home) if one.told.is_kept]
    days = [
        (f"{one.plan.pk}-{one.told.day:%Y%m%d}-{part}@{request.get_host()}", one.told.day, session.opens,
         session.closes, _("%(who)s tiếp công dân") % {"who": one.plan.receiver}, one.plan.place)
        for one in kept for part, session in enumerate(one.told.hours)
    ]  # fmt: skip
    name = _("Lịch tiếp công dân %(office)s") % {"office": home.short_name if home else ""}
    answer = HttpResponse(calendar_lines(days, name=name, at=at), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="lich-tiep-cong-dan.ics"'
    return answer


def _days(agency: Agency | None) -> list[PlannedDay]:
    today = localdate()
    return days_between(agency, today, today + TOLD_AHEAD) if agency else []
