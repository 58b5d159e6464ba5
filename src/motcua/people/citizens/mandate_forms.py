"""What a citizen types about the one he acts for."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from motcua.core.typed import day_input, number_typed
from motcua.people.citizens.forms import OLDEST, line
from motcua.people.citizens.mandates import Principal
from motcua.people.citizens.models import MandateKind
from motcua.people.models.parties import Gender

_PERSON = RegexValidator(r"^[0-9]{12}\Z", _("Số định danh cá nhân có 12 chữ số."))
_ORGANISATION = RegexValidator(r"^[0-9]{10}([0-9]{3})?\Z", _("Mã số doanh nghiệp có 10 hoặc 13 chữ số."))


class MandateForm(forms.Form):
    """For whom, what he is to him, on what ground, until when."""

    kind = forms.ChoiceField(
        label=_("Ông/bà làm thay ai"), choices=MandateKind.choices,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
        error_messages={"required": _("Ông/bà chọn làm thay ai.")},
    )  # fmt: skip
    full_name = line(
        _("Họ tên người đó, hoặc tên tổ chức"), missing=_("Ông/bà nhập họ tên hoặc tên tổ chức."), spellcheck="false",
        autocomplete="off",
    )  # fmt: skip
    personal_id = line(
        _("Số định danh, hoặc mã số doanh nghiệp"), length=20, inputmode="numeric", autocomplete="off",
        hint=_("Số định danh 12 chữ số; tổ chức thì mã số 10 hoặc 13 chữ số."),
    )  # fmt: skip
    birth_date = day_input(_("Ngày sinh"), hint=_("Cần khi làm thay con. Ngày/tháng/năm, ví dụ 05/09/2020."))
    gender = forms.ChoiceField(
        label=_("Giới tính"), required=False, choices=[("", "—"), *Gender.choices],
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )  # fmt: skip
    address = line(_("Nơi ở hoặc trụ sở"), length=300, autocomplete="off")
    evidence = line(
        _("Căn cứ"), length=500, missing=_("Ông/bà ghi căn cứ, ví dụ giấy khai sinh hoặc giấy ủy quyền."),
        hint=_("Ví dụ: giấy khai sinh số 12/2021; giấy ủy quyền ngày 02/11/2026; quyết định bổ nhiệm giám đốc."),
        autocomplete="off",
    )  # fmt: skip
    valid_to = day_input(
        _("Đến hết ngày"),
        hint=_("Để trống nếu không có hạn. Làm thay con thì đến khi con đủ 18 tuổi; ủy quyền không ghi hạn là 1 năm."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        number = number_typed(cleaned.get("personal_id", ""))
        if number:
            shape = _ORGANISATION if cleaned.get("kind") == MandateKind.ORGANISATION else _PERSON
            try:
                shape(number)
            except forms.ValidationError as error:
                self.add_error("personal_id", error)
        cleaned["personal_id"] = number
        born = cleaned.get("birth_date")
        if born is not None and not OLDEST <= born <= localdate():
            self.add_error("birth_date", _("Ngày sinh phải trước hôm nay. Ông/bà nhập lại, ví dụ 05/09/2020."))
        last = cleaned.get("valid_to")
        if last is not None and last < localdate():
            self.add_error("valid_to", _("Ngày hết hạn phải từ hôm nay trở đi."))
        return cleaned

    def principal(self) -> Principal:
        """Call after `is_valid()`."""
        return Principal(valid_from=localdate(), **self.cleaned_data)
