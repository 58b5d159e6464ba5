"""A report as JSON, line by line."""

import json
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.urls import reverse
from django.utils.timezone import localtime

from motcua.reporting.exports.value import Cell, Line, Report, Section, value_of
from motcua.reporting.opendata.writing import pieces
from motcua.reporting.rules.figures import Figure

DOSSIERS: Final = "/api/v1/reports/dossiers"


def json_of(report: Report) -> Iterator[bytes]:
    """One object; `motcua.reporting.exports.api` declares it."""
    head = {
        "report": report.name, "code": report.code, "title": report.title, "agency": report.agency,
        "period": {"first": report.period.first.isoformat(), "last": report.period.last.isoformat(),
                   "words": report.period_words},
        "notes": list(report.notes),
    }  # fmt: skip
    yield f'{_json(head)[:-1]}, "sections": ['.encode()
    for place, section in enumerate(report.sections):
        yield from _section(section, place)
    yield b"]}\n"


def _section(section: Section, place: int) -> Iterator[bytes]:
    columns = [
        {"name": one.name, "head": one.head, "group": one.group, "shape": one.shape.value, "unit": one.unit}
        for one in section.columns
    ]
    head = _json({"title": section.title, "columns": columns})
    yield f'{", " if place else ""}{head[:-1]}, "lines": ['.encode()
    between = "\n"
    for some in pieces((_line(line),) for line in section.lines):
        yield (between + ",\n".join(row[0] for row in some)).encode()
        between = ",\n"
    yield b"]}"


def _line(line: Line) -> str:
    said: dict[str, Any] = {"role": line.role.value, "cells": [_value(cell) for cell in line.cells]}
    lists = [_list(cell) for cell in line.cells]
    return _json(said | {"lists": lists} if any(lists) else said)


def _value(cell: Cell) -> str | int | float | None:
    value = value_of(cell)
    if isinstance(value, datetime):
        return localtime(value).isoformat()
    return float(value) if isinstance(value, Decimal) else value


def _list(cell: Cell) -> str | None:
    """Where the dossiers behind a figure are listed: in the API, else on their page."""
    if not isinstance(cell, Figure) or not cell.url:
        return None
    address, _mark, query = cell.url.partition("?")
    return f"{DOSSIERS}?{query}" if address == reverse("counted") else cell.url


def _json(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False)
