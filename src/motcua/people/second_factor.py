"""The second factor that officials need outside of the demo (level-3 systems: TCVN 14423:2026, 5.6)."""

from collections.abc import Collection
from typing import Any, Final

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django.utils import timezone

from motcua.core.events import Actor, record
from motcua.people.models import Official

_ONLY_USED: Final = frozenset({"last_used_at"})
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


def follow_second_factors() -> None:
    """Let every row that the library writes, changes or takes away be told; called once when Django is ready.

    The library tells too little by itself: neither that a recovery code was used up, nor that the codes were looked at.
    """
    post_save.connect(_written, sender=Authenticator, dispatch_uid="motcua.second_factor")
    post_delete.connect(_removed, sender=Authenticator, dispatch_uid="motcua.second_factor")


def _written(
    instance: Authenticator, created: bool, update_fields: Collection[str] | None = None, **_signal: Any
) -> None:
    if created:
        _tell(instance, "set")
    elif update_fields is None or not _ONLY_USED.issuperset(update_fields):
        _tell(instance, "changed")


def _removed(instance: Authenticator, **_signal: Any) -> None:
    _tell(instance, "removed")


def _tell(factor: Authenticator, what: str) -> None:
    """Record `official.second_factor_<what>` in the transaction of the row; an account of no official has no record."""
    holder = Official.objects.select_related("unit").filter(account_id=factor.user_id).first()
    if holder is not None:
        record(
            kind=f"official.second_factor_{what}", subject=("official", holder.id),
            by=Actor(factor.user_id, holder.full_name), at=timezone.now(), agency_id=holder.unit.agency_id,
            after={"type": factor.type},
        )  # fmt: skip
