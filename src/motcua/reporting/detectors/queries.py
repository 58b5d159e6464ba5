"""One statement a sign: the dossiers it points to, oldest moment first. All reads, nothing is ever changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, LiteralString
from uuid import UUID

from django.conf import settings
from django.utils.timezone import localdate

from motcua.core.sql import fetch_all, fetch_planned
from motcua.reporting.detectors.rules import bursts, is_crowded, month_end, months_between, open_windows
from motcua.worktime.queries import calendar_for

Figures = Mapping[str, int]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Period:
    """Whose dossiers, and from which moment until just before which."""

    agencies: list[UUID]
    first: datetime
    after: datetime

    @property
    def days(self) -> tuple[date, date]:
        """Its first day and its last."""
        return localdate(self.first), localdate(self.after - timedelta(microseconds=1))

    def values(self, figures: Figures) -> dict[str, Any]:
        return {"agencies": self.agencies, "first": self.first, "after": self.after, **figures}


def _rows(sql: LiteralString, values: Mapping[str, Any], names: Sequence[str]) -> list[Row]:
    return [dict(zip(names, row, strict=True)) for row in fetch_planned(sql, values)]


_TAKEN: Final[LiteralString] = """
SELECT d.id, d.code, COALESCE(s.papers_came_at, s.submitted_at), s.answer_due_at, s.decided_at
FROM intake_submission s JOIN dossiers_dossier d ON d.id = s.dossier_id
WHERE s.agency_id = ANY(%(agencies)s::uuid[]) AND s.decided_at >= %(first)s AND s.decided_at < %(after)s
  AND s.decided_at > s.answer_due_at + make_interval(mins => %(after_due_minutes)s)
  AND (s.asked_at IS NULL OR s.papers_came_at IS NOT NULL)
ORDER BY s.decided_at, d.code
"""


def taken_in_late(period: Period, figures: Figures) -> list[Row]:
    """Filings from outside that became dossiers after the desk's answer was due."""
    return _rows(_TAKEN, period.values(figures), ("id", "code", "arrived", "due", "taken"))


_SERVED: Final[LiteralString] = """
SELECT d.id, d.code, n.letter || lpad(t.number::text, greatest(3, length(t.number::text)), '0'), t.began_at,
  d.received_at
FROM dossiers_dossier d
JOIN core_event e ON e.subject_kind = 'dossier' AND e.subject_id = d.id AND e.kind = 'dossier.received'
JOIN queueing_ticket t ON t.id = (e.after ->> 'ticket')::uuid
JOIN queueing_need n ON n.id = t.need_id
WHERE d.agency_id = ANY(%(agencies)s::uuid[]) AND d.received_at >= %(first)s AND d.received_at < %(after)s
  AND d.received_at > t.began_at + make_interval(mins => %(after_served_minutes)s)
ORDER BY d.received_at, d.code
"""


def taken_in_after_turn(period: Period, figures: Figures) -> list[Row]:
    """Dossiers written down long after their person sat at the counter with a number."""
    return _rows(_SERVED, period.values(figures), ("id", "code", "number", "arrived", "taken"))


# The log keeps the order in which things were written down, whatever moment they claim. What a demo was built with is
# written down long after the moment it shows, all of it at once: there only the order is judged.
_BACKWARDS: Final[LiteralString] = """
SELECT id, code, kind, at, recorded_at FROM (
  SELECT d.id, d.code, e.kind, e.at, e.recorded_at, %(is_demo)s AND COALESCE(a.is_demo, false) AS is_built,
         max(e.at) OVER (PARTITION BY d.id ORDER BY e.sequence
                         ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS known
  FROM dossiers_dossier d
  LEFT JOIN people_official o ON o.id = d.received_by_id LEFT JOIN people_account a ON a.id = o.account_id
  JOIN core_event e ON e.subject_kind = 'dossier' AND e.subject_id = d.id AND e.kind <> 'dossier.viewed'
  WHERE d.agency_id = ANY(%(agencies)s::uuid[]) AND d.received_at < %(after)s
    AND (d.finished_at IS NULL OR d.finished_at >= %(first)s)
) AS told
WHERE at >= %(first)s AND at < %(after)s
  AND (recorded_at - at > make_interval(mins => %(behind_minutes)s) AND NOT is_built
       OR known - at > make_interval(mins => %(behind_minutes)s))
ORDER BY at, code
"""


def dated_backwards(period: Period, figures: Figures) -> list[Row]:
    """What the log was told long after the moment it claims, or after something later.

    Where a demo may stand, the first is not asked of a dossier that a demo account received.
    """
    values = period.values(figures) | {"is_demo": settings.MOTCUA_MODE != "production"}
    return _rows(_BACKWARDS, values, ("id", "code", "kind", "at", "written"))


