"""A citizen whose identity a provider vouches for: found by the provider's own name for him, never by an e-mail."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.core.events import Actor, record
from motcua.core.ids import uuid7
from motcua.core.refusals import Refusal
from motcua.people.actions.parties import PartyFacts, keep_party
from motcua.people.actions.telling import told
from motcua.people.citizens.actions import new_account
from motcua.people.citizens.codes import holder_of
from motcua.people.citizens.contacts import Contact
from motcua.people.citizens.models import Citizen, ContactKind, Level, Way
from motcua.people.queries import home_agency


class IdentityRefused(Refusal):
    """The identity that was vouched for opens nothing here; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """What the provider says of him. `subject` is his name there; phone and e-mail only when it verified them."""

    provider: str
    subject: str
    full_name: str
    personal_id: str = ""
    birth_date: date | None = None
    gender: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


def identify(vouched: Vouched, *, at: datetime, citizen_id: UUID | None = None) -> Citizen:
    """The citizen of this identity: he who has it, he who ties it to his account (`citizen_id`), or a new one.

    Records `citizen.registered` or, when something differs from what was known, `citizen.identified`. Raises
    `IdentityRefused` when the identity or its personal number is another account's; then nothing is written.
    """
    try:
        with transaction.atomic():
            return _identified(vouched, at, citizen_id)
    except IntegrityError as error:  # two first log-ins at once
        raise IdentityRefused(_("Vừa có một lần đăng nhập khác cùng lúc. Ông/bà đăng nhập lại.")) from error


def _identified(vouched: Vouched, at: datetime, citizen_id: UUID | None) -> Citizen:
    rows = Citizen.objects.select_for_update().select_related("account")
    known = rows.filter(provider=vouched.provider, subject=vouched.subject).first()
    mine = rows.filter(pk=citizen_id).first() if citizen_id is not None else known
    _refuse_anothers(vouched, known, mine)
    citizen = mine if mine is not None else Citizen(id=uuid7(), level=Level.CLAIMED, created_at=at)
    before = _told(citizen)
    if mine is None:
        citizen.account = new_account(citizen.pk, None)
    elif not citizen.account.is_active:
        raise IdentityRefused(_("Tài khoản này đang bị khóa. Ông/bà liên hệ Bộ phận Một cửa."))
    _take(citizen, vouched, at)
    if mine is None or before != _told(citizen):
        by = Actor(citizen.account_id, citizen.full_name)
        _tie_party(citizen, vouched, by, at)
        citizen.save(force_insert=mine is None)
        record(
            kind="citizen.registered" if mine is None else "citizen.identified", subject=("citizen", citizen.pk), by=by,
            at=at, before=before if mine is not None else None, after=_told(citizen),
        )  # fmt: skip
    return citizen


def _refuse_anothers(vouched: Vouched, known: Citizen | None, mine: Citizen | None) -> None:
    if known is not None and mine is not None and known.pk != mine.pk:
        raise IdentityRefused(
            _("Định danh này đã gắn với một tài khoản khác. Ông/bà đăng xuất rồi đăng nhập bằng định danh đó.")
        )
    if mine is not None and mine.subject and (mine.provider, mine.subject) != (vouched.provider, vouched.subject):
        raise IdentityRefused(_("Tài khoản này đã gắn với định danh khác. Ông/bà đăng xuất rồi đăng nhập lại."))
    if not vouched.personal_id:
        return
    others = Citizen.objects.filter(personal_id=vouched.personal_id, level=Level.IDENTIFIED)
    differs = mine is not None and mine.level == Level.IDENTIFIED and mine.personal_id != vouched.personal_id
    if differs or (others if mine is None else others.exclude(pk=mine.pk)).exists():
        raise IdentityRefused(
            _("Số định danh này đã gắn với một tài khoản khác ở đây. Ông/bà đăng nhập bằng tài khoản đó, hoặc mang "
              "căn cước đến Bộ phận Một cửa để được giúp.")
        )  # fmt: skip


def _take(citizen: Citizen, vouched: Vouched, at: datetime) -> None:
    """Onto the row: what is vouched for replaces what was claimed, blanks erase nothing, contacts replace none."""
    citizen.provider, citizen.subject = vouched.provider, vouched.subject
    for name in ("full_name", "personal_id", "birth_date", "gender"):
        setattr(citizen, name, getattr(vouched, name) or getattr(citizen, name))
    citizen.address = citizen.address or vouched.address
    if vouched.phone and not citizen.verified_phone_at and holder_of(Contact(ContactKind.PHONE, vouched.phone)) is None:
        citizen.phone, citizen.verified_phone_at = vouched.phone, at
    if vouched.email and not citizen.verified_email_at and holder_of(Contact(ContactKind.EMAIL, vouched.email)) is None:
        citizen.email, citizen.verified_email_at = vouched.email, at
    has_contact = citizen.verified_phone_at is not None or citizen.verified_email_at is not None
    if vouched.personal_id:
        citizen.level, citizen.identified_at = Level.IDENTIFIED, citizen.identified_at or at
    elif citizen.level != Level.IDENTIFIED:
        citizen.level = Level.CONTACT if has_contact else Level.CLAIMED
    if citizen._state.adding:
        citizen.preferred_way = (
            Way.SMS if citizen.verified_phone_at else Way.EMAIL if citizen.verified_email_at else Way.INBOX
        )


def _tie_party(citizen: Citizen, vouched: Vouched, by: Actor, at: datetime) -> None:
    """Who is vouched for is the one the office may know already."""
    office = home_agency(localdate(at))
    if vouched.personal_id and office is not None:
        facts = PartyFacts(
            kind="person", full_name=vouched.full_name, personal_id=vouched.personal_id, birth_date=vouched.birth_date,
            gender=vouched.gender, phone=vouched.phone, email=vouched.email,
        )  # fmt: skip
        citizen.party_id = keep_party(facts, by=by, at=at, agency_id=office.pk)


_FACTS = ("level", "full_name", "personal_id", "birth_date", "gender", "address", "phone", "email", "subject")


def _told(citizen: Citizen) -> dict[str, Any]:
    return {name: told(getattr(citizen, name)) for name in _FACTS}
