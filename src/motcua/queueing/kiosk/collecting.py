"""Collecting a result: a number only when it lies at the desk, and nothing said of a dossier but that."""

import re
from typing import Final
from uuid import UUID

from motcua.core.sql import fetch_all
from motcua.dossiers.models import ReturnMethod
from motcua.dossiers.queries import tracked_dossier
from motcua.dossiers.states import State
from motcua.queueing.states import NothingToCollect

SHORTEST: Final = 10
"""Digits of a code that are its own in the office: the day and the number of that day."""
_RECEIPT: Final = re.compile(r"/tracking/([^/\s]{1,40})/([^/\s]{1,40})/?")
_LIES = """
SELECT id FROM dossiers_dossier WHERE agency_id = %s AND state = %s AND return_method = %s
AND right(regexp_replace(upper(code), '[^A-Z0-9]', '', 'g'), length(%s)) = %s
"""


def collectable(said: str, agency_id: UUID) -> UUID:
    """The dossier of a typed code (its last ten digits do) or of a receipt's QR, when its result lies at this desk.

    Raises `NothingToCollect` for any other, whatever the reason is.
    """
    receipt = _RECEIPT.search(said[:300])
    if receipt:
        dossier = tracked_dossier(receipt[1], receipt[2])
        said = dossier.code if dossier else ""
    plain = re.sub(r"[^A-Z0-9]", "", said[:60].upper())
    if len(plain) < SHORTEST:
        raise NothingToCollect
    rows = fetch_all(_LIES, (agency_id, State.FINISHED, ReturnMethod.COUNTER, plain, plain))
    if len(rows) != 1:
        raise NothingToCollect
    found: UUID = rows[0][0]
    return found
