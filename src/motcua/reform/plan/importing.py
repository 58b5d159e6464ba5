"""A plan's sheet read into tasks: what fits is taken in, what does not is told line by line and handed back."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.alphabet import unmarked
from motcua.core.sheets import DELIMITERS, HEADING_WITHIN, Fault, Row, SheetFault, open_rows, text_of
from motcua.core.typed import day_typed
from motcua.people.access import ActingOfficial
from motcua.reform.access import require_keeper
from motcua.reform.facts import Named, area_called, column_called
from motcua.reform.models import Plan
from motcua.reform.models.plans import LONGEST_CONTENT, LONGEST_WORDS
from motcua.reform.plan.actions import MOST_TASKS, add_tasks
from motcua.reform.plan.locking import locked_plan
from motcua.reform.plan.rules import deadline_in_words
from motcua.reform.plan.saying import TaskSaid, deadline_fault, officials_of, there_already, units_of
from motcua.reform.refusals import PlanRefused

NEEDED: Final = ("content", "lead_unit", "deadline", "product")
COLUMNS: Final = {
    "area": gettext_lazy("Lĩnh vực"),
    "content": gettext_lazy("Nội dung nhiệm vụ"),
    "lead_unit": gettext_lazy("Đơn vị chủ trì"),
    "coordinating": gettext_lazy("Đơn vị phối hợp"),
    "deadline": gettext_lazy("Hạn hoàn thành"),
    "product": gettext_lazy("Sản phẩm"),
    "owner": gettext_lazy("Người phụ trách"),
}
"""What a sheet may have, in the order in which it is handed back."""
_FAULTS: Final = {
    Fault.TOO_BIG: gettext_lazy("Bảng nhiệm vụ lớn quá, nhiều nhất 5 MB."),
    Fault.TOO_MANY_ROWS: gettext_lazy("Bảng nhiệm vụ nhiều hơn 20.000 dòng."),
    Fault.BROKEN_CSV: gettext_lazy("Tệp CSV này hỏng. Ông/bà lưu lại bảng rồi gửi lại."),
    Fault.BROKEN_XLSX: gettext_lazy("Tệp XLSX này hỏng. Ông/bà lưu lại bảng rồi gửi lại."),
    Fault.UNPACKS_TOO_BIG: gettext_lazy("Tệp XLSX này mở ra lớn quá. Ông/bà bỏ các trang và ảnh thừa rồi gửi lại."),
    Fault.NO_SHEET: gettext_lazy("Không đọc được tệp này: không phải CSV cũng không phải XLSX."),
}
_NUMBER: Final = re.compile(r"(?:[IVXLCivxlc]+|\d+)[.)]?")
_NUMERAL: Final = re.compile(r"^\s*(?:[IVXLCivxlc]+|\d+)\s*[.)]\s*")


@dataclass(frozen=True, slots=True)
class FaultyLine:
    """A line that could not be read: its number in the sheet, its cells by column, and every reason."""

    number: int
    cells: Mapping[str, str]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetRead:
    """What a sheet says: tasks, and the lines that are none yet."""

    tasks: tuple[TaskSaid, ...]
    faulty: tuple[FaultyLine, ...]

    @property
    def handed_back(self) -> str:
        """The faulty lines under their headings, parted by tabs, to be mended and sent again."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        writer.writerow(str(head) for head in COLUMNS.values())
        writer.writerows([line.cells.get(what, "") for what in COLUMNS] for line in self.faulty)
        return out.getvalue() if self.faulty else ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a sheet: tasks written down, lines that the plan had already, lines handed back."""

    added: int
    known: int
    read: SheetRead


@dataclass(frozen=True, slots=True)
class _Known:
    """What the words of a line may name."""

    plan: Plan
    units: Mapping[str, UUID]
    unit_names: Sequence[str]
    owners: Mapping[str, UUID]


def import_tasks(plan: Plan, content: bytes, *, by: ActingOfficial, at: datetime) -> Imported:
    """Write down every task of a sheet that can be read and that the plan, still a draft, does not have.

    Raises `PlanRefused` for what is no sheet, `NotYours`, `StalePlan`.
    """
    if plan.is_issued:
        raise PlanRefused(_("Kế hoạch đã ban hành: không nhập thêm từ bảng, lãnh đạo bổ sung từng nhiệm vụ."))
    require_keeper(by)
    read = read_sheet(content, plan)
    with transaction.atomic():
        # Who sends the same sheet at the same moment waits here, and finds the tasks there.
        there = there_already(locked_plan(plan.pk, by))
        new = []
        for said in read.tasks:
            if said.key not in there:
                there.add(said.key)
                new.append(said)
        if new:
            add_tasks(plan.pk, new, by=by, at=at)
    return Imported(len(new), len(read.tasks) - len(new), read)


def read_sheet(content: bytes, plan: Plan) -> SheetRead:
    """The tasks of a sheet. A line that holds nothing but an area's name names the area of the lines below it.

    Raises `PlanRefused` for what is no sheet, has no heading of ours, or more lines than a plan has tasks.
    """
    columns, rows = _headed(content)
    if len(rows) > MOST_TASKS + 50:
        raise PlanRefused(_("Một kế hoạch có nhiều nhất %(most)d nhiệm vụ.") % {"most": MOST_TASKS})
    units = units_of(plan)
    owners: dict[str, UUID] = {}
    for official in officials_of(plan):
        owners.setdefault(unmarked(official.full_name), official.pk)
    known = _Known(plan, {unmarked(unit.name): unit.pk for unit in units}, [unit.name for unit in units], owners)
    tasks: list[TaskSaid] = []
    faulty: list[FaultyLine] = []
    above: Named | None = None
    for number, row in rows:
        full = [text for text in map(text_of, row) if text and not _NUMBER.fullmatch(text)]
        if len(full) == 1 and (named := area_called(_NUMERAL.sub("", full[0]), plan.year)):
            above = named
            continue
        cells = {what: text_of(row[place]) if place < len(row) else "" for what, place in columns.items()}
        if not any(cells.values()):
            continue
        said, faults = _line(cells, above, known)
        if said is None:
            faulty.append(FaultyLine(number, {"area": above.name if above else "", **_told(cells)}, tuple(faults)))
        else:
            tasks.append(said)
    if not tasks and not faulty:
        raise PlanRefused(_("Bảng này không có nhiệm vụ nào dưới hàng tiêu đề."))
    return SheetRead(tuple(tasks), tuple(faulty))


def _told(cells: Mapping[str, str]) -> dict[str, str]:
    return {what: text for what, text in cells.items() if text}


def _headed(content: bytes) -> tuple[dict[str, int], list[Row]]:
    """Where each column stands, and the rows below the heading; whichever sign parts the cells."""
    # Who pastes from a spreadsheet parts cells by tabs; commas and semicolons stand within sentences.
    for delimiter in sorted(DELIMITERS, key="\t;,|".index):
        try:
            kind, rows = open_rows(content, delimiters=delimiter)
        except SheetFault as fault:
            raise PlanRefused(str(_FAULTS[fault.fault])) from fault
        for place, (_number, row) in enumerate(rows[:HEADING_WITHIN]):
            here: dict[str, int] = {}
            for column, cell in enumerate(row):
                if (what := column_called(text_of(cell))) is not None:
                    here.setdefault(what, column)
            if all(what in here for what in NEEDED):
                return here, rows[place + 1 :]
        if kind == "xlsx":
            break
    raise PlanRefused(
        _("Không thấy hàng tiêu đề. Bảng cần ít nhất các cột: %(columns)s.")
        % {"columns": ", ".join(str(COLUMNS[what]) for what in NEEDED)}
    )


def _line(cells: Mapping[str, str], above: Named | None, known: _Known) -> tuple[TaskSaid | None, list[str]]:
    """The task of a line, or why it is none."""
    faults: list[str] = []
    area = area_called(_NUMERAL.sub("", cells["area"]), known.plan.year) if cells.get("area") else above
    if area is None:
        faults.append(
            _("Không có lĩnh vực “%(name)s” trong năm %(year)d.")
            % {"name": cells["area"][:80], "year": known.plan.year}
            if cells.get("area")
            else _("Chưa ghi lĩnh vực.")
        )
    unit = known.units.get(unmarked(cells["lead_unit"]))
    if unit is None:
        faults.append(_unit_fault(cells["lead_unit"], known))
    owner = known.owners.get(unmarked(cells.get("owner", ""))) if cells.get("owner") else None
    if cells.get("owner") and owner is None:
        faults.append(_("Cơ quan không có cán bộ tên “%(name)s”.") % {"name": cells["owner"][:80]})
    for what, most in (("content", LONGEST_CONTENT), ("product", LONGEST_WORDS), ("coordinating", LONGEST_WORDS)):
        faults += _length_faults(what, cells.get(what, ""), most)
    deadline = deadline_typed(cells["deadline"], known.plan.year)
    if not cells["deadline"]:
        faults.append(_("Chưa ghi cột “%(column)s”.") % {"column": COLUMNS["deadline"]})
    elif deadline is None:
        faults.append(
            _("Không hiểu hạn “%(text)s”. Ông/bà ghi ngày có thật như 30/06/%(year)d, hoặc tháng 6, quý II, cả năm.")
            % {"text": cells["deadline"][:40], "year": known.plan.year}
        )
    elif fault := deadline_fault(deadline, known.plan):
        faults.append(fault)
    if faults or area is None or unit is None or deadline is None:
        return None, faults
    return TaskSaid(
        area=area.code, content=cells["content"], lead_unit_id=unit, deadline=deadline, product=cells["product"],
        coordinating=cells.get("coordinating", ""), owner_id=owner,
    ), []  # fmt: skip


def _unit_fault(name: str, known: _Known) -> str:
    if not name:
        return _("Chưa ghi đơn vị chủ trì.")
    return _("Cơ quan không có đơn vị “%(name)s”. Các đơn vị: %(units)s.") % {
        "name": name[:80], "units": "; ".join(known.unit_names),
    }  # fmt: skip


def _length_faults(what: str, text: str, most: int) -> list[str]:
    if not text and what in NEEDED:
        return [_("Chưa ghi cột “%(column)s”.") % {"column": COLUMNS[what]}]
    if len(text) > most:
        return [_("Cột “%(column)s” dài quá, nhiều nhất %(most)d ký tự.") % {"column": COLUMNS[what], "most": most}]
    return []


def deadline_typed(text: str, year: int) -> date | None:
    """A day, or the last day of the month, quarter or year named in words; None for what no calendar has."""
    try:
        return day_typed(text)
    except ValueError:
        words = unmarked(text)
    try:
        return deadline_in_words(words, year)
    except (ValueError, OverflowError):
        return None
