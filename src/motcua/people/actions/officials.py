"""Officials: appointed, given roles, and all of it ended again from a day on."""

from datetime import date, datetime

from django.db import transaction

from motcua.core.events import Actor, record
from motcua.people.actions.telling import told
from motcua.people.models import Account, Official, RoleGrant, Unit


@transaction.atomic
def appoint(
    *, username: str, password: str, full_name: str, title: str, unit: Unit, valid_from: date, by: Actor,
    at: datetime, valid_to: date | None = None, is_demo: bool = False,
) -> Official:  # fmt: skip
    """An official in a unit with the account he logs in by. Records `official.appointed`, never the password.

    Raises IntegrityError when the log-in name is taken.
    """
    account = Account.objects.create_account(username=username, password=password, is_demo=is_demo)
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


@transaction.atomic
def grant_role(
    *, official: Official, role: str, unit: Unit, valid_from: date, by: Actor, at: datetime,
    valid_to: date | None = None,
) -> RoleGrant:  # fmt: skip
    """Let the official act in this role in this unit from a day on. Records `role.granted`.

    Raises IntegrityError when he holds it there already.
    """
    grant = RoleGrant.objects.create(official=official, role=role, unit=unit, valid_from=valid_from, valid_to=valid_to)
    record(
        kind="role.granted", subject=("official", official.id), by=by, at=at, agency_id=unit.agency_id,
        after={
            "role": role, "unit": str(unit.id), "valid_from": told(valid_from), "valid_to": told(valid_to),
        },
    )  # fmt: skip
    return grant
