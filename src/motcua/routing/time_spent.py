"""Where the working time of dossiers went: read in sets, shared out by the pure rule in `shares`.

A month's dossiers are those whose life ended in it: returned, withdrawn or discontinued. So the table of a past
month stays as it is, unless one of them is reopened.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Final, LiteralString
from uuid import UUID

import numpy as np

from motcua.core.sql import fetch_all
from motcua.dossiers.ledger import ENTRY, entry_of
from motcua.dossiers.rules import as_counted
from motcua.people.models import UnitFunction
from motcua.routing.apologies.balance import STOPPED
from motcua.routing.consultations.closing import ASKED_NAME
from motcua.routing.consultations.queries import THEIRS_UNTIL
from motcua.routing.shares import (
    APPLICANT,
    DESK,
    FAULT,
    Hands,
    Held,
    Keeper,
    Lived,
    in_order,
    lives_of,
    parted,
    tenths,
    told_by,
)
from motcua.worktime.rules import Calendar
from motcua.worktime.rules.moments import minute_of


@dataclass(frozen=True, slots=True)
class Share:
    """What lay in one pair of hands: working minutes and their share in tenths of a percent."""

    hands: Hands
    minutes: int
    tenths: int


@dataclass(frozen=True, slots=True)
class MonthShare:
    """The same over many dossiers; `late_…` only of those that ended late."""

    hands: Hands
    dossiers: int
    minutes: int
    tenths: int
    late_minutes: int
    late_tenths: int


@dataclass(frozen=True, slots=True)
class Month:
    """A table of shares with the dossiers it is made of."""

    dossiers: int
    late: int
    minutes: int
    late_minutes: int
    rows: tuple[MonthShare, ...]


@dataclass(slots=True)
class _Read:
    """One dossier as read, in minutes of the wall clock; late by when its clock last ran."""

    filed: int
    until: int
    is_late: bool
    asked: tuple[int, int | None] | None
    steps: list[Held]
    entries: list[tuple[str, int]]
    consultations: list[Held]


def shares_of(dossier_id: UUID, *, agency_id: UUID, at: datetime, calendar: Calendar) -> list[Share]:
    """Whose hands one dossier's time lay in, until its end or now.

    Raises `CalendarGap` for a year without a calendar.
    """
    found = _read([dossier_id], at)
    if not found:
        return []
    lived = _lived(found[0], faults_of(agency_id))
    sums = _sums([parted(lived)], calendar)
    ranked = in_order({hands: minutes for (hands, _place), minutes in sums.items()})
    counted = [(hands, minutes) for hands, minutes in ranked if minutes]
    return [
        Share(hands, minutes, share)
        for (hands, minutes), share in zip(counted, tenths([minutes for _hands, minutes in counted]), strict=True)
    ]


def month_of(agency_id: UUID, first: datetime, last: datetime, *, calendar: Calendar) -> Month:
    """Whose hands the time of all dossiers lay in whose life ended in [first, last).

    Raises `CalendarGap` for a year without a calendar.
    """
    ids = [row[0] for row in fetch_all(_ENDED, {"agency": agency_id, "first": first, "last": last})]
    found, faults = _read(ids, last), faults_of(agency_id)
    sums = _sums([parted(_lived(one, faults)) for one in found], calendar)
    late = {place for place, one in enumerate(found) if one.is_late}
    minutes: dict[Hands, int] = defaultdict(int)
    late_minutes: dict[Hands, int] = defaultdict(int)
    touched: dict[Hands, int] = defaultdict(int)
    for (hands, place), spent in sums.items():
        minutes[hands] += spent
        touched[hands] += spent > 0
        late_minutes[hands] += spent if place in late else 0
    ranked = [(hands, spent) for hands, spent in in_order(minutes) if spent]
    shares = tenths([spent for _hands, spent in ranked])
    late_shares = tenths([late_minutes[hands] for hands, _spent in ranked])
    rows = tuple(
        MonthShare(hands, touched[hands], spent, share, late_minutes[hands], late_share)
        for (hands, spent), share, late_share in zip(ranked, shares, late_shares, strict=True)
    )
    return Month(len(found), len(late), sum(minutes.values()), sum(late_minutes.values()), rows)


def _sums(lives: Sequence[list[Held]], calendar: Calendar) -> dict[tuple[Hands, int], int]:
    """Working minutes by hands and dossier (its place in `lives`), all measured at once."""
    keys = [(part.hands, place) for place, parts in enumerate(lives) for part in parts]
    starts = np.array([part.start for parts in lives for part in parts], np.int64)
    ends = np.array([part.end for parts in lives for part in parts], np.int64)
    sums: dict[tuple[Hands, int], int] = defaultdict(int)
    for key, minutes in zip(keys, calendar.elapsed_many(starts, ends).tolist(), strict=True):
        sums[key] += minutes
    return sums


def _lived(read: _Read, faults: Sequence[Held]) -> Lived:
    pauses, ends = told_by(read.entries, read.steps)
    if read.asked is not None:
        pauses.append(Held(APPLICANT, *read.asked))
    here = [fault for fault in faults if fault.start < read.until and (fault.end is None or fault.end > read.filed)]
    return Lived(lives_of(read.filed, ends, read.until), read.steps, pauses, read.consultations, here)


_ENDED: Final[LiteralString] = """
SELECT id FROM dossiers_dossier
WHERE agency_id = %(agency)s AND state = 10 AND returned_at >= %(first)s AND returned_at < %(last)s
UNION ALL
SELECT id FROM dossiers_dossier
WHERE agency_id = %(agency)s AND state IN (7, 8) AND finished_at >= %(first)s AND finished_at < %(last)s
"""


def _minute(moment: LiteralString) -> LiteralString:
    """As `worktime.rules.moments.minute_of`, in SQL."""
    return "(floor(date_part('epoch', " + moment + "))::bigint + 25200) / 60"


_THESE: Final[LiteralString] = "FROM unnest(%(ids)s::uuid[]) WITH ORDINALITY AS these (id, place) "
_LIVES: Final[LiteralString] = (
    "SELECT " + _minute("COALESCE(f.submitted_at, d.received_at)") + ", "
    + _minute("CASE WHEN d.state IN (7, 8) THEN d.finished_at ELSE COALESCE(d.returned_at, %(at)s) END") + ", "
    + STOPPED + " > d.due_at, "
    + _minute("f.asked_at") + ", " + _minute("COALESCE(f.papers_came_at, f.decided_at)") + " "
    + _THESE + "JOIN dossiers_dossier d ON d.id = these.id "
    "LEFT JOIN intake_submission f ON f.dossier_id = d.id ORDER BY these.place"
)  # fmt: skip
_STEPS: Final[LiteralString] = (
    "SELECT these.place, u.name, u.function, " + _minute("s.started_at") + ", " + _minute("s.finished_at") + " "
    + _THESE + "JOIN routing_step s ON s.dossier_id = these.id JOIN people_unit u ON u.id = s.unit_id"
)  # fmt: skip
_ENTRIES: Final[LiteralString] = (
    "SELECT these.place, " + ENTRY + " " + _THESE
    + "JOIN dossiers_clockentry e ON e.dossier_id = these.id ORDER BY e.dossier_id, e.position"
)  # fmt: skip
_CONSULTED: Final[LiteralString] = (
    "SELECT these.place, " + ASKED_NAME + ", " + _minute("c.asked_at") + ", " + _minute(THEIRS_UNTIL) + " " + _THESE
    + "JOIN routing_consultation c ON c.dossier_id = these.id"
)  # fmt: skip


def _read(ids: Sequence[UUID], at: datetime) -> list[_Read]:
    """The dossiers with their steps and ledgers, in four queries."""
    values = {"ids": list(ids), "at": at}
    found = [
        _Read(filed, max(until, filed), is_late, (asked, came) if asked is not None else None, [], [], [])
        for filed, until, is_late, asked, came in fetch_all(_LIVES, values)
    ]
    units: dict[tuple[str, str], Hands] = {}
    for place, unit, function, start, end in fetch_all(_STEPS, values):
        hands = units.get((unit, function))
        if hands is None:
            hands = units[unit, function] = DESK if function == UnitFunction.ONE_STOP else Hands(Keeper.UNIT, unit)
        found[place - 1].steps.append(Held(hands, start, end))
    for place, rows in groupby(fetch_all(_ENTRIES, values), key=itemgetter(0)):
        counted = as_counted(entry_of(row[1:]) for row in rows)
        found[place - 1].entries.extend((line.mark, minute_of(line.at)) for line in counted)
    for place, name, start, end in fetch_all(_CONSULTED, values):
        found[place - 1].consultations.append(Held(Hands(Keeper.CONSULTED, name), start, end))
    return found


def faults_of(agency_id: UUID) -> list[Held]:
    """The faults of an agency's system that a leader confirmed and nobody took back."""
    rows: Iterable[tuple[datetime, datetime]] = fetch_all(
        "SELECT first_at, last_at FROM routing_systemfault "
        "WHERE agency_id = %s AND withdrawn_at IS NULL AND confirmed_at IS NOT NULL",
        (agency_id,),
    )
    return [Held(FAULT, minute_of(first), minute_of(last)) for first, last in rows]
