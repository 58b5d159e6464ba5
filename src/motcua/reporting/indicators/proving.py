"""Whether what is kept of days and periods that are over is what their dossiers say."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, LiteralString
from uuid import UUID

from motcua.core.sql import fetch_all, fetch_planned
from motcua.reporting.indicators.by_receipt.days import WHAT
from motcua.reporting.indicators.by_receipt.sets import OF_DAYS as OF_RECEIPTS
from motcua.reporting.indicators.counting import OVER, ended_of
from motcua.reporting.indicators.self_evaluation.days import WHATS
from motcua.reporting.indicators.self_evaluation.sets import OF_DAYS
from motcua.reporting.reading import midnight

Told = dict[tuple[Any, ...], int]
Differing = Iterator[tuple[str, int | None, int | None]]
_STRETCHES: Final[LiteralString] = """
SELECT agency_id, min(first), max(until) FROM reporting_kept
WHERE what = ANY(%(whats)s) AND (%(agencies)s::uuid[] IS NULL OR agency_id = ANY(%(agencies)s::uuid[])) GROUP BY 1
"""
_KEPT: Final[LiteralString] = """
SELECT first, what, part, count, points FROM reporting_kept
WHERE agency_id = %s AND what = ANY(%s) AND until = first + 1
"""
_STANDING: Final[LiteralString] = """
SELECT first, part, count FROM reporting_kept WHERE agency_id = %s AND what = %s AND (part <> '' OR counted)
"""
_PERIODS: Final[LiteralString] = """
SELECT agency_id, what, first, until, array_agg(part), array_agg(count) FROM reporting_kept
WHERE starts_with(what, %(over)s) AND (%(agencies)s::uuid[] IS NULL OR agency_id = ANY(%(agencies)s::uuid[]))
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""


def differences(agencies: Sequence[UUID] | None) -> Differing:
    """Rows (what it counts, kept, counted anew) of every kept day or period that is not what its dossiers say."""
    asked = None if agencies is None else list(agencies)
    yield from _of_days(asked)
    yield from _of_receipts(asked)
    yield from _of_periods(asked)


def _of_days(agencies: list[UUID] | None) -> Differing:
    for agency, first, until in fetch_all(_STRETCHES, {"whats": list(WHATS), "agencies": agencies}):
        values = {"agencies": [agency], "first": midnight(first), "after": midnight(until)}
        kept = fetch_all(_KEPT, (agency, list(WHATS)))
        days = {row[0] for row in kept if row[2] == ""}
        stored = _told(row for row in kept if row[2])
        counted = _told(row for row in fetch_planned(OF_DAYS, values) if row[0] in days)
        for key in sorted({*stored, *counted}, key=str):
            if stored.get(key) != counted.get(key):
                day, what, part, measure = key
                yield f"agency_id={agency}, day={day}, {what}={part}, {measure}", stored.get(key), counted.get(key)


def _of_receipts(agencies: list[UUID] | None) -> Differing:
    """Of the indicators of digitizing. What was touched since it was kept is read anew and is no difference."""
    for agency, first, until in fetch_all(_STRETCHES, {"whats": [WHAT], "agencies": agencies}):
        kept = fetch_all(_STANDING, (agency, WHAT))
        days = {row[0] for row in kept if row[1] == ""}
        stored = {row[:2]: row[2] for row in kept if row[1] and row[0] in days}
        values = {"agencies": [agency], "first": midnight(first), "after": midnight(until)}
        counted = {row[:2]: row[2] for row in fetch_planned(OF_RECEIPTS, values) if row[0] in days}
        for key in sorted({*stored, *counted}, key=str):
            if stored.get(key) != counted.get(key):
                day, part = key
                yield f"agency_id={agency}, day={day}, {WHAT}={part}", stored.get(key), counted.get(key)


def _of_periods(agencies: list[UUID] | None) -> Differing:
    """Of indicator 2.1. What ended since a period was kept is not in it yet, so that it is less, and is read anew."""
    for agency, what, first, until, parts, counts in fetch_all(_PERIODS, {"over": OVER, "agencies": agencies}):
        kept: dict[str, int] = {part: count for part, count in zip(parts, counts, strict=True) if part}
        anew = ended_of({
            "agencies": [agency], "first": midnight(first), "after": midnight(until), "until": midnight(until),
            "channel": what.removeprefix(OVER),
        })  # fmt: skip
        for part in sorted({*kept, *anew}):
            stored, counted = kept.get(part, 0), anew.get(part, 0)
            if stored > counted or (stored < counted and sum(kept.values()) >= sum(anew.values())):
                yield f"agency_id={agency}, {first} - {until}, {what}={part}", stored, counted


def _told(rows: Any) -> Told:
    found: Told = {}
    for day, what, part, count, points in rows:
        found[day, what, part, "count"] = count
        found[day, what, part, "points"] = points
    return found
