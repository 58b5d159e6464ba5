"""For the administrator: who serves where, and which agencies stood when."""

from typing import Any

from allauth.mfa.totp.views import ActivateTOTPView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from motcua.core.access import officials
from motcua.people.access import official_of
from motcua.people.models import Agency, Official, Role, Unit
from motcua.people.second_factor import mark_activated


class ActivateSecondFactor(ActivateTOTPView):  # type: ignore[misc]
    """allauth's page; the session that typed the first code has proved it."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        mark_activated(self.request)
        return response


@officials(Role.ADMINISTRATOR)
def people(request: HttpRequest) -> HttpResponse:
    """Officials with their duties, units, and the dated tree of agencies."""
    by = official_of(request)
    today = timezone.localdate()
    staff = (
        Official.objects.filter(unit__agency_id=by.agency_id)
        .select_related("account", "unit")
        .prefetch_related("grants__unit")
        .order_by("unit__name", "full_name")
    )
    return render(
        request,
        "people/people.html",
        {
            "officials": staff,
            "units": Unit.objects.filter(agency_id=by.agency_id).order_by("name"),
            "agencies": Agency.objects.select_related("parent")
            .prefetch_related("codes")
            .order_by("valid_from", "name"),
            "today": today,
        },
    )
