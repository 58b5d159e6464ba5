"""Clocks that run in some sessions only: all office hours, or those of whole working days."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from motcua.worktime.rules.moments import DAY
from motcua.worktime.rules.table import Table


@dataclass(frozen=True, slots=True)
class Clock:
    """`before[k]` is what the clock shows when session k opens; one entry more than there are sessions."""

    opens: list[int]
    closes: list[int]
    before: list[int]

    def shown(self, minute: int) -> int:
        """Minutes this clock has run up to a wall-clock minute."""
        k = bisect_right(self.opens, minute) - 1
        if k < 0:
            return 0
        close = self.closes[k]
        return self.before[k] + (minute if minute < close else close) - self.opens[k]

    def later(self, start: int, minutes: int) -> int:
        """The first wall-clock minute at which so many more have run; -1 when the clock ends before.

        0 minutes: the start itself while a session lasts (its closing minute included), else the next opening.
        """
        opens, before = self.opens, self.before
        k = bisect_right(opens, start) - 1
        if k < 0:
            shown, inside = 0, False
        else:
            close = self.closes[k]
            inside = start <= close
            shown = before[k] + (start if inside else close) - opens[k]
        if minutes:
            target = shown + minutes
            if target > before[-1]:
                return -1
            k = bisect_left(before, target, k + 1) - 1
            return opens[k] + target - before[k]
        if inside:
            return start
        return opens[k + 1] if k + 1 < len(opens) else -1


def office_clock(table: Table) -> Clock:
    """The clock that runs whenever the office is open."""
    return Clock(table.opens, table.closes, table.before)


def whole_day_clock(table: Table) -> Clock:
    """The clock that runs in the sessions of whole working days only: a half-day does not count."""
    whole = [pattern.whole for pattern in table.patterns]
    opens: list[int] = []
    closes: list[int] = []
    before = [0]
    for opening, closing in zip(table.opens, table.closes, strict=True):
        if whole[table.pattern_of[(opening - table.start) // DAY]]:
            opens.append(opening)
            closes.append(closing)
            before.append(before[-1] + closing - opening)
    return Clock(opens, closes, before)
