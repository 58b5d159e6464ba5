"""What may have to be warned of now, who serves, and what an official was reminded of: one statement each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, LiteralString
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate

from motcua.core.sql import fetch_all
from motcua.people.models import Agency
from motcua.people.queries import AWAY_OFFICIALS
from motcua.routing.consultations.closing import ASKED_NAME
from motcua.routing.queries import OPEN_STATES
from motcua.routing.warnings.models import Reminder
from motcua.routing.warnings.recipients import Hands, Post
from motcua.routing.warnings.rules import Addressee, Term, Window


@dataclass(frozen=True, slots=True)
class Candidate:
    """A step, dossier or question a rule may speak of and has not yet, for this due moment; `hands` of its step."""

    rule: str
    subject_id: UUID
    dossier_id: UUID
    code: str
    step: str
    unit: str
    term: Term
    hands: Hands


# The rules as rows: each asks for what is due up to its own moment, a notice only for what is not due yet. What was
# said of this due moment is left out.
_ASKED: Final[LiteralString] = (
    "unnest(%(rules)s::text[], %(since)s::timestamptz[], %(until)s::timestamptz[]) AS r (rule, since, until)"
)
_HANDS: Final[LiteralString] = "d.id, d.code, s.name, u.name, s.unit_id, s.role, s.official_id"
# `OFFSET 0` keeps it a look into the index for each rule: prepared, the rules' moments are not known.
_STEPS: Final[LiteralString] = (
    "SELECT r.rule, s.id, s.started_at, s.due_at, "
    + _HANDS
    + " FROM "
    + _ASKED
    + """
JOIN people_unit u ON u.agency_id = %(agency)s
CROSS JOIN LATERAL (SELECT o.* FROM routing_step o
  WHERE o.unit_id = u.id AND o.finished_at IS NULL AND o.due_at > COALESCE(r.since, '-infinity') AND o.due_at <= r.until
    AND NOT EXISTS (SELECT FROM routing_reminder m
                    WHERE m.subject_id = o.id AND m.rule = r.rule AND m.due_at = o.due_at) OFFSET 0) s
JOIN dossiers_dossier d ON d.id = s.dossier_id AND d.state IN """
    + OPEN_STATES
    + """ AND d.paused_at IS NULL
ORDER BY s.due_at, s.id
"""
)
_DOSSIERS: Final[LiteralString] = (
    "SELECT r.rule, d.id, d.received_at, d.due_at, "
    + _HANDS
    + " FROM "
    + _ASKED
    + """
CROSS JOIN LATERAL (SELECT o.id, o.code, o.received_at, o.due_at FROM dossiers_dossier o
  WHERE o.agency_id = %(agency)s AND o.state IN """
    + OPEN_STATES
    + """ AND o.paused_at IS NULL AND o.due_at > COALESCE(r.since, '-infinity') AND o.due_at <= r.until
    AND NOT EXISTS (SELECT FROM routing_reminder m
                    WHERE m.subject_id = o.id AND m.rule = r.rule AND m.due_at = o.due_at) OFFSET 0) d
JOIN routing_step s ON s.dossier_id = d.id AND s.finished_at IS NULL
JOIN people_unit u ON u.id = s.unit_id
ORDER BY d.due_at, d.id, s.position
"""
)


# A question of a step that is over waits with whoever has the dossier now; what it is about is named, not its step.
# Whoever takes the dossier next was not told yet: what was said before his step, or to another, is not said to him.
_CONSULTATIONS: Final[LiteralString] = (
    "SELECT r.rule, c.id, c.asked_at, c.due_at, d.id, d.code, s.name, "
    + ASKED_NAME
    + ", s.unit_id, s.role, s.official_id FROM "
    + _ASKED
    + """
JOIN routing_consultation c ON c.closed_at IS NULL AND c.silence = 'remind' AND c.due_at < r.until
JOIN dossiers_dossier d ON d.id = c.dossier_id AND d.agency_id = %(agency)s
CROSS JOIN LATERAL (SELECT h.name, h.unit_id, h.role, h.official_id, h.started_at FROM routing_step h
  WHERE h.dossier_id = d.id AND h.finished_at IS NULL ORDER BY h.id <> c.step_id, h.position LIMIT 1) s
