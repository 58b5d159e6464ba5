"""What closes a consultation without an answer: its rule for silence, or the end of the dossier."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from django.db import transaction

from motcua.core.events import Actor, Happened, record
from motcua.core.sql import fetch_all
from motcua.routing.consultations.models import ClosedHow, SilenceRule

CLOCKWORK: Final = Actor(None, "Một Cửa")
BATCH: Final = 500

ASKED_NAME: Final[LiteralString] = (
    "COALESCE((SELECT u.name FROM people_unit u WHERE u.id = c.unit_id), "
    "(SELECT a.short_name FROM people_agency a WHERE a.id = c.agency_id), c.outside_name)"
)
_TOLD: Final[LiteralString] = "RETURNING c.id, c.dossier_id, d.agency_id, " + ASKED_NAME + ", c.silence, c.due_at"
# Who is writing an answer this moment holds the row: then it is not silent, and the next round looks again.
_SILENT: Final[LiteralString] = (
    """
WITH due AS (
  SELECT id FROM routing_consultation
  WHERE closed_at IS NULL AND silent_at IS NULL AND due_at < %(at)s
    AND dossier_id = COALESCE(%(dossier)s, dossier_id)
  ORDER BY due_at, id LIMIT %(batch)s FOR UPDATE SKIP LOCKED)
UPDATE routing_consultation c
SET silent_at = %(at)s,
    closed_at = CASE WHEN c.silence = 'remind' THEN NULL ELSE %(at)s END,
    closed_how = CASE WHEN c.silence = 'remind' THEN '' ELSE 'silent' END
FROM due, dossiers_dossier d
WHERE c.id = due.id AND d.id = c.dossier_id
"""
    + _TOLD
)
_END: Final[LiteralString] = (
    """
UPDATE routing_consultation c SET closed_at = GREATEST(c.asked_at, %(at)s), closed_how = 'withdrawn'
FROM dossiers_dossier d
WHERE c.dossier_id = %(dossier)s AND c.closed_at IS NULL AND d.id = c.dossier_id
"""
    + _TOLD
)


@transaction.atomic
def apply_silence(at: datetime, *, dossier_id: UUID | None = None) -> Mapping[str, int]:
    """Apply the rule for silence to what is past its deadline, an event each; how many were closed and noticed.

    Silence that agrees or goes on closes the question; a rule that goes on waiting is noticed once and stays open.
    Twice at once is once.
    """
    rows = fetch_all(_SILENT, {"at": at, "dossier": dossier_id, "batch": BATCH})
    for row in rows:
        _tell("consultation.silent", row, by=CLOCKWORK, at=at, silence=row[4], due_at=row[5].isoformat())
    noticed = sum(row[4] == SilenceRule.REMIND for row in rows)
    return {"closed": len(rows) - noticed, "noticed": noticed}


def tick(at: datetime) -> Mapping[str, int]:
    """The recurring job: `apply_silence` for every dossier of every office."""
    return apply_silence(at)


def close_with_dossier(happened: Happened) -> None:
    """A dossier that ends asks nobody any more. Listens to its withdrawal, stop and rejection."""
    for row in fetch_all(_END, {"dossier": happened.subject_id, "at": happened.at}):
        _tell("consultation.withdrawn", row, by=happened.by, at=happened.at, closed_how=ClosedHow.WITHDRAWN.value)


def _tell(kind: str, row: Sequence[Any], *, by: Actor, at: datetime, **after: Any) -> None:
    record(
        kind=kind, subject=("dossier", row[1]), by=by, at=at, agency_id=row[2],
        after={"consultation": str(row[0]), "consulted": row[3], **after},
    )  # fmt: skip
