"""What citizens type about themselves."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.typed import day_input, number_typed
from motcua.people.citizens.actions import Declared
from motcua.people.citizens.contacts import Contact, read_contact
from motcua.people.citizens.models import PERSONAL_ID, Citizen, Level, Way
from motcua.people.models.parties import Gender

OLDEST = date(1880, 1, 1)
_TOO_LONG = gettext_lazy("Nội dung dài quá, nhiều nhất %(limit_value)d ký tự.")


def line(label: Any, *, missing: Any = "", length: int = 200, hint: Any = "", **attributes: str) -> forms.CharField:
    return forms.CharField(
        label=label, required=bool(missing), max_length=length, help_text=hint,
        widget=forms.TextInput(attrs={"class": "govuk-input", **attributes}),
        error_messages={"required": missing, "max_length": _TOO_LONG},
    )  # fmt: skip


def _password(label: Any, missing: Any, autocomplete: str, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, strip=False, max_length=200, help_text=hint,
        widget=forms.PasswordInput(attrs={"class": "govuk-input", "autocomplete": autocomplete}),
        error_messages={"required": missing, "max_length": _TOO_LONG},
    )  # fmt: skip


class ContactForm(forms.Form):
    """A phone or an e-mail."""

    contact = line(
        gettext_lazy("Số điện thoại hoặc thư điện tử"),
        missing=gettext_lazy("Ông/bà nhập số điện thoại di động hoặc địa chỉ thư điện tử."),
        length=254, hint=gettext_lazy("Ví dụ 0905 123 456 hoặc lan.nguyen@example.vn"), autocomplete="username",
        autocapitalize="none", spellcheck="false",
    )  # fmt: skip

    def clean_contact(self) -> Contact:
        return read_contact(self.cleaned_data["contact"])


class LogInForm(ContactForm):
    """The way in with a password."""

    password = _password(gettext_lazy("Mật khẩu"), gettext_lazy("Ông/bà nhập mật khẩu."), "current-password")


class AddContactForm(ContactForm):
    """Another contact for an open account: whoever found the session open does not know the password."""

    password = _password(gettext_lazy("Mật khẩu"), gettext_lazy("Ông/bà nhập mật khẩu."), "current-password")

    def __init__(self, *args: Any, has_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_password:
            del self.fields["password"]


class CodeForm(forms.Form):
    """The six digits that were sent."""

    code = line(
        gettext_lazy("Mã xác nhận"), missing=gettext_lazy("Ông/bà nhập mã 6 chữ số trong tin nhắn."), length=20,
        inputmode="numeric", autocomplete="one-time-code",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["class"] = "govuk-input govuk-input--width-10"


class NewPasswordForm(forms.Form):
    """A password of his own."""

    password = _password(
        gettext_lazy("Mật khẩu mới"), gettext_lazy("Ông/bà đặt mật khẩu."), "new-password",
        gettext_lazy("Ít nhất 10 ký tự, có cả chữ. Một câu ngắn dễ nhớ là tốt nhất."),
    )  # fmt: skip


class ChangePasswordForm(NewPasswordForm):
    """Another password: whoever found the session open does not know the old one."""

    current = _password(
        gettext_lazy("Mật khẩu đang dùng"), gettext_lazy("Ông/bà nhập mật khẩu đang dùng."), "current-password"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(("current", "password"))


class FinishForm(NewPasswordForm):
    """The name and the password of a new account."""

    full_name = line(
        gettext_lazy("Họ và tên"), missing=gettext_lazy("Ông/bà nhập họ và tên như trên căn cước."),
        autocomplete="name", spellcheck="false",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(("full_name", "password"))


class ProfileForm(forms.Form):
    """What he says of himself; what a provider vouched for is not asked."""

    full_name = line(
        gettext_lazy("Họ và tên"), missing=gettext_lazy("Ông/bà nhập họ và tên như trên căn cước."),
        autocomplete="name", spellcheck="false",
    )  # fmt: skip
    personal_id = line(
        gettext_lazy("Số định danh cá nhân"), length=20, inputmode="numeric", autocomplete="off",
        hint=gettext_lazy("12 chữ số trên thẻ căn cước."),
    )  # fmt: skip
    birth_date = day_input(gettext_lazy("Ngày sinh"), hint=gettext_lazy("Ngày/tháng/năm, ví dụ 05/09/1984."))
    gender = forms.ChoiceField(
        label=gettext_lazy("Giới tính"), required=False, choices=[("", "—"), *Gender.choices],
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )  # fmt: skip
    address = line(gettext_lazy("Nơi ở hiện nay"), length=300, autocomplete="street-address")
    preferred_way = forms.ChoiceField(
        label=gettext_lazy("Muốn nhận tin bằng cách nào"), choices=Way.choices,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
        error_messages={"required": gettext_lazy("Ông/bà chọn một cách nhận tin.")},
    )  # fmt: skip

    def __init__(self, posted: Any, *, citizen: Citizen) -> None:
        said = {name: getattr(citizen, name) for name in self.base_fields}
        super().__init__(posted, initial=said)
        self.citizen = citizen
        if citizen.level == Level.IDENTIFIED:
            for name in ("full_name", "personal_id", "birth_date", "gender"):
                del self.fields[name]

    def clean_personal_id(self) -> str:
        number = number_typed(self.cleaned_data["personal_id"])
        if number:
            RegexValidator(PERSONAL_ID, _("Số định danh cá nhân có 12 chữ số."))(number)
        return number

    def clean_birth_date(self) -> Any:
        day = self.cleaned_data["birth_date"]
        if day is not None and not OLDEST <= day <= localdate():
            raise ValidationError(_("Ngày sinh phải trước hôm nay. Ông/bà nhập lại, ví dụ 05/09/1984."))
        return day

    def clean_preferred_way(self) -> str:
        way: str = self.cleaned_data["preferred_way"]
        if way == Way.EMAIL and not self.citizen.verified_email_at:
            raise ValidationError(_("Ông/bà xác nhận địa chỉ thư điện tử trước đã."))
        if way in (Way.SMS, Way.ZALO) and not self.citizen.verified_phone_at:
            raise ValidationError(_("Ông/bà xác nhận số điện thoại trước đã."))
        return way

    def declared(self) -> Declared:
        """Call after `is_valid()`."""
        kept = {name: getattr(self.citizen, name) for name in self.base_fields}
        return Declared(**(kept | self.cleaned_data))
