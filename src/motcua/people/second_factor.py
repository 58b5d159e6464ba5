"""The second factor that officials need outside of the demo (level-3 systems: TCVN 14423:2026, 5.6)."""

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

_SESSION_KEY = "motcua_second_factor"


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this account has set up a one-time-code generator; asked once per session.

    allauth itself asks for the code at log-in as soon as the account has one.
    """
    if request.session.get(_SESSION_KEY):
        return True
    found: bool = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.TOTP).exists()
    if found:
        request.session[_SESSION_KEY] = True
    return found
