"""Setting up the second factor."""

from typing import Any

from allauth.mfa.totp.views import ActivateTOTPView
from django.http import HttpResponse

from motcua.people.second_factor import mark_activated


class ActivateSecondFactor(ActivateTOTPView):  # type: ignore[misc]
    """allauth's page; the session that typed the first code has proved it."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        mark_activated(self.request)
        return response
