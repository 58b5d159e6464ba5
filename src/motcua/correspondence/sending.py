"""Sending what waits: each message is taken in a transaction of its own, sent outside of any, and settled in another.

A program that ends between the two leaves a try without an end; after `LEASE` the message is taken again, with the
same id, by which a carrier knows it. So nothing is lost, and what may be twice is the carrier's to see.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone

from motcua.correspondence.models import Attempt, Message
from motcua.correspondence.rules import WayRules, loud_from, wait_after, way_after
from motcua.correspondence.sealing import open_secret
from motcua.correspondence.shipped import MASK, rules_on
from motcua.correspondence.states import CARRIED, MessageState, Outcome, Way
from motcua.correspondence.ways import Carrier, carriers
from motcua.correspondence.ways.carrier import Down, Letter, Report, TryLater, Unreachable

log = structlog.get_logger("motcua.correspondence")

AT_ONCE: Final = 200
LEASE: Final = timedelta(minutes=3)
DOWN_AFTER: Final = 3
"""After so many tries in a row that a carrier did not answer, the round's others on its way are not handed to it."""


def send_due(at: datetime, *, by: Mapping[str, Carrier] | None = None) -> dict[str, int]:
    """Send what is due, and ask what became of what was sent; figures by outcome."""
    round_ = _Round(at, carriers() if by is None else by)
    try:
        for way in CARRIED:
            due = Message.objects.filter(way=way, next_at__lte=at).order_by("next_at").values_list("id", flat=True)
            for message_id in [*due[:AT_ONCE]]:
                round_.turn(message_id, way)
    finally:
        round_.close()
    return dict(round_.counts)


