"""Telling the boards that a hall changed: after the commit, never inside it (a NOTIFY there makes all wait)."""

from typing import Final
from uuid import UUID

from django.db import transaction

from motcua.core.sql import execute

CHANNEL: Final = "queue"


def hall_changed(hall_id: UUID) -> None:
    """Once the transaction stands, whoever listens on `CHANNEL` hears the hall's id.

    A message lost with a machine is no harm: who listens looks at every hall it shows once in a while all the same.
    """
    transaction.on_commit(lambda: _tell(hall_id))


def _tell(hall_id: UUID) -> None:
    execute("SELECT pg_notify('queue', %s)", (str(hall_id),))
