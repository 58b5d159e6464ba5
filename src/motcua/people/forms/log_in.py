"""The log-in form in our own words."""

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class StaffLoginForm(LoginForm):  # type: ignore[misc]
    """allauth's form without its English placeholders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missing = {"login": _("Ông/bà nhập tên đăng nhập."), "password": _("Ông/bà nhập mật khẩu.")}
        for name, sentence in missing.items():
            self.fields[name].widget.attrs.pop("placeholder", None)
            self.fields[name].error_messages["required"] = sentence
        self.fields["login"].label = _("Tên đăng nhập")
        self.fields["password"].label = _("Mật khẩu")
