"""A request's name may come from our own proxy; whatever is no such name is not repeated."""

import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from motcua.core.middleware import RequestIdMiddleware


def named(given: str) -> str:
    request = RequestFactory().get("/", headers={"X-Request-ID": given})
    request.resolver_match = None
    return RequestIdMiddleware(lambda _request: HttpResponse())(request).headers["X-Request-ID"]


@pytest.mark.parametrize(
    "given", ["0123456789abcdef0123456789abcdef", "a1b2c3d4", "0190b3c2-77a1-7cc0-8000-1f2e3d4c5b6a"]
)
def test_a_name_of_our_own_proxy_is_kept(given: str):
    assert named(given) == given


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 41, "<script>alert(1)</script>", "a b c d e f g", "trăm-năm-trong", "abcdefgh\n"]
)
def test_anything_else_gets_a_name_from_us(given: str):
    assert re.fullmatch(r"[0-9a-f]{32}", named(given))
