"""What an administrator writes of a fault."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy

from motcua.core.typed import day_input
from motcua.routing.forms import ReasonForm, text_area

__all__ = ["FaultForm", "ReasonForm"]


def _hour(label: Any, missing: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M"],
        widget=forms.TimeInput(
            format="%H:%M",
            attrs={"class": "govuk-input govuk-input--width-5", "placeholder": "09:30", "autocomplete": "off"},
        ),
        error_messages={"required": missing, "invalid": gettext_lazy("Giờ chưa đúng. Ví dụ 09:30.")},
    )


class FaultForm(forms.Form):
    """From when to when, and how one knows."""

    first_day = day_input(gettext_lazy("Từ ngày"), gettext_lazy("Ông/bà ghi ngày bắt đầu sự cố."))
    first_hour = _hour(gettext_lazy("Từ giờ"), gettext_lazy("Ông/bà ghi giờ bắt đầu sự cố."))
    last_day = day_input(gettext_lazy("Đến ngày"), gettext_lazy("Ông/bà ghi ngày hệ thống chạy lại."))
    last_hour = _hour(gettext_lazy("Đến giờ"), gettext_lazy("Ông/bà ghi giờ hệ thống chạy lại."))
    evidence = text_area(
        gettext_lazy("Bằng chứng"),
        gettext_lazy("Ông/bà ghi bằng chứng của sự cố."),
        gettext_lazy("Ví dụ: biên bản số 12/BB ngày 20/11/2026; nhật ký máy chủ; thông báo của nhà mạng."),
        length=1000,
    )

    def first_at(self) -> datetime:
        """When it began."""
        return _moment(self.cleaned_data["first_day"], self.cleaned_data["first_hour"])

    def last_at(self) -> datetime:
        """When the system ran again."""
        return _moment(self.cleaned_data["last_day"], self.cleaned_data["last_hour"])


def _moment(on: Any, hour: time) -> datetime:
    return datetime.combine(on, hour, get_default_timezone())
