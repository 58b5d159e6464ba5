"""Results by sector, channel, unit and official: who settled how much, and how it stood to its date."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.catalogue.models import Channel
from motcua.core.sql import fetch_all, fetch_planned
from motcua.dossiers.models import FiledBy
from motcua.reporting.lists import WORKED
from motcua.reporting.reading import tally
from motcua.reporting.rules.figures import Figure, share
from motcua.reporting.rules.periods import Period
from motcua.reporting.tables import sector_names
from motcua.reporting.which import WHOLE, Kind, Which

TIMINGS: Final = ("early", "on_time", "late")
SIGNS: Final = {"ended": 1, "reopened": -1}
_BY_HANDS: Final[LiteralString] = (
    "SELECT w.official_id, w.unit_id, t.timing, sum(c.sign)::int FROM reporting_daycount t "
    "JOIN reporting_counted c ON c.daycount_id = t.id LEFT JOIN LATERAL ("
    + WORKED
    + ") w ON TRUE WHERE t.agency_id = ANY (%(agencies)s) AND t.measure IN ('ended', 'reopened') "
    "AND t.standing = ANY (%(whole)s) AND t.day >= %(first)s AND t.day < %(until)s GROUP BY 1, 2, 3"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Result:
    """One line: who or what, how many settled, early, on time, late, and the share not late."""

    label: str
    settled: Figure
    early: Figure
    on_time: Figure
    late: Figure
    kept: Figure

    @property
    def figures(self) -> tuple[Figure, ...]:
        """In the order of the page."""
        return self.settled, self.early, self.on_time, self.late, self.kept


def by_sector(agencies: Sequence[UUID], asked: Period, base: Which) -> list[Result]:
    """Settled dossiers by field of administration, most first."""
    names = sector_names()
    counts = _settled(agencies, asked, ("sector",))
    return _results(counts, lambda key: (names.get(key[0], key[0]), base.but(sector=key[0])))


def by_channel(agencies: Sequence[UUID], asked: Period, base: Which) -> list[Result]:
    """Settled dossiers by channel, and by whose hands filed them: the channel alone would flatter."""
    counts = _settled(agencies, asked, ("channel", "filed_by"))
    return _results(
        counts,
        lambda key: (
            f"{Channel(key[0]).label}, {FiledBy(key[1]).label}", base.but(channel=(key[0],), filed_by=(key[1],)),
        ),
    )  # fmt: skip


def by_hands(agencies: Sequence[UUID], asked: Period, base: Which) -> tuple[list[Result], list[Result]]:
    """Settled dossiers by unit, and by official: whose step of work came last before the end."""
    values = {"agencies": list(agencies), "whole": list(WHOLE), "first": asked.first, "until": asked.until}
    units: Counts = defaultdict(lambda: dict.fromkeys(TIMINGS, 0))
    officials: Counts = defaultdict(lambda: dict.fromkeys(TIMINGS, 0))
    for official, unit, timing, count in fetch_planned(_BY_HANDS, values):
        if unit is not None:
            units[unit,][timing] += count
        if official is not None:
            officials[official,][timing] += count
    of_units = dict(fetch_all("SELECT id, name FROM people_unit WHERE id = ANY (%s)", ([key for (key,) in units],)))
    of_people = dict(
        fetch_all("SELECT id, full_name FROM people_official WHERE id = ANY (%s)", ([key for (key,) in officials],))
    )
    return (
        _results(units, lambda key: (of_units.get(key[0], ""), base.but(unit=key[0]))),
        _results(officials, lambda key: (of_people.get(key[0], ""), base.but(official=key[0]))),
    )


Counts = defaultdict[tuple[Any, ...], dict[str, int]]


def _settled(agencies: Sequence[UUID], asked: Period, by: tuple[str, ...]) -> Counts:
    only = {"measure": tuple(SIGNS), "standing": WHOLE}
    counts: Counts = defaultdict(lambda: dict.fromkeys(TIMINGS, 0))
    for *key, measure, timing, count in tally(
        agencies, asked.first, asked.until, by=(*by, "measure", "timing"), only=only
    ):
        counts[tuple(key)][timing] += SIGNS[measure] * count
    return counts


def _results(counts: Counts, told: Callable[[tuple[Any, ...]], tuple[str, Which]]) -> list[Result]:
    found = []
    for key, timings in counts.items():
        label, base = told(key)
        found.append(result(label, timings, base.but(kind=Kind.SETTLED)))
    return sorted(found, key=lambda line: (-int(line.settled.value or 0), line.label))


def result(label: str, timings: dict[str, int], which: Which) -> Result:
    """A line of results out of its three counts."""
    settled = sum(timings.values())
    early, on_time, late = (timings[timing] for timing in TIMINGS)
    kept = which.but(timing=("early", "on_time"))
    return Result(
        label,
        Figure(_("Đã giải quyết"), settled, url=which.url),
        Figure(_("Trước hạn"), early, url=which.but(timing=("early",)).url),
        Figure(_("Đúng hạn"), on_time, url=which.but(timing=("on_time",)).url),
        Figure(_("Quá hạn"), late, url=which.but(timing=("late",)).url),
        share(_("Trước và đúng hạn"), early + on_time, settled, url=kept.url),
    )
