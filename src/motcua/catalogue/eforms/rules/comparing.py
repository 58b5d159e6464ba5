"""The few rules between answers that no schema can say: days in order, numbers that agree, people that differ."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.eforms.rules.computing import TODAY
from motcua.catalogue.eforms.shapes import DayRule, EForm, NumberRule, OthersRule, Question
from motcua.catalogue.eforms.values import day_of

Way = tuple[str | int, ...]
_LENGTH = 12
_FIRST_CENTURY = 1900
_FEMALE = "female"


def compared(eform: EForm, counted: Mapping[str, Any], on: date) -> Iterator[tuple[Way, str]]:
    """Each rule that these settled answers break: where, and the sentence."""
    for rule in eform.rules:
        match rule:
            case DayRule():
                yield from ((way, str(rule.sentence)) for way in _out_of_order(rule, counted, on))
            case NumberRule():
                yield from _disagreeing(eform, rule, counted)
            case OthersRule():
                yield from ((way, str(rule.sentence)) for way in _repeated(rule, counted))


def _out_of_order(rule: DayRule, counted: Mapping[str, Any], on: date) -> Iterator[Way]:
    for way, scope in _scopes(rule.question, counted):
        day = day_of(scope.get(str(way[-1])))
        latest = _bound(rule.not_after, scope, counted, on)
        earliest = _bound(rule.not_before, scope, counted, on)
        if day is not None and ((latest is not None and day > latest) or (earliest is not None and day < earliest)):
            yield way


def _bound(name: str, scope: Mapping[str, Any], counted: Mapping[str, Any], on: date) -> date | None:
    if not name:
        return None
    if name == TODAY:
        return on
    inner = name.partition(".")[2]
    return day_of(scope.get(inner)) if inner else day_of(counted.get(name))


def _disagreeing(eform: EForm, rule: NumberRule, counted: Mapping[str, Any]) -> Iterator[tuple[Way, str]]:
    """The number holds the century and gender in its fourth digit, the year of birth in the next two."""
    for way, scope in _scopes(rule.question, counted):
        number = scope.get(str(way[-1]))
        if not isinstance(number, str) or len(number) != _LENGTH or not (number.isascii() and number.isdigit()):
            continue
        century, is_female = divmod(int(number[3]), 2)
        year = _FIRST_CENTURY + 100 * century + int(number[4:6])
        born, gender = scope.get(_last(rule.born)), scope.get(_last(rule.gender))
        born_in = born if isinstance(born, int) else getattr(day_of(born), "year", None)
        said = {"label": _label(eform, rule.question)}
        if rule.born and born_in is not None and born_in != year:
            yield way, _("%(label)s không khớp với năm sinh đã ghi. Ông/bà xem lại cả hai theo thẻ căn cước.") % said
        elif rule.gender and isinstance(gender, str) and (gender == _FEMALE) != bool(is_female):
            yield way, _("%(label)s không khớp với giới tính đã ghi. Ông/bà xem lại cả hai theo thẻ căn cước.") % said


def _repeated(rule: OthersRule, counted: Mapping[str, Any]) -> Iterator[Way]:
    seen: set[Any] = set()
    for name in rule.questions:
        for way, scope in _scopes(name, counted):
            value = scope.get(str(way[-1]))
            if not isinstance(value, str | int):
                continue
            if value in seen:
                yield way
            seen.add(value)


def _scopes(name: str, counted: Mapping[str, Any]) -> Iterator[tuple[Way, Mapping[str, Any]]]:
    """Where a question stands: once, or once in each row ("rows.question"), with the answers beside it."""
    first, _dot, inner = name.partition(".")
    if not inner:
        yield (first,), counted
        return
    rows = counted.get(first)
    for index, row in enumerate(rows if isinstance(rows, list) else []):
        if isinstance(row, Mapping):
            yield (first, index, inner), row


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _label(eform: EForm, name: str) -> str:
    first, _dot, inner = name.partition(".")
    item = eform.item(first)
    if item is None or isinstance(item, Question):
        return "" if item is None else str(item.label)
    return next((str(one.label) for one in item.questions if one.id == inner), "")
