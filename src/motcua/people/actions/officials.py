"""Officials: appointed, given roles, and all of it ended again from a day on."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.core.events import Actor, record
from motcua.core.refusals import Refusal
from motcua.people.access import ActingOfficial
from motcua.people.actions.guards import keep_an_administrator, one_at_a_time
from motcua.people.actions.telling import told
from motcua.people.models import Account, Official, Role, RoleGrant, Unit


class OfficialRefused(Refusal):
    """The official's place cannot be changed so; the sentence says why."""


@transaction.atomic
def appoint(
    *, username: str, password: str | None, full_name: str, title: str, unit: Unit, valid_from: date, by: Actor,
    at: datetime, valid_to: date | None = None, is_demo: bool = False, password_is_temporary: bool = False,
) -> Official:  # fmt: skip
    """An official in a unit with the account he logs in by. Records `official.appointed`, never the password.

    A temporary password lets him do nothing but choose his own; with none he cannot log in.
    Raises IntegrityError when the log-in name is taken.
    """
    account = Account.objects.create_account(
        username=username, password=password, is_demo=is_demo, password_is_temporary=password_is_temporary
    )
    official = Official.objects.create(
        account=account, unit=unit, full_name=full_name, title=title, valid_from=valid_from, valid_to=valid_to
    )
    record(
        kind="official.appointed", subject=("official", official.id), by=by, at=at, agency_id=unit.agency_id,
        after={
            "username": username, "full_name": full_name, "title": title, "unit": str(unit.id), "is_demo": is_demo,
            "valid_from": told(valid_from), "valid_to": told(valid_to),
        },
    )  # fmt: skip
    return official


class OwnGrant(Refusal):
    """Whoever writes roles writes them for others."""

    def __str__(self) -> str:
        return _("Không tự giao vai trò cho mình. Ông/bà nhờ quản trị khác giao.")


@transaction.atomic
def grant_role(
    *, official: Official, role: str, unit: Unit, valid_from: date, by: Actor, at: datetime,
    valid_to: date | None = None,
) -> RoleGrant:  # fmt: skip
    """Let the official act in this role in this unit from a day on. Records `role.granted`.

    Nobody grants himself a role. Raises `OwnGrant`, IntegrityError when he holds it there already.
    """
    if by.account_id is not None and by.account_id == official.account_id:
        raise OwnGrant
    grant = RoleGrant.objects.create(official=official, role=role, unit=unit, valid_from=valid_from, valid_to=valid_to)
    record(
        kind="role.granted", subject=("official", official.id), by=by, at=at, agency_id=unit.agency_id,
        after={
            "role": role, "unit": str(unit.id), "valid_from": told(valid_from), "valid_to": told(valid_to),
        },
    )  # fmt: skip
    return grant


@transaction.atomic
def end_employment(official_id: UUID, *, last_day: date, by: ActingOfficial, at: datetime) -> Official:
    """He serves until the end of that day; then his account opens nothing. Records `official.left`.

    His roles stay as they are: the roster shows what nobody does now, until each is given on or ended.
    Raises `OfficialRefused` (a stranger, before his first day) and `LastAdministrator`.
    """
    one_at_a_time(by.agency_id)
    official = colleague(official_id, by)
    if last_day < official.valid_from:
        raise OfficialRefused(
            _("Ngày cuối cùng phải từ %(day)s (ngày bắt đầu) trở đi.") % {"day": f"{official.valid_from:%d/%m/%Y}"}
        )
    before = official.valid_to
    official.valid_to = last_day
    official.save(update_fields=["valid_to"])
    if official.grants.filter(role=Role.ADMINISTRATOR, valid_to__isnull=True).exists():
        keep_an_administrator(by.agency_id, localdate(at))
    record(
        kind="official.left", subject=("official", official.id), by=by.actor, at=at, agency_id=by.agency_id,
        before={"valid_to": told(before)}, after={"valid_to": told(last_day)},
    )  # fmt: skip
    return official


@transaction.atomic
def end_role(grant_id: UUID, *, last_day: date, by: ActingOfficial, at: datetime) -> RoleGrant:
    """He holds the role until the end of that day. Records `role.ended`.

    Raises `OfficialRefused` (not of this agency, ended before, before it began) and `LastAdministrator`.
    """
    one_at_a_time(by.agency_id)
    grant = RoleGrant.objects.select_related("official").filter(pk=grant_id, unit__agency_id=by.agency_id).first()
    if grant is None:
        raise OfficialRefused(_("Cơ quan không có vai trò này."))
    if grant.valid_to is not None:
        raise OfficialRefused(_("Vai trò này đã có ngày kết thúc: %(day)s.") % {"day": f"{grant.valid_to:%d/%m/%Y}"})
    if last_day < grant.valid_from:
        raise OfficialRefused(
            _("Ngày cuối cùng phải từ %(day)s (ngày bắt đầu) trở đi.") % {"day": f"{grant.valid_from:%d/%m/%Y}"}
        )
    grant.valid_to = last_day
    grant.save(update_fields=["valid_to"])
    if grant.role == Role.ADMINISTRATOR:
        keep_an_administrator(by.agency_id, localdate(at))
    record(
        kind="role.ended", subject=("official", grant.official_id), by=by.actor, at=at, agency_id=by.agency_id,
        before={"valid_to": None},
        after={"role": grant.role, "unit": told(grant.unit_id), "valid_to": told(last_day)},
    )  # fmt: skip
    return grant


def colleague(official_id: UUID, by: ActingOfficial) -> Official:
    """An official of his own agency. Raises `OfficialRefused`."""
    found = (
        Official.objects.select_related("account", "unit").filter(pk=official_id, unit__agency_id=by.agency_id).first()
    )
    if found is None:
        raise OfficialRefused(_("Cơ quan không có cán bộ này."))
    return found
