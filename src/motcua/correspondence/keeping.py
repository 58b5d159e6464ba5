"""How long messages are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.timezone import localdate

from motcua.core.sql import execute
from motcua.correspondence.shipped import rules_on

AT_ONCE: Final = 10_000


def forget(at: datetime) -> int:
    """Delete messages older than data/messages/ways.yaml keeps them, with their tries; how many messages went."""
    before = at - rules_on(localdate(at)).forgotten_after
    execute(
        "DELETE FROM correspondence_attempt a USING correspondence_message m "
        "WHERE m.id = a.message_id AND m.created_at < %s",
        (before,),
    )
    return execute(
        "DELETE FROM correspondence_message WHERE id IN (SELECT id FROM correspondence_message m "
        "WHERE m.created_at < %s AND NOT EXISTS "
        "(SELECT 1 FROM correspondence_attempt a WHERE a.message_id = m.id) LIMIT %s)",
        (before, AT_ONCE),
    )


def forget_about(kind: str, ids: Sequence[UUID]) -> int:
    """Delete the messages about these, sooner than the rest: they were promised to be forgotten. How many went."""
    execute(
        "DELETE FROM correspondence_attempt a USING correspondence_message m "
        "WHERE m.id = a.message_id AND m.about_kind = %s AND m.about_id = ANY(%s)",
        (kind, list(ids)),
    )
    return execute("DELETE FROM correspondence_message WHERE about_kind = %s AND about_id = ANY(%s)", (kind, list(ids)))
