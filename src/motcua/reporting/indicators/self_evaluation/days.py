"""What the self-evaluation counts of dossiers, day by day: days that are over are kept, the rest is read at once."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final, LiteralString
from uuid import UUID

from django.utils.timezone import localdate

from motcua.core.sql import fetch_all, fetch_planned
from motcua.reporting.indicators.counts import PartCount
from motcua.reporting.indicators.keeping import KeptRow, keep, stretches_without, sums_of_days, turn_of
from motcua.reporting.indicators.self_evaluation.sets import OF_DAYS
from motcua.reporting.reading import midnight

WHATS: Final = ("total_time", "each_units_time", "contacts", "agencies_to_contact", "official")
"""What a day is read for; a day is kept with all of them or not at all, and `total_time` says that it is."""
_FULL: Final = "2"
_DAY: Final = timedelta(days=1)


def parts_of(what: str, values: Mapping[str, Any]) -> tuple[PartCount, ...]:
    """The parts of one set over the period of these values, as `count_of` tells them; the best first."""
    rows = sorted((row for row in _known(values) if row[0] == what), key=lambda row: (not row[2], row[1]))
    return tuple(PartCount(part, counted, count) for _what, part, counted, count, _points in rows)


def scores_of_officials(values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Rows (id, name, title, dossiers, points) of everybody who had a hand in what ended, by name."""
    found = {UUID(part): (count, points) for what, part, _in, count, points in _known(values) if what == "official"}
    rows = fetch_all(
        "SELECT id, full_name, title FROM people_official WHERE id = ANY(%s) ORDER BY full_name, id", (list(found),)
    )
    return [(*row, *found[row[0]]) for row in rows]


# From both ends of the index: days before the first end, or after the last, are not asked about.
_ENDS: Final[LiteralString] = """
SELECT (min(finished_at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
  (max(finished_at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
FROM dossiers_dossier WHERE agency_id = %s AND finished_at IS NOT NULL
"""


def _known(values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] | None = values.get("sums")
    return sums_of(values) if found is None else found


def sums_of(values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Rows (what, part, counted, count, points); days that are over and were not kept yet are kept by the way."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    today = localdate()
    for agency in values["agencies"]:
        (known,) = fetch_all(_ENDS, (agency,))
        if known[0] is None:
            continue
        first, until = max(values["first_day"], known[0]), min(values["until_day"], known[1] + _DAY)
        kept, days = sums_of_days(agency, WHATS, first, until)
        told = [(what, part, count, points) for what, part, _counted, count, points in kept]
        for start, end in stretches_without(first, until, days):
            told += _read(agency, start, end, today)
        for what, part, count, points in told:
            sums[what, part][0] += count
            sums[what, part][1] += points
    return [(what, part, part == _FULL, count, points) for (what, part), (count, points) in sums.items()]


def _read(agency: UUID, first: date, until: date, today: date) -> list[tuple[str, str, int, int]]:
    """Rows (what, part, count, points) of these days out of their dossiers; days before today are kept."""
    turn = turn_of(agency)
    rows = fetch_planned(OF_DAYS, {"agencies": [agency], "first": midnight(first), "after": midnight(until)})
    over = [first + _DAY * place for place in range((min(until, today) - first).days)]
    marks = [KeptRow(agency, WHATS[0], day, day + _DAY, "", False, 0, 0) for day in over]
    kept = [
        KeptRow(agency, what, day, day + _DAY, part, part == _FULL, count, points)
        for day, what, part, count, points in rows
        if day < today
    ]
    if marks:
        keep(agency, turn, [*marks, *kept])
    return [(what, part, count, points) for _day, what, part, count, points in rows]
