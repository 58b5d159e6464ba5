"""Days, numbers and telephones as people type them: a browser's own date picker speaks the browser's language."""

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy

DAY_WRITTEN = "%d/%m/%Y"
DAY_SHAPES = (DAY_WRITTEN, "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")
BAD_DAY = gettext_lazy("Ngày chưa đúng. Ông/bà nhập theo dạng ngày/tháng/năm, ví dụ 05/12/2026.")
DAY_HINT = gettext_lazy("Ngày/tháng/năm, ví dụ 25/11/2026 hoặc gõ liền 25112026.")
# Keypads that have digits only: 05012026 or 050120260830.
_DIGITS = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})(?: ?([0-9]{2}):?([0-9]{2}))?")


def number_typed(text: str) -> str:
    """A person's or an organisation's number without what people put between its figures: 048 184-001.234."""
    return re.sub(r"[\s.-]", "", text)


def first_that_fits(text: str, shapes: tuple[str, ...]) -> datetime | None:
    """The moment here that the text says in the first of these shapes it has; None when it has none."""
    written = " ".join(text.split())
    digits = _DIGITS.fullmatch(written)
    if digits:
        day, month, year, hour, minute = digits.groups()
        written = f"{day}/{month}/{year}" + (f" {hour}:{minute}" if hour else "")
    for shape in shapes:
        try:
            return datetime.strptime(written, shape).replace(tzinfo=get_default_timezone())
        except ValueError:
            continue
    return None


def day_typed(text: str) -> date:
    """A day as people type it: 25/11/2026, 25-11-2026, 25.11.2026, 25112026 or 2026-11-25. Raises ValueError."""
    found = first_that_fits(text, DAY_SHAPES)
    if found is None:
        raise ValueError(text)
    return found.date()


class TypedDay(forms.DateField):
    """A day in a plain text field, shown again as dd/mm/yyyy."""

    def __init__(self, **rest: Any) -> None:
        look = {"class": "govuk-input govuk-input--width-10", "inputmode": "numeric", "autocomplete": "off"}
        rest.setdefault("widget", forms.DateInput(format=DAY_WRITTEN, attrs=look))
        rest["help_text"] = rest.get("help_text") or DAY_HINT
        super().__init__(**rest)

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, str):
            return super().to_python(value)
        try:
            return day_typed(value) if value.strip() else None
        except ValueError as error:
            raise forms.ValidationError(BAD_DAY, code="invalid") from error


def day_input(label: Any, missing: Any = "", hint: Any = "") -> TypedDay:
    """A field for a day; `missing` is said when it is left empty, and without `missing` it may be."""
    return TypedDay(label=label, required=bool(missing), help_text=hint, error_messages={"required": missing})


_IN_PHONES = re.compile(r"[\s.()-]")
_ABROAD = re.compile(r"(?:\+|00)?(84[0-9]{9,10})")


def phone_typed(text: str) -> str:
    """A telephone without what is written between its digits: 0905711001, or +84905711001, also of 84905711001."""
    digits = _IN_PHONES.sub("", text)
    abroad = _ABROAD.fullmatch(digits)
    return f"+{abroad[1]}" if abroad else digits
