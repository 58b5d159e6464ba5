"""How a person wants public pages to look: larger letters, stronger contrast; or a screen shared by everybody (kiosk).

All of it lies in cookies that say nothing about the person, and works without scripts.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex
from typing import Final

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from motcua.core.access import public
from motcua.core.ours import page_of_ours

LOOK_COOKIE, KIOSK_COOKIE, HALL_COOKIE = "motcua_look", "motcua_kiosk", "motcua_hall"
KEPT_FOR = timedelta(days=365)
SIZES = ("normal", "large", "largest")
CONTRASTS = ("normal", "high")
# Seconds that nobody touches a kiosk before everything on it is wiped.
KIOSK_IDLE = 60
_VISIT = re.compile(r"[0-9a-f]{16}")
_HALL_SIGNER: Final = Signer(salt="motcua.hall")


@dataclass(frozen=True, slots=True)
class Look:
    """`visit` names the stretch between two wipes of a kiosk; empty on everybody's own machine.

    `hall`: the waiting hall whose numbers this kiosk gives, `machine` which of its machines it is; the office signed
    both, nobody makes them up.
    """

    size: str = SIZES[0]
    contrast: str = CONTRASTS[0]
    visit: str = ""
    hall: str = ""
    machine: str = ""

    @property
    def kiosk(self) -> bool:
        """Whether this is a shared screen."""
        return bool(self.visit)

    @property
    def start(self) -> str:
        """Where a kiosk begins anew for the next person."""
        return reverse("take-number", args=(self.hall,)) if self.hall else reverse("kiosk")

    @property
    def idle(self) -> int:
        """Seconds until a kiosk wipes itself."""
        return KIOSK_IDLE

    @property
    def classes(self) -> str:
        """The classes of the root element."""
        said = [
            f"text-{self.size}" if self.size != SIZES[0] else "",
            "contrast-high" if self.contrast == "high" else "",
        ]
        return " ".join(word for word in (*said, "kiosk" if self.visit else "") if word)


def look_of(request: HttpRequest) -> Look:
    """What the cookies say; anything they may not say counts as nothing said. A page may have settled it already."""
    settled: Look | None = getattr(request, "page_look", None)
    if settled is not None:
        return settled
    size, _, contrast = request.COOKIES.get(LOOK_COOKIE, "").partition(".")
    visit = request.COOKIES.get(KIOSK_COOKIE, "")
    visit = visit if _VISIT.fullmatch(visit) else ""
    hall, machine = _hall_of(request) if visit else ("", "")
    return Look(
        size if size in SIZES else SIZES[0], contrast if contrast in CONTRASTS else CONTRASTS[0], visit, hall, machine
    )


def _hall_of(request: HttpRequest) -> tuple[str, str]:
    """The hall and machine that the office signed; nothing of what it did not."""
    try:
        hall, _, machine = _HALL_SIGNER.unsign(request.COOKIES.get(HALL_COOKIE, "")).partition("/")
    except BadSignature:
        return "", ""
    return hall, machine


def stand_in_hall(request: HttpRequest, response: HttpResponse, hall: str) -> None:
    """From this answer on the kiosk gives numbers of this hall, for as long as it is one."""
    _keep(request, response, HALL_COOKIE, _HALL_SIGNER.sign(f"{hall}/{token_hex(8)}"), int(KEPT_FOR.total_seconds()))


@public
@require_POST
def choose_look(request: HttpRequest) -> HttpResponse:
    """Keep the chosen size or contrast, and back to the page it was chosen on."""
    now = look_of(request)
    size, contrast = request.POST.get("size", now.size), request.POST.get("contrast", now.contrast)
    response = redirect(page_of_ours(request, request.POST.get("next", "")) or "/")
    if size in SIZES and contrast in CONTRASTS:
        _keep(request, response, LOOK_COOKIE, f"{size}.{contrast}", int(KEPT_FOR.total_seconds()))
    return response


def new_visit() -> str:
    """A name for the next stretch between two wipes."""
    return token_hex(8)


def begin_visit(request: HttpRequest, response: HttpResponse, visit: str) -> None:
    """From this answer on the browser is a kiosk, with nobody at it yet."""
    _keep(request, response, KIOSK_COOKIE, visit, None)


def _keep(request: HttpRequest, response: HttpResponse, name: str, value: str, seconds: int | None) -> None:
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="Lax", secure=request.is_secure())
