"""A second opinion on due dates: written anew from the rules in words, for the verifier that runs without the server.

It shares no line with `worktime` and `dossiers.rules`; a test holds the two opinions together. Moments are whole
microseconds of UTC; minutes are minutes of Vietnamese wall-clock time since 1970. Standard library only.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from typing import Any

Line = dict[str, Any]
Spans = list[tuple[int, int]]
SECOND = 1_000_000
MINUTE = 60 * SECOND
VIETNAM_MINUTES = 7 * 60
DAY_MINUTES = 1440
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 (runs alone on old Pythons too)
ORIGIN_DAY = date(1970, 1, 1)


class CannotTell(Exception):
    """A date lies in a year without a calendar, or the ledger contradicts itself."""


def micros(text: str) -> int:
    """Microseconds of an instant as PostgreSQL or JSON prints it: 2026-11-23 02:15:00.123+00."""
    text = text.replace("T", " ").replace("Z", "+00")
    head, sign, zone = text, 1, "00"
    for mark in ("+", "-"):
        place = text.rfind(mark)
        if place > 10:
            head, zone, sign = text[:place], text[place + 1 :], 1 if mark == "+" else -1
            break
    else:
        raise CannotTell("thời điểm thiếu múi giờ: " + text)
    hours, _colon, minutes = zone.partition(":")
    offset = sign * (int(hours) * 60 + int(minutes or 0))
    day, _blank, clock = head.partition(" ")
    seconds, _dot, fraction = clock.partition(".")
    moment = datetime.strptime(day + " " + seconds, "%Y-%m-%d %H:%M:%S").replace(tzinfo=EPOCH.tzinfo)
    whole = (moment - EPOCH) // timedelta(microseconds=1)
    return whole + int(fraction.ljust(6, "0")) - offset * MINUTE


def wall_minute(at: int) -> int:
    """The wall-clock minute of an instant; seconds are dropped."""
    return at // MINUTE + VIETNAM_MINUTES


def instant(minute: int) -> int:
    """The instant at which a wall-clock minute begins."""
    return (minute - VIETNAM_MINUTES) * MINUTE


def in_words(at: int) -> str:
    """An instant as people here read it."""
    wall = EPOCH + timedelta(microseconds=at, minutes=VIETNAM_MINUTES)
    return wall.strftime("%H:%M %d/%m/%Y")


class Running:
    """A clock that runs in some stretches of minutes only."""

    def __init__(self, spans: Spans) -> None:
        self.opens = [span[0] for span in spans]
        self.closes = [span[1] for span in spans]
        self.before = [0]
        for opening, closing in spans:
            self.before.append(self.before[-1] + closing - opening)

    def upto(self, minute: int) -> int:
        """How long it has run by then."""
        k = bisect_right(self.opens, minute) - 1
        return 0 if k < 0 else self.before[k] + min(minute, self.closes[k]) - self.opens[k]

    def further(self, start: int, minutes: int) -> int:
        """When it has run so much more; with nothing to run: now if it runs (or just stopped), else when it opens."""
        if minutes == 0:
            k = bisect_right(self.opens, start) - 1
            if k >= 0 and start <= self.closes[k]:
                return start
            if k + 1 < len(self.opens):
                return self.opens[k + 1]
            raise CannotTell("lịch làm việc không đủ dài")
        target = self.upto(start) + minutes
        if target > self.before[-1]:
            raise CannotTell("lịch làm việc không đủ dài")
        k = bisect_left(self.before, target) - 1
        return self.opens[k] + target - self.before[k]


class OfficeCalendar:
    """The shipped table: for every day its sessions, and whether it counts as a working day."""

    def __init__(self, shipped: dict[str, Any]) -> None:
        self.first = (date(*map(int, shipped["first_day"].split("-"))) - ORIGIN_DAY).days
        self.shapes: list[dict[str, Any]] = shipped["shapes"]
        self.days = shipped["days"]
        self.cut_off = shipped["cut_off"]
        self.whole = [
            self.first + place for place, shape in enumerate(self.days) if shape >= 0 and self.shapes[shape]["whole"]
        ]
        every: Spans = []
        of_whole: Spans = []
        for place, shape in enumerate(self.days):
            midnight = (self.first + place) * DAY_MINUTES
            spans = [] if shape < 0 else [(midnight + a, midnight + b) for a, b in self.shapes[shape]["sessions"]]
            every += spans
            of_whole += spans if shape >= 0 and self.shapes[shape]["whole"] else []
        self.office, self.whole_days = Running(every), Running(of_whole)

    def sessions(self, day: int) -> Spans:
        """The sessions of a day since 1970, in minutes of the day."""
        place = day - self.first
        if not 0 <= place < len(self.days) or self.days[place] < 0:
            raise CannotTell("năm này không có trong lịch làm việc")
        found: Spans = self.shapes[self.days[place]]["sessions"]
        return found

    def covered(self, *minutes: int) -> None:
        """Raises `CannotTell` unless every day from the first to the last of these minutes has its calendar."""
        days = [minute // DAY_MINUTES - self.first for minute in minutes]
        stretch = self.days[min(days) : max(days) + 1] if min(days) >= 0 else []
        if len(stretch) != max(days) - min(days) + 1 or min(stretch) < 0:
            raise CannotTell("năm này không có trong lịch làm việc")

    def next_whole(self, day: int, further: int = 0) -> int:
        """The first working day from this day on, or so many working days after that one."""
        place = bisect_left(self.whole, day) + further
        if place >= len(self.whole):
            raise CannotTell("lịch làm việc không đủ dài")
        return self.whole[place]

    def settle(self, day: int, minute: int) -> int:
        """A minute of a working day moved into its sessions: the next opening, or the last closing."""
        sessions = self.sessions(day)
        for opening, closing in sessions:
            if minute <= closing:
                return day * DAY_MINUTES + max(minute, opening)
        return day * DAY_MINUTES + sessions[-1][1]

    def opening(self, day: int) -> int:
        return self.sessions(day)[0][0]

    def due(self, start: int, number: int, unit: str, cut: int | None) -> int:
        """The wall-clock minute at which a limit that begins at `start` ends; `cut`: the cut-off as minute of a day."""
        self.covered(start)
        day, minute = divmod(start, DAY_MINUTES)
        too_late = cut is not None and minute > cut
        if unit == "working_hour":
            found = self.office.further((day + 1) * DAY_MINUTES if too_late else start, number * 60)
        elif unit == "working_day":
            found = self._working_days(day, minute, number, too_late)
        else:
            found = self._days(start, day, minute, number, too_late)
        self.covered(start, found)
        return found

    def _working_days(self, day: int, minute: int, number: int, too_late: bool) -> int:
        sessions = self.sessions(day)
        is_whole = bisect_left(self.whole, day) < len(self.whole) and self.next_whole(day) == day
        over = not sessions or minute > sessions[-1][1]
        if too_late or over or not is_whole:
            first = self.next_whole(day + 1)
            minute = self.opening(first)
        else:
            first = day
            minute = self.settle(day, minute) - day * DAY_MINUTES
        last = self.next_whole(first, number)
        return self.settle(last, minute)

    def _days(self, start: int, day: int, minute: int, number: int, too_late: bool) -> int:
        if too_late:
            day = self.next_whole(day + 1)
            minute = self.opening(day)
        last = self.next_whole(day + number)
        found = self.settle(last, minute)
        if found >= start:
            return found
        last = self.next_whole(last + 1)
        return last * DAY_MINUTES + self.opening(last)

    def measure(self, first: int, last: int, unit: str) -> int:
        """Minutes of this unit's clock between two wall-clock minutes."""
        self.covered(first, last)
        if unit == "working_hour":
            return self.office.upto(last) - self.office.upto(first)
        if unit == "working_day":
            return self.whole_days.upto(last) - self.whole_days.upto(first)
        return last - first

    def extend(self, start: int, minutes: int, unit: str) -> int:
        """The wall-clock minute at which so many minutes of this unit's clock have passed."""
        if unit == "working_hour":
            found = self.office.further(start, minutes)
        elif unit == "working_day":
            found = self.whole_days.further(start, minutes)
        else:
            found = self.due(start + minutes, 0, unit, None)
        self.covered(start, found)
        return found


