"""Parts of the office's pages: lines of text, days typed as people write them, choices."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy

_DAY_SHAPE = gettext_lazy("Ngày chưa đúng. Ông/bà nhập theo dạng ngày/tháng/năm, ví dụ 05/09/2026.")
_DAY_RANGE = gettext_lazy("Năm phải từ 1976 đến 2099. Ông/bà nhập lại.")
FIRST_DAY: Final = date(1976, 1, 1)
LAST_DAY: Final = date(2099, 12, 31)
"""Between which days one can be typed."""
_BOUNDS = [MinValueValidator(FIRST_DAY, _DAY_RANGE), MaxValueValidator(LAST_DAY, _DAY_RANGE)]


def line(
    label: Any, *, missing: Any = None, length: int = 120, hint: Any = "", wide: bool = True, **attributes: str
) -> forms.CharField:
    """One line of text; without `missing` (the sentence when it is left out) it may be empty."""
    return forms.CharField(
        label=label,
        required=missing is not None,
        max_length=length,
        help_text=hint,
        widget=forms.TextInput(
            attrs={
                "class": "govuk-input" if wide else "govuk-input govuk-input--width-10",
                "autocomplete": "off",
                **attributes,
            }
        ),
        error_messages={
            "required": missing or "",
            "max_length": gettext_lazy("Nội dung dài quá, nhiều nhất %(limit_value)d ký tự."),
        },
    )


def typed_day(label: Any, *, missing: Any = None, hint: Any = "") -> forms.DateField:
    """A day typed as dd/mm/yyyy; without `missing` it may be left empty."""
    return forms.DateField(
        label=label,
        required=missing is not None,
        help_text=hint,
        input_formats=["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d%m%Y"],
        validators=_BOUNDS,
        widget=forms.DateInput(
            format="%d/%m/%Y",
            attrs={
                "class": "govuk-input govuk-input--width-10",
                "inputmode": "numeric",
                "autocomplete": "off",
                "placeholder": "05/09/2026",
            },
        ),
        error_messages={"required": missing or "", "invalid": _DAY_SHAPE},
    )


def typed_time(label: Any, *, hint: Any = "") -> forms.TimeField:
    """An hour typed as 13:30 or 13h30; may be left empty."""
    return forms.TimeField(
        label=label,
        required=False,
        help_text=hint,
        input_formats=["%H:%M", "%Hh%M", "%Hh", "%H"],
        widget=forms.TimeInput(
            format="%H:%M",
            attrs={"class": "govuk-input govuk-input--width-5", "autocomplete": "off", "placeholder": "13:30"},
        ),
        error_messages={"invalid": gettext_lazy("Giờ chưa đúng. Ông/bà nhập theo dạng giờ:phút, ví dụ 13:30.")},
    )


def choice(
    label: Any, choices: Sequence[tuple[Any, Any]] = (), *, missing: Any = None, hint: Any = ""
) -> forms.ChoiceField:
    """One of a list; without `missing` nothing need be chosen."""
    return forms.ChoiceField(
        label=label,
        required=missing is not None,
        choices=choices,
        help_text=hint,
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={
            "required": missing or "",
            "invalid_choice": gettext_lazy("Ông/bà chọn một mục trong danh sách."),
        },
    )
