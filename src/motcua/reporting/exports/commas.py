"""A report as CSV, line by line."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from motcua.reporting.exports.value import Cell, Line, Report, value_of
from motcua.reporting.opendata.writing import harmless, pieces


def csv_of(report: Report) -> Iterator[bytes]:
    """RFC 4180 in UTF-8 with a byte order mark; several tables stand one below the other, each under its title."""
    yield b"\xef\xbb\xbf"
    for place, section in enumerate(report.sections):
        if len(report.sections) > 1:
            yield _written([[], [harmless(section.title)]] if place else [[harmless(section.title)]])
        yield _written([[harmless(column.full_head) for column in section.columns]])
        for some in pieces(_rows(section.lines)):
            yield _written(some)


def _rows(lines: Iterable[Line]) -> Iterator[tuple[Any, ...]]:
    return (tuple(harmless(_said(cell)) for cell in line.cells) for line in lines)


def _said(cell: Cell) -> Any:
    value = value_of(cell)
    return localtime(value) if isinstance(value, datetime) else value


def _written(rows: Iterable[Iterable[Any]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()
