"""Handing a result over."""

import re
from typing import Any, cast

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.typed import day_input
from motcua.documents.papers.models import CopyKind
from motcua.dossiers.models import ReturnMethod
from motcua.result.actions import Recipient
from motcua.result.carriers import carriers_on
from motcua.result.collection import Arrived, Shows
from motcua.result.models import Evidence, Shown
from motcua.routing.forms import TOO_LONG


class ReturnForm(forms.Form):
    """Who takes the result, and what each way of returning it asks for."""

    use_required_attribute = False

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
    shown = forms.ChoiceField(
        label=gettext_lazy("Giấy tờ người nhận cho xem"), choices=Shown.choices, required=False,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
        error_messages={"required": gettext_lazy("Ông/bà chọn giấy tờ người nhận đã cho xem.")},
    )  # fmt: skip
    confirmed = forms.BooleanField(
        label=gettext_lazy("Người nhận đã kiểm tra, ký nhận đủ kết quả"), required=False,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )  # fmt: skip

    carrier = forms.ChoiceField(
        label=gettext_lazy("Đơn vị bưu chính"), required=False,
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"required": gettext_lazy("Ông/bà chọn đơn vị bưu chính nhận chuyển.")},
    )  # fmt: skip
    tracking_number = forms.CharField(
        label=gettext_lazy("Số vận đơn"), max_length=40, required=False,
        help_text=gettext_lazy("Số in dưới mã vạch của bưu gửi, ví dụ EB123456789VN. Người dân theo dõi bằng số này."),
        widget=forms.TextInput(
            attrs={"class": "govuk-input govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={
            "max_length": gettext_lazy("Số vận đơn dài nhất %(limit_value)d ký tự."),
            "required": gettext_lazy("Ông/bà nhập số vận đơn của bưu gửi."),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = cast("forms.ChoiceField", self.fields["carrier"])
        chooser.choices = [("", _("Chọn")), *((one.code, one.name) for one in carriers_on(localdate()))]
        method = self["method"].value()
        self.fields["shown"].required = method == ReturnMethod.COUNTER
        self.fields["carrier"].required = self.fields["tracking_number"].required = method == ReturnMethod.POST

    def clean_tracking_number(self) -> str:
        number = re.sub(r"\s", "", self.cleaned_data["tracking_number"]).upper()
        if number and not re.fullmatch(r"[A-Z0-9][A-Z0-9./-]{3,39}", number):
            raise forms.ValidationError(_("Số vận đơn chỉ có chữ không dấu, chữ số, dấu gạch, ít nhất 4 ký tự."))
        return number

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
        values, method = self.cleaned_data, self.cleaned_data["method"]
        at_desk, by_post = method == ReturnMethod.COUNTER, method == ReturnMethod.POST
        return Recipient(
            values["recipient_name"], values["recipient_personal_id"], method, at_desk and values["confirmed"],
            shown=values["shown"] if at_desk else "", carrier=values["carrier"] if by_post else "",
            tracking_number=values["tracking_number"] if by_post else "",
        )  # fmt: skip


UNTIL, FOR_GOOD = "until", "for_good"
VALIDITY = ((UNTIL, gettext_lazy("Đến một ngày")), (FOR_GOOD, gettext_lazy("Vô thời hạn")))


class ValidityForm(forms.Form):
    """How long it is valid: said, never guessed from an empty box."""

    use_required_attribute = False

    validity = forms.ChoiceField(
        label=gettext_lazy("Có hiệu lực"), choices=VALIDITY,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
        error_messages={"required": gettext_lazy("Ông/bà chọn kết quả có hiệu lực đến một ngày hay vô thời hạn.")},
    )  # fmt: skip
    valid_until = day_input(gettext_lazy("Có hiệu lực đến ngày"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("validity") == FOR_GOOD:
            cleaned["valid_until"] = None
        elif cleaned.get("validity") == UNTIL and not cleaned.get("valid_until") and "valid_until" not in self.errors:
            self.add_error("valid_until", _("Ông/bà ghi ngày hết hiệu lực in trên kết quả."))
        return cleaned


class CopyForm(ValidityForm):
    """What stands on the electronic copy of a result, and how the copy came to be."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Bản này là"), choices=CopyKind.choices,
        help_text=gettext_lazy("Bản điện tử từ đầu là tệp PDF cơ quan đã ký số; tệp ấy giữ nguyên từng byte."),
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
        error_messages={"required": gettext_lazy("Ông/bà chọn bản quét từ giấy hay bản điện tử từ đầu.")},
    )  # fmt: skip
    number = forms.CharField(
        label=gettext_lazy("Số, ký hiệu"), max_length=60, required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-20", "autocomplete": "off"}),
        error_messages={"max_length": TOO_LONG},
    )  # fmt: skip
    issued_on = day_input(gettext_lazy("Ngày ban hành"), gettext_lazy("Ông/bà ghi ngày ban hành in trên kết quả."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What is to be mended is named in the order of the page.
        self.order_fields(["kind", "number", "issued_on"])

    def shows(self) -> Shows:
        """The checked form as plain values; call after `is_valid()`."""
        values = self.cleaned_data
        number = " ".join(values["number"].split())
        return Shows(values["kind"], values["issued_on"], number, values["valid_until"])


class ArrivalForm(forms.Form):
    """When a letter arrived, and how the office knows."""

    on = day_input(gettext_lazy("Nhận được ngày"), gettext_lazy("Ông/bà ghi ngày người dân nhận được."))
    evidence = forms.ChoiceField(
        label=gettext_lazy("Biết qua đâu"),
        choices=[(one.value, one.label) for one in (Evidence.SIGNED_SLIP, Evidence.CARRIER)],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
        error_messages={"required": gettext_lazy("Ông/bà chọn căn cứ: giấy báo phát, hay bưu chính báo.")},
    )

    def arrived(self) -> Arrived:
        """The checked form as plain values; call after `is_valid()`."""
        return Arrived(self.cleaned_data["on"], self.cleaned_data["evidence"])
