"""Open data: the page, the dictionary, the catalogue for machines, and the tables themselves."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from motcua.core.access import public
from motcua.people.queries import home_agency
from motcua.reporting.opendata.catalogue import SHAPES, catalogue
from motcua.reporting.opendata.columns import DATASETS, LICENCE, LICENCE_NAME, Dataset, dictionary
from motcua.reporting.opendata.parquet import parquet_pieces
from motcua.reporting.opendata.rows import mark_of, rows_of
from motcua.reporting.opendata.writing import csv_pieces, json_pieces

FRESH_SECONDS: Final = 300
Answer = TypeVar("Answer", bound=HttpResponseBase)
Writer = Callable[[Dataset, Iterable[tuple[Any, ...]]], Iterator[bytes]]
_WRITERS: Final[dict[str, Writer]] = {"csv": csv_pieces, "json": json_pieces, "parquet": parquet_pieces}


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is offered, in which shapes, under which licence."""
    return render(request, "reporting/public_open.html", {"datasets": DATASETS, "shapes": SHAPES, **_licence()})


@public
@require_safe
def dictionary_page(request: HttpRequest) -> HttpResponse:
    """What every column means."""
    return render(request, "reporting/public_dictionary.html", {"datasets": DATASETS, **_licence()})


@public
@require_safe
def dictionary_for_machines(request: HttpRequest) -> HttpResponse:
    """The same for machines."""
    with translation.override("vi"):
        return _cached(JsonResponse(dictionary(), json_dumps_params={"ensure_ascii": False}))


@public
@require_safe
def catalogue_for_machines(request: HttpRequest) -> HttpResponse:
    """DCAT-AP as JSON-LD."""
    today = timezone.localdate()
    agency = home_agency(today)
    with translation.override("vi"):
        said = catalogue(agency.name if agency else "", today, request.build_absolute_uri)
    return _cached(
        JsonResponse(said, json_dumps_params={"ensure_ascii": False}, content_type="application/ld+json")
    )  # fmt: skip


@public
@require_safe
def table(request: HttpRequest, name: str, shape: str) -> HttpResponseBase:
    """One table, streamed; whoever has it already is told so."""
    dataset = next((one for one in DATASETS if one.name == name), None)
    if dataset is None or shape not in SHAPES:
        raise Http404
    today = timezone.localdate()
    etag = quote_etag(f"{mark_of(dataset, today)}-{shape}")
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if answer is None:
        rows = rows_of(dataset, today) if request.method == "GET" else iter(())
        answer = StreamingHttpResponse(_WRITERS[shape](dataset, rows), content_type=_media(shape))
        answer["Content-Disposition"] = f'attachment; filename="{name}.{shape}"'
    answer["ETag"] = etag
    answer["Link"] = f'<{LICENCE}>; rel="license"'
    return _cached(answer)


def _media(shape: str) -> str:
    media = SHAPES[shape][0]
    return f"{media}; charset=utf-8" if shape == "csv" else media


def _licence() -> dict[str, str]:
    return {"licence": LICENCE, "licence_name": LICENCE_NAME}


def _cached(answer: Answer) -> Answer:
    patch_cache_control(answer, public=True, max_age=FRESH_SECONDS)
    return answer
