"""The desk's page for its second screen, the strip beside a draft, and the screen itself."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.core.access import officials, public
from motcua.core.ours import page_of_ours
from motcua.core.throttle import address_of, allow
from motcua.core.unattended import by_htmx, unattended
from motcua.documents.qr import qr_svg
from motcua.intake.online.access import Filer, own_draft
from motcua.intake.screens.actions import (
    CODE_GOOD_FOR,
    confirm,
    end_screen,
    open_screen,
    pair,
    point,
    show,
    take_away,
)
from motcua.intake.screens.beside import beside
from motcua.intake.screens.queries import screen_by_key, screen_of_desk
from motcua.intake.screens.showing import shown_on
from motcua.people.access import official_of
from motcua.people.models import Role

COOKIE: Final = "motcua_screen"
# From one address, behind which thirty desks may pair theirs at half past seven; of six hundred thousand million codes
# a handful is open.
TRIES, WINDOW = 60, timedelta(minutes=10)
# Of one screen: each confirmation is an event that stays.
ANSWERS: Final = 200
IN_SESSION: Final = "motcua_screen_code"
UNCHANGED: Final = 204
# What the screen says it shows when it shows nothing.
EMPTY: Final = "empty"


@officials(Role.RECEIVER)
@require_http_methods(["GET", "HEAD", "POST"])
@unattended(when=by_htmx)
def desk_screen(request: HttpRequest) -> HttpResponse:
    """Pair a screen with this desk, or end it."""
    by, at = official_of(request), timezone.now()
    if request.method == "POST":
        request.session.pop(IN_SESSION, None)
        if "end" in request.POST:
            end_screen(by.id, by=by.actor, at=at)
        else:
            request.session[IN_SESSION] = open_screen(by, at=at)
        return redirect("desk-screen")
    screen = screen_of_desk(by.id, at=at)
    waits = screen is not None and screen.paired_at is None and screen.code_until > at
    code = request.session.get(IN_SESSION, "") if waits else ""
    address = f"{settings.MOTCUA_BASE_URL}{reverse('screen')}"
    context = {
        "screen": screen, "code": f"{code[:4]} {code[4:]}".strip(), "unit": by.unit_name, "address": address,
        "minutes": CODE_GOOD_FOR.seconds // 60,
        "qr": qr_svg(f"{address}?code={code}", title=_("Mã QR mở trang ghép màn hình")) if code else "",
    }  # fmt: skip
    return render(request, "intake/screens/desk.html", context)


@officials(Role.RECEIVER)
@require_http_methods(["GET", "HEAD", "POST"])
@unattended(when=lambda request: request.method != "POST")
def draft_screen(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show this draft on the desk's screen, or take it away; GET is the strip alone, asked for every few seconds."""
    by, at = official_of(request), timezone.now()
    draft = own_draft(Filer(official=by), draft_id)
    if request.method == "POST":
        if "take_away" in request.POST:
            take_away(by=by, at=at)
        elif not show(draft, by=by, at=at):
            messages.info(request, _("Quầy chưa có màn hình thứ hai: ghép trước đã, rồi mở lại bản đang nhập."))
            return redirect("desk-screen")
        return redirect(page_of_ours(request, request.POST.get("back", "")) or reverse("draft", args=(draft.pk,)))
    context = beside(draft, by, at=at)
    return render(request, "intake/screens/_beside.html", context | {"came_from": request.GET.get("back", "")})


@public
@require_http_methods(["GET", "HEAD", "POST"])
@unattended()
def screen(request: HttpRequest) -> HttpResponse:
    """The screen: what it shows now; before it is paired, the one box for the code.

    It may be a second window of the desk's own browser: whoever sits before it is not the official.
    """
    at = timezone.now()
    held = screen_by_key(request.COOKIES.get(COOKIE, ""), at=at)
    if held is not None:
        context: dict[str, Any] = {"shown": shown_on(held, at=at), "empty": EMPTY, "again": "again" in request.GET}
        return render(request, "intake/screens/screen.html", context)
    sentence, typed = "", request.POST.get("code", request.GET.get("code", ""))[:20]
    if request.method == "POST":
        if not allow(what="second-screen", who=address_of(request), limit=TRIES, window=WINDOW):
            sentence = _("Nhập sai nhiều lần. Đợi 10 phút rồi thử lại.")
        elif key := pair(typed, at=at):
            answer = redirect("screen")
            answer.set_cookie(COOKIE, key, httponly=True, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE))
            return answer
        else:
            sentence = _("Mã này không mở được màn hình nào. Cán bộ ở quầy lấy mã mới rồi nhập lại.")
    context = {"typed": typed, "sentence": sentence, "length": 20}
    return render(request, "intake/screens/pair.html", context, status=422 if sentence else 200)


@public
@require_safe
@unattended()
def screen_now(request: HttpRequest) -> HttpResponse:
    """What the screen shows, without the page around it; nothing when it is what it showed (`seen`)."""
    at = timezone.now()
    held = screen_by_key(request.COOKIES.get(COOKIE, ""), at=at)
    if held is None:
        answer: HttpResponse = redirect("screen")
        if "HX-Request" in request.headers:
            answer = HttpResponse(status=UNCHANGED)
            answer.headers["HX-Redirect"] = reverse("screen")
        return answer
    shown = shown_on(held, at=at)
    if request.GET.get("seen") == (shown.mark if shown else EMPTY):
        return HttpResponse(status=UNCHANGED)
    return render(request, "intake/screens/_shown.html", {"shown": shown, "empty": EMPTY})


@public
@require_POST
@unattended()
def screen_answer(request: HttpRequest) -> HttpResponse:
    """The citizen says "right" (of what he saw) or "change this"; he is told when something changed since he saw it."""
    at = timezone.now()
    held = screen_by_key(request.COOKIES.get(COOKIE, ""), at=at)
    if held is not None and allow(what="screen-answer", who=str(held.pk), limit=ANSWERS, window=WINDOW):
        if "wrong" in request.POST:
            counts = point(held.pk, request.POST["wrong"], request.POST.get("seen", ""), at=at)
        else:
            counts = confirm(held.pk, request.POST.get("right", ""), at=at)
        if not counts:
            return redirect(f"{reverse('screen')}?again=1")
    return redirect("screen")
