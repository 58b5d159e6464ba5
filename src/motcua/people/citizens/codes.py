"""Codes of six digits that prove a phone or an e-mail.

A code lives a quarter of an hour, bears five tries, and only the browser that asked knows which row it is (`Asked.id`
lies in its session): guessing from elsewhere has nothing to guess at. Whether somebody has an account is never told on
the page: whoever holds the phone is told by the message.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from motcua.core.ids import uuid7
from motcua.core.refusals import Refusal
from motcua.core.throttle import allow
from motcua.people.citizens.contacts import Contact
from motcua.people.citizens.models import Citizen, CodePurpose, ContactCode, ContactKind

GOOD_FOR: Final = timedelta(minutes=15)
USE_WITHIN: Final = timedelta(minutes=30)
TRIES: Final = 5
PER_CONTACT: Final = 5
PER_DAY: Final = 10
PER_ADDRESS: Final = 30
WINDOW: Final = timedelta(hours=1)
KEPT_FOR: Final = timedelta(days=1)
# A contact that was added or replaced opens no forgotten password for so long: its owner hears of it first.
NEW_FOR: Final = timedelta(hours=72)


class CodeRefused(Refusal):
    """No code is sent, or what was typed opens nothing; the sentence says what to do."""


class Verdict(StrEnum):
    """What a typed code was."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class CodeMessage:
    """What is sent to a contact. `code` is empty when he is only told something: that no code fits, or news.

    `purpose` is one of `CodePurpose`; `key` is unique: sent twice is sent once. `replaced_by`: the new contact, masked,
    told to the one it was added beside or put in place of. `password_chosen`: the account has another password now.
    """

    key: str
    contact: Contact
    purpose: str
    code: str
    until: datetime
    replaced_by: str = ""
    password_chosen: bool = False

    @property
    def is_news(self) -> bool:
        """Whether it follows from something done, so that nobody waits for it."""
        return bool(self.replaced_by or self.password_chosen)


Sender = Callable[[CodeMessage], None]


@dataclass(slots=True)
class _Post:
    sender: Sender | None = None


_post: Final = _Post()


def deliver_by(sender: Sender) -> None:
    """Say who carries codes; called once when Django is ready. It runs in the transaction that made the code."""
    _post.sender = sender


@dataclass(frozen=True, slots=True)
class Asked:
    """A code on its way: its id for the session, and the code itself, which only the demo shows."""

    id: UUID
    contact: Contact
    code: str


def ask_code(contact: Contact, purpose: str, *, address: str, at: datetime, citizen_id: UUID | None = None) -> Asked:
    """Send a code to this contact. To register: nothing fits when it is a citizen's already, to reset: when nobody's.

    The caller cannot tell the difference. Raises `CodeRefused` after too many, or when codes cannot be sent.
    """
    sender = _post.sender
    if sender is None:
        raise CodeRefused(_("Cơ quan chưa mở kênh gửi mã. Ông/bà liên hệ Bộ phận Một cửa."))
    _require_few(contact, address)
    holder = holder_of(contact)
    opens = _opens(purpose, holder, contact, at)
    code = f"{secrets.randbelow(1_000_000):06d}" if opens else ""
    with transaction.atomic():
        ContactCode.objects.filter(sent_at__lt=at - KEPT_FOR).delete()
        code_id = uuid7()
        row = ContactCode.objects.create(
            id=code_id, purpose=purpose, kind=contact.kind, contact=contact.value, sent_at=at,
            citizen_id=holder.pk if holder is not None and purpose == CodePurpose.RESET else citizen_id,
            digest=_digest(code_id, code) if opens else "", expires_at=at + GOOD_FOR,
        )  # fmt: skip
        if opens or holder is not None:
            sender(CodeMessage(f"code:{row.pk}", contact, purpose, code, row.expires_at))
    return Asked(row.pk, contact, code)


