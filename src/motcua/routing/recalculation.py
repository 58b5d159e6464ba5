"""A changed calendar: the dates of open dossiers follow it in the same transaction, and so do the answers owed to
filings not yet received. What is settled never changes.

`look` says beforehand which dossiers would move, and writes nothing; `apply` makes the change. Whoever changes a
calendar without either still moves the dossiers: `recalculate` listens to every kind of change.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, LiteralString

from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.errors import LockNotAvailable

from motcua.core.events import Happened, record
from motcua.core.refusals import Refusal
from motcua.core.sql import Asked, execute, fetch_all, fetch_one, pipelined
from motcua.dossiers.recheck import CalendarOf, Difference, open_batches, recomputed, store
from motcua.dossiers.rules import BrokenLedger, read_clock
from motcua.dossiers.states import OPEN, State
from motcua.intake.submissions.dues import moved_answers, store_answers
from motcua.routing.moved_rows import open_steps, replan_steps, write_events
from motcua.routing.outlook import Move, Outlook
from motcua.worktime.changes import RECALCULATED, CalendarChanged, LoadReport, Why
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Calendar, CalendarGap
from motcua.worktime.rules.moments import VIETNAM

Change = Callable[[], LoadReport]
Progress = Callable[[int], None]
"""Told how many more dossiers were looked at."""


class CalendarStops(Refusal):
    """Under the new calendar some open dossiers have no date: nothing of the change is made."""

    def __init__(self, years: Mapping[int, int]) -> None:
        super().__init__(
            _(
                "Theo lịch mới, %(count)d hồ sơ đang mở hoặc chờ tiếp nhận không tính được hạn vì chưa có lịch năm "
                "%(year)s. Lịch giữ nguyên; ông/bà nạp lịch năm đó trước rồi làm lại."
            )
            % {"count": sum(years.values()), "year": ", ".join(map(str, sorted(years)))}
        )


class CalendarOvertaken(Refusal):
    """Somebody changed the calendar since the preview was computed. Nothing was changed."""

    def __str__(self) -> str:
        return _("Lịch vừa được người khác đổi nên chưa áp dụng. Ông/bà xem lại bản xem trước mới rồi bấm Áp dụng.")


class CalendarBusy(Refusal):
    """Somebody has been writing dossiers for longer than everybody else should wait. Nothing was changed."""

    def __str__(self) -> str:
        return _("Hồ sơ đang được ghi liên tục nên chưa đổi lịch được; lịch giữ nguyên. Ông/bà làm lại sau ít phút.")


class _Seen(Exception):
    """Undoes a change that was made only to see the calendars it leads to."""

    def __init__(self, calendars: dict[str, Calendar], report: LoadReport | None) -> None:
        super().__init__("only looked at")
        self.calendars, self.report = calendars, report


@dataclass(slots=True)
class _Watch:
    """Who asked for the change that the listener hears of."""

    only_look: bool
    outlook: Outlook = field(default_factory=Outlook)
    progress: Progress | None = None


_watch: ContextVar[_Watch | None] = ContextVar("calendar_watch", default=None)
_USED: Final[LiteralString] = (
    "SELECT DISTINCT a.calendar_code FROM people_agency a WHERE a.calendar_code = ANY(%s) AND (EXISTS ("
    "SELECT FROM dossiers_dossier d WHERE d.agency_id = a.id AND d.state = ANY(%s)) OR EXISTS ("
    "SELECT FROM intake_submission s WHERE s.agency_id = a.id AND s.state = %s))"
)
PATIENCE: Final = 5_000
"""Milliseconds to wait for whoever writes dossiers; all other writers wait behind."""


def look(change: Change, *, at: datetime | None = None, progress: Progress | None = None) -> Outlook:
    """Which open dossiers would move; the change is made, its calendars are read, and it is undone.

    Nothing stays locked while the dossiers are counted. Raises what the change raises, and `CalendarStops`.
    """
    watch = _Watch(only_look=True, progress=progress)
    try:
        with _watched(watch), transaction.atomic():
            watch.outlook.report = change()
            transaction.set_rollback(True)
    except _Seen as seen:
        watch.outlook.report, calendars = seen.report, seen.calendars
        answers = moved_answers([*calendars], calendars.__getitem__, lock=False)
        for _batch in _batches(calendars.__getitem__, [*calendars], watch, at or timezone.now(), answers.gaps):
            continue
        watch.outlook.answers = len(answers.moves)
    return watch.outlook


def apply(change: Change, *, code: str, seen: int | None, progress: Progress | None = None) -> Outlook:
    """Make the change and move the open dossiers, all or nothing.

    `seen` is the revision of calendar `code` that the preview showed (None: there was no such calendar). Raises
    `CalendarOvertaken` when it is another one now, what the change raises, and `CalendarStops`.
    """
    watch = _Watch(only_look=False, progress=progress)
    with _watched(watch), transaction.atomic():
        row = fetch_one("SELECT revision FROM worktime_calendar WHERE code = %s FOR UPDATE", (code,))
        if (row[0] if row else None) != seen:
            raise CalendarOvertaken
        watch.outlook.report = change()
    return watch.outlook


@contextmanager
def _watched(watch: _Watch) -> Iterator[None]:
    token = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(token)


def recalculate(happened: Happened) -> None:
    """Move the open dossiers that a changed calendar reaches. Listens to every kind of change of a calendar.

    Writers wait until it is done, readers do not. Raises `CalendarStops` and `CalendarBusy`: then the calendar stays
    as it was.
    """
    changed: CalendarChanged = happened.carried
    watch = _watch.get() or _Watch(only_look=False)
    if not watch.only_look:
        _shut()
    codes = [row[0] for row in fetch_all(_USED, (list(changed.touched), [*map(int, OPEN)], int(State.SUBMITTED)))]
    if watch.only_look:
        raise _Seen({code: calendar_for(code) for code in codes}, changed.report)
    if not codes:
        return
    why, answers = changed.report.why(), moved_answers(codes, calendar_for, lock=True)
    with pipelined():
        last = _Last(why, happened)
        for moved, steps in _batches(calendar_for, codes, watch, happened.at, answers.gaps, fetched=last.send):
            last.keep(moved, steps)
        last.send()
    store_answers(answers.moves, happened)
    watch.outlook.answers = len(answers.moves)
    answered = Counter(move.calendar_code for move in answers.moves)
    keys = dict(fetch_all("SELECT code, id FROM worktime_calendar WHERE code = ANY(%s)", (codes,)))
    for code in codes:
        tally = watch.outlook.of_calendar(code)
        record(
            kind=RECALCULATED, subject=("calendar", keys[code]), by=happened.by, at=happened.at,
            after={
                "looked": tally.looked, "later": tally.later, "earlier": tally.earlier, "farthest": tally.farthest,
                "answers": answered[code], **why.told(),
            },
        )  # fmt: skip


class _Last:
    """The batch computed last, whose rows are written while the next one is computed."""

    def __init__(self, why: Why, happened: Happened) -> None:
        self._why, self._happened = why, happened
        self._moved: list[Difference] = []
        self._steps: Asked | None = None

    def keep(self, moved: list[Difference], steps: Asked) -> None:
        self._moved, self._steps = moved, steps

    def send(self) -> None:
        if self._steps is None:
            return
        write_events(self._moved, self._why, self._happened)
        store(self._moved)
        replan_steps(self._moved, self._steps)
        self._steps = None


def _shut() -> None:
    """Let nobody write dossiers until this transaction ends. Raises `CalendarBusy` when that cannot be had soon."""
    execute("SELECT set_config('lock_timeout', %s, true)", (str(PATIENCE),))
    try:
        execute("LOCK TABLE dossiers_dossier IN EXCLUSIVE MODE")
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise CalendarBusy from error
        raise
    execute("SET LOCAL lock_timeout TO DEFAULT")


def _batches(
    calendar_of: CalendarOf,
    codes: Sequence[str],
    watch: _Watch,
    at: datetime,
    gaps: Counter[int],
    *,
    fetched: Callable[[], None] | None = None,
) -> Iterator[tuple[list[Difference], Asked]]:
    """The dossiers that move, batch by batch, counted on the way, and what was asked of the batch's open steps.

    `gaps`: what is known already to have no date, by year; nothing is given out then. `fetched` is called when a
    batch was read, before it is computed. Raises `CalendarStops` after the last batch.
    """
    days = _WorkingDays(calendar_of)
    for batch in open_batches(calendars=codes, beside=open_steps):
        if fetched:
            fetched()
        rows = batch.rows()
        found = recomputed(rows, calendar_of)
        gaps.update(year for one in found if (year := _gap(one, calendar_of)))
        moved = [one for one in found if one.computed is not None]
        watch.outlook.take(rows, [(one.row, days.move(one)) for one in moved], at, keep=watch.only_look)
        if watch.progress:
            watch.progress(len(rows))
        if moved and batch.beside and not gaps:
            yield moved, batch.beside
    if gaps:
        raise CalendarStops(gaps)


def _gap(one: Difference, calendar_of: CalendarOf) -> int | None:
    """The year that the calendar lacks for this dossier. A ledger that nobody can read is left to the clock check."""
    if one.reading is not None:
        return None
    try:
        read_clock(one.row.life.ledger(), one.row.terms, calendar_of(one.row.calendar_code))
    except CalendarGap as gap:
        return gap.year
    except BrokenLedger:
        return None
    return None


class _WorkingDays:
    """How far dates move, in working days of the new calendar; many dossiers move between the same two days."""

    def __init__(self, calendar_of: CalendarOf) -> None:
        self.calendar_of = calendar_of
        self.known: dict[tuple[str, int, int], int] = {}

    def move(self, one: Difference) -> Move:
        now, row = one.computed, one.row
        if now is None:
            raise LookupError(row.code)
        before, after = row.stored.appointed_at or row.stored.due_at, now.appointed_at or now.due_at
        first, last = (moment.astimezone(VIETNAM).toordinal() for moment in (before, after))
        key = (row.calendar_code, min(first, last), max(first, last))
        days = self.known.get(key)
        if days is None:
            days = self.known[key] = _between(self.calendar_of(row.calendar_code), *key[1:])
        return Move(row.code, row.agency_id, row.stored, now, days if first < last else -days)


def _between(calendar: Calendar, first: int, last: int) -> int:
    """Working days after the first date, up to the last."""
    return sum(calendar.is_working_day(datetime.fromordinal(day).date()) for day in range(first + 1, last + 1))
