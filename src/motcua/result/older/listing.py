"""A list of older results, CSV or XLSX: read line by line, what is right is listed, what is wrong is told by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Final
from uuid import UUID

import yaml
from django.conf import settings
from django.db import IntegrityError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.models import Procedure
from motcua.core.alphabet import unmarked
from motcua.core.sheets import HEADING_WITHIN, Fault, Row, SheetFault, open_rows, text_of
from motcua.core.typed import day_typed
from motcua.people.access import ActingOfficial
from motcua.result.older.actions import OlderFacts, OlderRefused, list_many
from motcua.result.older.models import OlderResult
from motcua.result.phrases import BAD_HOLDER, DAY_FAULTS
from motcua.result.rules import day_fault, holder_number

LENGTHS: Final = {"title": 200, "number": 60, "holder_name": 200}
_FAULTS: Final = {
    Fault.TOO_BIG: gettext_lazy("Danh sách lớn quá, nhiều nhất 5 MB. Ông/bà chia thành nhiều tệp."),
    Fault.TOO_MANY_ROWS: gettext_lazy("Danh sách nhiều hơn 20.000 dòng. Ông/bà chia thành nhiều tệp."),
    Fault.BROKEN_CSV: gettext_lazy("Tệp CSV này hỏng. Ông/bà lưu lại danh sách rồi gửi lại."),
    Fault.BROKEN_XLSX: gettext_lazy(
        "Tệp XLSX này hỏng hoặc đặt mật khẩu. Ông/bà lưu lại danh sách, không đặt mật khẩu, rồi gửi lại."
    ),
    Fault.UNPACKS_TOO_BIG: gettext_lazy("Tệp XLSX này mở ra lớn quá. Ông/bà bỏ các trang và ảnh thừa rồi gửi lại."),
    Fault.NO_SHEET: gettext_lazy("Không đọc được tệp này: không phải CSV cũng không phải XLSX."),
}


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
        cells = {name: text_of(row[place]) if place < len(row) else "" for name, place in columns.items()}
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


def _opened(content: bytes) -> tuple[dict[str, int], Sequence[Row]]:
    shape = list_shape()
    try:
        _kind, rows = open_rows(content)
    except SheetFault as unreadable:
        raise OlderRefused(str(_FAULTS[unreadable.fault])) from unreadable
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
    heads = [unmarked(text_of(cell)) for cell in row]
    for name, words in list_shape().columns.items():
        for word in words:
            if unmarked(word) in heads:
                found.setdefault(name, heads.index(unmarked(word)))
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
    for_good = unmarked(until) in {unmarked(word) for word in shape.for_good}
    valid_until = None if for_good else _day(cells, "valid_until")
    fault = day_fault(issued_on, valid_until, today=today, first=shape.first)
    if fault is not None:
        raise OlderRefused(str(DAY_FAULTS[fault]))
    holder_id = holder_number(cells.get("holder_id", ""))
    if holder_id is None:
        raise OlderRefused(str(BAD_HOLDER))
    return OlderFacts(
        cells["title"], cells["number"], issued_on, cells["holder_name"], valid_until, holder_id,
        procedures.get(code),
    )  # fmt: skip


def _day(cells: Mapping[str, str], name: str) -> date:
    try:
        return day_typed(cells[name])
    except ValueError as wrong:
        told = {"column": list_shape().columns[name][0], "typed": cells[name][:40]}
        raise OlderRefused(
            _("Cột “%(column)s” ghi “%(typed)s”, không phải ngày. Ông/bà ghi ngày/tháng/năm, ví dụ 05/12/2019.") % told
        ) from wrong
