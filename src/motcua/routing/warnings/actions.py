"""Sending warnings, and reading them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, LiteralString
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from motcua.core.events import Actor, record
from motcua.core.ids import uuid7
from motcua.core.sql import execute, fetch_one
from motcua.people.access import ActingOfficial
from motcua.people.actions.absences import clock
from motcua.people.models import Agency
from motcua.routing.gathered import Faults
from motcua.routing.warnings.models import Reminder
from motcua.routing.warnings.queries import (
    Candidate,
    consultation_candidates,
    dossier_candidates,
    posts_at,
    step_candidates,
)
from motcua.routing.warnings.recipients import Post, recipients
from motcua.routing.warnings.rules import Kind, WarningRule, owed, window
from motcua.routing.warnings.shipped import rules_on
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Calendar

CLOCKWORK: Final = Actor(None, "Một Cửa")
KEPT: Final = timedelta(days=365)
BATCH: Final = 2000


_WATCHED: Final = (
    (Kind.STEP, step_candidates),
    (Kind.DOSSIER, dossier_candidates),
    (Kind.CONSULTATION, consultation_candidates),
)


def warn(agency: Agency, *, at: datetime) -> int:
    """Send every warning of steps, dossiers and questions that the agency owes at that moment; how many went out.

    Twice at once is once. A date that passed without anybody to tell is tried again. Raises CalendarGap; an
    ExceptionGroup of what single rules and dossiers lack, once the warnings of all others are out.
    """
    calendar = calendar_for(agency.calendar_code)
    posts = posts_at(agency.id, at)
    reminders: list[Reminder] = []
    faults = Faults()
    for kind, find in _WATCHED:
        rules = rules_on(localdate(at), kind)
        if not rules:
            continue
        asked = []
        for rule in rules:
            with faults.kept(rule.code):
                asked.append(window(rule, at, calendar))
        for mine in _by_subject(find(agency.id, asked)):
            with faults.kept(mine[0].code):
                reminders += _reminders(mine, rules, posts, agency, calendar, at)
    new = send(reminders, agency_id=agency.id, at=at)
    faults.raised()
    return new


def _by_subject(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    """The candidates of each step, dossier or question together, in the order in which they are due."""
    found: dict[UUID, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        found[candidate.subject_id].append(candidate)
    return list(found.values())


def _reminders(
    mine: Sequence[Candidate],
    rules: Sequence[WarningRule],
    posts: list[Post],
    agency: Agency,
    calendar: Calendar,
    at: datetime,
) -> list[Reminder]:
    """What is owed of one step, dossier or question. Raises CalendarGap."""
    sent = {rule.code for rule in rules} - {candidate.rule for candidate in mine}
    due = {rule.code: rule for rule in owed(rules, mine[0].term, sent=sent, now=at, clock=calendar)}
    found: list[Reminder] = []
    told: set[tuple[str, UUID]] = set()
    for candidate in mine:
        if candidate.rule in due:
            found += _lines(candidate, due[candidate.rule], posts, agency, at, told)
    return found


def _lines(
    candidate: Candidate,
    rule: WarningRule,
    posts: list[Post],
    agency: Agency,
    at: datetime,
    told: set[tuple[str, UUID]],
) -> list[Reminder]:
    """One reminder to each who is told; a dossier lying with several tells each of them once."""
    text = rule.text.format(
        code=candidate.code, step=candidate.step, unit=candidate.unit, role="", due=clock(candidate.term.due_at)
    )
    lines = []
    for one in recipients(rule.to, candidate.hands, posts):
        if (rule.code, one.official_id) not in told:
            told.add((rule.code, one.official_id))
            lines.append(
                Reminder(
                    id=uuid7(), official_id=one.official_id, on_behalf_of_id=one.on_behalf_of, agency=agency,
                    kind=str(rule.kind), rule=rule.code, subject_id=candidate.subject_id,
                    dossier_id=candidate.dossier_id, due_at=candidate.term.due_at, text=text[:600], sent_at=at,
                )
            )  # fmt: skip
    return lines


@transaction.atomic
def send(reminders: Sequence[Reminder], *, agency_id: UUID, at: datetime) -> int:
    """Write what was not written before and one event for the whole batch; how many are new.

    In one order for everybody, so that two rounds wait for each other and never both for the other's rows.
    """
    if not reminders:
        return 0
    in_order = sorted(reminders, key=lambda one: (one.subject_id, one.rule, one.due_at, one.official_id))
    Reminder.objects.bulk_create(in_order, batch_size=BATCH, ignore_conflicts=True)
    row = fetch_one(
        "SELECT count(*) FROM routing_reminder WHERE id = ANY(%s)", ([reminder.id for reminder in reminders],)
    )
    new = int(row[0]) if row else 0
    if new:
        record(
            kind="reminders.sent", subject=("agency", agency_id), by=CLOCKWORK, at=at, agency_id=agency_id,
            after={"count": new},
        )  # fmt: skip
    return new


# Whoever sets reminders aside, reads or drops them locks them in one order first: two at once wait, and never both.
_FOUND: Final[LiteralString] = "WITH found AS (SELECT m.id FROM routing_reminder m WHERE "
_LOCKED: Final[LiteralString] = " ORDER BY m.id FOR UPDATE) "
_READ: Final[LiteralString] = (
    _FOUND
    + "m.official_id = %(official)s AND m.read_at IS NULL AND (%(chosen)s::uuid[] IS NULL OR m.id = ANY(%(chosen)s))"
    + _LOCKED
    + "UPDATE routing_reminder m SET read_at = %(at)s FROM found WHERE m.id = found.id"
)
_FORGOTTEN: Final[LiteralString] = (
    _FOUND + "m.sent_at < %s" + _LOCKED + "DELETE FROM routing_reminder m USING found WHERE m.id = found.id"
)
_ASIDE: Final[LiteralString] = (
    _LOCKED + "UPDATE routing_reminder m SET overtaken_at = %(at)s FROM found WHERE m.id = found.id"
)
_STANDING: Final[LiteralString] = "m.agency_id = %(agency)s AND m.read_at IS NULL AND m.overtaken_at IS NULL AND "
_OVERTAKEN: Final[LiteralString] = (
    _FOUND
    + _STANDING
    + """(m.kind = 'step' AND NOT EXISTS (
  SELECT FROM routing_step s JOIN dossiers_dossier d ON d.id = s.dossier_id
  WHERE s.id = m.subject_id AND s.finished_at IS NULL AND s.due_at = m.due_at AND d.paused_at IS NULL)
OR m.kind = 'dossier' AND NOT EXISTS (
  SELECT FROM dossiers_dossier d WHERE d.id = m.subject_id AND d.due_at = m.due_at AND d.paused_at IS NULL
  AND d.finished_at IS NULL)
OR m.kind = 'consultation' AND NOT EXISTS (
  SELECT FROM routing_consultation c WHERE c.id = m.subject_id AND c.due_at = m.due_at AND c.closed_at IS NULL))"""
    + _ASIDE
)
_OVERTAKEN_DUTIES: Final[LiteralString] = (
    _FOUND
    + _STANDING
    + """m.kind = 'duty' AND NOT EXISTS (
  SELECT FROM unnest(%(subjects)s::uuid[], %(due)s::timestamptz[]) AS known (subject_id, due_at)
  WHERE known.subject_id = m.subject_id AND known.due_at = m.due_at)"""
    + _ASIDE
)


def overtake(agency_id: UUID, *, at: datetime) -> int:
    """Put aside unread reminders of what is done, answered, paused, or due at another moment; how many."""
    return execute(_OVERTAKEN, {"agency": agency_id, "at": at})


def overtake_duties(agency_id: UUID, *, standing: Collection[tuple[UUID, datetime]], at: datetime) -> int:
    """Put aside unread reminders of duties that somebody does by now; `standing` are those nobody does; how many."""
    known = {"subjects": [subject for subject, _due in standing], "due": [due for _subject, due in standing]}
    return execute(_OVERTAKEN_DUTIES, {"agency": agency_id, "at": at, **known})


def mark_read(reminder_ids: Collection[UUID] | None, *, by: ActingOfficial, at: datetime) -> int:
    """Mark these reminders of his, or all of them (None), as read; how many were not."""
    chosen = None if reminder_ids is None else list(reminder_ids)
    return execute(_READ, {"official": by.id, "chosen": chosen, "at": at})


def forget_reminders(*, at: datetime) -> int:
    """Delete reminders older than a year: they told of work, and the work's own history stays; how many."""
    return execute(_FORGOTTEN, (at - KEPT,))
