"""The public page of the record: what a seal is, the newest ones, and a check for who kept an old one."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from motcua.core.access import public
from motcua.core.models import Seal
from motcua.core.record.witness import NAME, seals_after, told

SHOWN = 20


@public
def record(request: HttpRequest) -> HttpResponse:
    """The newest seals, or those up to the one asked for; compares a seal that somebody kept."""
    newest = Seal.objects.order_by("-number").first()
    upto = _number(request.GET.get("upto", ""))
    shown = Seal.objects.order_by("-number").filter(**({"number__lte": upto} if upto else {}))[:SHOWN]
    seals = list(shown)
    context = {
        "newest": newest,
        "seals": seals,
        "older": seals[-1].number - 1 if seals and seals[-1].number > 1 else None,
        "upto": upto,
        "now": timezone.now(),
        "kept": _compared(request.GET.get("number", ""), request.GET.get("hash", "")),
    }
    return render(request, "core/record.html", context)


@public
def seals_kept(request: HttpRequest) -> StreamingHttpResponse:
    """Every seal, one JSON object a line: what `motcua record verify --against` reads."""
    response = StreamingHttpResponse(_lines(), content_type="application/jsonl")
    response.headers["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return response


def _lines() -> Iterator[bytes]:
    number = 0
    while several := seals_after(number):
        yield b"".join(json.dumps(told(*one)).encode() + b"\n" for one in several)
        number = several[-1][0].number


def _compared(number: str, kept: str) -> dict[str, Any] | None:
    """What somebody asks about a seal that he kept, and whether it still is that one."""
    kept = "".join(kept.split()).lower()[:64]
    if not number.strip() and not kept:
        return None
    asked = _number(number)
    stored = Seal.objects.filter(number=asked).first() if asked else None
    return {
        "number": number.strip()[:20], "hash": kept, "stored": stored, "same": bool(stored and stored.hash == kept),
        "readable": asked is not None and len(kept) == 64,
    }  # fmt: skip


def _number(text: str) -> int | None:
    text = text.strip().replace(".", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
