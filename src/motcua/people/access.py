"""The official who is acting: person, unit, agency and roles, read in one query per request."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.core.exceptions import PermissionDenied
from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest
from django.utils.timezone import get_default_timezone, localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.core.events import Actor
from motcua.core.sql import fetch_one
from motcua.people.models import Account


@dataclass(frozen=True, slots=True)
class ActingOfficial:
    """An official as he acts right now. Every write takes one as `by`.

    `duties` are his own and those he stands in for at this moment. `stands_in` names, for each duty that is
    not his own, the absent official (id, name); `stands_in_for` holds every official he stands in for, also
    for a duty both of them hold. He who is absent and comes in all the same keeps his own duties.
    """

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
    stands_in: Mapping[tuple[UUID, str], tuple[UUID, str]] = field(default_factory=dict, hash=False)
    stands_in_for: frozenset[UUID] = frozenset()

    @property
    def roles(self) -> frozenset[str]:
        """The roles held or stood in for now, in whatever unit."""
        return frozenset(role for _unit, role in self.duties)

    def serves(self, unit_id: UUID, role: str) -> bool:
        """Whether he does this duty now, his own or another's."""
        return (unit_id, role) in self.duties

    @property
    def actor(self) -> Actor:
        return Actor(self.account_id, self.name)

    def on_behalf_of(self, unit_id: UUID, role: str) -> UUID | None:
        """The absent official in whose place he does this duty; None when it is his own, or not his to do."""
        absent = self.stands_in.get((unit_id, role))
        return absent[0] if absent else None

    def acting_as(self, unit_id: UUID, role: str) -> Actor:
        """Who did it, as the log keeps it: "Trần Văn B, thay mặt Lê Văn A" when it is A's duty."""
        absent = self.stands_in.get((unit_id, role))
        if absent is None:
            return self.actor
        with override("vi"):  # the log has one language, whoever reads the page in another
            name = _("%(name)s, thay mặt %(absent)s") % {"name": self.name, "absent": absent[1]}
        return Actor(self.account_id, name)

    def acting_in(self, duties: Iterable[tuple[UUID, str]]) -> Actor:
        """As `acting_as`, for what each of these duties allows: in his own where one is his, else in another's."""
        done = sorted(self.duties.intersection(duties), key=lambda duty: (duty in self.stands_in, duty))
        return self.acting_as(*done[0]) if done else self.actor

    def acting_for(self, *roles: str) -> Actor:
        """As `acting_in`, for what is done in one of these roles, in whatever unit."""
        return self.acting_in(duty for duty in self.duties if duty[1] in roles)

    def holds(self, *roles: str) -> bool:
        """Whether he does the duty of at least one of these roles now."""
        return not self.roles.isdisjoint(roles)


_ACCOUNT = (
    "id", "username", "password", "last_login", "email", "is_active", "is_demo", "created_at",
    "password_is_temporary",
)  # fmt: skip
_ACTING = """
SELECT a.id, a.username, a.password, a.last_login, a.email, a.is_active, a.is_demo, a.created_at,
       a.password_is_temporary,
       o.id, o.full_name, o.title, u.id, u.name, g.id, g.short_name, g.calendar_code,
       (SELECT c.code FROM people_agencycode c WHERE c.agency_id = g.id AND c.valid_from <= %(day)s
          AND (c.valid_to IS NULL OR c.valid_to >= %(day)s) ORDER BY c.scheme = 'qd20' DESC, c.valid_from DESC LIMIT 1),
       ARRAY(SELECT r.unit_id || ':' || r.role FROM people_rolegrant r
          WHERE r.official_id = o.id AND r.valid_from <= %(day)s
          AND (r.valid_to IS NULL OR r.valid_to >= %(day)s)),
       ARRAY(SELECT s.unit_id || ':' || s.role || ':' || p.id || ':' || p.full_name FROM people_standin s
          JOIN people_absence b ON b.id = s.absence_id AND b.first_at <= %(at)s AND b.last_at > %(at)s
          JOIN people_official p ON p.id = s.official_id AND p.valid_from <= %(day)s
               AND (p.valid_to IS NULL OR p.valid_to >= %(day)s)
          WHERE s.substitute_id = o.id
          AND EXISTS (SELECT 1 FROM people_rolegrant r WHERE r.official_id = p.id AND r.unit_id = s.unit_id
               AND r.role = s.role AND r.valid_from <= %(day)s AND (r.valid_to IS NULL OR r.valid_to >= %(day)s))
          AND NOT EXISTS (SELECT 1 FROM people_absence x WHERE x.official_id = o.id
               AND x.first_at <= %(at)s AND x.last_at > %(at)s)
          ORDER BY p.full_name, p.id)
FROM people_account a
LEFT JOIN people_official o ON o.account_id = a.id AND o.valid_from <= %(day)s
     AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
LEFT JOIN people_unit u ON u.id = o.unit_id
LEFT JOIN people_agency g ON g.id = u.agency_id
WHERE a.id = %(account)s
"""


def account_with_official(
    account_id: UUID, day: date, at: datetime | None = None
) -> tuple[Account, ActingOfficial | None] | None:
    """The account and the official behind it on that day, in one query; None when there is no account.

    Whom he stands in for is asked at the moment `at`, noon of the day unless said otherwise.
    """
    moment = at or datetime.combine(day, time(12), get_default_timezone())
    row = fetch_one(_ACTING, {"account": account_id, "day": day, "at": moment})
    if row is None:
        return None
    account = Account(**dict(zip(_ACCOUNT, row, strict=False)))
    account._state.adding, account._state.db = False, DEFAULT_DB_ALIAS
    told = row[len(_ACCOUNT) :]
    if told[0] is None:
        return account, None
    own = frozenset(_duty(text) for text in told[9])
    stood_in = [_stood_in(text) for text in told[10]]
    acting = ActingOfficial(
        id=told[0],
        account_id=account.id,
        name=told[1],
        title=told[2],
        unit_id=told[3],
        unit_name=told[4],
        agency_id=told[5],
        agency_name=told[6],
        calendar_code=told[7],
        agency_code=told[8] or "",
        duties=own.union(duty for duty, _absent in stood_in),
        stands_in={duty: absent for duty, absent in reversed(stood_in) if duty not in own},
        stands_in_for=frozenset(absent[0] for _duty_of, absent in stood_in),
    )
    return account, acting


def _duty(text: str) -> tuple[UUID, str]:
    unit, role = text.split(":", 1)
    return UUID(unit), role


def _stood_in(text: str) -> tuple[tuple[UUID, str], tuple[UUID, str]]:
    """A duty and the absent official whose it is."""
    unit, role, absent, name = text.split(":", 3)
    return (UUID(unit), role), (UUID(absent), name)


class StaffBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend, reading the account and its official together."""

    def get_user(self, user_id: Any) -> Account | None:
        """The active account of a session, with `acting` set to its official (or None)."""
        at = now()
        found = account_with_official(UUID(str(user_id)), localdate(at), at)
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
