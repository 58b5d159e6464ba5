"""Rows as CSV and JSON, piece by piece: a million rows need no more memory than a thousand."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

from motcua.reporting.opendata.columns import Dataset

PIECE: Final = 500
# What a spreadsheet would take for the beginning of a formula.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_pieces(dataset: Dataset, rows: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """RFC 4180, UTF-8 with a byte order mark (spreadsheets need it for Vietnamese); formulas are made harmless."""
    yield b"\xef\xbb\xbf" + _lines([tuple(one.name for one in dataset.columns)])
    for piece in pieces(rows):
        yield _lines(tuple(harmless(value) for value in row) for row in piece)


def json_pieces(dataset: Dataset, rows: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """One object: the table's name and version, then its rows as objects."""
    names = [one.name for one in dataset.columns]
    head = json.dumps({"dataset": dataset.code, "version": dataset.version})
    yield f'{head[:-1]}, "rows": ['.encode()
    between = "\n"
    for piece in pieces(rows):
        said = ",\n".join(
            json.dumps(dict(zip(names, map(plain, row), strict=True)), ensure_ascii=False) for row in piece
        )
        yield (between + said).encode()
        between = ",\n"
    yield b"\n]}\n"


def pieces(rows: Iterable[tuple[Any, ...]], size: int = PIECE) -> Iterator[list[tuple[Any, ...]]]:
    """So many rows at a time."""
    source = iter(rows)
    while piece := list(islice(source, size)):
        yield piece


def plain(value: Any) -> Any:
    """A value as JSON and CSV write it: days and moments by ISO 8601."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def harmless(value: Any) -> Any:
    """A value that no spreadsheet runs: text that begins like a formula gets an apostrophe before it."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else plain(value)


def _lines(rows: Iterable[tuple[Any, ...]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()