_REFILED: Final[LiteralString] = """
SELECT a.id, a.code, a.finished_at, a.due_at, b.received_at, b.code
FROM dossiers_dossier a
JOIN catalogue_procedureversion va ON va.id = a.version_id
JOIN dossiers_dossier b ON b.agency_id = a.agency_id AND b.id <> a.id AND b.received_at >= a.finished_at
  AND b.received_at < a.finished_at + make_interval(days => %(days_after)s)
  AND (b.applicant_id = a.applicant_id OR (lower(b.applicant_name) = lower(a.applicant_name)
       AND (b.applicant_birth_date = a.applicant_birth_date
            OR (b.applicant_phone = a.applicant_phone AND a.applicant_phone <> ''))))
JOIN catalogue_procedureversion vb ON vb.id = b.version_id AND vb.procedure_id = va.procedure_id
WHERE a.agency_id = ANY(%(agencies)s::uuid[]) AND a.state IN (7, 8)
  AND a.finished_at >= %(first)s AND a.finished_at < %(after)s
  AND a.finished_at >= a.due_at - make_interval(days => %(days_before_due)s)
ORDER BY a.finished_at, a.code, b.received_at
"""


def withdrawn_and_refiled(period: Period, figures: Figures) -> list[Row]:
    """Ended at the applicant's wish near its due date, then the same procedure again for the same applicant."""
    return _rows(_REFILED, period.values(figures), ("id", "code", "ended", "due", "again", "other"))


# The last office hours reach back over a rest; the longest one, Tết with its week-ends, is shorter than that.
_STOPPED_LATE: Final[LiteralString] = """
SELECT d.id, d.code, e.at, (e.before ->> 'due_at')::timestamptz AS due, e.after ->> 'cause', a.calendar_code
FROM dossiers_dossier d
JOIN people_agency a ON a.id = d.agency_id
JOIN core_event e ON e.subject_kind = 'dossier' AND e.subject_id = d.id AND e.kind = 'dossier.paused'
WHERE d.agency_id = ANY(%(agencies)s::uuid[]) AND d.received_at < %(after)s
  AND e.at >= %(first)s AND e.at < %(after)s
  AND (e.before ->> 'due_at')::timestamptz - d.received_at >= make_interval(days => %(least_limit_days)s)
  AND (e.before ->> 'due_at')::timestamptz - e.at < make_interval(days => 16)
ORDER BY e.at, d.code
"""


def stopped_at_the_end(period: Period, figures: Figures) -> list[Row]:
    """Clocks stopped for papers, money or a visit on the last day of the limit, or in its last office minutes."""
    rows = _rows(_STOPPED_LATE, period.values(figures), ("id", "code", "at", "due", "cause", "calendar"))
    return [row for row in rows if _is_at_the_end(row["at"], row["due"], figures["minutes"], row["calendar"])]


def _is_at_the_end(at: datetime, due: datetime, minutes: int, calendar_code: str) -> bool:
    if localdate(at) == localdate(due):
        return True
    return at < due and calendar_for(calendar_code).elapsed(at, due) <= minutes


_ENDINGS: Final[LiteralString] = """
SELECT d.id, d.code, d.finished_at FROM dossiers_dossier d
WHERE d.agency_id = %(agency)s AND d.finished_at >= %(first)s AND d.finished_at < %(after)s
ORDER BY d.finished_at, d.code
"""


def _calendars(agencies: list[UUID]) -> list[tuple[UUID, str]]:
    return [(row[0], row[1]) for row in fetch_all(
        "SELECT id, calendar_code FROM people_agency WHERE id = ANY(%s::uuid[]) ORDER BY id", (agencies,)
    )]  # fmt: skip


def finished_at_month_end(period: Period, figures: Figures) -> list[Row]:
    """What ended in the last office minutes of a month, where that was far more than the month's usual pace.

    Only months whose last minutes lie in the period; each is measured against the whole of itself.
    """
    found: list[Row] = []
    for agency, code in _calendars(period.agencies):
        for month in months_between(*period.days):
            window = month_end(month, figures["minutes"], calendar_for(code))
            if window is None or not period.first <= window.start < period.after:
                continue
            rows = _rows(
                _ENDINGS, {"agency": agency, "first": window.first, "after": window.end}, ("id", "code", "ended")
            )
            last = [row for row in rows if row["ended"] >= window.start]
            if is_crowded(len(last), len(rows), window, **figures):
                found += [{**row, "others": len(last) - 1} for row in last]
    return found


_REOPENED: Final[LiteralString] = """
SELECT d.id, d.code, s.at, (e.before ->> 'due_at')::timestamptz, e.at
FROM dossiers_dossier d
JOIN dossiers_clockentry o ON o.dossier_id = d.id AND o.mark = 'reopened'
JOIN LATERAL (SELECT c.at FROM dossiers_clockentry c WHERE c.dossier_id = d.id AND c.mark = 'settled'
              AND c.position < o.position ORDER BY c.position DESC LIMIT 1) s ON true
JOIN core_event e ON e.subject_kind = 'dossier' AND e.subject_id = d.id AND e.kind = 'dossier.reopened' AND e.at = o.at
WHERE d.agency_id = ANY(%(agencies)s::uuid[]) AND s.at >= %(first)s AND s.at < %(after)s
  AND o.at < s.at + make_interval(days => %(days_after)s)
  AND (e.before ->> 'due_at')::timestamptz >= s.at
  AND (e.before ->> 'due_at')::timestamptz < s.at + make_interval(days => %(days_before_due)s)
ORDER BY s.at, d.code
"""


