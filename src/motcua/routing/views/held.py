"""What stands behind a figure of the leader's page."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.core.access import officials
from motcua.people.access import ActingOfficial, official_of
from motcua.people.models import Official, Role, Unit
from motcua.routing.held import ROWS, Hands, held
from motcua.routing.views.today import day_of, shown
from motcua.routing.views.worklists import office_calendar, page_number

TITLES = {"late": _("Hồ sơ trễ"), "near": _("Hồ sơ sắp đến hạn"), "today": _("Hồ sơ hẹn trả hôm nay")}


@officials(Role.APPROVER)
def in_hands(request: HttpRequest) -> HttpResponse:
    """The dossiers of one figure: of a unit, or of one person in it."""
    by, at = official_of(request), timezone.now()
    what = request.GET.get("what", "late")
    if what not in TITLES:
        raise Http404
    hands, whose = _hands(request, by)
    number, day = page_number(request), day_of(request, by, at)
    count, rows = held(by, day, what, hands, offset=(number - 1) * ROWS)
    context = {
        "what": what, "title": TITLES[what], "whose": whose, "count": count, "page": number,
        "has_next": number * ROWS < count, "rows": shown(rows, at, office_calendar(request, by)),
        "choices": list(TITLES.items()),
    }  # fmt: skip
    return render(request, "routing/held.html", context)


def _hands(request: HttpRequest, by: ActingOfficial) -> tuple[Hands, str]:
    """Whose dossiers, and his name in words. Http404 for whoever is not of this agency."""
    unit = _one(Unit.objects.filter(agency_id=by.agency_id), request.GET.get("unit", ""))
    official = _one(Official.objects.filter(unit__agency_id=by.agency_id), request.GET.get("official", ""))
    names = [*([official.full_name] if official else []), *([unit.name] if unit else [])]
    return Hands(unit and unit.pk, official and official.pk), " · ".join(names)


def _one(rows: QuerySet[Any], asked: str) -> Any:
    if not asked:
        return None
    try:
        key = UUID(asked)
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(rows, pk=key)
