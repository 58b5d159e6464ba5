"""Answers between paper and store: what was typed becomes a plain JSON value, and is written out again.

What cannot be understood stays as it was typed, so that the person sees it again beside the sentence about it.
"""

import re
import unicodedata
from datetime import date
from typing import Any

from django.utils import numberformat
from django.utils.dateparse import parse_date
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from motcua.catalogue.eforms.shapes import Question, Widget
from motcua.catalogue.wording import money
from motcua.core.typed import DAY_WRITTEN, day_typed, phone_typed

LONGEST = 5_000
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:[., ][0-9]{3}){1,4}")
_MEASURE = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,12}){0,4}")
_IN_NUMBERS = re.compile(r"[\s.-]")


def cleaned(typed: str, *, lines: bool = False) -> str:
    """Without invisible signs and needless blanks, letters composed; line ends kept where lines are asked for."""
    composed = unicodedata.normalize("NFC", typed[:LONGEST].replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(
        sign if sign == "\n" and lines else " " if sign.isspace() else sign
        for sign in composed
        if sign.isspace() or unicodedata.category(sign) not in _INVISIBLE
    )
    return "\n".join(" ".join(line.split()) for line in kept.split("\n")).strip() if lines else " ".join(kept.split())


def value_typed(question: Question, typed: list[str]) -> Any:
    """The answer that these posted texts give; None when it was left empty. Never raises."""
    if question.widget is Widget.TICKS:
        chosen = [cleaned(one)[:100] for one in typed[: len(question.choices) + 1]]
        return [one for one in dict.fromkeys(chosen) if one] or None
    text = cleaned(typed[-1] if typed else "", lines=question.widget is Widget.LONG_TEXT)
    if not text:
        return None
    if question.widget is Widget.TICK:
        return True
    return _understood(question.widget, text)


def _understood(widget: Widget, text: str) -> Any:
    match widget:
        case Widget.DAY:
            return _day_or_text(text)
        case Widget.YEAR | Widget.NUMBER | Widget.MONEY:
            return _whole_or_text(text, grouped=widget is not Widget.YEAR)
        case Widget.MEASURE:
            return _measure_or_text(text)
        case Widget.PERSONAL_ID:
            return _IN_NUMBERS.sub("", text) or text
        case Widget.PHONE:
            return phone_typed(text) or text
    return text


def _day_or_text(text: str) -> str:
    try:
        return day_typed(text).isoformat()
    except (ValueError, OverflowError):
        return text


def _whole_or_text(text: str, *, grouped: bool) -> int | str:
    if _WHOLE.fullmatch(text):
        return int(text)
    if grouped and _GROUPED.fullmatch(text):
        return int(re.sub(r"[., ]", "", text))
    return text


def _measure_or_text(text: str) -> float | int | str:
    """In Vietnamese 1.250,5; in English 1,250.5. The sign before the decimals is the reader's, unless it cannot be."""
    plain = text.replace(" ", "")
    if not _MEASURE.fullmatch(plain):
        return text
    decimal = get_format("DECIMAL_SEPARATOR")
    other = "." if decimal == "," else ","
    lonely_other = decimal not in plain and plain.count(other) == 1 and not _GROUPED.fullmatch(plain)
    other_last = decimal in plain and plain.rfind(other) > plain.rfind(decimal)
    if lonely_other or other_last or plain.count(decimal) > 1:
        decimal, other = other, decimal
    head, _sign, tail = plain.partition(decimal)
    if decimal in tail or other in tail or (other in head and not _GROUPED.fullmatch(head)):
        return text
    value = round(float(f"{head.replace(other, '')}.{tail or 0}"), 3)
    return int(value) if value == int(value) else value


def value_shown(question: Question, value: Any) -> str:
    """The answer as its box shows it again."""
    if value is None or isinstance(value, list | dict | bool):
        return ""
    if question.widget is Widget.DAY:
        day = day_of(value)
        return str(value) if day is None else day.strftime(DAY_WRITTEN)
    if isinstance(value, int | float) and question.widget in (Widget.MONEY, Widget.MEASURE):
        return _number(value)
    return str(value)


def value_told(question: Question, value: Any) -> str:
    """The answer as a person reads it: on the page that checks all, on paper."""
    if isinstance(value, list):
        return ", ".join(_choice(question, one) for one in value)
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if question.choices:
        return _choice(question, value)
    if isinstance(value, int) and question.widget is Widget.MONEY:
        return money(value)
    shown = value_shown(question, value)
    return f"{shown} {question.unit}" if question.unit else shown


def day_of(value: Any) -> date | None:
    """The day that a stored answer says; None when it says none."""
    if not isinstance(value, str) or len(value) != 10:
        return None
    try:
        return parse_date(value)
    except ValueError:
        return None


def _choice(question: Question, value: Any) -> str:
    return next((str(one.label) for one in question.choices if one.value == value), str(value))


def _number(value: int | float) -> str:
    """A number as the reader's language writes it, with at most three decimals and none in vain."""
    rounded = round(value, 3)
    decimals = len(repr(rounded).partition(".")[2]) if isinstance(rounded, float) and rounded != int(rounded) else 0
    return numberformat.format(
        rounded, get_format("DECIMAL_SEPARATOR"), decimal_pos=decimals, grouping=3,
        thousand_sep=get_format("THOUSAND_SEPARATOR"), force_grouping=True,
    )  # fmt: skip
