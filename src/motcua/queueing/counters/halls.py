"""An administrator arranges the halls of the agency: what people come for, which counter takes it, when."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from motcua.catalogue.queries import sectors
from motcua.core.access import officials
from motcua.people.access import ActingOfficial, official_of
from motcua.people.models import Official, Role
from motcua.queueing.actions.arranging import arrange
from motcua.queueing.counters.arranging_forms import HallPlan
from motcua.queueing.counters.queries import standing_today
from motcua.queueing.models import Hall


@officials(Role.ADMINISTRATOR)
def halls(request: HttpRequest) -> HttpResponse:
    """The halls, each with how its day stands."""
    by, at = official_of(request), now()
    rows = Hall.objects.filter(agency_id=by.agency_id).prefetch_related("needs", "counters")
    shown = [(row, standing_today(row, at)) for row in rows]
    return render(request, "queueing/counters/halls.html", {"halls": shown})


@officials(Role.ADMINISTRATOR)
def new_hall(request: HttpRequest) -> HttpResponse:
    """A hall that is not there yet."""
    return _arranging(request, None)


@officials(Role.ADMINISTRATOR)
def hall(request: HttpRequest, hall_code: str) -> HttpResponse:
    """One hall; what is changed holds from the next call on, and no number is lost."""
    found = Hall.objects.filter(agency_id=official_of(request).agency_id, code=hall_code).first()
    if found is None:
        raise Http404
    return _arranging(request, found)


def _arranging(request: HttpRequest, found: Hall | None) -> HttpResponse:
    by = official_of(request)
    plan = HallPlan(found, by.agency_id, request.POST or None, **_choices(by))
    if request.method == "POST" and plan.is_valid():
        try:
            arranged = arrange(
                plan.planned(), unit=plan.form.cleaned_data["unit"], by=by.acting_for(Role.ADMINISTRATOR), at=now()
            )
        except ValidationError as refused:
            plan.form.add_error(None, [str(sentence) for sentence in refused.messages])
        else:
            messages.success(request, _("Đã ghi cách sắp xếp sảnh."))
            return redirect("arrange-hall", arranged.code)
    is_refused = request.method == "POST"
    return render(
        request, "queueing/counters/hall.html", {"plan": plan, "hall": found}, status=422 if is_refused else 200
    )


def _choices(by: ActingOfficial) -> dict[str, Any]:
    today = localdate()
    in_force = Q(valid_to=None) | Q(valid_to__gte=today)
    receivers = Official.objects.filter(
        in_force, unit__agency_id=by.agency_id, grants__role=Role.RECEIVER, grants__valid_from__lte=today
    )
    return {
        "sectors": [(sector.code, sector.name) for sector in sectors(by.agency_id, today) if sector.posted],
        "officials": receivers.distinct().order_by("full_name"),
    }
