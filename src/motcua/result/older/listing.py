"""A list of older results, CSV or XLSX: read line by line, what is right is listed, what is wrong is told by line."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

import yaml
from django.conf import settings
from django.db import IntegrityError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.catalogue.models import Procedure
from motcua.core.typed import day_typed
from motcua.payments.statements.opening import HEADING_WITHIN, open_rows
from motcua.payments.statements.refusals import StatementRefused
from motcua.people.access import ActingOfficial
from motcua.result.older.actions import OlderFacts, OlderRefused, list_many
from motcua.result.older.models import OlderResult
from motcua.result.phrases import DAY_FAULTS
from motcua.result.rules import day_fault

_HOLDER_ID: Final = re.compile(r"[0-9]{12}|[0-9]{9,10}(-[0-9]{3})?")
LENGTHS: Final = {"title": 200, "number": 60, "holder_name": 200, "holder_id": 20}


@dataclass(frozen=True, slots=True)
class ListShape:
    """How a list is read: the headings of each column, which must be there, what says "for good"."""

    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    for_good: tuple[str, ...]
    most_lines: int
    first: date


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was not listed: its number in the sheet, and why."""

    number: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a list: how many were listed, how many were there before, which lines are wrong."""

    listed: int
    known: int
    bad: tuple[BadLine, ...]


@cache
def list_shape() -> ListShape:
    """The shipped table, read once. Raises KeyError for a faulty one."""
    table = yaml.safe_load((settings.MOTCUA_DATA / "older-results.yaml").read_text(encoding="utf-8"))
    return ListShape(
        {name: tuple(words) for name, words in table["columns"].items()}, tuple(table["required"]),
        tuple(table["for_good"]), int(table["most_lines"]), date(int(table["first_year"]), 1, 1),
    )  # fmt: skip


def take_list(content: bytes, *, by: ActingOfficial, at: datetime) -> Taken:
    """List what a sheet says. Sent again, what is there already is not listed twice.

    Raises `OlderRefused` for what is no sheet, has no known headings, or too many lines: then nothing is listed.
    """
    columns, rows = _opened(content)
    procedures = dict(Procedure.objects.values_list("national_code", "id"))
    right, bad = dict[tuple[str, str, date], OlderFacts](), list[BadLine]()
    known = repeated = 0
    there = set(OlderResult.objects.filter(agency_id=by.agency_id).values_list("title", "number", "issued_on"))
    for number, row in rows:
        cells = {name: _text(row[place]) if place < len(row) else "" for name, place in columns.items()}
        try:
            facts = _facts(cells, procedures, localdate(at))
        except OlderRefused as fault:
            bad.append(BadLine(number, str(fault)))
            continue
        repeated += facts.key in right
        if facts.key in there:
            known += 1
        else:
            right.setdefault(facts.key, facts)
    try:
        listed = list_many([*right.values()], by=by, at=at)
    except IntegrityError as another:
        raise OlderRefused(
            _("Người khác vừa nhập danh sách này. Ông/bà nhập lại để xem dòng nào còn thiếu.")
        ) from another
    return Taken(len(listed), known + repeated, tuple(bad))


def _opened(content: bytes) -> tuple[dict[str, int], Sequence[tuple[int, Sequence[object]]]]:
    shape = list_shape()
    try:
        _kind, rows = open_rows(content)
    except StatementRefused as unreadable:
        raise OlderRefused(
            _("Không mở được danh sách này. Ông/bà gửi tệp CSV hoặc XLSX, nhiều nhất 5 MB, không đặt mật khẩu.")
        ) from unreadable
    for place, (_number, row) in enumerate(rows[:HEADING_WITHIN]):
        columns = _columns_in(row)
        if columns.keys() >= set(shape.required):
            if len(rows) - place - 1 > shape.most_lines:
                raise OlderRefused(
                    _("Danh sách nhiều hơn %(most)d dòng. Ông/bà chia thành nhiều tệp.") % {"most": shape.most_lines}
                )
            return columns, rows[place + 1 :]
    wanted = "; ".join(shape.columns[name][0] for name in shape.required)
    raise OlderRefused(_("Không thấy hàng tiêu đề. Danh sách phải có các cột: %(columns)s.") % {"columns": wanted})


def _columns_in(row: Sequence[object]) -> dict[str, int]:
    found: dict[str, int] = {}
    plain = [_plain(_text(cell)) for cell in row]
    for name, words in list_shape().columns.items():
        for word in words:
            if _plain(word) in plain:
                found.setdefault(name, plain.index(_plain(word)))
    return found


def _facts(cells: Mapping[str, str], procedures: Mapping[str, UUID], today: date) -> OlderFacts:
    """One line as facts. Raises `OlderRefused` with what is wrong in it."""
    shape = list_shape()
    for name in shape.required:
        if not cells.get(name, ""):
            raise OlderRefused(_("Cột “%(column)s” để trống.") % {"column": shape.columns[name][0]})
    for name, most in LENGTHS.items():
        if len(cells.get(name, "")) > most:
            told = {"column": shape.columns[name][0], "most": most}
            raise OlderRefused(_("Cột “%(column)s” dài hơn %(most)d ký tự.") % told)
    code = cells.get("procedure", "")
    if code and code not in procedures:
        raise OlderRefused(_("Không có thủ tục mã “%(code)s” trong danh mục.") % {"code": code[:40]})
    issued_on, until = _day(cells, "issued_on"), cells["valid_until"]
    for_good = _plain(until) in {_plain(word) for word in shape.for_good}
    valid_until = None if for_good else _day(cells, "valid_until")
    fault = day_fault(issued_on, valid_until, today=today, first=shape.first)
    if fault is not None:
        raise OlderRefused(str(DAY_FAULTS[fault]))
    return OlderFacts(
        cells["title"], cells["number"], issued_on, cells["holder_name"], valid_until,
        holder_id_typed(cells.get("holder_id", "")),
        procedures.get(code),
    )  # fmt: skip


def holder_id_typed(text: str) -> str:
    """A personal or tax number without what is written between its digits. Raises `OlderRefused` for neither."""
    number = re.sub(r"[\s.]", "", text)
    if number and not _HOLDER_ID.fullmatch(number):
        raise OlderRefused(_("Số định danh có 12 chữ số; mã số thuế có 10 chữ số, có thể thêm -001."))
    return number


def _day(cells: Mapping[str, str], name: str) -> date:
    try:
        return day_typed(cells[name])
    except ValueError as wrong:
        told = {"column": list_shape().columns[name][0], "typed": cells[name][:40]}
        raise OlderRefused(
            _("Cột “%(column)s” ghi “%(typed)s”, không phải ngày. Ông/bà ghi ngày/tháng/năm, ví dụ 05/12/2019.") % told
        ) from wrong


def _text(cell: Any) -> str:
    """A cell as a person reads it: a day as a day, a whole number without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join("".join(letter for letter in str(cell) if letter.isprintable() or letter.isspace()).split())


def _plain(words: str) -> str:
    """Without capitals and marks."""
    apart = unicodedata.normalize("NFD", words.casefold().replace("đ", "d"))
    return " ".join("".join(letter for letter in apart if not unicodedata.combining(letter)).split())
