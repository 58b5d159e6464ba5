"""The parts of what came, day by day: kept once the day is over, until something touches a dossier of that day.

The mark of a day (part "") says whether its figures stand (`counted`) and how often dossiers of the day were touched
(`count`). Who touches one says so in his transaction; who reads keeps his figures only while that number is still the
one that he saw before.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final, LiteralString
from uuid import UUID

from django.db import OperationalError, transaction
from django.utils import timezone
from psycopg.errors import LockNotAvailable

from motcua.core.events import Happened
from motcua.core.sql import execute, fetch_all, fetch_planned
from motcua.reporting.indicators.by_receipt.sets import OF_DAYS
from motcua.reporting.indicators.counts import PartCount
from motcua.reporting.indicators.keeping import same_turn, stretches_without, turn_of
from motcua.reporting.reading import midnight

WHAT: Final = "by_receipt"
SETS: Final = ("copy", "digitized", "reused", "paid")
"""In the order in which a kept part names them."""
COUNTED: Final = frozenset({"electronic", "scanned", "copied", "digitized", "reused", "from_result", "by_transfer"})
_DAY: Final = timedelta(days=1)
_LAST_RECEIPT: Final = timedelta(hours=1)
"""So long after midnight a receipt of the day before may still be on its way."""


def parts_of(what: str, values: Mapping[str, Any]) -> tuple[PartCount, ...]:
    """The parts of one of the sets over the period of these values; what is counted first, then by name."""
    place, summed = SETS.index(what), defaultdict[str, int](int)
    known = values.get(WHAT)
    for joint, count in (sums_of(values) if known is None else known).items():
        summed[joint.split(":")[place]] += count
    parts = [PartCount(part, part in COUNTED, count) for part, count in summed.items() if part]
    return tuple(sorted(parts, key=lambda one: (not one.counted, one.part)))


# From both ends of the index: days before the first receipt, or after the last, are not asked about.
_ENDS: Final[LiteralString] = """
SELECT (min(received_at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
  (max(received_at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date FROM dossiers_dossier WHERE agency_id = %s
"""
# One statement, so that no day is both among the sums and read again.
_KEPT: Final[LiteralString] = """
WITH k AS MATERIALIZED (
  SELECT first, part, count, bool_or(counted AND part = '') OVER (PARTITION BY first) AS stands FROM reporting_kept
  WHERE agency_id = %(agency)s AND what = %(what)s AND first >= %(first)s AND first < %(until)s AND until = first + 1)
SELECT part, sum(count)::int, NULL::date FROM k WHERE part <> '' AND stands GROUP BY 1
UNION ALL SELECT CASE WHEN stands THEN 'stands' ELSE '' END, count, first FROM k WHERE part = ''
"""


def sums_of(values: Mapping[str, Any]) -> dict[str, int]:
    """How many by "copy:digitized:reused:paid"; days that are over and were not kept yet are kept by the way."""
    summed: dict[str, int] = defaultdict(int)
    for agency in values["agencies"]:
        ((began, ended),) = fetch_all(_ENDS, (agency,))
        if began is None:
            continue
        first, until = max(values["first_day"], began), min(values["until_day"], ended + _DAY)
        turn = turn_of(agency)
        kept = fetch_all(_KEPT, {"agency": agency, "what": WHAT, "first": first, "until": until})
        stand = {day for word, _count, day in kept if day is not None and word}
        touched = {day: count for word, count, day in kept if day is not None and not word}
        for part, count, day in kept:
            if day is None:
                summed[part] += count
        for start, end in stretches_without(first, until, stand):
            for part, count in _read(agency, start, end, turn, touched):
                summed[part] += count
    return summed


def _read(agency: UUID, first: date, until: date, turn: int, touched: Mapping[date, int]) -> list[tuple[str, int]]:
    """Rows (part, count) of these days out of their dossiers; days that are over are kept."""
    rows = fetch_planned(OF_DAYS, {"agencies": [agency], "first": midnight(first), "after": midnight(until)})
    over = timezone.localdate(timezone.now() - _LAST_RECEIPT)
    days = [first + _DAY * place for place in range((min(until, over) - first).days)]
    if days:
        marks = {day: touched.get(day, 0) for day in days}
        _keep(agency, turn, marks, [row for row in rows if row[0] in marks])
    return [(part, count) for _day, part, count in rows]


_MARK: Final[LiteralString] = """
INSERT INTO reporting_kept AS k (agency_id, what, first, until, part, counted, count, points)
SELECT %(agency)s, %(what)s, day, day + 1, '', TRUE, touched, 0
FROM unnest(%(days)s::date[], %(touched)s::int[]) AS d (day, touched)
ON CONFLICT (agency_id, what, first, until, part) DO UPDATE SET counted = TRUE WHERE k.count = EXCLUDED.count
RETURNING first
"""
_CLEAR: Final[LiteralString] = """
DELETE FROM reporting_kept WHERE agency_id = %(agency)s AND what = %(what)s AND first = ANY(%(days)s::date[])
  AND until = first + 1 AND part <> ''
"""
_WRITE: Final[LiteralString] = """
INSERT INTO reporting_kept (agency_id, what, first, until, part, counted, count, points)
SELECT %(agency)s, %(what)s, day, day + 1, part, FALSE, count, 0
FROM unnest(%(days)s::date[], %(parts)s::text[], %(counts)s::int[]) AS r (day, part, count)
"""


def _keep(agency: UUID, turn: int, marks: Mapping[date, int], rows: list[tuple[date, str, int]]) -> None:
    """Keep what was read of those days that nobody touched since. Who works on them goes first: then nothing is kept,
    and the next reader reads those days again.
    """
    told = {"agency": agency, "what": WHAT}
    try:
        with transaction.atomic():
            execute("SET LOCAL lock_timeout = '200ms'")
            if not same_turn(agency, turn):
                return
            taken = {row[0] for row in fetch_all(_MARK, {**told, "days": [*marks], "touched": [*marks.values()]})}
            kept = [row for row in rows if row[0] in taken]
            execute(_CLEAR, {**told, "days": [*taken]})
            days, parts, counts = zip(*kept, strict=True) if kept else ((), (), ())
            execute(_WRITE, {**told, "days": [*days], "parts": [*parts], "counts": [*counts]})
            execute("SET LOCAL lock_timeout = DEFAULT")
    except OperationalError as fault:
        if not isinstance(fault.__cause__, LockNotAvailable):
            raise


_TOUCH: Final[LiteralString] = """
INSERT INTO reporting_kept AS k (agency_id, what, first, until, part, counted, count, points)
SELECT agency_id, %(what)s, day, day + 1, '', FALSE, 1, 0
FROM (SELECT agency_id, (received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day FROM dossiers_dossier
      WHERE {which}) d
WHERE day < %(today)s
ON CONFLICT (agency_id, what, first, until, part) DO UPDATE SET counted = FALSE, count = k.count + 1
"""


def touch_day(happened: Happened) -> None:
    """What was kept of the day on which this dossier came stands no longer; of today nothing is kept.

    Listens to whatever changes its papers, its result, the copy of that, or how it ended.
    """
    _touch(_OF_DOSSIER, happened)


def touch_day_paid(happened: Happened) -> None:
    """The same for the dossier of a payment order, once there is one. Listens to whatever changes what was paid."""
    _touch(_OF_ORDER, happened)


_OF_DOSSIER: Final[LiteralString] = _TOUCH.replace("{which}", "id = %(subject)s")
_OF_ORDER: Final[LiteralString] = _TOUCH.replace(
    "{which}", "submission_id = (SELECT submission_id FROM payments_paymentorder WHERE id = %(subject)s)"
)


def _touch(statement: LiteralString, happened: Happened) -> None:
    execute(statement, {"what": WHAT, "subject": happened.subject_id, "today": timezone.localdate()})
