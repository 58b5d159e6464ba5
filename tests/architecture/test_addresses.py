"""Every address says whom it is open to; one that says nothing is closed, and none forgets to say."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.http import Http404
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from motcua.core.access import access_of
from motcua.people.middleware import DoorMiddleware
from motcua.people.models import Role

# Whole libraries opened in the settings; one more needs a reason here.
OPENED_LIBRARIES = {
    "allauth.account": "log-in, log-out, password",
    "allauth.mfa": "second factor; each page asks for a log-in itself",
    "django.views.i18n": "choosing the language",
}
DOOR = "motcua.people.middleware.DoorMiddleware"


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.callback


def is_library(view: Callable[..., Any]) -> bool:
    module = view.__module__
    return any(module == name or module.startswith(f"{name}.") for name in settings.MOTCUA_PUBLIC_VIEW_MODULES)


def test_no_address_is_unguarded():
    every = list(addresses())
    assert len(every) > 40, "the walk lost its way"
    unguarded = [route for route, view in every if access_of(view) is None and not is_library(view)]
    assert not unguarded, unguarded


def test_our_own_views_never_pass_as_a_library():
    hidden = [route for route, view in addresses() if is_library(view) and view.__module__.startswith("motcua.")]
    assert not hidden, hidden
    assert set(settings.MOTCUA_PUBLIC_VIEW_MODULES) == set(OPENED_LIBRARIES)


def test_a_public_page_asks_for_no_role_and_every_role_exists():
    for route, view in addresses():
        access = access_of(view)
        if access is not None:
            assert not (access.public and access.roles), route
            assert access.roles <= set(Role.values), route


def test_the_door_stands_behind_the_log_in():
    order = settings.MIDDLEWARE
    assert order.count(DOOR) == 1
    assert order.index(DOOR) > order.index("django.contrib.auth.middleware.AuthenticationMiddleware")
    assert order.index("django.middleware.csrf.CsrfViewMiddleware") < order.index(DOOR)


def test_a_view_that_says_nothing_is_closed_to_everybody():
    def forgotten(request):
        raise AssertionError("the door let somebody in")

    with pytest.raises(Http404):
        DoorMiddleware(lambda request: forgotten(request)).process_view(RequestFactory().get("/"), forgotten, (), {})


def test_no_view_is_freed_from_the_csrf_check():
    """The read-only public API may be; it takes no POST (its own test says so). The bank signs what it tells."""
    pages = [(route, view) for route, view in addresses() if not route.startswith("api/")]
    freed = [route for route, view in pages if getattr(view, "csrf_exempt", False)]
    assert freed == ["sms/told/", "bank/transfers/"], freed


def test_addresses_are_english_words_in_lower_case():
    for route, view in addresses():
        if view.__module__.startswith("motcua."):
            fixed = "".join(part.split("<")[0] + part.rpartition(">")[2] for part in route.split("/"))
            assert fixed == fixed.lower(), route
            assert fixed.isascii(), route
            assert "_" not in fixed, route
