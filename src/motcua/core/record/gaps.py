"""Sequences that were given out and under which nothing stands.

An undone transaction gives its sequences up, and nothing of it stays in the database: so does an event that was taken
out, with every row it wrote, in the seconds before its seal. The two cannot be told apart here, so a gap is told with
its moment, as something to look into, and is no finding. What was sealed leaves its leaf, and never a gap.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, LiteralString

from motcua.core.sql import fetch_all, fetch_one

TOLD: Final = 3
"""So many are told, the newest first; all are counted."""
_GAPS: Final[LiteralString] = """
WITH known AS (
  SELECT sequence FROM core_leaf WHERE sequence <= %(floor)s
  UNION ALL SELECT %(floor)s::bigint + 1 FROM core_seal HAVING count(*) > 0),
beside AS (SELECT sequence, lag(sequence, 1, 0::bigint) OVER (ORDER BY sequence) AS before FROM known)
SELECT before + 1, sequence - 1 FROM beside WHERE sequence > before + 1 ORDER BY sequence DESC
"""
_MOMENT: Final[LiteralString] = """
SELECT (SELECT recorded_at FROM core_event WHERE sequence < %s ORDER BY sequence DESC LIMIT 1),
       (SELECT recorded_at FROM core_event WHERE sequence > %s ORDER BY sequence LIMIT 1)
"""


@dataclass(frozen=True, slots=True)
class Gap:
    """Sequences `first` to `last`, and when the events beside them were written down."""

    first: int
    last: int
    since: datetime | None
    upto: datetime | None


@dataclass(frozen=True, slots=True)
class Gaps:
    """How many sequences stand empty in all, and the newest of them."""

    count: int
    newest: tuple[Gap, ...]


def gaps(floor: int) -> Gaps:
    """The empty sequences up to `floor`: nothing can be written there any more."""
    rows = fetch_all(_GAPS, {"floor": floor})
    newest = tuple(
        Gap(first, last, *(fetch_one(_MOMENT, (first, last)) or (None, None))) for first, last in rows[:TOLD]
    )
    return Gaps(sum(last - first + 1 for first, last in rows), newest)