WHERE NOT EXISTS (SELECT FROM routing_reminder m
                  WHERE m.subject_id = c.id AND m.rule = r.rule AND m.due_at = c.due_at AND m.sent_at >= s.started_at
                    AND (r.rule <> ALL(%(to_holder)s::text[]) OR s.official_id IS NULL
                         OR s.official_id IN (m.official_id, m.on_behalf_of_id)))
ORDER BY c.due_at, c.id
"""
)


def consultation_candidates(agency_id: UUID, asked: Sequence[Window]) -> list[Candidate]:
    """Questions that go on waiting past their deadline, with whoever waits; `unit` is who was asked."""
    return [_candidate(row) for row in fetch_all(_CONSULTATIONS, _asked(agency_id, asked))]


def step_candidates(agency_id: UUID, asked: Sequence[Window]) -> list[Candidate]:
    """Open steps of running dossiers due up to each rule's moment, not yet warned of by it."""
    return [_candidate(row) for row in fetch_all(_STEPS, _asked(agency_id, asked))]


def dossier_candidates(agency_id: UUID, asked: Sequence[Window]) -> list[Candidate]:
    """Running dossiers due up to each rule's moment, not yet warned of by it: once for each of their open steps."""
    return [_candidate(row) for row in fetch_all(_DOSSIERS, _asked(agency_id, asked))]


def _asked(agency_id: UUID, asked: Sequence[Window]) -> dict[str, object]:
    return {
        "agency": agency_id,
        "rules": [one.rule.code for one in asked],
        "since": [one.since for one in asked], "until": [one.until for one in asked],
        "to_holder": [one.rule.code for one in asked if one.rule.to is Addressee.HOLDER],
    }  # fmt: skip


def _candidate(row: tuple[object, ...]) -> Candidate:
    rule, subject, started, due, dossier, code, step, unit, unit_id, role, official = row
    return Candidate(
        rule, subject, dossier, code, step, unit, Term(started, due), Hands(unit_id, role, official)  # type: ignore[arg-type]
    )  # fmt: skip


_POSTS: Final[LiteralString] = (
    """
WITH away AS ("""
    + AWAY_OFFICIALS
    + """)
SELECT DISTINCT g.unit_id, g.role, u.function = 'leaders', g.official_id, g.official_id IN (SELECT id FROM away),
       CASE WHEN s.substitute_id NOT IN (SELECT id FROM away) THEN s.substitute_id END, u.function = 'one_stop'
FROM people_rolegrant g
JOIN people_unit u ON u.id = g.unit_id AND u.agency_id = %(agency)s
LEFT JOIN people_absence b ON b.official_id = g.official_id AND b.first_at <= %(at)s AND b.last_at > %(at)s
LEFT JOIN people_standin s ON s.absence_id = b.id AND s.unit_id = g.unit_id AND s.role = g.role
WHERE g.valid_from <= %(day)s AND (g.valid_to IS NULL OR g.valid_to >= %(day)s)
"""
)


def posts_at(agency_id: UUID, at: datetime) -> list[Post]:
    """Every duty of the agency at that moment: who holds it, whether he is away, who stands in and is there."""
    rows = fetch_all(_POSTS, {"agency": agency_id, "at": at, "day": localdate(at)})
    return [Post(*row) for row in rows]


def agencies_at_work(at: datetime) -> list[Agency]:
    """The agencies in force whose officials work here."""
    day = localdate(at)
    in_force = Agency.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)
    return list(in_force.filter(units__grants__isnull=False).distinct().order_by("valid_from", "pk"))


def reminders_of(official_id: UUID) -> QuerySet[Reminder]:
    """What this official was reminded of: unread and still true first, then the newest."""
    return (
        Reminder.objects.filter(official_id=official_id)
        .select_related("dossier", "on_behalf_of")
        .order_by(F("read_at").asc(nulls_first=True), F("overtaken_at").asc(nulls_first=True), "-sent_at", "-id")
    )
