"""Between the log-in library and `identify`: what the provider's answer says, and where one goes when it says no."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.ours import page_of_ours
from motcua.people.access import acting_official
from motcua.people.citizens.access import citizen_or_none
from motcua.people.citizens.contacts import read_mobile
from motcua.people.citizens.identity import IdentityRefused, Vouched, identify
from motcua.people.citizens.models import Citizen
from motcua.people.citizens.views.parts import after_log_in, begin_session
from motcua.people.models.parties import Gender

KIND: Final = "openid_connect"


class CitizenIdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The library carries the protocol; who somebody is here is our own rows' matter."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        """The provider of the settings; none is kept in the database."""
        named = [SocialApp(provider=KIND, **said) for said in settings.SOCIALACCOUNT_PROVIDERS[KIND]["APPS"]]
        return [
            app for app in named
            if provider in (None, KIND, app.provider_id) and client_id in (None, app.client_id)
        ]  # fmt: skip

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Ends here, whatever comes of it: the library's own accounts are not used."""
        raise ImmediateHttpResponse(_answered(request, sociallogin))

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """Cancelled, refused, forged or too late: back to the log-in with a sentence."""
        if error == AuthError.CANCELLED or request.GET.get("error") == "access_denied":
            messages.info(request, _("Ông/bà đã thôi đăng nhập bằng định danh điện tử."))
        else:
            messages.error(request, _("Nơi định danh chưa xác nhận được. Ông/bà đăng nhập lại, hoặc dùng mật khẩu."))
        raise ImmediateHttpResponse(redirect("citizen-log-in"))


def _answered(request: HttpRequest, sociallogin: Any) -> HttpResponse:
    app = sociallogin.provider.app
    claims = sociallogin.account.extra_data
    state: Mapping[str, Any] = sociallogin.state or {}
    if acting_official(request) is not None:
        return redirect("citizen-log-in")
    mine = citizen_or_none(request) if state.get("process") == AuthProcess.CONNECT else None
    try:
        vouched = read_claims(
            claims, provider=app.settings["server_url"], personal_id_claim=app.settings["personal_id_claim"]
        )
        citizen = identify(vouched, at=timezone.now(), citizen_id=mine.id if mine is not None else None)
    except IdentityRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("profile" if mine is not None else "citizen-log-in")
    return _let_in(request, citizen, str(state.get("next") or ""), is_tied=mine is not None)


def _let_in(request: HttpRequest, citizen: Citizen, wanted: str, *, is_tied: bool) -> HttpResponse:
    if is_tied:
        messages.success(request, _("Đã gắn định danh điện tử với tài khoản."))
        return redirect("profile")
    begin_session(request, citizen, "identity")
    return redirect(after_log_in(page_of_ours(request, wanted)))


def read_claims(claims: Mapping[str, Any], *, provider: str, personal_id_claim: str) -> Vouched:
    """What userinfo says of whom the signed token names; both must be about the same (OpenID Connect Core 5.3.2).

    A fact in a shape we do not know is left out. Raises `IdentityRefused` without a name or when they differ.
    """
    token, said = claims.get("id_token") or {}, claims.get("userinfo") or {}
    subject, name = _text(token.get("sub"), 255), _text(said.get("name"), 200)
    if not subject or subject != said.get("sub") or not name:
        raise IdentityRefused(_("Nơi định danh trả lời thiếu. Ông/bà đăng nhập lại, hoặc dùng mật khẩu."))
    gender, address = _text(said.get("gender"), 6), said.get("address")
    number = _text(said.get(personal_id_claim), 12)
    return Vouched(
        provider=provider, subject=subject, full_name=name,
        personal_id=number if len(number) == 12 and number.isascii() and number.isdigit() else "",
        birth_date=_day(said.get("birthdate")), gender=gender if gender in Gender.values else "",
        address=_text(address.get("formatted"), 300) if isinstance(address, Mapping) else "",
        phone=_mobile(said) if said.get("phone_number_verified") is True else "",
        email=_email(said) if said.get("email_verified") is True else "",
    )  # fmt: skip


def _text(said: Any, longest: int) -> str:
    text = said.strip() if isinstance(said, str) else ""
    return text if len(text) <= longest and text.isprintable() else ""


def _day(said: Any) -> date | None:
    try:
        return date.fromisoformat(_text(said, 10))
    except ValueError:
        return None


def _mobile(said: Mapping[str, Any]) -> str:
    try:
        return read_mobile(_text(said.get("phone_number"), 20))
    except ValidationError:
        return ""


def _email(said: Mapping[str, Any]) -> str:
    address = _text(said.get("email"), 254).lower()
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address
