"""The API: assembled from the packages' routers, read-only; opened to everybody without cookies, but for reports."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from motcua.catalogue.api import router as procedures_router
from motcua.config.api_pages import docs_view, try_view
from motcua.config.neighbours import NEIGHBOURS
from motcua.core.access import officials, public
from motcua.core.api import Refused, query_fault, value_fault
from motcua.core.record.api import router as record_router
from motcua.people.overseeing import OVERSEERS
from motcua.reporting.exports.api import router as reports_router
from motcua.routing.api import router as dossiers_router
from motcua.routing.proofs_api import router as proofs_router
from motcua.worktime.api import due_router

DESCRIPTION = """What the public pages of this office say, for programs: procedures, due dates, the way of a dossier.

Read-only, without key or cookie; only the reports take the session of an official. Times carry +07:00. Every refusal is
`{"detail": sentence}`: 400 for an address that cannot be read (an unknown or repeated parameter), 401 and 403 for a
report that is not one's to see, 404 for a thing that does not exist, 422 for a value that is not allowed, 429 for too
many tries. An empty parameter counts as absent."""


class ReadableJson(JSONRenderer):
    """Vietnamese letters as they are: readable, and a third shorter."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="Một Cửa",
    version="1.0.0",
    description=DESCRIPTION,
    urls_namespace="api-v1",
    docs_url=None,
    renderer=ReadableJson(),
)
api.add_router("/procedures", procedures_router)
api.add_router("", due_router(NEIGHBOURS))
api.add_router("/dossiers", dossiers_router)
api.add_router("/record", record_router)
api.add_router("/record", proofs_router)
api.add_router("/reports", reports_router)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    return _problem(refusal)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return _problem(value_fault(error.errors))


def _problem(refusal: Refused) -> HttpResponse:
    answer = JsonResponse(
        {"detail": refusal.sentence, "parameter": refusal.parameter},
        status=refusal.status,
        json_dumps_params={"ensure_ascii": False},
    )
    if refusal.retry_after is not None:
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


@lru_cache(maxsize=1)
def _known_parameters() -> dict[str, tuple[str, ...]]:
    """Names of the query parameters of each address, as the schema declares them."""
    paths: dict[str, dict[str, Any]] = api.get_openapi_schema()["paths"]
    return {
        address: tuple(p["name"] for p in operations["get"].get("parameters", ()) if p["in"] == "query")
        for address, operations in paths.items()
    }


Door = Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]
CLOSED: dict[str, Door] = {"reports/": officials(*OVERSEERS)}
"""Routes that are not for everybody: how they begin, and whose they are."""


def _opened(view: Callable[..., HttpResponse], door: Door = public) -> Callable[..., HttpResponse]:
    """The view behind its door: GET and HEAD only, its address read strictly; if for everybody, from any origin."""

    @door
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            refusal = Refused(405, _("Địa chỉ này chỉ để đọc: gọi bằng GET."))
            answer = _problem(refusal)
            answer.headers["Allow"] = "GET, HEAD"
            return answer
        request.method = "GET"  # HEAD is GET without its body, which the server leaves out
        route = request.resolver_match.route if request.resolver_match else ""
        known = _known_parameters().get("/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route), ())
        fault = query_fault(dict(request.GET.lists()), request.path_info, known)
        answer = _problem(fault) if fault else _answered(view, request, *args, **kwargs)
        if door is public:
            answer.headers["Access-Control-Allow-Origin"] = "*"
        return answer

    opened.csrf_exempt = True  # type: ignore[attr-defined]
    return opened


def _answered(view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """The view's answer, with empty parameters left out as a plain HTML form sends them."""
    asked = request.GET.copy()
    for name in [name for name, value in request.GET.items() if not value]:
        del asked[name]
    request.GET = asked  # type: ignore[assignment]
    return view(request, *args, **kwargs)


def _nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    return _problem(Refused(404, _("Không có gì ở địa chỉ này. Danh sách địa chỉ: /api/v1/docs.")))


def _root(request: HttpRequest) -> HttpResponse:
    return redirect("api-v1:docs")


def _patterns() -> list[URLPattern]:
    found: list[URLPattern] = []
    for pattern in api.urls[0]:
        if not isinstance(pattern, URLPattern):
            raise Http404
        door = next((door for begins, door in CLOSED.items() if str(pattern.pattern).startswith(begins)), public)
        pattern.callback = _opened(_root if pattern.name == "api-root" else pattern.callback, door)
        found.append(pattern)
    own = [path("docs", docs_view(api), name="docs"), path("docs/try", try_view(api), name="try")]
    return [*own, *found, path("<path:rest>", _opened(_nothing_here), name="nothing")]


API_URLS = (_patterns(), "ninja", "api-v1")
