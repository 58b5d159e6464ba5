"""The reason sheet of a whole life: every interval counted or skipped, every turn of the clock, up to the due date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from motcua.dossiers.rules.clock import ClockReading, Terms, read_clock
from motcua.dossiers.rules.entries import Entry, Mark, as_counted
from motcua.worktime.rules import Calendar, Reason, Unit, condense


class TurnKind(StrEnum):
    """What a row tells that is no reason of the calendar; the first four last, the others happen."""

    PAUSED = "paused"
    VOID = "void"
    OVERDUE = "overdue"
    ENDED = "ended"
    RESTARTED = "restarted"
    PAUSE_VOIDED = "pause_voided"
    EXTENDED = "extended"
    REAPPOINTED = "reappointed"
    SETTLED = "settled"
    REOPENED = "reopened"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class ToldEntry:
    """An entry with what was said with it: the applicant's last day, who wrote it, and why."""

    entry: Entry
    until: date | None = None
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """An interval in which nothing counts, or (start = end) something that happened. `end` None: it lasts."""

    start: datetime
    end: datetime | None
    kind: TurnKind
    told: ToldEntry | None = None


Row = Reason | Turn
_HAPPENS = {
    Mark.RESTARTED: TurnKind.RESTARTED,
    Mark.VOIDED: TurnKind.PAUSE_VOIDED,
    Mark.EXTENDED: TurnKind.EXTENDED,
    Mark.REAPPOINTED: TurnKind.REAPPOINTED,
    Mark.SETTLED: TurnKind.SETTLED,
    Mark.REOPENED: TurnKind.REOPENED,
    Mark.RETURNED: TurnKind.RETURNED,
}


def sheet_of(lines: Sequence[ToldEntry], terms: Terms, calendar: Calendar, *, short: bool = True) -> list[Row]:
    """The rows of a life from receipt to its due date and, when something happened after that, to there.

    Contiguous, to the minute. Counted minutes add up to the limit (and its extensions) on the clock of its unit;
    less while a pause lasts, which is then the last row. `short` folds nights and breaks into the rows beside them.
    Raises what `read_clock` raises.
    """
    reading = read_clock([line.entry for line in lines], terms, calendar)
    writer = _Writer(reading, terms, calendar, _full_at(lines, terms, calendar), short)
    happened = [line for line in lines if line.entry.mark in _HAPPENS]
    rows: list[Row] = []
    for span in _spans(reading, lines):
        start = span.start
        while happened and (span.end is None or happened[0].entry.at < span.end):
            at = to_the_minute(happened[0].entry.at)
            rows += writer.written(span, start, at)
            rows.append(_turn(happened.pop(0)))
            start = max(start, at)
        rows += writer.written(span, start, span.end)
    return rows + [_turn(line) for line in happened]


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch to be written: run through (`kind` None) or skipped for a reason. All to the minute."""

    start: datetime
    end: datetime | None
    kind: TurnKind | None
    begins_at: datetime | None = None
    told: ToldEntry | None = None


@dataclass(frozen=True, slots=True)
class _Writer:
    reading: ClockReading
    terms: Terms
    calendar: Calendar
    full_at: datetime | None
    short: bool

    def written(self, span: _Span, start: datetime, end: datetime | None) -> list[Row]:
        """The rows of one piece of a span; none for an empty one."""
        if end is not None and end <= start:
            return []
        if span.kind is not None or end is None:
            return [Turn(start, end, span.kind or TurnKind.OVERDUE, span.told)]
        due_at = self.reading.due_at
        rows: list[Row] = []
        if start < due_at:
            rows += self._reasons(span, start, min(end, due_at))
        if end > due_at:
            ended = self.reading.settled_at is not None and start >= to_the_minute(self.reading.settled_at)
            rows.append(Turn(max(start, due_at), end, TurnKind.ENDED if ended else TurnKind.OVERDUE))
        return rows

    def _reasons(self, span: _Span, start: datetime, end: datetime) -> list[Reason]:
        reasons = self.calendar.explain_until(
            start, end, self.terms.amount.unit,
            begins_at=max(start, span.begins_at or start), full_at=self.full_at, cut_off=self.terms.cut_off,
        )  # fmt: skip
        return condense(reasons) if self.short else reasons


def to_the_minute(at: datetime) -> datetime:
    """A moment without its seconds, as sheets are written."""
    return at.replace(second=0, microsecond=0)


def _turn(line: ToldEntry) -> Turn:
    at = to_the_minute(line.entry.at)
    return Turn(at, at, _HAPPENS[line.entry.mark], line)


def _spans(reading: ClockReading, lines: Sequence[ToldEntry]) -> Iterator[_Span]:
    """The stretches with the time between settling and reopening, and what follows the last entry."""
    pauses = {since: line for line in lines if (since := line.entry.stands_from) is not None}
    last = to_the_minute(lines[-1].entry.at)
    until = to_the_minute(reading.stretches[0].start)
    for stretch in reading.stretches:
        start = to_the_minute(stretch.start)
        yield _Span(until, start, TurnKind.ENDED)
        begins = to_the_minute(stretch.begins_at) if stretch.begins_at else None
        if stretch.cause is not None:
            end = to_the_minute(stretch.end) if stretch.end else None
            yield _Span(start, end, TurnKind.PAUSED, None, pauses[stretch.start])
        else:
            until = to_the_minute(stretch.end) if stretch.end else max(reading.due_at, last, start)
            yield _Span(start, until, None if stretch.counts else TurnKind.VOID, begins)
        until = to_the_minute(stretch.end) if stretch.end else until
    if reading.settled_at is not None:
        begins = to_the_minute(stretch.begins_at) if stretch.begins_at else None
        stood_still = stretch.cause is not None
        yield _Span(
            until, last if stood_still else max(last, reading.due_at), TurnKind.ENDED if stood_still else None, begins
        )


def _full_at(lines: Sequence[ToldEntry], terms: Terms, calendar: Calendar) -> datetime | None:
    """When a limit in calendar days is used up, before its date moved on from a day off; None for other units."""
    if terms.amount.unit is not Unit.DAY:
        return None
    entries = as_counted(line.entry for line in lines)
    full_at = None
    for count, entry in enumerate(entries, start=1):
        if entry.mark not in (Mark.RECEIVED, Mark.RESUMED, Mark.RESTARTED, Mark.REOPENED, Mark.EXTENDED):
            continue
        after = read_clock(entries[:count], terms, calendar)
        before = read_clock(entries[: count - 1], terms, calendar) if count > 1 else None
        if before is not None and after.due_at == before.due_at:
            continue
        begins = to_the_minute(after.stretches[-1].begins_at or entry.at)
        if before is None or entry.mark is Mark.RESTARTED:
            full_at = begins + timedelta(days=terms.amount.number)
        elif entry.mark is Mark.EXTENDED:
            days = entry.amount.number if entry.amount and entry.amount.unit is Unit.DAY else None
            full_at = after.due_at if days is None else before.due_at + timedelta(days=days)
        else:
            full_at = begins + timedelta(minutes=before.left(calendar, entry.at, Unit.DAY))
    return full_at
