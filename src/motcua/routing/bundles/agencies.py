"""Which agency handles a part of a bundle, and who receives it there when nobody stands at its counter."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Final, LiteralString
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.core.events import Actor
from motcua.core.refusals import Refusal
from motcua.core.sql import fetch_all, fetch_one
from motcua.people.access import ActingOfficial, account_with_official
from motcua.people.models import Role, UnitFunction
from motcua.routing.bundles.definitions import Handler

# Agencies of the kind around the receiving desk: its superior, under its superior, or under itself; with whether each
# posts the procedure on the day.
_AROUND: Final[LiteralString] = """
SELECT g.id, EXISTS (SELECT 1 FROM catalogue_posting o JOIN catalogue_procedure p ON p.id = o.procedure_id
         WHERE o.agency_id = g.id AND p.national_code = %(procedure)s
         AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s))
FROM people_agency g JOIN people_agency desk ON desk.id = %(desk)s
WHERE g.kind = %(kind)s AND g.level = %(level)s AND g.id <> desk.id
  AND g.valid_from <= %(day)s AND (g.valid_to IS NULL OR g.valid_to >= %(day)s)
  AND (g.id = desk.parent_id OR g.parent_id = desk.parent_id OR g.parent_id = desk.id)
ORDER BY g.id
"""
_AT_THE_DESK: Final[LiteralString] = """
SELECT a.id FROM people_unit u
JOIN people_rolegrant r ON r.unit_id = u.id AND r.role = %(role)s
     AND r.valid_from <= %(day)s AND (r.valid_to IS NULL OR r.valid_to >= %(day)s)
LEFT JOIN people_standin s ON s.unit_id = u.id AND s.role = r.role AND s.official_id = r.official_id
     AND EXISTS (SELECT 1 FROM people_absence b WHERE b.id = s.absence_id
                 AND b.first_at <= %(at)s AND b.last_at > %(at)s)
JOIN people_official o ON o.id = COALESCE(s.substitute_id, r.official_id)
     AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
JOIN people_account a ON a.id = o.account_id AND a.is_active
WHERE u.agency_id = %(agency)s AND u.function = %(desk)s
  AND u.valid_from <= %(day)s AND (u.valid_to IS NULL OR u.valid_to >= %(day)s)
ORDER BY EXISTS (SELECT 1 FROM people_absence x WHERE x.official_id = o.id
                 AND x.first_at <= %(at)s AND x.last_at > %(at)s), r.valid_from, o.id
LIMIT 1
"""


class NoDesk(Refusal):
    """No agency, or nobody at its desk, could take the part in; the sentence says which."""


def agency_for(handler: Handler | None, procedure: str, *, desk_agency: UUID, day: date) -> UUID | None:
    """The one agency that handles this procedure for the receiving desk; None when none or several could.

    Of several, the one that posts the procedure. A handler that may be `here_else` falls back to the desk's own.
    """
    if handler is None:
        return desk_agency
    around = fetch_all(
        _AROUND,
        {"procedure": procedure, "day": day, "desk": desk_agency, "kind": handler.kind, "level": handler.level},
    )
    posting = [row[0] for row in around if row[1]]
    if len(posting) == 1:
        return UUID(str(posting[0]))
    if len(around) == 1:
        return UUID(str(around[0][0]))
    return desk_agency if not around and handler.here_else else None


@dataclass(frozen=True, slots=True)
class DeskActing(ActingOfficial):
    """The receiver of another agency's desk, in whose hands a part is put; the log says that the system did it."""

    @property
    def actor(self) -> Actor:
        with override("vi"):  # the log has one language
            return Actor(None, _("Hệ thống, gửi liên thông đến %(unit)s") % {"unit": self.unit_name})


def desk_actor(agency_id: UUID, at: datetime) -> DeskActing:
    """Who receives at the desk of this agency now: a receiver on duty first, else one who holds the duty.

    Raises `NoDesk` when the agency has nobody who receives.
    """
    day = localdate(at)
    row = fetch_one(
        _AT_THE_DESK,
        {
            "agency": agency_id, "role": Role.RECEIVER.value, "desk": UnitFunction.ONE_STOP.value, "day": day,
            "at": at,
        },
    )  # fmt: skip
    found = account_with_official(row[0], day, at) if row else None
    if found is None or found[1] is None:
        raise NoDesk(_("Cơ quan giải quyết chưa có ai tiếp nhận hồ sơ. Báo cơ quan đó phân công, rồi gửi lại."))
    return DeskActing(**{part.name: getattr(found[1], part.name) for part in fields(ActingOfficial)})
