"""How allauth behaves here: officials are entered by an administrator, nobody signs up; faults in plain Vietnamese."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.core.models import Event
from motcua.core.throttle import address_of
from motcua.people.actions.passwords import choose_password, told_renewals


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Log-in of officials."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Tài khoản này đang bị khóa. Ông/bà báo quản trị của cơ quan."),
        "enter_current_password": _("Ông/bà nhập mật khẩu đang dùng."),
        "incorrect_password": _("Mật khẩu chưa đúng."),
        "username_password_mismatch": _(
            "Tên đăng nhập hoặc mật khẩu chưa đúng. Ông/bà kiểm tra phím Caps Lock rồi nhập lại."
        ),
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu chưa đúng."),
        "too_many_login_attempts": _(
            "Nhập sai nhiều lần. Xin đợi 5 phút rồi thử lại, hoặc nhờ quản trị đặt lại mật khẩu."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_password(self, password: str, user: Any = None) -> str:
        """The one-time password cannot be kept as one's own."""
        if user is not None and user.password_is_temporary and user.check_password(password):
            raise ValidationError(_("Mật khẩu mới phải khác mật khẩu dùng một lần. Ông/bà tự đặt mật khẩu khác."))
        cleaned: str = super().clean_password(password, user)
        return cleaned

    def set_password(self, user: Any, password: str) -> None:
        """Chosen by himself, so no longer temporary."""
        choose_password(user, password, at=timezone.now())

    def login(self, request: HttpRequest, user: Any) -> None:
        """Tells its holder who renewed the password lately: he finds out when it was not he who asked."""
        super().login(request, user)
        for renewed in told_renewals(user.pk, timezone.now()):
            messages.warning(request, _renewal_words(renewed))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords count per account *and* address: nobody locks a colleague out from elsewhere.

        Not per host as allauth has it: the Host header is the caller's to choose.
        """
        return f"{address_of(request)}:{str(credentials.get('username', '')).lower()}"


def _renewal_words(renewed: Event) -> str:
    said = {"name": renewed.actor_name, "at": f"{timezone.localtime(renewed.at):%H:%M %d/%m/%Y}",
            "asked_by": (renewed.after or {}).get("asked_by", "")}  # fmt: skip
    who = (
        gettext("Mật khẩu của ông/bà được cấp lại lúc %(at)s: %(asked_by)s đề nghị, %(name)s xác nhận.")
        if said["asked_by"]
        else gettext("Mật khẩu của ông/bà được %(name)s cấp lại lúc %(at)s.")
    )
    return f"{who % said} {gettext('Nếu ông/bà không nhờ việc này, báo ngay lãnh đạo cơ quan.')}"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The one-time code of officials."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Mã chưa đúng hoặc đã hết hạn. Ông/bà nhập mã đang hiện trên ứng dụng."),
        "cannot_delete_authenticator": _("Cán bộ phải dùng mã một lần, không tắt được."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Where officials must have a second factor they cannot switch it off themselves."""
        return not settings.MOTCUA_SECOND_FACTOR
