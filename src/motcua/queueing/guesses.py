"""Addresses that open nothing: who mistypes a key does it once or twice, who guesses is turned away."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Final, Never

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.core.keyed import keep_key_here
from motcua.core.throttle import address_of, allow

# A key has 96 bits; a hall's own network is one address for everybody in it.
MISSES, WINDOW = 30, timedelta(minutes=10)
REFUSED: Final = "queueing/kiosk/refused.html"


class TooManyMisses(Exception):
    """From this address more keys opened nothing than anybody mistypes."""


def missed(request: HttpRequest) -> Never:
    """A key that opens nothing. Raises `Http404`, and `TooManyMisses` once there were too many."""
    if allow(what="queue-key", who=address_of(request), limit=MISSES, window=WINDOW):
        raise Http404
    raise TooManyMisses


def opened_by_key(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page whose address is a key, told to nobody else; who guesses reads a sentence (429), a right key opens."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return keep_key_here(view(request, *args, **kwargs))
        except TooManyMisses:
            return _too_many(request)

    return answer


def _too_many(request: HttpRequest) -> HttpResponse:
    sentence = _("Nhiều địa chỉ sai vừa được mở từ mạng này. Ông/bà quét lại mã trên phiếu sau 10 phút.")
    response = render(request, REFUSED, {"sentence": sentence}, status=429)
    response.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
    return response
