"""Counting the two sets that hold every dossier received, without reading every dossier received.

`filed_online` is in the counters. Of `in_time` (indicator 2.1) the counters know how many there are; only those are
read that may stand otherwise than ended and in time. A period that is over is read once and kept, but for what is still
open.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, LiteralString

from django.utils import timezone

from motcua.core.sql import fetch_planned
from motcua.dossiers.states import OPEN
from motcua.reporting.indicators.counts import PartCount
from motcua.reporting.indicators.keeping import KeptRow, keep, kept_of, turn_of
from motcua.reporting.indicators.sets import JUDGED
from motcua.reporting.reading import tally
from motcua.reporting.which import WHOLE

_JUST_NOW: Final = timedelta(minutes=5)
IN_TIME_PARTS: Final = frozenset({"ended_in_time", "waiting_in_time", "open_in_time"})
_ONLINE: Final = "online"
OVER: Final = "in_time:"
"""What is kept of a period that is over: this and the channel, or none."""
_STATES: Final[LiteralString] = ", ".join(str(int(state)) for state in sorted(OPEN))
_COHORT: Final[LiteralString] = """
d.agency_id = ANY(%(agencies)s::uuid[]) AND d.received_at >= %(first)s AND d.received_at < %(after)s
"""
_OPEN: Final[LiteralString] = "SELECT d.id FROM dossiers_dossier d WHERE d.state IN (" + _STATES + ") AND " + _COHORT
_TWICE: Final[LiteralString] = """
SELECT x.dossier_id FROM dossiers_clockentry x
LEFT JOIN intake_submission s ON s.dossier_id = x.dossier_id AND s.asked_at IS NOT NULL
WHERE x.mark = 'paused' AND x.cause = 'papers' AND x.at >= %(first)s
GROUP BY x.dossier_id HAVING count(*) + count(s.id) > 1
"""
_LATE: Final[LiteralString] = " d.finished_at > d.due_at AND d.due_at >= %(first)s AND " + _COHORT
_STOPPED: Final[LiteralString] = """
SELECT 1 FROM dossiers_clockentry x WHERE x.dossier_id = d.id AND x.mark IN ('paused', 'voided')
"""
# Ended after its date though its clock ever stood still, or asked twice: each found by an index of few.
_APART: Final[LiteralString] = (
    "SELECT d.id FROM dossiers_dossier d WHERE" + _LATE + " AND EXISTS (" + _STOPPED + ") UNION " + _TWICE
)  # fmt: skip
_CHANNEL: Final[LiteralString] = " AND (%(channel)s = '' OR d.channel = %(channel)s)"
# Whose clock never stood still ended late when he ended after his date: they are many, and only counted.
_PLAINLY_LATE: Final[LiteralString] = (
    "SELECT 'ended_late', count(*)::int FROM dossiers_dossier d WHERE d.standing <> 'part' AND" + _LATE + _CHANNEL
    + " AND NOT EXISTS (" + _STOPPED + ")"
)  # fmt: skip
_PARTS: Final[LiteralString] = "SELECT part, count(*)::int FROM ("
# By their ids, whose number the planner knows: it then looks each of them up, however many others there are.
_READ_APART: Final[LiteralString] = (
    _PARTS + JUDGED.replace("{of_entries}", "AND o.id = ANY(%(apart)s::uuid[])")
    + _CHANNEL + " AND d.id = ANY(%(apart)s::uuid[])) AS q) AS judged GROUP BY part"
)  # fmt: skip
# What is open now stands on the dossier as its clock last said it.
_OPEN_NOW: Final[LiteralString] = (
    "SELECT CASE WHEN COALESCE(d.paused_at, %(until)s) > d.due_at THEN 'open_late' "
    "WHEN d.paused_at IS NOT NULL THEN 'waiting_in_time' ELSE 'open_in_time' END, count(*)::int "
    "FROM dossiers_dossier d WHERE d.state IN (" + _STATES + ") AND d.standing <> 'part' AND " + _COHORT + _CHANNEL
    + " AND d.id NOT IN (" + _TWICE + ") GROUP BY 1"
)  # fmt: skip
_READ_ALL: Final[LiteralString] = (
    _PARTS + JUDGED.replace("{of_entries}", "") + _CHANNEL + ") AS q) AS judged GROUP BY part"
)  # fmt: skip
_READ_ENDED: Final[LiteralString] = (
    _PARTS + JUDGED.replace("{of_entries}", "")
    + _CHANNEL + " AND d.state NOT IN (" + _STATES + ")) AS q) AS judged GROUP BY part"
)  # fmt: skip


def filed_online(values: Mapping[str, Any]) -> tuple[PartCount, ...]:
    """Who filed what was received, and by what way: out of the counters."""
    parts = [
        PartCount(f"online_{filed_by}" if channel == _ONLINE else channel, channel == _ONLINE, count)
        for channel, filed_by, count in _received(values, ("channel", "filed_by"))
    ]
    summed: dict[tuple[str, bool], int] = defaultdict(int)
    for one in parts:
        summed[one.part, one.counted] += one.count
    return _ordered([PartCount(*key, count) for key, count in summed.items()])


def in_time(values: Mapping[str, Any], online: bool = False) -> tuple[PartCount, ...]:
    """How everything received (or filed online) stands to its date, agency by agency."""
    summed: dict[str, int] = defaultdict(int)
    channel, now = _ONLINE if online else "", timezone.now()
    scopes = [values["agencies"]]
    if values["until"] == values["after"] <= now:
        scopes, read = [[agency] for agency in values["agencies"]], _over
    else:
        read = _lasting if abs(now - values["until"]) < _JUST_NOW else _between
    for agencies in scopes:
        told = {**values, "agencies": agencies, "channel": channel}
        received = sum(count for way, count in _received(told, ("channel",)) if not online or way == _ONLINE)
        for part, count in read(told, received).items():
            summed[part] += count
    return _ordered([PartCount(part, part in IN_TIME_PARTS, count) for part, count in summed.items() if count])


def _lasting(values: Mapping[str, Any], received: int) -> dict[str, int]:
    """Until now: what stands apart is read, what is open is counted, all others ended in time."""
    parts: dict[str, int] = defaultdict(int)
    for part, count in (
        *_judged(_APART, values), *fetch_planned(_PLAINLY_LATE, values), *fetch_planned(_OPEN_NOW, values),
    ):  # fmt: skip
        parts[part] += count
    parts["ended_in_time"] += received - sum(parts.values())
    return parts


def _judged(which: LiteralString, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Rows (part, count) of those dossiers of the period."""
    apart = [row[0] for row in fetch_planned(which, values)]
    return fetch_planned(_READ_APART, {**values, "apart": apart}) if apart else []


