"""A shared screen in the hall: search by need in large type; what one person saw is gone for the next."""

import re
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.catalogue import queries
from motcua.catalogue.search.queries import find
from motcua.catalogue.views.public import COMMON, LONGEST_QUERY
from motcua.core.access import public
from motcua.core.look import HALL_COOKIE, KIOSK_COOKIE, begin_visit, look_of, new_visit
from motcua.people.queries import home_agency

FOUND = 8
# Rows of the keyboard drawn on the screen. The search needs no diacritics.
KEYS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
SPACE, BACK, CLEAR = "space", "back", "clear"
# Every cookie of ours beside the session's is called so, whichever page set it: also the key to a guest's drafts.
OURS: Final = re.compile(r"motcua_[a-z0-9_]+")
# What says that a machine is a kiosk, and of which hall.
MARKS: Final = (KIOSK_COOKIE, HALL_COOKIE)


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What do you need? `key` is one pressed on the drawn keyboard where no script adds it to the words.

    A machine becomes a kiosk by the office's own address (`kiosk_address`); without it a link marks nobody's browser.
    """
    if not look_of(request).kiosk:
        return _set_up(request)
    day = timezone.localdate()
    q = typed(request.GET.get("q", ""), request.GET.get("key", ""))[:LONGEST_QUERY]
    office = home_agency(day)
    here = office.pk if office else None
    found = find(q.strip(), limit=FOUND) if q.strip() else None
    context: dict[str, Any] = {
        "q": q, "keys": KEYS, "common": COMMON, "count": found.count if found else 0,
        "rows": queries.listed([hit.procedure_id for hit in found.hits], here, day) if found else [],
        "suggestion": found.suggestion if found else None,
        "sectors": [sector for sector in queries.sectors(here, day) if sector.posted],
    }  # fmt: skip
    if getattr(request, "htmx", False):
        return render(request, "catalogue/posting/_kiosk_found.html", context)
    return render(request, "catalogue/posting/kiosk.html", context)


def _set_up(request: HttpRequest) -> HttpResponse:
    """Make this machine a kiosk when it was opened by the office's address."""
    if not opened_by_office(request, reverse("kiosk")):
        return render(request, "catalogue/posting/kiosk_closed.html")
    return next_visit(request, redirect("kiosk"))


def kiosk_address() -> str:
    """The address that makes a machine of the office a kiosk, as its start page does each morning: for officials."""
    return office_address(reverse("kiosk"))


def office_address(page: str) -> str:
    """The office's own address of a page that makes a machine a kiosk; only officials are told its key."""
    return f"{settings.MOTCUA_BASE_URL}{page}?office={_key(page)}"


def opened_by_office(request: HttpRequest, page: str) -> bool:
    """Whether this page was opened by `office_address`."""
    return constant_time_compare(request.GET.get("office", ""), _key(page))


def next_visit(request: HttpRequest, response: HttpResponse, visit: str = "") -> HttpResponse:
    """Whoever was at the machine is forgotten, also his log-in, and a kiosk's next visit begins with this answer."""
    _forget(request, response)
    begin_visit(request, response, visit or new_visit())
    return response


def _key(page: str) -> str:
    salt = "motcua.kiosk" if page == reverse("kiosk") else f"motcua.kiosk:{page}"
    return salted_hmac(salt, settings.MOTCUA_BASE_URL, algorithm="sha256").hexdigest()[:24]


def typed(text: str, key: str) -> str:
    """The words after one key; a key that is none changes nothing."""
    if key == BACK:
        return text[:-1]
    if key == CLEAR:
        return ""
    if key == SPACE:
        return f"{text} "
    return text + key if len(key) == 1 and any(key in row for row in KEYS) else text


@public
@require_POST
def wipe(request: HttpRequest) -> HttpResponse:
    """Forget whoever was here and begin a new visit; on a machine that is no kiosk nothing is touched."""
    look = look_of(request)
    response = redirect(look.start)
    return next_visit(request, response) if look.kiosk else response


@public
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Make the machine an ordinary one again: asked first, done by POST."""
    if request.method != "POST":
        return render(request, "catalogue/posting/kiosk_leave.html")
    response = redirect("home")
    _forget(request, response)
    for name in MARKS:
        response.delete_cookie(name, samesite="Lax")
    return response


def _forget(request: HttpRequest, response: HttpResponse) -> None:
    """The session in the database, and every cookie but the kiosk's own marks; what pages stored in the browser."""
    request.session.flush()
    ours = (name for name in request.COOKIES if OURS.fullmatch(name) and name not in MARKS)
    for name in (settings.LANGUAGE_COOKIE_NAME, *ours):
        response.delete_cookie(name, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"storage"'
