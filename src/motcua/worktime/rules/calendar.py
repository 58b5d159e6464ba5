"""The compiled, immutable calendar: due dates, time worked, and why.

The rules, where the law leaves room:

- Received outside office hours: counts from the next opening. The closing minute itself is
  still office time for receiving.
- Working day: same time of day on the n-th next whole day. A half-day is no working day, so
  what is received on one counts from the opening of the next whole day, like on a Sunday.
  (Otherwise a new holiday could bring a due date forward.)
- A time of day that falls outside the due day's own sessions moves to that day's next
  opening, or to its last closing when the day is over: never to a later day.
- Calendar day: days off count, the office need not be open when it starts. A due date on a
  day that is no working day moves to the next one (Civil Code 91/2015 Art 148.5).
- Cut-off: received *after* this minute counts from the next day's opening: for hours the next
  day the office is open, for days the next working day (decree 61/2018 Art 18: "sau 15 giờ").
- Each unit has its own clock, for what has passed and what is left of a limit: office minutes;
  office minutes of whole working days; plain minutes for calendar days.
- Nothing is guessed: whatever leaves the covered years raises CalendarGap.
"""

from bisect import bisect_right
from datetime import date, datetime, time

import numpy as np
from numpy.typing import NDArray

from motcua.worktime.rules import bulk, sheet
from motcua.worktime.rules.clocks import office_clock, whole_day_clock
from motcua.worktime.rules.gaps import CalendarGap
from motcua.worktime.rules.moments import DAY, first_minute_of, minute_of, moment_of, year_of
from motcua.worktime.rules.plan import Amount, CalendarMistake, CalendarPlan, Unit
from motcua.worktime.rules.reasons import Reason
from motcua.worktime.rules.table import Table, compile_table

_HOUR, _WORKING_DAY = Unit.WORKING_HOUR, Unit.WORKING_DAY


def _cut_minute(cut_off: time) -> int:
    return cut_off.hour * 60 + cut_off.minute