class _Round:
    """One round: its carriers, what it counted, and which ways turned out to be down."""

    def __init__(self, at: datetime, by: Mapping[str, Carrier]) -> None:
        self.at, self.counts = at, Counter[str]()
        self._by, self._silent = by, Counter[str]()
        self._rules: WayRules = rules_on(timezone.localdate(at))

    def close(self) -> None:
        for carrier in self._by.values():
            carrier.close()

    def turn(self, message_id: UUID, way: str) -> None:
        """Whatever this message waits for."""
        taken = self._take(message_id, way)
        if taken is None:
            return
        message, attempt = taken
        if attempt is None:
            self._ask(message)
            return
        try:
            reference = self._carry(message)
        except TryLater as later:
            self._settle(message, attempt, Outcome.LATER, later.note)
        except Unreachable as refused:
            self._settle(message, attempt, Outcome.UNREACHABLE, refused.note)
        else:
            self._silent[way] = 0
            self._settle(message, attempt, Outcome.ACCEPTED, "", reference)

    def _take(self, message_id: UUID, way: str) -> tuple[Message, Attempt | None] | None:
        """The message if it still is ours to do now, with the try just begun (None: it is only asked about)."""
        with transaction.atomic():
            found = (
                Message.objects.select_for_update(skip_locked=True)
                .filter(pk=message_id, way=way, next_at__lte=self.at)
                .first()
            )
            if found is None:
                return None
            if found.state != MessageState.QUEUED:
                found.next_at = self.at + LEASE
                found.save(update_fields=["next_at"])
                return found, None
            if found.until is not None and found.until <= self.at:
                self._end(found, MessageState.GIVEN_UP)
                return None
            loud = self.at if found.urgent else loud_from(way, timezone.localtime(self.at), self._rules)
            found.next_at = loud if loud > self.at else self.at + LEASE
            found.tries += loud == self.at
            found.save(update_fields=["next_at", "tries"])
            if loud > self.at:
                return None
            found.attempts.filter(outcome=Outcome.BEGUN).update(outcome=Outcome.UNKNOWN)
            return found, found.attempts.create(way=way, at=self.at)

    def _carry(self, message: Message) -> str:
        carrier = self._by.get(message.way)
        if carrier is None:
            raise Unreachable("no_carrier")
        if self._silent[message.way] >= DOWN_AFTER:
            raise TryLater("carrier_down")
        secret = open_secret(message.sealed) if message.sealed else MASK
        if not secret:
            raise Unreachable("secret_lost")
        email = message.way == Way.EMAIL
        try:
            return carrier.carry(
                Letter(
                    id=message.id,
                    address=message.to_email if email else message.to_phone,
                    name=message.to_name,
                    subject=message.subject,
                    text=message.text.replace(MASK, secret),
                    short=message.short.replace(MASK, secret),
                )
            )
        except Down:
            self._silent[message.way] += 1
            raise

    def _settle(self, message: Message, attempt: Attempt, outcome: Outcome, note: str, reference: str = "") -> None:
        with transaction.atomic():
            attempt.outcome, attempt.note = outcome, note
            attempt.save(update_fields=["outcome", "note"])
            if outcome is Outcome.ACCEPTED:
                self._sent(message, reference)
            else:
                self._failed(message, again=outcome is Outcome.LATER)
        log.info("message tried", message=str(message.id), way=attempt.way, outcome=outcome.value, note=note)

    def _sent(self, message: Message, reference: str) -> None:
        reports = self._by[message.way].reports and bool(reference)
        message.state, message.sent_at, message.sealed = MessageState.SENT, self.at, ""
        message.carrier_ref, message.tries = reference, 0
        message.next_at = self.at + self._rules.report[0] if reports and self._rules.report else None
        message.save(update_fields=["state", "sent_at", "sealed", "carrier_ref", "tries", "next_at"])
        self.counts["gone"] += 1

    def _failed(self, message: Message, *, again: bool) -> None:
        """Wait and try again; else the next way; else the slip, or nothing."""
        wait = wait_after(message.tries, self._rules.retry) if again else None
        if wait is not None:
            message.state, message.next_at = MessageState.QUEUED, self.at + wait
            message.save(update_fields=["state", "next_at"])
            return
        following = way_after(message.way, message.ways)
        if following == Way.INBOX or not following:
            self._end(message, MessageState.FAILED if message.slip else MessageState.GIVEN_UP)
            return
        message.state, message.way, message.tries = MessageState.QUEUED, following, 0
        local = timezone.localtime(self.at)
        message.next_at = self.at if message.urgent else loud_from(following, local, self._rules)
        message.carrier_ref, message.sent_at = "", None
        message.save(update_fields=["state", "way", "tries", "next_at", "carrier_ref", "sent_at"])

    def _end(self, message: Message, state: MessageState) -> None:
        message.state, message.next_at, message.sealed, message.sent_at = state, None, "", None
        message.save(update_fields=["state", "next_at", "sealed", "sent_at"])
        self.counts[state.value] += 1

    def _ask(self, message: Message) -> None:
        """What became of a message that was taken; a carrier that does not know is asked again, less and less often."""
        carrier = self._by.get(message.way)
        report = Report.UNDER_WAY
        if carrier is not None and self._silent[message.way] < DOWN_AFTER:
            try:
                report = carrier.ask(message.carrier_ref)
            except Down:
                self._silent[message.way] += 1
            except TryLater as unknown:
                log.info("a carrier knows nothing of a message", message=str(message.id), note=unknown.note)
        with transaction.atomic():
            if report is Report.LOST:
                message.attempts.create(way=message.way, at=self.at, outcome=Outcome.UNREACHABLE, note="lost")
                self._failed(message, again=False)
            elif report is Report.DELIVERED:
                message.attempts.create(way=message.way, at=self.at, outcome=Outcome.DELIVERED)
                message.state, message.delivered_at, message.next_at = MessageState.DELIVERED, self.at, None
                message.save(update_fields=["state", "delivered_at", "next_at"])
                self.counts["arrived"] += 1
            else:
                message.tries += 1
                asked = self._rules.report[message.tries : message.tries + 1]
                message.next_at = self.at + asked[0] if asked else None
                message.save(update_fields=["tries", "next_at"])
