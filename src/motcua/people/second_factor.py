"""The second factor that officials need outside of the demo (level-3 systems: TCVN 14423:2026, 5.6)."""

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

ACTIVATED = "motcua_second_factor_activated"


def has_second_factor(request: HttpRequest) -> bool:
    """Whether *this session* proved a second factor, and the account still has one.

    allauth notes in the session how its holder proved himself (`mfa` after a one-time or recovery code); who
    has just set the generator up typed a code of it too (`mark_activated`). A session that only gave the
    password stays outside, even when the account's owner enrols elsewhere.
    """
    methods = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    proven = any(method.get("method") == "mfa" for method in methods) or request.session.get(ACTIVATED) is True
    if not proven:
        return False
    return bool(Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.TOTP).exists())


def mark_activated(request: HttpRequest) -> None:
    """This session has just set up the generator by typing one of its codes."""
    request.session[ACTIVATED] = True