def finished_then_reopened(period: Period, figures: Figures) -> list[Row]:
    """Finished just in time, and opened again within days."""
    return _rows(_REOPENED, period.values(figures), ("id", "code", "ended", "due", "again"))


_STEPS: Final[LiteralString] = """
SELECT d.id, d.code, s.finished_at, o.full_name, s.name, s.official_id
FROM routing_step s
JOIN dossiers_dossier d ON d.id = s.dossier_id AND d.agency_id = ANY(%(agencies)s::uuid[])
JOIN people_official o ON o.id = s.official_id
WHERE s.finished_at >= %(first)s AND s.finished_at < %(after)s AND s.outcome IN ('passed_on', 'approved')
ORDER BY s.official_id, s.finished_at, d.code
"""


def many_steps_at_once(period: Period, figures: Figures) -> list[Row]:
    """Steps that one official ended together with many others within a minute."""
    rows = _rows(_STEPS, period.values(figures), ("id", "code", "at", "who", "step", "official"))
    moments: dict[UUID, list[tuple[datetime, int]]] = {}
    for place, row in enumerate(rows):
        moments.setdefault(row["official"], []).append((row["at"], place))
    places = {place for one in moments.values() for place in bursts(one, **figures)}
    return sorted((rows[place] for place in places), key=lambda row: (row["at"], row["code"]))


_CLOSED: Final[LiteralString] = """
SELECT d.id, d.code, d.received_at FROM dossiers_dossier d
WHERE d.agency_id = %(agency)s AND d.channel = 'counter'
  AND d.received_at >= %(first)s AND d.received_at < %(after)s
  AND NOT EXISTS (SELECT 1 FROM unnest(%(opens)s::timestamptz[], %(closes)s::timestamptz[]) AS w (opens, closes)
                  WHERE d.received_at >= w.opens AND d.received_at <= w.closes)
ORDER BY d.received_at, d.code
"""


def received_while_closed(period: Period, figures: Figures) -> list[Row]:
    """Receipts at the counter far outside of the office's hours."""
    found: list[Row] = []
    for agency, code in _calendars(period.agencies):
        windows = open_windows(*period.days, figures["minutes"], calendar_for(code))
        values = period.values({}) | {
            "agency": agency, "opens": [opens for opens, _ in windows], "closes": [closes for _, closes in windows],
        }  # fmt: skip
        found += _rows(_CLOSED, values, ("id", "code", "at"))
    return found


_LOOKED: Final[LiteralString] = """
SELECT id, code, at, actor_name, dossiers FROM (
  SELECT d.id, d.code, e.at, e.actor_name,
         count(*) OVER (PARTITION BY e.actor_id, (e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) AS dossiers
  FROM core_event e JOIN dossiers_dossier d ON d.id = e.subject_id AND d.agency_id = ANY(%(agencies)s::uuid[])
  WHERE e.subject_kind = 'dossier' AND e.kind = 'dossier.viewed' AND e.after ->> 'task' = 'lookup'
    AND e.actor_id IS NOT NULL AND e.at >= %(first)s AND e.at < %(after)s
) AS looks WHERE dossiers >= %(at_least)s
ORDER BY at, code
"""


def looked_up_many(period: Period, figures: Figures) -> list[Row]:
    """Dossiers opened by an official without a task, on a day on which he opened very many so."""
    return _rows(_LOOKED, period.values(figures), ("id", "code", "at", "who", "others"))


_PHONES: Final[LiteralString] = """
WITH online AS (
  SELECT d.id, d.code, d.received_at, d.applicant_phone, lower(d.applicant_name) AS person
  FROM dossiers_dossier d
  WHERE d.agency_id = ANY(%(agencies)s::uuid[]) AND d.channel = 'online' AND d.applicant_phone <> ''
    AND d.received_at >= %(first)s AND d.received_at < %(after)s
), shared AS (
  SELECT applicant_phone, count(DISTINCT person) AS people FROM online GROUP BY 1
  HAVING count(DISTINCT person) >= %(at_least)s
)
SELECT o.id, o.code, s.people FROM online o JOIN shared s USING (applicant_phone)
ORDER BY s.people DESC, o.applicant_phone, o.received_at, o.code
"""


def one_phone_many_people(period: Period, figures: Figures) -> list[Row]:
    """Online filings whose telephone number belongs to many different applicants."""
    return _rows(_PHONES, period.values(figures), ("id", "code", "others"))
