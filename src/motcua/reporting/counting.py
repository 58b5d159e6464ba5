"""Counting as it happens: listeners of a dossier's events, in their transaction, one write each.

They stand last among an event's listeners: the counter rows are then locked for little longer than the commit takes.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any, Final, LiteralString
from uuid import UUID

from django.utils.timezone import localdate

from motcua.catalogue.queries import version_by_id
from motcua.core.events import Happened
from motcua.core.sql import execute, fetch_one
from motcua.intake.actions import Received
from motcua.reporting.models import Measure

SIGNS: Final[Mapping[Measure, int]] = {
    Measure.RECEIVED: 1, Measure.ENDED: 1, Measure.REOPENED: -1, Measure.RETURNED: 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """What a dossier is counted by all its life: as its receipt told, whatever changes in the catalogue later."""

    sector: str
    channel: str
    filed_by: str
    source: str
    level: str
    standing: str


def count_received(happened: Happened) -> None:
    """Listens to `dossier.received`."""
    carried: Received = happened.carried
    _count(happened, Measure.RECEIVED, carried.by.agency_id, carried.offered.procedure_id, _kept(happened.after))


def count_ended(happened: Happened) -> None:
    """Listens to `dossier.finished`, `.rejected`, `.withdrawn` and `.discontinued`."""
    _count_later(happened, Measure.ENDED)


def count_reopened(happened: Happened) -> None:
    """A reopening is a row of its own on its own day. Listens to `dossier.reopened`."""
    _count_later(happened, Measure.REOPENED)


def count_returned(happened: Happened) -> None:
    """Listens to `dossier.returned`."""
    _count_later(happened, Measure.RETURNED)


def key_of(*parts: object) -> UUID:
    """The id of the row that counts this: the MD5 of its parts, as `rebuilding` computes it in SQL."""
    return UUID(hashlib.md5("|".join(map(str, parts)).encode(), usedforsecurity=False).hexdigest())


_RECEIPT: Final[LiteralString] = """
SELECT agency_id, after FROM core_event
WHERE subject_kind = 'dossier' AND subject_id = %s AND kind = 'dossier.received' ORDER BY sequence LIMIT 1
"""
_COUNT: Final[LiteralString] = """
WITH by_day AS (
  INSERT INTO reporting_daycount AS t (id, agency_id, day, procedure_id, sector, channel, filed_by, source, level,
    standing, measure, timing, outcome, count)
  VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 1)
  ON CONFLICT (id) DO UPDATE SET count = t.count + 1
),
by_month AS (
  INSERT INTO reporting_monthcount AS t (id, agency_id, month, sector, channel, filed_by, source, level,
    standing, measure, timing, outcome, count)
  VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 1)
  ON CONFLICT (id) DO UPDATE SET count = t.count + 1
)
INSERT INTO reporting_counted (daycount_id, event_id, dossier_id, sign) VALUES (%s, %s, %s, %s)
"""


def _kept(after: Mapping[str, Any]) -> Kept:
    return Kept(
        after["sector"], after["channel"], after["filed_by"], after["source"], after["level"], after["standing"]
    )


def _count_later(happened: Happened, measure: Measure) -> None:
    """Count under what the receipt said. What was written before receipts and ends said it is in no count."""
    row = fetch_one(_RECEIPT, (happened.subject_id,))
    receipt = json.loads(row[1]) if row else {}
    silent = measure is not Measure.RETURNED and "timing" not in happened.after
    if row is None or silent or "sector" not in receipt:
        return
    _count(happened, measure, row[0], version_by_id(UUID(receipt["version"])).procedure_id, _kept(receipt))


def _count(happened: Happened, measure: Measure, agency_id: UUID, procedure_id: UUID, kept: Kept) -> None:
    day = localdate(happened.at)
    month = date(day.year, day.month, 1)
    how = (*astuple(kept), measure.value, *_end(happened, measure))
    by_day, by_month = (agency_id, day, procedure_id, *how), (agency_id, month, *how)
    day_key = key_of(*by_day)
    execute(
        _COUNT,
        (day_key, *by_day, key_of(*by_month), *by_month, day_key, happened.id, happened.subject_id, SIGNS[measure]),
    )


def _end(happened: Happened, measure: Measure) -> tuple[str, str]:
    """`timing` and `outcome` of an end, or of the end that a reopening takes back."""
    if measure not in (Measure.ENDED, Measure.REOPENED):
        return "", ""
    return happened.after.get("timing", ""), happened.after.get("outcome", "")
