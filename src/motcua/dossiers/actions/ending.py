"""What the event of an end says, so that statistics need nothing but events."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, LiteralString
from uuid import UUID

from motcua.core.sql import fetch_one
from motcua.dossiers.rules import timeliness
from motcua.dossiers.states import DossierOutcome

ENDINGS: Final[Mapping[DossierOutcome, str]] = {
    DossierOutcome.GRANTED: "dossier.finished",
    DossierOutcome.REJECTED: "dossier.rejected",
    DossierOutcome.WITHDRAWN: "dossier.withdrawn",
    DossierOutcome.DISCONTINUED: "dossier.discontinued",
}
"""What each end is called in the event log."""

_LAST: Final[LiteralString] = """
SELECT after ->> 'timing', after ->> 'outcome' FROM core_event
WHERE subject_kind = 'dossier' AND subject_id = %s AND kind = ANY(%s) ORDER BY sequence DESC LIMIT 1
"""


def ending(
    due_at: datetime, at: datetime, outcome: DossierOutcome, *, paused_at: datetime | None = None
) -> dict[str, str]:
    """`timing` and `outcome` for the event of an end; what ended while its clock stood is measured where it stood."""
    return {"timing": timeliness(due_at=due_at, ended_at=paused_at or at).value, "outcome": outcome.value}


def undone(dossier_id: UUID) -> dict[str, str]:
    """The `timing` and `outcome` that a reopening takes back, as its event told them; empty if it did not."""
    row = fetch_one(_LAST, (dossier_id, [*ENDINGS.values()]))
    return {"timing": row[0], "outcome": row[1]} if row and row[0] else {}
