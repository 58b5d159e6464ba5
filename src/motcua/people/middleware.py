"""The door: every page is closed until it says whom it is open to (`core.access`)."""

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature, TimestampSigner, b62_decode
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from motcua.core.access import Access, access_of
from motcua.people.access import acting_official
from motcua.people.citizens.access import citizen_or_none
from motcua.people.second_factor import has_second_factor

API = "/api/"
CITIZENS_LOGIN = "citizen-log-in"
# Of the officials' own log-in pages a citizen needs none but the way out.
STAFF_LOGIN = "accounts/"
OPEN_TO_CITIZENS = frozenset({"account_login", "account_logout"})


class DoorMiddleware:
    """Asks each resolved view for its `Access`; a view that says nothing is closed to everybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        access = access_of(view) or self._library_access(view)
        if access is None or self._is_closed_to_citizens(request):
            raise Http404
        if access.public:
            return None
        refused = self._for_citizens(request) if access.citizens else self._for_officials(request, access)
        return _for_programs(refused) if refused and request.path.startswith(API) else refused

    @staticmethod
    def _library_access(view: Callable[..., Any]) -> Access | None:
        """Views of libraries, opened one module at a time in the settings."""
        module = getattr(view, "__module__", "") or ""
        opened = any(module == name or module.startswith(f"{name}.") for name in settings.MOTCUA_PUBLIC_VIEW_MODULES)
        return Access(public=True) if opened else None

    @staticmethod
    def _is_closed_to_citizens(request: HttpRequest) -> bool:
        """Whether this is a page about an official's own log-in, and a citizen asks for it."""
        match = request.resolver_match
        if match is None or not match.route.startswith(STAFF_LOGIN) or match.url_name in OPEN_TO_CITIZENS:
            return False
        return citizen_or_none(request) is not None

    @staticmethod
    def _for_citizens(request: HttpRequest) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return _to_login(request, CITIZENS_LOGIN)
        if citizen_or_none(request) is None:
            return render(request, "403.html", {"reason": "not_citizen"}, status=403)
        return None

    @staticmethod
    def _for_officials(request: HttpRequest, access: Access) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return _to_login(request)
        acting = acting_official(request)
        if acting is None:
            reason = "not_official" if citizen_or_none(request) is None else "citizen"
            return render(request, "403.html", {"reason": reason}, status=403)
        if request.user.password_is_temporary:
            return redirect("account_change_password")
        if settings.MOTCUA_SECOND_FACTOR and not has_second_factor(request):
            return redirect("mfa_activate_totp")
        if access.roles and not acting.holds(*access.roles):
            return render(request, "403.html", {"reason": "role", "needed": sorted(access.roles)}, status=403)
        return None


class IdleMiddleware:
    """Ends a session that nobody used for the idle limit, without writing to the database on each page.

    What a page asks for by itself, its view marks `unattended`: it keeps nobody's session alive.
    The time of the last page lies in a signed cookie; a missing or foreign cookie counts as idle. An official is sent
    to log in anew; a citizen goes on as a guest, and the door asks him where it must.
    """

    REWRITE_AFTER = 60.0

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        age = self._age(request) if SESSION_KEY in request.session else 0.0
        if age is None or self._too_long(request):
            was_official = acting_official(request) is not None
            logout(request)
            if was_official:
                return _to_login(request)
            age = 0.0
        response = self.get_response(request)
        is_attended = not getattr(response, "unattended", False)
        if SESSION_KEY in request.session and is_attended and (age > self.REWRITE_AFTER or self._is_new(request)):
            self._mark_seen(request, response)
        return response

    def _too_long(self, request: HttpRequest) -> bool:
        """Whether the log-in lies longer back than any session may last, however busy it was."""
        records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, []) if SESSION_KEY in request.session else []
        started = min((record["at"] for record in records if "at" in record), default=time.time())
        return bool(time.time() - started > settings.SESSION_COOKIE_AGE)

    def _age(self, request: HttpRequest) -> float | None:
        """Seconds since the last page, or None when the cookie is missing, foreign or too old."""
        salt = self._salt(request)
        value = request.COOKIES.get(settings.MOTCUA_SEEN_COOKIE)
        if value is None:
            return None
        signer = TimestampSigner(salt=salt)
        try:
            signer.unsign(value, max_age=settings.MOTCUA_IDLE_LIMIT)
        except BadSignature:
            return None
        stamp = b62_decode(value.rsplit(signer.sep, 2)[1])
        return time.time() - stamp

    def _is_new(self, request: HttpRequest) -> bool:
        """Whether the session's key is not the one the cookie was signed for (just logged in)."""
        return not request.COOKIES.get(settings.MOTCUA_SEEN_COOKIE) or request.session.modified

    def _mark_seen(self, request: HttpRequest, response: HttpResponse) -> None:
        response.set_cookie(
            settings.MOTCUA_SEEN_COOKIE,
            TimestampSigner(salt=self._salt(request)).sign("1"),
            httponly=True,
            samesite="Lax",
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )

    def _salt(self, request: HttpRequest) -> str:
        return f"motcua_seen{request.session.session_key}"


def _for_programs(refused: HttpResponse) -> HttpResponse:
    """What the door says to a program: neither a page nor a way to the log-in, but a status and a sentence."""
    status, sentence = HTTPStatus.UNAUTHORIZED, _("Địa chỉ này cần phiên đăng nhập của cán bộ. Đăng nhập rồi gọi lại.")
    if refused.status_code == HTTPStatus.FORBIDDEN:
        status, sentence = HTTPStatus.FORBIDDEN, _("Việc này không thuộc vai trò của ông/bà.")
    answer = {"detail": sentence, "parameter": None}
    return JsonResponse(answer, status=status, json_dumps_params={"ensure_ascii": False})


def _to_login(request: HttpRequest, login: str | None = None) -> HttpResponse:
    """To the log-in, and from there back to the page one was on: what was sent cannot be opened by a link."""
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path(), login)
    shown = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(shown, {request.get_host()}, require_https=request.is_secure()):
        return redirect_to_login(resolve_url("me" if login else settings.LOGIN_REDIRECT_URL), login)
    at = urlsplit(shown)
    return redirect_to_login(at.path + (f"?{at.query}" if at.query else ""), login)
