"""Reads of the pages of messages."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from motcua.core.sql import fetch_one
from motcua.correspondence.models import Message
from motcua.correspondence.rules import masked
from motcua.correspondence.states import MessageState, Way
from motcua.people.access import ActingOfficial


@dataclass(frozen=True, slots=True)
class MessageCounts:
    """Of one agency: what waits, what stands to be printed, what went since midnight."""

    waiting: int
    to_print: int
    gone_today: int


def message_counts(agency_id: UUID, *, since: datetime) -> MessageCounts:
    """One query; `since` is the midnight before."""
    row = fetch_one(
        "SELECT count(*) FILTER (WHERE state = 'queued'), count(*) FILTER (WHERE state = 'failed'), "
        "count(*) FILTER (WHERE state IN ('sent', 'delivered') AND sent_at >= %s) FROM correspondence_message "
        "WHERE agency_id = %s AND (state = 'failed' OR next_at IS NOT NULL "
        "OR created_at >= %s::timestamptz - interval '3 days')",
        (since, agency_id, since),
    )
    return MessageCounts(*row) if row else MessageCounts(0, 0, 0)


def slips_of(acting: ActingOfficial) -> QuerySet[Message]:
    """What no way could take, the oldest first."""
    return Message.objects.filter(agency_id=acting.agency_id, state=MessageState.FAILED).order_by("created_at", "pk")


def to_whom(message: Message) -> str:
    """Where it goes, or went, as a list may show it."""
    if message.way == Way.EMAIL:
        return masked(message.to_email)
    return masked(message.to_phone) if message.way in (Way.SMS, Way.ZALO) else ""
