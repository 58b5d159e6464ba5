"""The citizen who is acting: what he may be told, what is known of him, and for whom he may act."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.core.events import Actor
from motcua.core.refusals import Refusal
from motcua.people.citizens.models import Citizen, EndedBy, Level, Mandate, MandateKind
from motcua.people.models.parties import Party


class MandateRefused(Refusal):
    """He may not act for that one (any more); the sentence says why and what to do."""


class MandateEnded(MandateRefused):
    """The one he acted for has ended it, or the desk has: that he declares it anew is not enough."""


@dataclass(frozen=True, slots=True)
class Held:
    """A mandate in force. `id` is the mandate's; `principal_id` the party, once an official has seen the paper."""

    id: UUID
    kind: str
    full_name: str
    personal_id: str
    birth_date: date | None
    gender: str
    address: str
    procedure_code: str
    valid_to: date | None
    is_confirmed: bool
    principal_id: UUID | None

    @property
    def kind_words(self) -> str:
        return str(MandateKind(self.kind).label)

    @property
    def is_organisation(self) -> bool:
        return self.kind == MandateKind.ORGANISATION

    def covers(self, procedure_code: str) -> bool:
        """Whether it was given for this procedure, or for all."""
        return self.procedure_code in ("", procedure_code)


@dataclass(frozen=True, slots=True)
class ActingCitizen:
    """A citizen as he acts right now. `phone` and `email` are only those he proved to be his."""

    id: UUID
    account_id: UUID
    party_id: UUID | None
    full_name: str
    personal_id: str
    birth_date: date | None
    gender: str
    address: str
    phone: str
    email: str
    level: str
    preferred_way: str
    mandates: tuple[Held, ...]

    @property
    def actor(self) -> Actor:
        return Actor(self.account_id, self.full_name)

    @property
    def is_identified(self) -> bool:
        return self.level == Level.IDENTIFIED


def citizen_of(request: HttpRequest) -> ActingCitizen:
    """The citizen of a request that the door let in. Raises `PermissionDenied` when a view forgot the door."""
    found = citizen_or_none(request)
    if found is None:
        raise PermissionDenied
    return found


def citizen_or_none(request: HttpRequest) -> ActingCitizen | None:
    """The citizen of this request; None for a guest and for an official. Read once a request, two queries."""
    known: tuple[ActingCitizen | None] | None = getattr(request, "acting_citizen", None)
    if known is None:
        user = getattr(request, "user", None)
        is_other = user is None or not user.is_authenticated or getattr(user, "acting", None) is not None
        known = (None if is_other or user is None else acting_citizen(user.pk, localdate()),)
        request.acting_citizen = known  # type: ignore[attr-defined]
    return known[0]


def acting_citizen(account_id: UUID, day: date) -> ActingCitizen | None:
    """The citizen of this account, with the mandates in force that day; None when it is nobody's or an official's."""
    row = Citizen.objects.filter(account_id=account_id).first()
    if row is None:
        return None
    return ActingCitizen(
        id=row.pk, account_id=account_id, party_id=row.party_id, full_name=row.full_name,
        personal_id=row.personal_id, birth_date=row.birth_date, gender=row.gender, address=row.address,
        phone=row.phone if row.verified_phone_at else "", email=row.email if row.verified_email_at else "",
        level=row.level, preferred_way=row.preferred_way, mandates=held_by(row.pk, day),
    )  # fmt: skip


def held_by(citizen_id: UUID, day: date) -> tuple[Held, ...]:
    """The mandates of a citizen in force that day, by name."""
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    rows = Mandate.objects.filter(in_force, agent_id=citizen_id, valid_from__lte=day, revoked_at=None)
    return tuple(as_held(row) for row in rows.order_by("full_name", "pk"))


def as_held(row: Mandate) -> Held:
    """A mandate's row as it is passed on."""
    return Held(
        id=row.pk, kind=row.kind, full_name=row.full_name, personal_id=row.personal_id, birth_date=row.birth_date,
        gender=row.gender, address=row.address, procedure_code=row.procedure_code, valid_to=row.valid_to,
        is_confirmed=row.confirmed_at is not None, principal_id=row.principal_id,
    )  # fmt: skip