def _require_few(contact: Contact, address: str) -> None:
    """Raises `CodeRefused`. An address that asks too often uses up nobody's codes; few codes a day, few guesses."""
    by_address = allow(what="code-address", who=address, limit=PER_ADDRESS, window=WINDOW)
    if not by_address or not allow(what="code-contact", who=contact.value, limit=PER_CONTACT, window=WINDOW):
        raise CodeRefused(_("Đã gửi nhiều mã trong một giờ. Ông/bà đợi một giờ rồi thử lại, hoặc đến Bộ phận Một cửa."))
    if not allow(what="code-day", who=contact.value, limit=PER_DAY, window=timedelta(days=1)):
        raise CodeRefused(_("Đã gửi nhiều mã trong một ngày. Ông/bà thử lại ngày mai, hoặc đến Bộ phận Một cửa."))


def _opens(purpose: str, holder: Citizen | None, contact: Contact, at: datetime) -> bool:
    if purpose == CodePurpose.RESET:
        return holder is not None and may_reset(holder, contact, at=at)
    return holder is None


def may_reset(holder: Citizen, contact: Contact, *, at: datetime) -> bool:
    """Whether a code sent there may open a forgotten password.

    Who has proved his identity logs in by it: his phone may be another's now. Nor does a contact that came to the
    account later and less than `NEW_FOR` ago: it may be a thief's.
    """
    proved_at = holder.verified_phone_at if contact.kind == ContactKind.PHONE else holder.verified_email_at
    if holder.subject or proved_at is None:
        return False
    return proved_at <= holder.created_at or proved_at + NEW_FOR <= at


def tell_replaced(old: Contact, new: Contact, *, key: str, at: datetime) -> None:
    """Tell a contact of the account which one was added beside it or put in its place, in the caller's transaction."""
    if _post.sender is not None:
        _post.sender(CodeMessage(f"replaced:{key}", old, CodePurpose.ADD, "", at + NEW_FOR, new.masked))


def tell_password_chosen(contact: Contact, *, key: str, at: datetime) -> None:
    """Tell a contact of the account that it has another password, in the caller's transaction."""
    if _post.sender is not None:
        told = CodeMessage(f"password:{key}", contact, CodePurpose.RESET, "", at + NEW_FOR, password_chosen=True)
        _post.sender(told)


def holder_of(contact: Contact) -> Citizen | None:
    """The citizen who proved this contact to be his."""
    proved = (
        Q(phone=contact.value, verified_phone_at__isnull=False)
        if contact.kind == ContactKind.PHONE
        else Q(email=contact.value, verified_email_at__isnull=False)
    )
    return Citizen.objects.select_related("account").filter(proved).first()


def try_code(code_id: UUID, typed: str, *, at: datetime) -> Verdict:
    """Whether the code fits; every try counts, also when it comes too late. After five nothing fits any more."""
    with transaction.atomic():
        row = ContactCode.objects.select_for_update().filter(pk=code_id).first()
        if row is None or row.proved_at is not None or at >= row.expires_at or row.tries >= TRIES:
            return Verdict.OVER
        row.tries += 1
        digits = "".join(typed.split())
        if row.digest and constant_time_compare(row.digest, _digest(row.pk, digits)):
            row.proved_at = at
            row.save(update_fields=["tries", "proved_at"])
            return Verdict.RIGHT
        row.save(update_fields=["tries"])
        return Verdict.OVER if row.tries >= TRIES else Verdict.WRONG


def use_code(code_id: UUID | None, purpose: str, *, at: datetime) -> ContactCode:
    """The proved contact, for once: call it in the transaction of what it opens.

    Raises `CodeRefused` when it was not proved for this purpose, was used before, or half an hour ago.
    """
    rows = ContactCode.objects.select_for_update().filter(purpose=purpose)
    row = rows.filter(pk=code_id).first() if code_id is not None else None
    if row is None or row.proved_at is None or row.used_at is not None or at > row.proved_at + USE_WITHIN:
        raise CodeRefused(_("Mã xác nhận đã hết hiệu lực. Ông/bà xin mã mới rồi làm tiếp."))
    row.used_at = at
    row.save(update_fields=["used_at"])
    return row


def _digest(code_id: UUID, code: str) -> str:
    return salted_hmac(f"motcua.contact-code.{code_id}", code, algorithm="sha256").hexdigest()
