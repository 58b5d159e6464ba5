"""The declared computations. None when something it needs is missing or is no such value."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from motcua.catalogue.eforms.day_words import day_in_words
from motcua.catalogue.eforms.shapes import Computation, Sum
from motcua.catalogue.eforms.values import day_of

TODAY = "today"


def value_of(computation: Computation, answers: Mapping[str, Any], on: date) -> Any:
    """The value that follows from these settled answers on the day of filing."""
    match computation.sum:
        case Sum.SUM:
            return _sum(computation.of, answers)
        case Sum.COUNT:
            rows = answers.get(computation.of[0])
            return len(rows) if isinstance(rows, list) else 0
        case Sum.COPY:
            return answers.get(computation.of[0])
        case Sum.DAY_IN_WORDS:
            day = day_of(answers.get(computation.of[0]))
            return None if day is None else day_in_words(day)
    start, end = (_day(name, answers, on) for name in computation.of[:2])
    if start is None or end is None or end < start:
        return None
    if computation.sum is Sum.DAYS_BETWEEN:
        return (end - start).days
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _day(name: str, answers: Mapping[str, Any], on: date) -> date | None:
    return on if name == TODAY else day_of(answers.get(name))


def _sum(names: tuple[str, ...], answers: Mapping[str, Any]) -> int | float | None:
    values = [value for name in names for value in _numbers(name, answers)]
    if not values:
        return None
    total = sum(values)
    return round(total, 2) if isinstance(total, float) else total


def _numbers(name: str, answers: Mapping[str, Any]) -> Iterator[int | float]:
    """The numbers answered to a question, or to a question of each row ("rows.question")."""
    first, _dot, inner = name.partition(".")
    found = answers.get(first)
    rows = found if inner and isinstance(found, list) else []
    candidates = [row.get(inner) for row in rows if isinstance(row, Mapping)] if inner else [found]
    for value in candidates:
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield value
