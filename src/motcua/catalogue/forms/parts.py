"""What the controller's forms are built from: boxes with their sentences, and values read as people write them."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.importing.records import tidy

LONGEST_TEXT = 5000
DAY_FORMATS = ["%d/%m/%Y", "%Y-%m-%d"]


class Tidy(forms.CharField):
    """One line of text, without stray spaces."""

    def clean(self, value: Any) -> str:
        return tidy(super().clean(value))


class Lines(forms.CharField):
    """A list of texts, one a line; empty lines do not count."""

    def __init__(self, label: Any, hint: Any = "") -> None:
        super().__init__(
            label=label,
            help_text=hint or _("Mỗi dòng một ý."),
            required=False,
            max_length=20_000,
            widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 4}),
            error_messages={"max_length": _("Nội dung dài quá, nhiều nhất %(limit_value)d ký tự.")},
        )

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(line for line in map(tidy, super().clean(value).splitlines()) if line)


def text_box(label: Any, *, length: int = LONGEST_TEXT, missing: Any = "", rows: int = 0, hint: Any = "") -> Tidy:
    """A box for one text; required when `missing` says what to do."""
    widget: forms.Widget = forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"})
    if rows:
        widget = forms.Textarea(attrs={"class": "govuk-textarea", "rows": rows})
    return Tidy(
        label=label,
        help_text=hint,
        required=bool(missing),
        max_length=length,
        widget=widget,
        error_messages={
            "required": missing,
            "max_length": _("Nội dung dài quá, nhiều nhất %(limit_value)d ký tự."),
        },
    )


def number_box(
    label: Any, *, low: int, high: int, required: bool = False, initial: int | None = None, hint: Any = ""
) -> forms.IntegerField:
    """A box for a whole number between two bounds."""
    sentence = format_lazy(_("Nhập số nguyên từ {low} đến {high}."), low=low, high=high)
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=required,
        min_value=low,
        max_value=high,
        initial=initial,
        widget=forms.TextInput(
            attrs={"class": "govuk-input govuk-input--width-5", "inputmode": "numeric", "autocomplete": "off"}
        ),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
    )


def choice_box(label: Any, choices: Any, *, required: bool = True, initial: Any = None) -> forms.ChoiceField:
    """A list to choose one from."""
    return forms.ChoiceField(
        label=label,
        choices=choices if required else [("", "—"), *choices],
        required=required,
        initial=initial,
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"required": _("Chọn một mục."), "invalid_choice": _("Chọn một mục trong danh sách.")},
    )


def ticks_box(label: Any, choices: Any) -> forms.MultipleChoiceField:
    """A list to tick several of."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes__input"}),
        error_messages={"invalid_choice": _("Chọn một mục trong danh sách.")},
    )


def tick_box(label: Any, *, initial: bool = False) -> forms.BooleanField:
    """One box to tick."""
    return forms.BooleanField(
        label=label,
        required=False,
        initial=initial,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )


def day_box(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """A box for a day as people write it."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"class": "govuk-input govuk-input--width-10", "inputmode": "numeric"}
        ),
        error_messages={
            "required": _("Nhập ngày, ví dụ 01/12/2026."),
            "invalid": _("Nhập ngày theo dạng ngày/tháng/năm, ví dụ 01/12/2026."),
        },
    )


def clock_box(label: Any, hint: Any) -> forms.TimeField:
    """A box for a time of the day; may stay empty."""
    return forms.TimeField(
        label=label,
        help_text=hint,
        required=False,
        input_formats=["%H:%M", "%H:%M:%S", "%Hh%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input govuk-input--width-5"}),
        error_messages={"invalid": _("Nhập giờ theo dạng 15:00.")},
    )
