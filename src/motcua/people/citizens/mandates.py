"""Acting for others: said by him who acts, seen by an official; how it ends stands in `ending`."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.core.events import Actor, record
from motcua.people.access import ActingOfficial
from motcua.people.actions.parties import PartyFacts, keep_party
from motcua.people.citizens.access import (
    ActingCitizen,
    Held,
    MandateRefused,
    as_held,
    held_by,
    require_in_force,
    require_not_ended,
)
from motcua.people.citizens.models import Mandate, MandateKind
from motcua.people.models.officials import Official
from motcua.people.models.parties import Party

# A person is a minor until the day he is eighteen (Civil Code 91/2015/QH13 art. 21).
ADULT_AT: Final = 18
# An authorisation that names no term lasts a year (Civil Code 91/2015/QH13 art. 563).
UNTIL_SAID: Final = timedelta(days=365)
MOST_HELD: Final = 30


@dataclass(frozen=True, slots=True)
class Principal:
    """For whom, and on what ground. `valid_to` None: until the law ends it, or it is revoked."""

    kind: str
    full_name: str
    evidence: str
    valid_from: date
    valid_to: date | None = None
    personal_id: str = ""
    birth_date: date | None = None
    gender: str = ""
    address: str = ""
    procedure_code: str = ""
    paper_id: UUID | None = None


@transaction.atomic
def declare_mandate(citizen: ActingCitizen, said: Principal, *, at: datetime) -> Held:
    """A citizen says for whom he acts. Records `mandate.made`. Raises `MandateRefused`.

    Nothing the office knows of that person is tied to it: that needs `confirm_mandate`.
    """
    said = _lawful(said)
    if said.personal_id and said.personal_id == citizen.personal_id:
        raise MandateRefused(_("Đây là số định danh của chính ông/bà. Hồ sơ của mình thì không cần khai làm thay."))
    require_not_ended(citizen.id, said.full_name, said.personal_id)
    held = held_by(citizen.id, localdate(at))
    if len(held) >= MOST_HELD:
        raise MandateRefused(_("Ông/bà đang làm thay %(n)d người. Thôi bớt rồi khai tiếp.") % {"n": len(held)})
    if any((one.kind, one.full_name, one.personal_id) == (said.kind, said.full_name, said.personal_id) for one in held):
        raise MandateRefused(_("Ông/bà đã khai việc làm thay này rồi."))
    return as_held(_made(said, by=citizen.actor, at=at, agent_id=citizen.id))


@transaction.atomic
def make_mandate_for(official: ActingOfficial, said: Principal, *, at: datetime) -> Held:
    """An official who helps says for whom he files, having seen who it is. Records `mandate.made`.

    The one he helps is remembered when nobody knew him. Raises `MandateRefused`.
    """
    said = _lawful(said)
    party_id = _party_of(said, official.actor, at, official.agency_id)
    row = _made(
        said, by=official.actor, at=at, agency_id=official.agency_id, official_id=official.id, principal_id=party_id,
        confirmed_by_id=official.id, confirmed_at=at,
    )  # fmt: skip
    return as_held(row)


ShownTo = Callable[[UUID], QuerySet[Any, Any]]


@dataclass(slots=True)
class _Desks:
    shown_to: ShownTo | None = None


_desks: Final = _Desks()


def mandates_sent_by(shown_to: ShownTo) -> None:
    """Say which mandates came to an agency with a filing (a query of their ids); called once when Django is ready."""
    _desks.shown_to = shown_to


def mandates_before(agency_id: UUID) -> QuerySet[Mandate]:
    """The mandates that were shown at this agency: with a filing sent there, or to an official of its own."""
    own = Q(official__in=Official.objects.filter(unit__agency_id=agency_id))
    if _desks.shown_to is not None:
        own |= Q(pk__in=_desks.shown_to(agency_id))
    return Mandate.objects.filter(own)


@dataclass(frozen=True, slots=True)
class Difference:
    """What was said of the one acted for, and what the office knows instead."""

    label: str
    said: str
    known: str


def differences(row: Mandate) -> list[Difference]:
    """Where the one who is known by this number is known otherwise; nothing is rewritten by a mandate."""
    party = Party.objects.filter(personal_id=row.personal_id).first() if row.personal_id else None
    if party is None:
        return []
    pairs = (
        (_("Họ tên hoặc tên tổ chức"), row.full_name, party.full_name),
        (_("Ngày sinh"), _day(row.birth_date), _day(party.birth_date)),
        (_("Giới tính"), row.get_gender_display(), party.get_gender_display()),
        (_("Địa chỉ"), row.address, party.address),
    )
    return [Difference(label, said, known) for label, said, known in pairs if said and known and said != known]


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%d/%m/%Y}"


@transaction.atomic
def confirm_mandate(mandate_id: UUID, *, by: ActingOfficial, at: datetime) -> Held:
    """An official has seen the paper: from here on what the office knows of the principal fills the forms.

    Twice is once. Records `mandate.confirmed`. Raises `MandateRefused` when it ended.
    """
    row = mandates_before(by.agency_id).select_for_update(of=("self",)).filter(pk=mandate_id).first()
    if row is None:
        raise MandateRefused(_("Không có việc làm thay này."))
    require_in_force(row, localdate(at))
    if row.confirmed_at is None:
        row.principal_id = _party_of(_said_in(row), by.actor, at, by.agency_id)
        row.confirmed_by_id, row.confirmed_at = by.id, at
        row.save(update_fields=["principal", "confirmed_by", "confirmed_at"])
        record(
            kind="mandate.confirmed", subject=("mandate", row.pk), by=by.actor, at=at, agency_id=by.agency_id,
            after={"principal": str(row.principal_id)},
        )  # fmt: skip
    return as_held(row)


def _lawful(said: Principal) -> Principal:
    """With the day on which the law ends it. Raises `MandateRefused` for what the law does not know."""
    if said.kind == MandateKind.CHILD:
        if said.birth_date is None:
            raise MandateRefused(_("Ông/bà nhập ngày sinh của con: khi con đủ 18 tuổi thì con tự làm."))
        last = birthday(said.birth_date, ADULT_AT) - timedelta(days=1)
        if last < said.valid_from:
            raise MandateRefused(_("Con đã đủ 18 tuổi nên tự làm, hoặc ủy quyền: ông/bà chọn “Người khác ủy quyền”."))
        said = replace(said, valid_to=min(last, said.valid_to or last))
    if said.kind == MandateKind.ORGANISATION and not said.personal_id:
        raise MandateRefused(_("Ông/bà nhập mã số thuế hoặc mã số doanh nghiệp, 10 hoặc 13 chữ số."))
    if said.kind == MandateKind.OTHER and said.valid_to is None:
        said = replace(said, valid_to=said.valid_from + UNTIL_SAID)
    if said.valid_to is not None and said.valid_to < said.valid_from:
        raise MandateRefused(_("Ngày hết hạn phải từ ngày bắt đầu trở đi."))
    return said


def birthday(born: date, age: int) -> date:
    """The day he is that old; who was born on 29 February is older on 1 March of a common year."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def _made(
    said: Principal, *, by: Actor, at: datetime, agency_id: UUID | None = None, **whose: UUID | datetime | None
) -> Mandate:
    row = Mandate.objects.create(
        kind=said.kind, full_name=said.full_name, personal_id=said.personal_id, birth_date=said.birth_date,
        gender=said.gender, address=said.address, procedure_code=said.procedure_code, valid_from=said.valid_from,
        valid_to=said.valid_to, evidence=said.evidence, paper_id=said.paper_id, made_at=at, **whose,
    )  # fmt: skip
    record(
        kind="mandate.made", subject=("mandate", row.pk), by=by, at=at, agency_id=agency_id,
        after={"kind": said.kind, "valid_from": f"{row.valid_from}", "valid_to": f"{row.valid_to or ''}"},
    )  # fmt: skip
    return row


def _said_in(row: Mandate) -> Principal:
    return Principal(
        row.kind, row.full_name, row.evidence, row.valid_from, row.valid_to, row.personal_id, row.birth_date,
        row.gender, row.address,
    )  # fmt: skip


def _party_of(said: Principal, by: Actor, at: datetime, agency_id: UUID) -> UUID:
    """Whoever has this number; a stranger is remembered. Who is known stays as he is known: a mandate is no card."""
    known = Party.objects.filter(personal_id=said.personal_id).first() if said.personal_id else None
    if known is not None:
        return known.pk
    kind = "organisation" if said.kind == MandateKind.ORGANISATION else "person"
    facts = PartyFacts(
        kind=kind, full_name=said.full_name, personal_id=said.personal_id, birth_date=said.birth_date,
        gender=said.gender, address=said.address,
    )  # fmt: skip
    return keep_party(facts, by=by, at=at, agency_id=agency_id)
