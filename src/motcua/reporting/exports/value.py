"""A report as a value: what every writer writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from motcua.reporting.charts import Chart
from motcua.reporting.rules.figures import Figure
from motcua.reporting.rules.periods import CALENDAR, Period, Span


class Shape(StrEnum):
    """What a column holds, and so how it is written."""

    TEXT = "text"
    COUNT = "count"
    DECIMAL = "decimal"
    PERCENT = "percent"
    MINUTES = "minutes"
    """Working minutes."""
    MOMENT = "moment"


class Role(StrEnum):
    """What a line is: an ordinary one, a heading between lines, the total, one that stands apart from the total."""

    ROW = "row"
    HEADING = "heading"
    TOTAL = "total"
    APART = "apart"


Cell = Figure | str | int | Decimal | datetime | None
Value = str | int | Decimal | datetime | None


def value_of(cell: Cell) -> Value:
    """What stands in the cell; of a figure its number."""
    return cell.value if isinstance(cell, Figure) else cell


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name for programs, its head, the group over it, its unit in words, its width in letters."""

    name: str
    head: str
    shape: Shape = Shape.TEXT
    group: str = ""
    unit: str = ""
    width: int = 12

    @property
    def full_head(self) -> str:
        """The head where there is one line for it: with its group and its unit."""
        head = f"{self.group}: {self.head}" if self.group else self.head
        return f"{head} ({self.unit})" if self.unit else head


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of a line in the order of the columns."""

    cells: tuple[Cell, ...]
    role: Role = Role.ROW


@dataclass(frozen=True, slots=True)
class Section:
    """One table. `lines` of a long list may be read only once."""

    title: str
    columns: tuple[Column, ...]
    lines: Iterable[Line]


@dataclass(frozen=True, slots=True)
class Report:
    """A page of reports without its page. `code` is the number of a legal form; `length`: the lines of a list."""

    name: str
    title: str
    agency: str
    period: Period
    period_words: str
    sections: tuple[Section, ...]
    code: str = ""
    citation: str = ""
    notes: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    length: int | None = None

    @property
    def is_list(self) -> bool:
        """Whether it may be of any length, and is written as it is read."""
        return self.length is not None


def period_code(asked: Period) -> str:
    """A period in a file's name: 2026, 2026-H1, 2026-Q3, 2026-09; otherwise its first and last day."""
    if asked.span is Span.RANGE or asked.cut != CALENDAR:
        return f"{_day(asked.first)}-{_day(asked.last)}"
    number = {
        Span.YEAR: "", Span.HALF: f"-H{asked.number}", Span.QUARTER: f"-Q{asked.number}",
        Span.MONTH: f"-{asked.number:02d}",
    }[asked.span]  # fmt: skip
    return f"{asked.year}{number}"


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"
