"""What the desk does with a message: send it again, mail its slip, give it up. Each is an event of the message."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.core.events import record
from motcua.core.refusals import Refusal
from motcua.correspondence.models import Message
from motcua.correspondence.rules import Contact, WayRules, loud_from, ways_for
from motcua.correspondence.shipped import rules_on
from motcua.correspondence.states import MessageState, Outcome, Way
from motcua.people.access import ActingOfficial

AGAIN_FROM = (MessageState.SENT, MessageState.DELIVERED, MessageState.FAILED, MessageState.GIVEN_UP)


class MessageRefused(Refusal):
    """This cannot be done with the message; the sentence says why."""


def send_again(message_id: UUID, *, by: ActingOfficial, at: datetime) -> None:
    """Say it once more, from the first way on. Raises `MessageRefused` while it is under way, or has no way at all."""
    with transaction.atomic():
        found = _locked(message_id, by)
        if found.state not in AGAIN_FROM:
            raise MessageRefused(_("Tin này đang chờ gửi, chưa cần gửi lại."))
        rules = rules_on(localtime(at).date())
        ways = _ways_of(found, rules)
        if not ways:
            raise MessageRefused(_("Người nhận chưa để lại số di động hay thư điện tử. Ông/bà in phiếu gửi bưu điện."))
        before = found.state
        found.ways, found.way, found.tries = [*ways], ways[0], 0
        found.state, found.carrier_ref = MessageState.QUEUED, ""
        found.next_at, found.sent_at, found.delivered_at = loud_from(ways[0], localtime(at), rules), None, None
        found.save()
        _tell(found, "again", before=before, by=by, at=at)


def mark_mailed(message_ids: Sequence[UUID], *, by: ActingOfficial, at: datetime) -> int:
    """The slips of these went by post; how many of them were waiting for it."""
    done = 0
    with transaction.atomic():
        waiting = Message.objects.select_for_update().filter(
            pk__in=message_ids, agency_id=by.agency_id, state=MessageState.FAILED
        )
        for found in waiting.order_by("pk"):
            found.way, found.state, found.sent_at = Way.SLIP, MessageState.SENT, at
            found.save(update_fields=["way", "state", "sent_at"])
            found.attempts.create(way=Way.SLIP, at=at, outcome=Outcome.ACCEPTED)
            _tell(found, "mailed", before=MessageState.FAILED, by=by, at=at)
            done += 1
    return done


def give_up(message_id: UUID, *, by: ActingOfficial, at: datetime) -> None:
    """No slip is sent: he was told otherwise. Raises `MessageRefused` when it does not wait for one."""
    with transaction.atomic():
        found = _locked(message_id, by)
        if found.state not in (MessageState.FAILED, MessageState.QUEUED):
            raise MessageRefused(_("Tin này không còn chờ gửi."))
        before = found.state
        found.state, found.next_at, found.sealed = MessageState.GIVEN_UP, None, ""
        found.save(update_fields=["state", "next_at", "sealed"])
        _tell(found, "given_up", before=before, by=by, at=at)


def _locked(message_id: UUID, by: ActingOfficial) -> Message:
    found = Message.objects.select_for_update().filter(pk=message_id, agency_id=by.agency_id).first()
    if found is None:
        raise MessageRefused(_("Không tìm thấy tin này ở cơ quan của ông/bà."))
    return found


def _ways_of(found: Message, rules: WayRules) -> tuple[str, ...]:
    """As it was said first; a message that had none may have one by the rules of today."""
    return tuple(one for one in found.ways if one != Way.INBOX) or ways_for(
        Contact(found.to_name, found.to_phone, found.to_email), rules
    )


def _tell(found: Message, what: str, *, before: str, by: ActingOfficial, at: datetime) -> None:
    record(
        kind=f"message.{what}", subject=("message", found.id), by=by.actor, at=at, agency_id=by.agency_id,
        before={"state": str(before)}, after={"state": str(found.state), "about": found.about_code},
    )  # fmt: skip