def _between(values: Mapping[str, Any], received: int) -> dict[str, int]:
    """As it stood at another moment than now and the period's end: every dossier is judged."""
    return dict(fetch_planned(_READ_ALL, values))


def _over(values: Mapping[str, Any], received: int) -> dict[str, int]:
    """What has ended is kept, what is open still is read; when both are not all, what has ended is read anew."""
    (agency,), what = values["agencies"], OVER + values["channel"]
    stretch = values["first_day"], values["until_day"]
    still: dict[str, int] = dict(_judged(_OPEN, values))
    kept = kept_of(agency, what, *stretch)
    ended = {row.part: row.number for row in kept} if kept is not None else None
    if ended is None or sum(ended.values()) + sum(still.values()) != received:
        turn = turn_of(agency)
        ended = ended_of(values)
        mark = KeptRow(agency, what, *stretch, "", False, 0, 0)
        rows = [KeptRow(agency, what, *stretch, part, part in IN_TIME_PARTS, n, 0) for part, n in ended.items()]
        keep(agency, turn, [mark, *rows])
    return {part: ended.get(part, 0) + still.get(part, 0) for part in {*ended, *still}}


def ended_of(values: Mapping[str, Any]) -> dict[str, int]:
    """How what has ended by now stood at the end of its period, read from the dossiers: what `_over` keeps."""
    return dict(fetch_planned(_READ_ENDED, values))


def _received(values: Mapping[str, Any], by: tuple[str, ...]) -> list[tuple[Any, ...]]:
    only = {"measure": ("received",), "standing": WHOLE}
    return tally(values["agencies"], values["first_day"], values["until_day"], by=by, only=only)


def _ordered(parts: list[PartCount]) -> tuple[PartCount, ...]:
    """What is counted first, then by name: as a statement tells them."""
    return tuple(sorted(parts, key=lambda one: (not one.counted, one.part)))
