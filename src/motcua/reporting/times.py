"""How long it took: average and 90th percentile of the office's own working time, by procedure and agency."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Final, LiteralString
from uuid import UUID

import numpy as np

from motcua.core.sql import fetch_all, fetch_planned
from motcua.dossiers.ledger import ENTRY, entry_of
from motcua.dossiers.rules import Entry, stops_of
from motcua.reporting.reading import tally
from motcua.reporting.rules.figures import Figure
from motcua.reporting.rules.periods import Period
from motcua.reporting.which import WHOLE, Kind, Which
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules.moments import minute_of

SETTLED_BY_DECISION: Final = ("granted", "rejected")
_ENDED: Final[LiteralString] = """
WITH ended AS (
  SELECT c.dossier_id FROM reporting_daycount t JOIN reporting_counted c ON c.daycount_id = t.id
  WHERE t.agency_id = ANY (%(agencies)s) AND t.measure IN ('ended', 'reopened') AND t.outcome = ANY (%(outcomes)s)
    AND t.standing = ANY (%(whole)s) AND t.day >= %(first)s AND t.day < %(until)s
  GROUP BY c.dossier_id HAVING sum(c.sign) > 0
)
SELECT d.id, d.agency_id, a.short_name, a.calendar_code, p.id, p.name, d.received_at, d.finished_at
FROM ended e JOIN dossiers_dossier d ON d.id = e.dossier_id AND d.finished_at IS NOT NULL
JOIN people_agency a ON a.id = d.agency_id JOIN catalogue_procedureversion v ON v.id = d.version_id
JOIN catalogue_procedure p ON p.id = v.procedure_id
"""
_ENTRIES: Final[LiteralString] = (
    "SELECT e.dossier_id, " + ENTRY + " FROM dossiers_clockentry e WHERE e.dossier_id = ANY (%s) "
    "ORDER BY e.dossier_id, e.position"
)


@dataclass(frozen=True, slots=True)
class Time:
    """One procedure at one agency; both times in working minutes, the applicant's waits taken off."""

    procedure: str
    agency: str
    settled: Figure
    average: Figure
    ninetieth: Figure


def times(agencies: Sequence[UUID], asked: Period, base: Which) -> list[Time]:
    """Every procedure with what it took to settle, most dossiers first. Raises `CalendarGap`, `UnknownCalendar`.

    The 90th percentile is the nearest rank: nine of ten took no longer.
    """
    values = {
        "agencies": list(agencies), "outcomes": list(SETTLED_BY_DECISION), "whole": list(WHOLE),
        "first": asked.first, "until": asked.until,
    }  # fmt: skip
    rows = fetch_planned(_ENDED, values)
    stops: dict[UUID, list[Entry]] = defaultdict(list)
    for dossier, *entry in fetch_all(_ENTRIES, ([row[0] for row in rows],)):
        stops[dossier].append(entry_of(entry))
    by_calendar: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        by_calendar[row[3]].append(place)
    spent = np.zeros(len(rows), np.int64)
    for code, places in by_calendar.items():
        pairs = [(place, *pair) for place in places for pair in _running(rows[place], stops.get(rows[place][0], []))]
        starts, ends = (np.array([pair[side] for pair in pairs], np.int64) for side in (1, 2))
        np.add.at(spent, [pair[0] for pair in pairs], calendar_for(code).elapsed_many(starts, ends))
    groups: dict[tuple[UUID, str, UUID, str], list[int]] = defaultdict(list)
    for row, minutes in zip(rows, spent.tolist(), strict=True):
        groups[row[1], row[2], row[4], row[5]].append(minutes)
    settled = _settled(agencies, asked)
    found = [_time(key, minutes, settled.get((key[0], key[2]), 0), base) for key, minutes in groups.items()]
    return sorted(found, key=lambda time: (-int(time.settled.value or 0), time.procedure))


def _running(row: tuple[Any, ...], entries: Iterable[Entry]) -> list[tuple[int, int]]:
    """The stretches in which a dossier's clock ran, in minutes of the wall clock."""
    since: int | None = minute_of(row[6])
    found: list[tuple[int, int]] = []
    for stopped, again in stops_of(entries):
        if since is not None:
            found.append((since, minute_of(stopped)))
        since = minute_of(again) if again else None
    if since is not None:
        found.append((since, max(since, minute_of(row[7]))))
    return found


def _settled(agencies: Sequence[UUID], asked: Period) -> dict[tuple[UUID, UUID], int]:
    """How many were settled by decision, by agency and procedure; a reopened one is taken off."""
    only = {"measure": ("ended", "reopened"), "outcome": SETTLED_BY_DECISION, "standing": WHOLE}
    rows = tally(agencies, asked.first, asked.until, by=("agency_id", "procedure_id", "measure"), only=only)
    counts: dict[tuple[UUID, UUID], int] = defaultdict(int)
    for agency, procedure, measure, count in rows:
        counts[agency, procedure] += count if measure == "ended" else -count
    return counts


def _time(key: tuple[UUID, str, UUID, str], minutes: list[int], settled: int, base: Which) -> Time:
    agency, agency_name, procedure, name = key
    minutes.sort()
    which = base.but(
        kind=Kind.SETTLED, agency=agency, below=False, procedure=procedure, outcome=SETTLED_BY_DECISION, timing=()
    )
    count = len(minutes)
    return Time(
        name, agency_name, Figure(name, settled, url=which.url),
        Figure(name, round(sum(minutes) / count), "minute", which.url, sum(minutes), count),
        Figure(name, minutes[ceil(0.9 * count) - 1], "minute", which.url, None, count),
    )  # fmt: skip