def mandate_of(citizen: ActingCitizen, mandate_id: UUID, day: date, procedure_code: str = "") -> Held:
    """The mandate by which he acts that day. Raises `MandateRefused`: ended, revoked, not his, for another thing.

    Ask again before anything is sent on: it may have ended since the page was opened. One that he declared anew for
    the same person stands in the place of one that ended.
    """
    row = Mandate.objects.filter(pk=mandate_id, agent_id=citizen.id).first()
    if row is None:
        raise MandateRefused(_("Ông/bà chưa khai việc làm thay này. Ông/bà thêm ở trang “Làm thay người khác”."))
    in_force = held_by(citizen.id, day)
    held = next((one for one in in_force if one.id == row.pk), None)
    held = held or next((one for one in in_force if _same_person(one, row)), None)
    if held is None:
        require_in_force(row, day)
        held = as_held(row)
    if procedure_code and not held.covers(procedure_code):
        raise MandateRefused(
            _("Việc làm thay %(name)s chỉ cho thủ tục khác. %(again)s") % {"name": row.full_name, "again": _again()}
        )
    return held


def _same_person(held: Held, row: Mandate) -> bool:
    return (held.kind, held.full_name, held.personal_id) == (row.kind, row.full_name, row.personal_id)


def require_in_force(row: Mandate, day: date) -> None:
    """Raises `MandateRefused` when it is revoked, ended or not begun that day."""
    said = {"name": row.full_name, "again": _again()}
    if row.ended_by:
        raise MandateEnded(
            _("%(ended)s Nội dung đã nhập vẫn còn. %(ask)s") % {"ended": ended_words(row), "ask": _ask()}
        )
    if row.revoked_at is not None:
        raise MandateRefused(_("Việc làm thay %(name)s đã thôi. %(again)s") % said)
    if row.valid_to is not None and row.valid_to < day:
        said["day"] = f"{row.valid_to:%d/%m/%Y}"
        raise MandateRefused(_("Việc làm thay %(name)s đã hết hạn ngày %(day)s. %(again)s") % said)
    if row.valid_from > day:
        said["day"] = f"{row.valid_from:%d/%m/%Y}"
        raise MandateRefused(_("Việc làm thay %(name)s bắt đầu từ ngày %(day)s. Ông/bà nộp từ ngày đó.") % said)


def require_not_ended(agent_id: UUID, full_name: str, personal_id: str) -> None:
    """Raises `MandateEnded` when the one he names, or the desk, has ended his acting for him and not let him again."""
    for row in Mandate.objects.filter(agent_id=agent_id).exclude(ended_by=""):
        if row.full_name.casefold() == full_name.casefold() or (personal_id and row.personal_id == personal_id):
            raise MandateEnded(f"{ended_words(row)} {_ask()}")


def ended_words(row: Mandate) -> str:
    """By whom and when it was ended, said to him who held it; "" when he ended it himself."""
    if not row.ended_by or row.revoked_at is None:
        return ""
    said = {"name": row.full_name, "day": f"{localdate(row.revoked_at):%d/%m/%Y}", "reason": row.end_reason}
    if row.ended_by == EndedBy.AGENCY and row.ended_official is not None:
        said["agency"] = row.ended_official.unit.agency.name
        return _("%(agency)s đã chấm dứt việc ông/bà làm thay %(name)s từ ngày %(day)s, lý do: %(reason)s.") % said
    return _("%(name)s đã chấm dứt việc ông/bà làm thay từ ngày %(day)s.") % said


def _ask() -> str:
    return _("Ông/bà hỏi lại người được làm thay, hoặc mang giấy tờ mới đến Bộ phận Một cửa.")


def _again() -> str:
    return _("Nội dung đã nhập vẫn còn; ông/bà khai lại việc làm thay rồi nộp tiếp.")


OFFICE_KNOWS = frozenset({"personal_id", "birth_date", "gender", "address"})
KNOWN = ("full_name", "personal_id", "birth_date", "gender", "address", "phone", "email")


def known_of(citizen: ActingCitizen, mandate_id: UUID | None = None) -> dict[str, Any]:
    """What a form is filled with: of himself, or of the one he acts for by this mandate. Keys are `KNOWN`.

    Of another there is neither phone nor e-mail: what is told goes to him who files. Raises `MandateRefused`.
    """
    if mandate_id is None:
        return _filled({name: getattr(citizen, name) for name in KNOWN}, citizen.party_id)
    held = mandate_of(citizen, mandate_id, localdate())
    return _filled({name: getattr(held, name, "") for name in KNOWN}, held.principal_id)


def _filled(said: dict[str, Any], party_id: UUID | None) -> dict[str, Any]:
    """What he said, and where he said nothing what the office knows of the one who is proved to be meant."""
    party = Party.objects.filter(pk=party_id).first() if party_id is not None else None
    if party is None:
        return said
    return {name: value or (getattr(party, name) if name in OFFICE_KNOWS else value) for name, value in said.items()}
