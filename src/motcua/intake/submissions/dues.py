"""When the desk's answer is due; and, under a changed calendar, which waiting filings are due at another moment."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.utils.timezone import localdate, localtime

from motcua.core.events import Happened
from motcua.core.sql import execute
from motcua.dossiers.states import State
from motcua.intake.answer_limits import answer_limit
from motcua.intake.models import Submission
from motcua.intake.submissions.shared import tell
from motcua.worktime.rules import Calendar, CalendarGap

CalendarOf = Callable[[str], Calendar]


class AnswerMove(NamedTuple):
    """A waiting filing whose answer is due at another moment, and the calendar that moved it."""

    submission: Submission
    calendar_code: str
    now: datetime

    @property
    def was(self) -> datetime:
        return self.submission.answer_due_at


@dataclass(slots=True)
class AnswerOutlook:
    """The answers that move, and by year those for which the calendar has no date."""

    moves: list[AnswerMove] = field(default_factory=list)
    gaps: Counter[int] = field(default_factory=Counter)


def due_from(channel: str, start: datetime, calendar: Calendar) -> datetime:
    """When an answer is due whose time began at `start`. Raises `NoAnswerLimit`, `CalendarGap`."""
    return calendar.due(start, answer_limit(channel, localdate(start)).amount)


def answer_due(found: Submission, calendar: Calendar) -> datetime:
    """When this filing's answer is due: from the day it came, or anew from the papers that were asked for in time.

    A desk that asked when its answer was already due stays late. Raises `NoAnswerLimit`, `CalendarGap`.
    """
    first = due_from(found.channel, found.submitted_at, calendar)
    if found.papers_came_at is None or found.asked_at is None or first < found.asked_at:
        return first
    return due_from(found.channel, found.papers_came_at, calendar)


def moved_answers(calendars: Sequence[str], calendar_of: CalendarOf, *, lock: bool) -> AnswerOutlook:
    """The waiting filings of the offices on these calendars whose stored moment is not what it would be.

    With `lock` their rows are held until the transaction ends. Raises `NoAnswerLimit`.
    """
    rows = Submission.objects.filter(
        state=State.SUBMITTED, agency__calendar_code__in=calendars
    ).select_related("agency").order_by("pk")  # fmt: skip
    outlook = AnswerOutlook()
    for found in rows.select_for_update(of=("self",)) if lock else rows:
        code = found.agency.calendar_code
        try:
            now = answer_due(found, calendar_of(code))
        except CalendarGap as gap:
            outlook.gaps[gap.year] += 1
            continue
        if now != found.answer_due_at:
            outlook.moves.append(AnswerMove(found, code, now))
    return outlook


def store_answers(moves: Iterable[AnswerMove], happened: Happened) -> None:
    """Write the new moments, each with its `submission.answer_moved`. Only for rows read with `lock`."""
    moved = list(moves)
    ids: list[UUID] = [move.submission.pk for move in moved]
    execute(
        "UPDATE intake_submission s SET answer_due_at = n.due "
        "FROM unnest(%s::uuid[], %s::timestamptz[]) AS n (id, due) WHERE s.id = n.id",
        (ids, [move.now for move in moved]),
    )
    for move in moved:
        tell(
            move.submission, "answer_moved", by=happened.by, at=happened.at,
            before={"answer_due_at": localtime(move.was).isoformat()},
            after={"answer_due_at": localtime(move.now).isoformat()},
        )  # fmt: skip
