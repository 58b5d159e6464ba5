"""Handing a result over."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers.models import ReturnMethod
from motcua.result.actions import Recipient


class ReturnForm(forms.Form):
    """Who takes the result, and his confirmation."""

    method = forms.ChoiceField(
        label=gettext_lazy("Cách trả"),
        choices=ReturnMethod.choices,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
    )
    recipient_name = forms.CharField(
        label=gettext_lazy("Họ tên người nhận"), max_length=200,
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Ông/bà ghi họ tên người nhận kết quả.")},
    )  # fmt: skip
    recipient_personal_id = forms.CharField(
        label=gettext_lazy("Số định danh người nhận"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input", "inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    confirmed = forms.BooleanField(
        label=gettext_lazy("Người nhận đã kiểm tra, ký nhận đủ kết quả"), required=False,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )  # fmt: skip

    def clean_recipient_personal_id(self) -> str:
        number = re.sub(r"[\s.-]", "", self.cleaned_data["recipient_personal_id"])
        if number and not re.fullmatch(r"[0-9]{12}", number):
            raise forms.ValidationError(_("Số định danh người nhận phải có đúng 12 chữ số."))
        return number

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("method") == ReturnMethod.COUNTER and not cleaned.get("confirmed"):
            self.add_error(
                "confirmed", _("Người nhận cần xác nhận đã nhận kết quả. Ông/bà đánh dấu sau khi người nhận ký.")
            )
        return cleaned

    def recipient(self) -> Recipient:
        """The checked form as plain values; call after `is_valid()`."""
        values = self.cleaned_data
        return Recipient(
            values["recipient_name"], values["recipient_personal_id"], values["method"], values["confirmed"]
        )
