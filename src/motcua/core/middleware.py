"""Request ids, one log line per request, and the headers that every answer carries."""

import re
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.gzip import GZipMiddleware
from django.urls import Resolver404, resolve

from motcua.core.ids import uuid7
from motcua.core.logs import forget_request_id, set_request_id
from motcua.core.views import bad_request, not_allowed

log = structlog.get_logger("motcua.request")
_GIVEN = re.compile(r"[A-Za-z0-9-]{8,40}")
OWN_ANSWER = "/api/"  # the API says it in JSON
Answer = Callable[[HttpRequest], HttpResponse]

# Nothing from elsewhere, no inline script, no inline style.
CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)


class RequestIdMiddleware:
    """Names each request, so that an error page, a log line and an event can be matched."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        name = given if _GIVEN.fullmatch(given) else uuid7().hex
        request.request_id = name  # type: ignore[attr-defined]
        set_request_id(name)
        try:
            return self._answered(request, name)
        finally:
            forget_request_id()

    def _answered(self, request: HttpRequest, name: str) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        response.headers["X-Request-ID"] = name
        match = request.resolver_match
        log.info(
            "request",
            method=request.method,
            # The pattern, not the path: a path may hold a tracking token.
            route=f"/{match.route}" if match else "(none)",
            status=response.status_code,
            ms=round((time.perf_counter() - started) * 1000, 1),
        )
        return response


class LighterMiddleware:
    """Words travel compressed, of a random length against guessing (BREACH); papers and streams stay as they are."""

    WORDS = ("text/", "application/json", "application/manifest+json", "image/svg+xml")

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self._press = GZipMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.streaming and response.headers.get("Content-Type", "").startswith(self.WORDS):
            self._press.process_response(request, response)
        return response


class HeadersMiddleware:
    """Content policy on every page; `no-store` on every page of somebody who is logged in."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response


class CleanTextMiddleware:
    """Refuses NUL characters wherever they come in: no field holds one, and PostgreSQL cannot store one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        hostile = "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", "")
        if hostile and not request.path.startswith(OWN_ANSWER):
            return bad_request(request, ValueError("NUL"))
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.method == "POST" and any("\x00" in value for _, values in request.POST.lists() for value in values):
            return bad_request(request, ValueError("NUL"))
        return None


class OnlySentMiddleware:
    """What is only ever sent, opened like a page: back to the page it is sent from; else a page that says so."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.path_info.startswith(OWN_ANSWER):
            return response
        above = _page_above(request.path_info) if request.method in ("GET", "HEAD") else ""
        if above:
            return HttpResponseRedirect(above, status=303)
        page = not_allowed(request)
        page.headers["Allow"] = response.headers["Allow"]
        return page


def _page_above(path: str) -> str:
    """The nearest address above this one, short of the front page: of `/bundles/B/2/refuse/` it is `/bundles/B/`."""
    while len(path := path.rstrip("/").rpartition("/")[0] + "/") > 1:
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return ""
