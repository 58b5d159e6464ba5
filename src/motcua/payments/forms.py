"""What is typed when money is asked for, paid, or given up."""

from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.typed import day_input
from motcua.payments.actions import MOST, NewDuty, SumTooLarge
from motcua.payments.evidence import Evidence
from motcua.payments.models import LONGEST
from motcua.payments.typed import LONGEST as LONGEST_SUM
from motcua.payments.typed import sum_typed
from motcua.people.forms.parts import typed_time

_TOO_LONG = gettext_lazy("Nội dung dài quá, nhiều nhất %(limit_value)d ký tự.")


def _text(label: Any, column: str, *, missing: Any = "", hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST[column], required=bool(missing), help_text=hint,
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
        error_messages={"required": missing, "max_length": _TOO_LONG},
    )  # fmt: skip


class DemandForm(forms.Form):
    """A sum to ask for, as the holder of the step writes it."""

    what = _text(
        gettext_lazy("Khoản phải nộp"), "what",
        missing=gettext_lazy("Ông/bà ghi khoản phải nộp là gì, ví dụ: lệ phí trước bạ."),
        hint=gettext_lazy("Ví dụ: lệ phí trước bạ, tiền sử dụng đất."),
    )  # fmt: skip
    amount = forms.CharField(
        label=gettext_lazy("Số tiền (đồng)"), max_length=LONGEST_SUM,
        widget=forms.TextInput(
            attrs={"class": "govuk-input govuk-input--width-10", "inputmode": "numeric", "autocomplete": "off"}
        ),
        error_messages={
            "required": gettext_lazy("Ông/bà ghi số tiền phải nộp, ví dụ 2.500.000."), "max_length": _TOO_LONG,
        },
    )  # fmt: skip
    payee = _text(
        gettext_lazy("Nộp cho"), "payee",
        missing=gettext_lazy("Ông/bà ghi khoản này nộp cho ai, ví dụ: Kho bạc Nhà nước khu vực."),
    )  # fmt: skip
    account = _text(gettext_lazy("Số tài khoản, mã chương, mã nội dung kinh tế"), "account")
    legal_basis = _text(
        gettext_lazy("Căn cứ thu"), "legal_basis",
        missing=gettext_lazy("Ông/bà ghi căn cứ thu, ví dụ: Nghị định 10/2022/NĐ-CP. Không có căn cứ thì không thu."),
    )  # fmt: skip
    due_on = day_input(gettext_lazy("Nộp đến hết ngày"), hint=gettext_lazy("Để trống nếu chưa định ngày cuối."))

    def clean_amount(self) -> int:
        said = _("Số tiền phải nộp là số đồng nguyên, lớn hơn 0. Ông/bà nhập lại, ví dụ 2.500.000.")
        try:
            amount = sum_typed(self.cleaned_data["amount"])
        except ValueError as error:
            raise forms.ValidationError(said) from error
        if amount > MOST:
            raise forms.ValidationError(str(SumTooLarge()))
        if amount < 1:
            raise forms.ValidationError(said)
        return amount

    def clean_due_on(self) -> date | None:
        day: date | None = self.cleaned_data["due_on"]
        if day is not None and day < localdate():
            raise forms.ValidationError(_("Hạn nộp không thể trước hôm nay. Ông/bà chọn lại ngày."))
        return day

    def duty(self) -> NewDuty:
        """The checked form as plain values; call after `is_valid()`."""
        return NewDuty(**self.cleaned_data)


class SettleForm(forms.Form):
    """The paper that proves a payment."""

    evidence_number = _text(
        gettext_lazy("Số biên lai, số chứng từ nộp tiền"), "evidence_number",
        missing=gettext_lazy(
            "Ông/bà ghi số biên lai hoặc số chứng từ nộp tiền. Chưa có chứng từ thì chưa ghi đã nộp."
        ),
        hint=gettext_lazy("Số in trên biên lai, giấy nộp tiền vào ngân sách hoặc thông báo của cơ quan thuế."),
    )  # fmt: skip
    evidence_on = day_input(
        gettext_lazy("Ngày trên chứng từ"), missing=gettext_lazy("Ông/bà ghi ngày in trên chứng từ.")
    )  # fmt: skip
    evidence_hour = typed_time(
        gettext_lazy("Giờ trên chứng từ"),
        hint=gettext_lazy("Để trống nếu chứng từ không in giờ: khi đó tính người nộp đã nộp vào cuối ngày ấy."),
    )

    def clean_evidence_on(self) -> date:
        day: date = self.cleaned_data["evidence_on"]
        if day > localdate():
            raise forms.ValidationError(
                _("Ngày trên chứng từ không thể sau hôm nay. Ông/bà xem lại ngày in trên chứng từ.")
            )
        return day

    def evidence(self) -> Evidence:
        """The checked form as plain values; call after `is_valid()`."""
        said = self.cleaned_data
        return Evidence(said["evidence_number"], said["evidence_on"], said["evidence_hour"])


class CancelForm(forms.Form):
    """Why a sum is not owed after all."""

    reason = forms.CharField(
        label=gettext_lazy("Vì sao không phải nộp nữa"), max_length=LONGEST["cancel_reason"],
        help_text=gettext_lazy("Người nộp hồ sơ đọc được lý do này."),
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3}),
        error_messages={
            "required": gettext_lazy("Ông/bà ghi vì sao không phải nộp khoản này nữa."), "max_length": _TOO_LONG,
        },
    )  # fmt: skip
