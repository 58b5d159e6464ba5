"""Days, moments and office hours as people type them: a browser's own date picker speaks the browser's language."""

import re
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.worktime.asking import UnreadableMoment, read_moment
from motcua.worktime.rules import VIETNAM, CalendarMistake, Session

DAY_WRITTEN, MOMENT_WRITTEN = "%d/%m/%Y", "%d/%m/%Y %H:%M"
_DAYS = (DAY_WRITTEN, "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")
_MOMENTS = (MOMENT_WRITTEN, "%H:%M %d/%m/%Y", "%d-%m-%Y %H:%M", "%d.%m.%Y %H:%M")
# Keypads that have digits only: 05012026 or 050120260830.
_DIGITS = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})(?: ?([0-9]{2}):?([0-9]{2}))?")
_SESSION = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-–]\s*([0-9]{1,2}):([0-9]{2})")
BAD_DAY = gettext_lazy("Ngày chưa đúng. Ông/bà nhập theo dạng ngày/tháng/năm, ví dụ 25/11/2026.")
BAD_MOMENT = gettext_lazy("Lúc nộp chưa đúng. Ông/bà nhập ngày và giờ, ví dụ 05/01/2026 08:30.")
BAD_SESSIONS = gettext_lazy("Giờ làm việc chưa đúng, ví dụ 07:00-11:30, 13:30-15:00.")


def _first_that_fits(text: str, shapes: tuple[str, ...]) -> datetime | None:
    written = " ".join(text.split())
    digits = _DIGITS.fullmatch(written)
    if digits:
        day, month, year, hour, minute = digits.groups()
        written = f"{day}/{month}/{year}" + (f" {hour}:{minute}" if hour else "")
    for shape in shapes:
        try:
            return datetime.strptime(written, shape).replace(tzinfo=VIETNAM)
        except ValueError:
            continue
    return None


def day_typed(text: str) -> date:
    """A day as people type it: 25/11/2026, 25-11-2026, 25.11.2026, 25112026 or 2026-11-25. Raises ValueError."""
    found = _first_that_fits(text, _DAYS)
    if found is None:
        raise ValueError(text)
    return found.date()


def moment_typed(text: str) -> datetime:
    """A moment as people type it (05/01/2026 08:30; a day alone is its first minute) or as ISO 8601.

    Raises UnreadableMoment.
    """
    return _first_that_fits(text, _MOMENTS + _DAYS) or read_moment(text)


class TypedDay(forms.Field):
    """A day in a plain text field."""

    def __init__(self, **rest: Any) -> None:
        rest.setdefault("help_text", gettext_lazy("Ngày/tháng/năm, ví dụ 25/11/2026 hoặc gõ liền 25112026."))
        rest["widget"] = forms.TextInput(
            attrs={"class": "govuk-input govuk-input--width-10", "inputmode": "numeric", "autocomplete": "off"}
        )
        super().__init__(**rest)

    def to_python(self, value: Any) -> date | None:
        if not value:
            return None
        try:
            return day_typed(str(value))
        except ValueError as error:
            raise forms.ValidationError(BAD_DAY) from error


class TypedMoment(forms.Field):
    """A day with its time of day, in office time, in a plain text field."""

    def __init__(self, **rest: Any) -> None:
        rest["widget"] = forms.TextInput(
            attrs={"class": "govuk-input govuk-input--width-20", "inputmode": "numeric", "autocomplete": "off"}
        )
        super().__init__(**rest)

    def to_python(self, value: Any) -> datetime | None:
        if not value:
            return None
        try:
            return moment_typed(str(value))
        except UnreadableMoment as error:
            raise forms.ValidationError(BAD_MOMENT) from error


class TypedSessions(forms.Field):
    """Office hours of one day: 07:00-11:30, 13:30-17:00; empty for none."""

    def __init__(self, **rest: Any) -> None:
        rest["widget"] = forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"})
        super().__init__(**rest)

    def to_python(self, value: Any) -> tuple[Session, ...]:
        sessions = sorted(_session(part) for part in str(value or "").split(",") if part.strip())
        for earlier, later in pairwise(sessions):
            if later.opens < earlier.closes:
                raise forms.ValidationError(
                    _("Hai buổi %(one)s và %(other)s chồng lên nhau. Ông/bà sửa lại giờ.")
                    % {"one": earlier, "other": later}
                )
        return tuple(sessions)

    def validate(self, value: Any) -> None:
        """No hours are an answer too: a day of rest."""


def _session(text: str) -> Session:
    found = _SESSION.fullmatch(text.strip())
    if found is None:
        raise forms.ValidationError(BAD_SESSIONS)
    hours = [int(part) for part in found.groups()]
    try:
        return Session(time(hours[0], hours[1]), time(hours[2], hours[3]))
    except (ValueError, CalendarMistake) as error:
        raise forms.ValidationError(BAD_SESSIONS) from error