class Calendar:
    """Working-time arithmetic of one agency. Compile it from a plan once, then share it freely."""

    __slots__ = (
        "_bulk",
        "_cut",
        "_office",
        "_table",
        "_whole",
        "code",
        "cut_off",
        "first_day",
        "last_day",
        "name",
        "revision",
    )

    def __init__(self, plan: CalendarPlan) -> None:
        """Raises CalendarMistake when the plan contradicts itself."""
        table = compile_table(plan)
        self.code, self.name, self.revision, self.cut_off = plan.code, plan.name, plan.revision, plan.cut_off
        self.first_day, self.last_day = table.first_day, table.last_day
        self._table = table
        self._office, self._whole = office_clock(table), whole_day_clock(table)
        self._cut = None if plan.cut_off is None else _cut_minute(plan.cut_off)
        self._bulk: bulk.Arrays | None = None

    @property
    def table(self) -> Table:
        """The compiled tables, read-only."""
        return self._table

    def due(self, start: datetime, amount: Amount, cut_off: time | None = None) -> datetime:
        """When a time limit that starts at receipt ends; seconds of the start are dropped.

        Without `cut_off` the agency's own cut-off hour applies, if it has one.
        Raises CalendarGap (a year not loaded) and NaiveMoment.
        """
        cut = self._cut if cut_off is None else _cut_minute(cut_off)
        return moment_of(self.due_minute(minute_of(start), amount, cut))

    def due_minute(self, start: int, amount: Amount, cut: int | None = None) -> int:
        """`due` on wall-clock minutes, with the cut-off as a minute of the day; no default cut-off."""
        table = self._table
        if not table.start <= start < table.end:
            raise self._gap(start)
        unit = amount.unit
        if unit is _HOUR:
            if cut is not None and (start - table.start) % DAY > cut:
                return self._advance(start, start - (start - table.start) % DAY + DAY, amount.number * 60)
            return self._advance(start, start, amount.number * 60)
        self._need_whole_days()
        if unit is _WORKING_DAY:
            minute = self._whole_days_later(start, amount.number, cut)
        else:
            minute = self._days_later(start, amount.number, cut)
        if table.holes:
            self._refuse_holes(start, minute)
        return minute

    def after(self, start: datetime, minutes: int) -> datetime:
        """When so many working minutes have passed since a moment inside the route; no cut-off applies.

        Raises ValueError for a negative number, CalendarGap and NaiveMoment.
        """
        return self.extend(start, minutes, _HOUR)

    def elapsed(self, start: datetime, end: datetime) -> int:
        """Working minutes from start to end; negative when end comes first.

        Raises CalendarGap and NaiveMoment.
        """
        return self.measure(start, end, _HOUR)

    def measure(self, start: datetime, end: datetime, unit: Unit) -> int:
        """Minutes that passed on this unit's own clock from start to end; negative when end comes first.

        Hours: office minutes. Working days: office minutes of whole working days. Days: plain minutes.
        Raises CalendarGap and NaiveMoment.
        """
        first, last = minute_of(start), minute_of(end)
        table = self._table
        for minute in (first, last):
            if not table.start <= minute < table.end:
                raise self._gap(minute)
        if table.holes:
            self._refuse_holes(min(first, last), max(first, last))
        if unit is _HOUR:
            return self._office.shown(last) - self._office.shown(first)
        if unit is _WORKING_DAY:
            return self._whole.shown(last) - self._whole.shown(first)
        return last - first

    def extend(self, start: datetime, minutes: int, unit: Unit) -> datetime:
        """The first moment at which so many minutes of this unit's clock have passed; no cut-off applies.

        Days: start + minutes, moved on to office time of a working day as `due` does (Civil Code Art 148.5).
        0 minutes: the start while the clock runs (the closing minute included), else its next opening.
        Raises ValueError for a negative number, CalendarMistake, CalendarGap and NaiveMoment.
        """
        if minutes < 0:
            raise ValueError("Số phút phải là số nguyên không âm.")
        first, table = minute_of(start), self._table
        if not table.start <= first < table.end:
            raise self._gap(first)
        if unit is _HOUR:
            return moment_of(self._advance(first, first, minutes))
        self._need_whole_days()
        if unit is _WORKING_DAY:
            found = self._whole.later(first, minutes)
        elif first + minutes < table.end:
            found = self._days_later(first + minutes, 0, None)
        else:
            found = -1
        if found < 0:
            raise self._gap(first)
        if table.holes:
            self._refuse_holes(first, found)
        return moment_of(found)

    def explain(self, start: datetime, amount: Amount, cut_off: time | None = None) -> list[Reason]:
        """Intervals counted and skipped, contiguous from start to `due`, each with its reason in Vietnamese.

        Counted minutes sum to the amount (calendar days: 1,440 each, unless the day closes earlier).
        Raises as `due` does.
        """
        cut = self._cut if cut_off is None else _cut_minute(cut_off)
        minute = minute_of(start)
        return sheet.explain(self._table, minute, self.due_minute(minute, amount, cut), amount, cut)

    def explain_until(
        self, start: datetime, end: datetime, unit: Unit, *,
        begins_at: datetime | None = None, full_at: datetime | None = None, cut_off: time | None = None,
    ) -> list[Reason]:  # fmt: skip
        """`explain` for a stretch in which the limit's clock ran: contiguous from start to end, to the minute.

        Counting begins at `begins_at` (received after `cut_off`); calendar days count up to `full_at`, beyond it
        they wait for office time. Raises CalendarGap and NaiveMoment.
        """
        self.measure(start, end, unit)
        first, last = minute_of(start), minute_of(end)
        begins = first if begins_at is None else minute_of(begins_at)
        full = last if full_at is None else minute_of(full_at)
        cut = self._cut if cut_off is None else _cut_minute(cut_off)
        return sheet.explain_until(self._table, first, last, unit, begins, full, cut or 0)

    def is_working(self, at: datetime) -> bool:
        """Whether the office is open in this minute. Raises CalendarGap, NaiveMoment."""
        minute = minute_of(at)
        if not self._table.start <= minute < self._table.end:
            raise self._gap(minute)
        self._refuse_holes(minute, minute)
        k = bisect_right(self._table.opens, minute) - 1
        return k >= 0 and minute < self._table.closes[k]

    def is_working_day(self, day: date) -> bool:
        """Whether a date counts as a working day. Raises CalendarGap."""
        minute = first_minute_of(day)
        if not self._table.start <= minute < self._table.end:
            raise self._gap(minute)
        self._refuse_holes(minute, minute)
        return self._table.patterns[self._table.pattern_of[(minute - self._table.start) // DAY]].whole

    def is_provisional(self, day: date) -> bool:
        """Whether the days off of this date's year still wait for their announcement."""
        return day.year in self._table.provisional_years

    def due_many(
        self, starts: NDArray[np.int64], number: int, unit: Unit, cut_off: time | None = None
    ) -> NDArray[np.int64]:
        """`due` for an array of wall-clock minutes (see moments). Raises CalendarGap if one leaves the years."""
        cut = self._cut if cut_off is None else _cut_minute(cut_off)
        amount = Amount(number, unit)
        if starts.size:
            for edge in (int(starts.min()), int(starts.max())):
                self.due_minute(edge, amount, cut)
        return bulk.due_many(self._arrays(), starts, amount, cut, self._gap)

    def elapsed_many(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
        """`elapsed` for two arrays of wall-clock minutes. Raises CalendarGap if any leaves the years."""
        return bulk.elapsed_many(self._arrays(), starts, ends, self._gap)

    def _arrays(self) -> bulk.Arrays:
        if self._bulk is None:
            self._bulk = bulk.arrays_of(self._table)
        return self._bulk

    def _gap(self, minute: int) -> CalendarGap:
        """The gap that a term starting at `minute` runs into first."""
        if not self._table.start <= minute < self._table.end:
            return CalendarGap(self.name, year_of(minute))
        later = (hole.year for hole in self._table.holes if hole.end > minute)
        return CalendarGap(self.name, next(later, self.last_day.year + 1))

    def _refuse_holes(self, start: int, end: int) -> None:
        for hole in self._table.holes:
            if start < hole.end and hole.start <= end:
                raise CalendarGap(self.name, hole.year)

    def _need_whole_days(self) -> None:
        if not self._table.whole_days:
            raise CalendarMistake(
                f"“{self.name}” không có ngày làm việc trọn ngày nào; "
                "hãy khai giờ làm việc hoặc cho tính nửa ngày là ngày làm việc."
            )

    def _advance(self, received: int, start: int, minutes: int) -> int:
        """The minute at which `minutes` have been worked since `start` (>= received)."""
        due = self._office.later(start, minutes)
        if due < 0:
            raise self._gap(received)
        if self._table.holes:
            self._refuse_holes(received, due)
        return due

    def _whole_days_later(self, start: int, number: int, cut: int | None) -> int:
        table = self._table
        day, minute = divmod(start - table.start, DAY)
        from_minute = table.patterns[table.pattern_of[day]].received[minute]
        if from_minute < 0 or (cut is not None and minute > cut):
            rank, from_minute = table.whole_before[day + 1], 0
            if rank < len(table.whole_days):
                from_minute = table.patterns[table.pattern_of[table.whole_days[rank]]].spans[0][0]
        else:
            rank = table.whole_before[day]
        if rank + number >= len(table.whole_days):
            raise self._gap(start)
        due_day = table.whole_days[rank + number]
        return table.start + due_day * DAY + table.patterns[table.pattern_of[due_day]].placed[from_minute]

    def _days_later(self, start: int, number: int, cut: int | None) -> int:
        table = self._table
        day, minute = divmod(start - table.start, DAY)
        last = len(table.whole_days)
        if cut is not None and minute > cut:
            rank = table.whole_before[day + 1]
            if rank >= last:
                raise self._gap(start)
            day = table.whole_days[rank]
            minute = table.patterns[table.pattern_of[day]].spans[0][0]
        if day + number >= len(table.pattern_of) or table.whole_before[day + number] >= last:
            raise self._gap(start)
        rank = table.whole_before[day + number]
        due_day = table.whole_days[rank]
        due = table.start + due_day * DAY + table.patterns[table.pattern_of[due_day]].placed[minute]
        if due >= start:
            return due
        if rank + 1 >= last:
            raise self._gap(start)
        due_day = table.whole_days[rank + 1]
        return table.start + due_day * DAY + table.patterns[table.pattern_of[due_day]].spans[0][0]
