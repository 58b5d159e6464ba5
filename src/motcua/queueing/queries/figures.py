"""What a hall's tickets say of a stretch of days: waits, walks, service, who did not come, by need, hour and counter.

One statement reads every figure of the page, and the same figures of the stretch before it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, LiteralString
from urllib.parse import urlencode
from uuid import UUID

from motcua.core.sql import fetch_parts, fetch_planned

KINDS: Final[Mapping[str, LiteralString]] = {
    "taken": "true",
    "called": "t.first_called_at IS NOT NULL",
    "done": "t.state = 'done'",
    "walked": "t.state = 'done' AND t.began_at > t.called_at",
    "absent": "t.state = 'absent'",
    "left": "t.state = 'left'",
    "unserved": "t.state = 'unserved'",
    "told": "t.told_to IS NOT NULL",
}
"""Which tickets a figure is of; none of them names a person."""
_LOCAL: Final[LiteralString] = "t.issued_at AT TIME ZONE 'Asia/Ho_Chi_Minh'"
WAITED: Final[LiteralString] = (
    "extract(epoch FROM t.first_called_at - CASE WHEN t.turn = 'booked' THEN greatest(t.issued_at, t.since) "
    "ELSE t.issued_at END) / 60"
)
_FIGURES: Final[LiteralString] = f"""
WITH said AS (
  SELECT t.day < %(first)s AS earlier, t.need_id, t.counter_id, extract(hour FROM {_LOCAL})::int AS hour,
    extract(isodow FROM t.day)::int AS weekday, t.state, {WAITED} AS waited,
    CASE WHEN {KINDS["done"]} THEN extract(epoch FROM t.ended_at - t.began_at) / 60 END AS service,
    CASE WHEN {KINDS["walked"]} THEN extract(epoch FROM t.began_at - t.called_at) END AS walk
  FROM queueing_ticket t WHERE t.hall_id = %(hall)s AND t.day >= %(before)s AND t.day <= %(last)s
)
SELECT grouping(need_id, counter_id, weekday, hour), earlier, need_id, counter_id, weekday, hour, count(*)::int,
  count(waited)::int, count(*) FILTER (WHERE state = 'done')::int, count(*) FILTER (WHERE state = 'absent')::int,
  count(*) FILTER (WHERE state = 'left')::int, count(*) FILTER (WHERE state = 'unserved')::int,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY waited)::float8,
  percentile_cont(0.9) WITHIN GROUP (ORDER BY waited)::float8,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY service)::float8,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY walk)::float8
FROM said GROUP BY GROUPING SETS ((earlier), (earlier, need_id), (earlier, counter_id), (earlier, hour),
  (earlier, weekday, hour))
"""
_WHOLE, _NEED, _COUNTER, _HOUR, _CELL = 0b1111, 0b0111, 0b1011, 0b1110, 0b1100
LISTED: Final[LiteralString] = f"""
SELECT n.letter || lpad(t.number::text, greatest(3, length(t.number::text)), '0') AS label, n.name, t.state, t.turn,
  t.way, t.issued_at, t.first_called_at, t.began_at, t.ended_at, c.number, ({WAITED})::float8, t.ahead, t.told_from,
  t.told_to
FROM queueing_ticket t JOIN queueing_need n ON n.id = t.need_id LEFT JOIN queueing_counter c ON c.id = t.counter_id
WHERE t.hall_id = %(hall)s AND t.day BETWEEN %(first)s AND %(last)s
  AND (%(letter)s::text IS NULL OR n.letter = %(letter)s) AND (%(counter)s::int IS NULL OR c.number = %(counter)s)
  AND (%(hour)s::int IS NULL OR extract(hour FROM {_LOCAL}) = %(hour)s)
  AND (%(weekday)s::int IS NULL OR extract(isodow FROM t.day) = %(weekday)s)
