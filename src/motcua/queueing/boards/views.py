"""The boards: pages that stand for months, drawn by the server first; a script only keeps them true."""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from motcua.catalogue.posting.slides import SECONDS_EACH
from motcua.core.access import public
from motcua.core.unattended import unattended
from motcua.queueing.boards.drawing import counter_board, hall_board, message_of, release, spoken
from motcua.queueing.boards.live.hub import Topic
from motcua.queueing.boards.reaching import listening, stream_of_board
from motcua.queueing.boards.turns import slides_in_turn
from motcua.queueing.boards.voice import CLIPS, clip
from motcua.queueing.models import Hall
from motcua.queueing.queries.hall import Standing, standing

ASKED_EVERY: Final = 4
"""Seconds between two questions of a board that has no stream."""


@public
@require_safe
@unattended()
def hall(request: HttpRequest, hall_code: str) -> HttpResponse:
    """The television of a hall."""
    at = timezone.localtime()
    found = get_object_or_404(Hall.objects.select_related("agency"), code=hall_code)
    with translation.override(_language(request)):
        slides = slides_in_turn(found.agency, at)
        context = {
            **hall_board(_standing(found, at)), "slides": slides, "number": _turn(at, len(slides)),
            "slide_seconds": SECONDS_EACH,
        }  # fmt: skip
        return _page(request, "queueing/boards/hall.html", found, at, None, context)


@public
@require_safe
@unattended()
def counter(request: HttpRequest, hall_code: str, counter_number: int) -> HttpResponse:
    """The board above a counter."""
    at = timezone.localtime()
    found = get_object_or_404(Hall, code=hall_code)
    stands = _standing(found, at)
    shown = stands.counter(counter_number)
    if shown is None:
        raise Http404
    with translation.override(_language(request)):
        return _page(request, "queueing/boards/counter.html", found, at, counter_number, counter_board(stands, shown))


@public
@require_safe
@unattended()
def now(request: HttpRequest, hall_code: str, counter_number: int | None = None) -> JsonResponse:
    """What the stream would say now, for a page that has none."""
    found = get_object_or_404(Hall, code=hall_code)
    topic = Topic(found.id, _language(request), counter=counter_number)
    return JsonResponse(message_of(topic, _standing(found, timezone.localtime())))


@public
@require_safe
@unattended()
def voice(request: HttpRequest, clip_name: str) -> FileResponse:
    """One clip of the voice."""
    if clip_name not in CLIPS:
        raise Http404
    answer = FileResponse(clip(clip_name).open("rb"), content_type="audio/wav")
    answer.headers["Cache-Control"] = "max-age=3600"
    return answer


def _standing(found: Hall, at: datetime) -> Standing:
    stands = standing(found.id, at)
    if stands is None:
        raise Http404
    return stands


def _turn(at: datetime, slides: int) -> int:
    """Which slide a page without a script shows: each its seconds of the day."""
    return int(at.timestamp()) // SECONDS_EACH % slides if slides else 0


def _page(
    request: HttpRequest, template: str, found: Hall, at: datetime, number: int | None, context: dict[str, Any]
) -> HttpResponse:
    where = [found.code] if number is None else [found.code, number]
    board, language = "hall-board" if number is None else "counter-board", _language(request)
    context |= {
        "at": at, "kind": "hall" if number is None else "one", "release": release(), "seconds": ASKED_EVERY,
        "spoken": spoken(context["hall"], number),
        "now_address": f"{reverse(f'{board}-now', args=where)}?language={language}",
        "stream": stream_of_board(found.code, number, language), "voice_address": reverse("board-voice", args=["NAME"]),
    }  # fmt: skip
    return listening(render(request, template, context))


def _language(request: HttpRequest) -> str:
    """What the board speaks: the office's language, whatever the television's browser was bought with."""
    wanted = request.GET.get("language", "")
    return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
