"""A deliberately naive model of working time, written from the rules and not from the engine.

It walks minute by minute and date by date, keeps no table, and knows the calendar only as the plain plan.
"""

from datetime import date, datetime, time, timedelta

from motcua.worktime.rules import CalendarPlan, DayKind, Unit

MINUTE = timedelta(minutes=1)
HALF_DAY_LIMIT = 6 * 60


class MinuteModel:
    def __init__(self, plan: CalendarPlan) -> None:
        self.plan = plan
        self.dated = {dated.day: dated for dated in plan.days}

    def weekly(self, weekday: int, day: date) -> list[tuple[time, time]]:
        found = []
        for hours in self.plan.weekly:
            begun = hours.valid_from is None or day >= hours.valid_from
            ended = hours.valid_to is not None and day > hours.valid_to
            if hours.weekday == weekday and begun and not ended:
                found.append((hours.session.opens, hours.session.closes))
        return sorted(found)

    def sessions(self, day: date) -> list[tuple[time, time]]:
        dated = self.dated.get(day)
        if dated is None:
            return self.weekly(day.isoweekday(), day)
        if dated.kind in (DayKind.HOLIDAY, DayKind.COMPENSATION_OFF, DayKind.CLOSED):
            return []
        own = sorted((session.opens, session.closes) for session in dated.sessions)
        return own or self.weekly(1, day)

    def is_open(self, at: datetime) -> bool:
        return any(opens <= at.time() < closes for opens, closes in self.sessions(at.date()))

    def receives(self, at: datetime) -> bool:
        return any(opens <= at.time() <= closes for opens, closes in self.sessions(at.date()))

    def counts(self, day: date) -> bool:
        """Whether the day is a working day."""
        sessions = self.sessions(day)
        if not sessions:
            return False
        dated = self.dated.get(day)
        if self.plan.half_day_counts or (dated is not None and dated.kind is DayKind.MAKE_UP_DAY):
            return True
        worked = sum(
            (datetime.combine(day, closes) - datetime.combine(day, opens)).seconds // 60 for opens, closes in sessions
        )
        return worked >= HALF_DAY_LIMIT

    def late(self, at: datetime, cut_off: time | None) -> bool:
        return cut_off is not None and at.time() > cut_off

    def next_working_day(self, day: date) -> date:
        day += timedelta(days=1)
        while not self.counts(day):
            day += timedelta(days=1)
        return day

    def opening(self, day: date) -> datetime:
        return datetime.combine(day, self.sessions(day)[0][0])

    def land(self, day: date, wanted: time) -> datetime:
        """The wanted time of day, or the next opening on that day, or its last closing."""
        at = datetime.combine(day, wanted)
        while at.date() == day:
            if self.receives(at):
                return at
            at += MINUTE
        return datetime.combine(day, self.sessions(day)[-1][1])

    def due(self, start: datetime, number: int, unit: Unit, cut_off: time | None) -> datetime:
        if unit is Unit.WORKING_HOUR:
            return self._hours(start, number, cut_off)
        if unit is Unit.WORKING_DAY:
            return self._working_days(start, number, cut_off)
        return self._days(start, number, cut_off)

    def _hours(self, start: datetime, number: int, cut_off: time | None) -> datetime:
        at = start
        if self.late(at, cut_off):
            at = datetime.combine(at.date() + timedelta(days=1), time(0))
        left = number * 60
        if left == 0:
            while not self.receives(at):
                at += MINUTE
        while left:
            left -= self.is_open(at)
            at += MINUTE
        return at

    def _working_days(self, start: datetime, number: int, cut_off: time | None) -> datetime:
        day = start.date()
        if self.counts(day) and not self.late(start, cut_off) and start.time() <= self.sessions(day)[-1][1]:
            begins = self.land(day, start.time())
        else:
            begins = self.opening(self.next_working_day(day))
        day = begins.date()
        for _ in range(number):
            day = self.next_working_day(day)
        return self.land(day, begins.time())

    def _days(self, start: datetime, number: int, cut_off: time | None) -> datetime:
        begins = start
        if self.late(start, cut_off):
            begins = self.opening(self.next_working_day(start.date()))
        day = begins.date() + timedelta(days=number)
        while not self.counts(day):
            day += timedelta(days=1)
        due = self.land(day, begins.time())
        return due if due >= start else self.opening(self.next_working_day(day))

    def elapsed(self, start: datetime, end: datetime) -> int:
        minutes, at = 0, start
        while at < end:
            minutes += self.is_open(at)
            at += MINUTE
        return minutes

    def runs(self, at: datetime, unit: Unit) -> bool:
        """Whether this unit's clock runs in the minute."""
        if unit is Unit.DAY:
            return True
        return self.is_open(at) and (unit is Unit.WORKING_HOUR or self.counts(at.date()))

    def measure(self, start: datetime, end: datetime, unit: Unit) -> int:
        if end < start:
            return -self.measure(end, start, unit)
        minutes, at = 0, start
        while at < end:
            minutes += self.runs(at, unit)
            at += MINUTE
        return minutes

    def extend(self, start: datetime, minutes: int, unit: Unit) -> datetime:
        if unit is Unit.DAY:
            return self._days(start + timedelta(minutes=minutes), 0, None)
        at, left = start, minutes
        if left == 0:
            while not (self.receives(at) and (unit is Unit.WORKING_HOUR or self.counts(at.date()))):
                at += MINUTE
        while left:
            left -= self.runs(at, unit)
            at += MINUTE
        return at