"""
_IN_ORDER: Final[LiteralString] = " ORDER BY t.day DESC, t.place DESC"


class NoSuchFigure(ValueError):
    """The address asks for tickets that no figure is of."""


@dataclass(frozen=True, slots=True)
class Behind:
    """Which tickets stand behind a figure, as it stands in addresses."""

    hall: str
    first: date
    last: date
    kind: str = "taken"
    letter: str | None = None
    counter: int | None = None
    hour: int | None = None
    weekday: int | None = None

    @property
    def query(self) -> str:
        """It in an address."""
        asked = {
            "hall": self.hall, "from": f"{self.first:%d/%m/%Y}", "to": f"{self.last:%d/%m/%Y}", "kind": self.kind,
            "need": self.letter, "counter": self.counter, "hour": self.hour, "weekday": self.weekday,
        }  # fmt: skip
        return urlencode({name: value for name, value in asked.items() if value is not None})

    def but(self, **changes: Any) -> "Behind":
        """It with something else."""
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of some tickets. Waits and serving in minutes, the walk in seconds; None: nobody to ask."""

    taken: int = 0
    called: int = 0
    done: int = 0
    absent: int = 0
    left: int = 0
    unserved: int = 0
    median: float | None = None
    ninetieth: float | None = None
    serving: float | None = None
    walk: float | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """All the figures of a hall's days."""

    whole: Line
    before: Line
    needs: dict[UUID, Line]
    counters: dict[UUID, Line]
    hours: dict[int, Line]
    cells: dict[tuple[int, int], Line]


@dataclass(frozen=True, slots=True)
class Listed:
    """A ticket of the list: number, times, and what it was told. It says nothing of the person."""

    label: str
    need: str
    state: str
    turn: str
    way: str
    issued_at: datetime
    called_at: datetime | None
    began_at: datetime | None
    ended_at: datetime | None
    counter: int | None
    waited: float | None
    ahead: int
    told_from: int | None
    told_to: int | None


def figures_of(hall_id: UUID, first: date, last: date) -> Figures:
    """The figures of these days, and the whole of as many days before them."""
    asked = {"hall": hall_id, "first": first, "last": last, "before": first - (last - first) - timedelta(days=1)}
    found = Figures(Line(), Line(), {}, {}, {}, {})
    for level, earlier, need, counter, weekday, hour, *figures in fetch_planned(_FIGURES, asked):
        line = Line(*figures)
        if level == _WHOLE:
            found = replace(found, before=line) if earlier else replace(found, whole=line)
        elif earlier:
            continue
        elif level == _NEED:
            found.needs[need] = line
        elif level == _COUNTER and counter is not None:
            found.counters[counter] = line
        elif level == _HOUR:
            found.hours[hour] = line
        elif level == _CELL:
            found.cells[weekday, hour] = line
    return found


def listed(hall_id: UUID, behind: Behind, *, limit: int, offset: int) -> tuple[list[Listed], int]:
    """So many of the tickets behind a figure, newest first, and how many there are. Raises `NoSuchFigure`."""
    said = _listing(behind)
    asked = _asked(hall_id, behind)
    rows = fetch_planned(
        f"{said}{_IN_ORDER} LIMIT %(limit)s OFFSET %(offset)s", asked | {"limit": limit, "offset": offset}
    )
    ((count,),) = fetch_planned(f"SELECT count(*) FROM ({said}) AS listed", asked)
    return [Listed(*row) for row in rows], int(count)


def every_listed(hall_id: UUID, behind: Behind) -> Iterator[Listed]:
    """All of them, read while they are written. Raises `NoSuchFigure`."""
    for some in fetch_parts(f"{_listing(behind)}{_IN_ORDER}", _asked(hall_id, behind)):
        for row in some:
            yield Listed(*row)


def _listing(behind: Behind) -> LiteralString:
    if behind.kind not in KINDS:
        raise NoSuchFigure(behind.kind)
    return f"{LISTED} AND {KINDS[behind.kind]}"


def _asked(hall_id: UUID, behind: Behind) -> dict[str, Any]:
    return {
        "hall": hall_id, "first": behind.first, "last": behind.last, "letter": behind.letter,
        "counter": behind.counter, "hour": behind.hour, "weekday": behind.weekday,
    }  # fmt: skip
