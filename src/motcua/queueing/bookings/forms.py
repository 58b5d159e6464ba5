"""What is typed for an appointment: a telephone, a code, the office's reason, and the plan of times."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from motcua.core.typed import day_input
from motcua.people.citizens.contacts import read_mobile
from motcua.queueing.models import Hall, Need
from motcua.queueing.models.bookings import SlotPlan
from motcua.queueing.queries.opening import weekday_words

_LINE = {"class": "govuk-input govuk-input--width-20", "autocomplete": "off"}


class PhoneForm(forms.Form):
    """Whom to remind."""

    phone = forms.CharField(
        label=_("Số điện thoại di động"), max_length=20,
        help_text=_("Để nhắc ông/bà một ngày trước giờ hẹn. Không dùng vào việc khác, sau 30 ngày thì xóa."),
        error_messages={"required": _("Ông/bà nhập số điện thoại để được nhắc hẹn.")},
        widget=forms.TextInput(attrs={**_LINE, "inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip

    def clean_phone(self) -> str:
        return read_mobile(self.cleaned_data["phone"])


class CodeForm(forms.Form):
    """The code of an appointment."""

    code = forms.CharField(
        label=_("Mã hẹn, 6 chữ và số"), max_length=12,
        error_messages={"required": _("Ông/bà nhập mã hẹn trong tin nhắn hoặc trên trang hẹn.")},
        widget=forms.TextInput(attrs={**_LINE, "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        return "".join(mark for mark in self.cleaned_data["code"].upper() if mark.isalnum())


class ReasonForm(forms.Form):
    """Why the office cannot keep a time."""

    reason = forms.CharField(
        label=_("Lý do báo cho người dân"), max_length=200,
        error_messages={"required": _("Ghi lý do: người dân sẽ đọc được.")},
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
    )  # fmt: skip


class SlotPlanForm(forms.ModelForm):  # type: ignore[type-arg]
    """A plan of appointed times of one need."""

    valid_from = day_input(_("Từ ngày"), missing=_("Ông/bà nhập ngày."))
    valid_to = day_input(_("Đến hết ngày"), hint=_("Để trống nếu chưa biết ngày thôi."))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Các thứ trong tuần"), coerce=int, choices=(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Chọn ít nhất một thứ trong tuần.")},
    )  # fmt: skip

    class Meta:
        model = SlotPlan
        fields = ("need", "weekdays", "starts", "ends", "every_minutes", "capacity", "valid_from", "valid_to")
        widgets = {
            name: forms.TextInput(attrs={"class": "govuk-input govuk-input--width-5", "inputmode": "numeric"})
            for name in ("starts", "ends", "every_minutes", "capacity")
        }

    def __init__(self, hall: Hall, day: date, **rest: Any) -> None:
        super().__init__(initial={"valid_from": day, "weekdays": [1, 2, 3, 4, 5]}, **rest)
        need = self.fields["need"]
        if isinstance(need, forms.ModelChoiceField):
            need.empty_label = _("Chọn việc")
            need.queryset = Need.objects.filter(hall=hall, is_open=True, takes_bookings=True)
        weekdays = self.fields["weekdays"]
        if isinstance(weekdays, forms.TypedMultipleChoiceField):
            weekdays.choices = [(one, weekday_words([one])) for one in range(1, 8)]
        self.fields["valid_to"].required = False
        self._day = day

    def clean_valid_from(self) -> date:
        first: date = self.cleaned_data["valid_from"]
        if first < self._day:
            raise ValidationError(_("Lịch hẹn mới bắt đầu từ hôm nay trở đi."))
        return first
