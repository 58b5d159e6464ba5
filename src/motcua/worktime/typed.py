"""Moments and office hours as people type them; days alone are `core.typed`."""

import re
from datetime import datetime, time
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.typed import DAY_SHAPES, first_that_fits
from motcua.worktime.asking import UnreadableMoment, read_moment
from motcua.worktime.rules import CalendarMistake, Session

MOMENT_WRITTEN = "%d/%m/%Y %H:%M"
_MOMENTS = (MOMENT_WRITTEN, "%H:%M %d/%m/%Y", "%d-%m-%Y %H:%M", "%d.%m.%Y %H:%M")
_SESSION = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-–]\s*([0-9]{1,2}):([0-9]{2})")
BAD_MOMENT = gettext_lazy("Lúc nộp chưa đúng. Ông/bà nhập ngày và giờ, ví dụ 05/01/2026 08:30.")
BAD_SESSIONS = gettext_lazy("Giờ làm việc chưa đúng, ví dụ 07:00-11:30, 13:30-15:00.")


def moment_typed(text: str) -> datetime:
    """A moment as people type it (05/01/2026 08:30; a day alone is its first minute) or as ISO 8601.

    Raises UnreadableMoment.
    """
    return first_that_fits(text, _MOMENTS + DAY_SHAPES) or read_moment(text)


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
