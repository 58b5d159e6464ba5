"""What changes of a citizen's account; each is an event of the citizen."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _

from motcua.core.events import Actor, record
from motcua.core.holding import hold
from motcua.core.ids import uuid7
from motcua.people.actions.telling import told
from motcua.people.citizens.codes import (
    CodeRefused,
    holder_of,
    may_reset,
    tell_password_chosen,
    tell_replaced,
    use_code,
)
from motcua.people.citizens.contacts import Contact
from motcua.people.citizens.models import Citizen, CodePurpose, ContactCode, ContactKind, Level, Way
from motcua.people.models.accounts import Account


@dataclass(frozen=True, slots=True)
class Declared:
    """What a citizen says of himself. Blank when he does not say it."""

    full_name: str
    personal_id: str = ""
    birth_date: date | None = None
    gender: str = ""
    address: str = ""
    preferred_way: str = Way.SMS


# What no provider vouches for, so that the citizen may always say it anew.
_OWN = ("address", "preferred_way")
_SAID = ("full_name", "personal_id", "birth_date", "gender", *_OWN)


def new_account(citizen_id: UUID, password: str | None, *, is_demo: bool = False) -> Account:
    """An account nobody can guess the name of: citizens log in by phone, e-mail or provider."""
    return Account.objects.create_account(username=f"citizen-{citizen_id.hex}", password=password, is_demo=is_demo)


@transaction.atomic
def register(
    code_id: UUID | None, *, full_name: str, password: str, at: datetime, is_demo: bool = False
) -> Citizen:  # fmt: skip
    """An account for who typed the code sent to his phone or e-mail. Records `citizen.registered`.

    Raises `CodeRefused` without a proved code, or when the contact became another's meanwhile; `ValidationError` for a
    poor password.
    """
    proved = use_code(code_id, CodePurpose.REGISTER, at=at)
    contact = Contact(proved.kind, proved.contact)
    if _is_taken(contact):
        raise CodeRefused(_("Số hoặc địa chỉ này vừa có tài khoản. Ông/bà đăng nhập."))
    citizen_id = uuid7()
    citizen = Citizen(
        id=citizen_id, level=Level.CONTACT, full_name=full_name, created_at=at,
        preferred_way=Way.SMS if contact.kind == ContactKind.PHONE else Way.EMAIL,
    )  # fmt: skip
    _prove(citizen, proved, at)
    _require_good(password, citizen)
    citizen.account = new_account(citizen_id, password, is_demo=is_demo)
    citizen.save(force_insert=True)
    record(
        kind="citizen.registered", subject=("citizen", citizen.pk), by=_actor(citizen), at=at,
        after={"level": citizen.level, "proved": contact.kind},
    )  # fmt: skip
    return citizen


@transaction.atomic
def add_contact(citizen_id: UUID, code_id: UUID | None, *, at: datetime) -> Citizen:
    """His second contact, or a new one in place of the old, which is told. Records `citizen.contact_proved`.

    Whoever calls has asked for the password anew. Raises `CodeRefused` when the code was sent for somebody else, or the
    contact became another's meanwhile.
    """
    citizen = Citizen.objects.select_for_update().get(pk=citizen_id)
    proved = use_code(code_id, CodePurpose.ADD, at=at)
    if proved.citizen_id != citizen.pk or _is_taken(Contact(proved.kind, proved.contact)):
        raise CodeRefused(_("Mã này không dùng được cho tài khoản của ông/bà. Ông/bà xin mã mới."))
    before = _contacts(citizen)
    _prove(citizen, proved, at)
    for old in before:
        tell_replaced(old, Contact(proved.kind, proved.contact), key=f"{proved.pk}:{old.kind}", at=at)
    if citizen.level == Level.CLAIMED:
        citizen.level = Level.CONTACT
    citizen.save()
    record(
        kind="citizen.contact_proved", subject=("citizen", citizen.pk), by=_actor(citizen), at=at,
        after={"level": citizen.level, "proved": proved.kind, "replaced": proved.kind in {old.kind for old in before}},
    )  # fmt: skip
    return citizen


def _is_taken(contact: Contact) -> bool:
    """Whether somebody proved it to be his; whoever proves the same one just now waits until this is written."""
    hold("contact", contact.value)
    return holder_of(contact) is not None


def _contacts(citizen: Citizen) -> list[Contact]:
    """What he proved to be his."""
    proved = ((ContactKind.PHONE, citizen.phone, citizen.verified_phone_at),
              (ContactKind.EMAIL, citizen.email, citizen.verified_email_at))  # fmt: skip
    return [Contact(kind, value) for kind, value, proved_at in proved if proved_at is not None]


def _prove(citizen: Citizen, proved: ContactCode, at: datetime) -> None:
    if proved.kind == ContactKind.PHONE:
        citizen.phone, citizen.verified_phone_at = proved.contact, at
    else:
        citizen.email, citizen.verified_email_at = proved.contact, at


@transaction.atomic
def reset_password(code_id: UUID | None, *, password: str, at: datetime) -> Citizen:
    """A new password for who typed the code sent to the contact he had proved. Records `citizen.password_chosen`.

    His other sessions end, for they hold the old password's hash. Raises `CodeRefused`, `ValidationError`.
    """
    proved = use_code(code_id, CodePurpose.RESET, at=at)
    holder = holder_of(Contact(proved.kind, proved.contact))
    contact = Contact(proved.kind, proved.contact)
    if holder is None or holder.pk != proved.citizen_id or not may_reset(holder, contact, at=at):
        raise CodeRefused(_("Mã này không đặt lại được mật khẩu. Ông/bà xin mã mới."))
    _choose(holder, password, at)
    return holder


@transaction.atomic
def change_password(citizen_id: UUID, password: str, *, at: datetime) -> Account:
    """Another password of his own choice; whoever calls has asked for the old one. Records `citizen.password_chosen`.

    Sessions elsewhere end, for they hold the old password's hash. Raises `ValidationError` for a poor one.
    """
    citizen = Citizen.objects.select_for_update(of=("self",)).select_related("account").get(pk=citizen_id)
    _choose(citizen, password, at)
    return citizen.account


def _require_good(password: str, citizen: Citizen) -> None:
    """Raises `ValidationError` for a password that is short, common, or his own number or address."""
    validate_password(password, Account(username=citizen.phone, email=citizen.email))


def _choose(citizen: Citizen, password: str, at: datetime) -> None:
    _require_good(password, citizen)
    citizen.account.set_password(password)
    citizen.account.save(update_fields=["password"])
    record(kind="citizen.password_chosen", subject=("citizen", citizen.pk), by=_actor(citizen), at=at)
    for contact in _contacts(citizen):
        tell_password_chosen(contact, key=f"{citizen.pk}:{at.timestamp()}:{contact.kind}", at=at)


@transaction.atomic
def say(citizen_id: UUID, declared: Declared, *, at: datetime) -> Citizen:
    """What he says of himself anew. What a provider vouched for stays. Records `citizen.changed` when it differs."""
    citizen = Citizen.objects.select_for_update().get(pk=citizen_id)
    open_words = _OWN if citizen.level == Level.IDENTIFIED else _SAID
    before: dict[str, Any] = {}
    for name in open_words:
        old, new = getattr(citizen, name), getattr(declared, name)
        if old != new:
            before[name] = told(old)
            setattr(citizen, name, new)
    if before:
        citizen.save(update_fields=list(before))
        record(
            kind="citizen.changed", subject=("citizen", citizen.pk), by=_actor(citizen), at=at, before=before,
            after={name: told(getattr(citizen, name)) for name in before},
        )  # fmt: skip
    return citizen


def who_logs_in(contact: Contact, password: str) -> Citizen | None:
    """The citizen of this proved contact and password; an unknown contact takes as long as a wrong password."""
    holder = holder_of(contact)
    if holder is None or not holder.account.is_active:
        make_password(password)
        return None
    return holder if holder.account.check_password(password) else None


def _actor(citizen: Citizen) -> Actor:
    return Actor(citizen.account_id, citizen.full_name)