class Ledger:
    """A dossier's clock, read line by line. `due` and `stopped` (None: it runs) are instants in microseconds."""

    def __init__(self, received: int, number: int, unit: str, cut: int | None, calendar: OfficeCalendar) -> None:
        self.number, self.unit, self.calendar = number, unit, calendar
        self.cut = calendar.cut_off if cut is None else cut
        self.stopped: int | None = None
        self.settled: int | None = None
        self.cause: str | None = None
        self.begin(received)
        self.promised = self.due

    def begin(self, at: int) -> None:
        minute = wall_minute(at)
        self.due = instant(self.calendar.due(minute, self.number, self.unit, self.cut))
        self.begins = at
        if self.cut is not None and minute % DAY_MINUTES > self.cut:
            self.begins = instant(self.calendar.due(minute, 0, self.unit, self.cut))

    def go_on(self, at: int) -> None:
        since = at if self.stopped is None else self.stopped
        if since <= self.due:
            begins, calendar = self.begins, self.calendar
            left = calendar.measure(wall_minute(max(since, begins)), wall_minute(self.due), self.unit)
            moved = instant(calendar.extend(wall_minute(max(at, begins)), left, self.unit))
            self.due = max(self.due, moved)
        self.begins = max(at, self.begins)
        self.stopped = self.cause = None

    def paused(self, line: Line) -> None:
        self.stopped, self.cause = line["at"], line["cause"] or "papers"

    def restarted(self, line: Line) -> None:
        was_late = self.is_late(line["at"])
        self.go_on(line["at"])
        if not was_late:
            continued = self.due
            self.begin(line["at"])
            self.due = max(self.due, continued)

    def extended(self, line: Line) -> None:
        if line["at"] <= self.due:
            self.due = instant(self.calendar.due(wall_minute(self.due), line["number"], line["unit"], DAY_MINUTES - 1))

    def read(self, line: Line) -> None:
        """One line of the ledger, as `counted` gives it."""
        mark = line["mark"]
        if mark == "paused":
            self.paused(line)
        elif mark == "restarted":
            self.restarted(line)
        elif mark == "extended":
            self.extended(line)
        elif mark == "settled":
            self.settled = line["at"]
            self.stopped = line["at"] if self.stopped is None else self.stopped
        elif mark in ("resumed", "reopened"):
            self.settled = None
            self.go_on(line["at"])
        elif mark not in ("reappointed", "returned"):
            raise CannotTell("dòng thời hạn lạ: " + mark)

    def is_late(self, at: int) -> bool:
        return (at if self.stopped is None else self.stopped) > self.due


def counted(entries: Iterable[Line]) -> list[Line]:
    """The lines as if every pause that turned out void had never been."""
    kept: list[Line] = []
    for line in entries:
        if line["mark"] != "voided":
            kept.append(line)
            continue
        pause = kept.pop() if kept else None
        if pause is None or pause["mark"] != "paused":
            raise CannotTell("hủy một lần tạm dừng không có thật")
        if line["void_from"] != pause["at"]:
            kept += [pause, {"mark": "resumed", "at": line["void_from"]}]
        if line["void_to"] is not None:
            kept.append({"mark": "paused", "at": line["void_to"], "cause": pause["cause"]})
    return kept


def read_ledger(
    received: int, entries: Iterable[Line], number: int, unit: str, cut: int | None, calendar: OfficeCalendar
) -> Ledger:
    """The clock of a dossier after its last line. Raises `CannotTell`."""
    ledger = Ledger(received, number, unit, cut, calendar)
    for line in counted(entries):
        ledger.read(line)
    return ledger
