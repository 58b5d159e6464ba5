"""The official who is acting: person, unit, agency and roles, read in one query per request."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.core.exceptions import PermissionDenied
from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest
from django.utils.timezone import localdate as today

from motcua.core.events import Actor
from motcua.core.sql import fetch_one
from motcua.people.models import Account


@dataclass(frozen=True, slots=True)
class ActingOfficial:
    """An official as he acts right now. Every write takes one as `by`."""

    id: UUID
    account_id: UUID
    name: str
    title: str
    unit_id: UUID
    unit_name: str
    agency_id: UUID
    agency_name: str
    agency_code: str
    calendar_code: str
    duties: frozenset[tuple[UUID, str]]

    @property
    def roles(self) -> frozenset[str]:
        """The roles held today, in whatever unit."""
        return frozenset(role for _unit, role in self.duties)

    def serves(self, unit_id: UUID, role: str) -> bool:
        """Whether he holds this role in this unit today."""
        return (unit_id, role) in self.duties

    @property
    def actor(self) -> Actor:
        return Actor(self.account_id, self.name)

    def holds(self, *roles: str) -> bool:
        """Whether he holds at least one of these roles today."""
        return not self.roles.isdisjoint(roles)


_ACCOUNT = ("id", "username", "password", "last_login", "email", "is_active", "is_demo", "created_at")
_ACTING = """
SELECT a.id, a.username, a.password, a.last_login, a.email, a.is_active, a.is_demo, a.created_at,
       o.id, o.full_name, o.title, u.id, u.name, g.id, g.short_name, g.calendar_code,
       (SELECT c.code FROM people_agencycode c WHERE c.agency_id = g.id AND c.valid_from <= %(day)s
          AND (c.valid_to IS NULL OR c.valid_to >= %(day)s) ORDER BY c.scheme = 'qd20' DESC, c.valid_from DESC LIMIT 1),
       ARRAY(SELECT r.unit_id || ':' || r.role FROM people_rolegrant r
          WHERE r.official_id = o.id AND r.valid_from <= %(day)s
          AND (r.valid_to IS NULL OR r.valid_to >= %(day)s))
FROM people_account a
LEFT JOIN people_official o ON o.account_id = a.id AND o.valid_from <= %(day)s
     AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
LEFT JOIN people_unit u ON u.id = o.unit_id
LEFT JOIN people_agency g ON g.id = u.agency_id
WHERE a.id = %(account)s
"""


def account_with_official(account_id: UUID, day: date) -> tuple[Account, ActingOfficial | None] | None:
    """The account and the official behind it on that day, in one query; None when there is no account."""
    row = fetch_one(_ACTING, {"account": account_id, "day": day})
    if row is None:
        return None
    account = Account(**dict(zip(_ACCOUNT, row, strict=False)))
    account._state.adding, account._state.db = False, DEFAULT_DB_ALIAS
    if row[8] is None:
        return account, None
    acting = ActingOfficial(
        id=row[8],
        account_id=row[0],
        name=row[9],
        title=row[10],
        unit_id=row[11],
        unit_name=row[12],
        agency_id=row[13],
        agency_name=row[14],
        calendar_code=row[15],
        agency_code=row[16] or "",
        duties=frozenset(_duty(text) for text in row[17]),
    )
    return account, acting


def _duty(text: str) -> tuple[UUID, str]:
    unit, _, role = text.partition(":")
    return UUID(unit), role


class StaffBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend, reading the account and its official together."""

    def get_user(self, user_id: Any) -> Account | None:
        """The active account of a session, with `acting` set to its official (or None)."""
        found = account_with_official(UUID(str(user_id)), today())
        if found is None or not found[0].is_active:
            return None
        account, acting = found
        account.acting = acting  # type: ignore[attr-defined]
        return account


def acting_official(request: HttpRequest) -> ActingOfficial | None:
    """The official of this request, or None for a citizen."""
    return getattr(request.user, "acting", None)


def official_of(request: HttpRequest) -> ActingOfficial:
    """The official of a request that the door let in. Raises `PermissionDenied` when a view forgot the door."""
    acting = acting_official(request)
    if acting is None:
        raise PermissionDenied
    return acting
