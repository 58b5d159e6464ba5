"""Whom a message can reach and when: pure, no clock, no database."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from motcua.correspondence.states import Way

_MOBILE: Final = re.compile(r"0[35789][0-9]{8}")
_EMAIL: Final = re.compile(r"[^@\s,;<>\"()]{1,64}@[^@\s,;<>\"()]{1,190}\.[^@\s,;<>\"().]{2,}")
# Letters that no decomposition takes apart.
_BARRED: Final = str.maketrans(
    {"đ": "d", "Đ": "D", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."}
)


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to tell and how he can be reached; `preferred` the way he chose, "" when he chose none.

    `party_id` and `account_id` say in whose list the message stands; `address` is for the slip.
    """

    name: str
    phone: str = ""
    email: str = ""
    address: str = ""
    party_id: UUID | None = None
    account_id: UUID | None = None
    preferred: str = ""


@dataclass(frozen=True, slots=True)
class WayRules:
    """What data/messages/ways.yaml says for a time; `quiet_from` to `quiet_to` may span midnight."""

    valid_from: date
    valid_to: date | None
    order: tuple[str, ...]
    quiet_ways: frozenset[str]
    quiet_from: time
    quiet_to: time
    retry: tuple[timedelta, ...]
    report: tuple[timedelta, ...]
    told_within: timedelta
    sms_longest: int
    forgotten_after: timedelta


def mobile(phone: str) -> str:
    """The Vietnamese mobile number in ten digits, "" when it is none: landlines get no SMS."""
    digits = re.sub(r"[\s.()-]", "", phone)
    national = re.sub(r"^(\+|00)?84", "0", digits)
    return national if _MOBILE.fullmatch(national) else ""


def mailbox(email: str) -> str:
    """The address, "" when no letter could go there."""
    return email.strip() if _EMAIL.fullmatch(email.strip()) else ""


def address_on(way: str, contact: Contact) -> str:
    """Where the contact is on this way, "" when it cannot be reached so."""
    if way in (Way.SMS, Way.ZALO):
        return mobile(contact.phone)
    if way == Way.EMAIL:
        return mailbox(contact.email)
    if way == Way.INBOX:
        return "account" if contact.account_id or contact.party_id else ""
    return ""


def ways_for(contact: Contact, rules: WayRules) -> tuple[str, ...]:
    """The ways to try, what he prefers first. Who prefers his account's list gets nothing else."""
    if contact.preferred == Way.INBOX and contact.account_id:
        return (Way.INBOX.value,)
    wished = [contact.preferred] if contact.preferred in rules.order else []
    several = [*wished, *(way for way in rules.order if way not in wished)]
    found = tuple(way for way in several if address_on(way, contact))
    return found or ((Way.INBOX.value,) if contact.account_id else ())


def way_after(way: str, ways: Sequence[str]) -> str:
    """The next way to try, "" when this was the last."""
    place = ways.index(way) + 1 if way in ways else len(ways)
    return ways[place] if place < len(ways) else ""


def loud_from(way: str, at: datetime, rules: WayRules) -> datetime:
    """`at`, or when the quiet hours are over in which this way keeps still. `at` in the office's time zone."""
    if way not in rules.quiet_ways or rules.quiet_from == rules.quiet_to:
        return at
    now, spans = at.timetz().replace(tzinfo=None), rules.quiet_from > rules.quiet_to
    late = now >= rules.quiet_from
    early = now < rules.quiet_to
    if not (late or early if spans else late and early):
        return at
    day = at.date() + timedelta(days=1) if spans and late else at.date()
    return datetime.combine(day, rules.quiet_to, at.tzinfo)


def wait_after(tries: int, waits: Collection[timedelta]) -> timedelta | None:
    """How long to wait after so many tries that failed; None when it was the last."""
    steps = [*waits]
    return steps[tries - 1] if 1 <= tries <= len(steps) else None


def masked(address: str) -> str:
    """A phone or e-mail as a list may show it: enough to recognise, not enough to use."""
    if "@" in address:
        before, _at, behind = address.partition("@")
        return f"{before[:1]}***@{behind}"
    return f"{address[:2]}*****{address[-3:]}" if len(address) >= 8 else "*" * len(address)


def plain_letters(text: str, longest: int) -> str:
    """The text as an SMS carries it: one line, no marks, cut to so many letters but never within an address."""
    bare = unicodedata.normalize("NFD", text.translate(_BARRED))
    line = " ".join("".join(one for one in bare if not unicodedata.combining(one)).split())
    line = line.encode("ascii", "replace").decode()
    if len(line) <= longest:
        return line
    before, link, behind = line.rpartition("http")
    tail = link + behind if link else ""
    room = longest - len(tail) - 4
    return f"{before[:room].rstrip()}... {tail}" if tail and room > 20 else line[: longest - 3] + "..."
