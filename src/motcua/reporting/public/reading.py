"""Reading what the public may see: the years of an office as published cells, and which months are over."""

from datetime import date
from typing import Final, LiteralString
from uuid import UUID

from motcua.core.sql import fetch_all
from motcua.people.phrases import agency_words
from motcua.reporting.public.table import Cell, MonthRow, Told, Year, added, times_of, year_of
from motcua.reporting.which import WHOLE

_OFFICES: Final[LiteralString] = """
SELECT a.id, a.short_name, COALESCE((SELECT c.code FROM people_agencycode c WHERE c.agency_id = a.id
  ORDER BY c.scheme = 'qd20' DESC, c.valid_from DESC LIMIT 1), ''), min(m.month), max(m.month), a.valid_to
FROM reporting_monthcount m JOIN people_agency a ON a.id = m.agency_id
WHERE m.month < %s AND m.standing = ANY (%s) GROUP BY a.id ORDER BY a.short_name, a.valid_to DESC NULLS FIRST, a.id
"""
_MONTHS: Final[LiteralString] = """
SELECT month, sector, channel, filed_by, measure, timing, sum(count)::int FROM reporting_monthcount
WHERE agency_id = %s AND month >= %s AND month < %s AND standing = ANY (%s)
GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
"""


class Office:
    """An office of which something was counted: id, name, code, its first month and its last that are over.

    The name of one that ended says so: its successor may bear the same.
    """

    def __init__(self, row: tuple[UUID, str, str, date, date, date | None], today: date) -> None:
        self.id, name, self.code, self.first, self.last, valid_to = row
        self.name = agency_words(name, valid_to, today)


def month_under_way(today: date) -> date:
    """The first day of the month that is not over: from it on nothing is public."""
    return today.replace(day=1)


def offices(today: date) -> list[Office]:
    """Every office that has public figures, by name."""
    return [Office(row, today) for row in fetch_all(_OFFICES, (month_under_way(today), list(WHOLE)))]


def public_year(agency: UUID, year: int, today: date) -> Year:
    """What is told of an office's year, as far as its months are over."""
    until = min(date(year + 1, 1, 1), month_under_way(today))
    months = 0 if until.year < year else 12 if until.year > year else until.month - 1
    rows = fetch_all(_MONTHS, (agency, date(year, 1, 1), until, list(WHOLE))) if months else []
    return year_of(tuple(MonthRow(*row) for row in rows), year, months)


class Published:
    """An office's public figures, its years read once each."""

    def __init__(self, agency: UUID, today: date) -> None:
        self.agency = agency
        self.today = today
        self._years: dict[int, Year] = {}

    def year(self, number: int) -> Year:
        """One year."""
        if number not in self._years:
            self._years[number] = public_year(self.agency, number, self.today)
        return self._years[number]

    def told(self, what: str, first: date, until: date, *, by: str = "", code: str = "") -> Told:
        """A number of the months in [first, until): no more than their years, quarters and months tell."""
        return added(self._cell((what, by, code, time)) for time in times_of(first, until))

    def codes(self, by: str, first: date, until: date) -> list[str]:
        """The sectors, or ways, that occur in the years of these months."""
        last = until.year if until.month > 1 else until.year - 1
        return sorted({code for year in range(first.year, last + 1) for code in self.year(year).codes(by)})

    def _cell(self, cell: Cell) -> Told:
        return self.year(int(cell[3][:4])).told(cell)
