"""What keeps two writers of one office from undoing each other, and an office from locking itself out."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.core.refusals import Refusal
from motcua.core.sql import execute, fetch_one


class LastAdministrator(Refusal):
    """Without him nobody could write roles any more."""

    def __init__(self) -> None:
        super().__init__(
            _("Đây là quản trị cuối cùng của cơ quan. Ông/bà giao vai trò Quản trị cho một người khác trước.")
        )


def one_at_a_time(agency_id: UUID) -> None:
    """Whoever writes the roster or the roles of this agency waits here for the one before him.

    So a substitute cannot go on leave, nor the last administrator be stripped, between another's check and write.
    """
    execute("SELECT 1 FROM people_agency WHERE id = %s FOR NO KEY UPDATE", (agency_id,))


_ADMINISTRATOR = """
SELECT 1 FROM people_rolegrant g
JOIN people_unit u ON u.id = g.unit_id AND u.agency_id = %(agency)s
JOIN people_official o ON o.id = g.official_id AND o.valid_from <= %(day)s AND o.valid_to IS NULL
JOIN people_account a ON a.id = o.account_id AND a.is_active
WHERE g.role = 'administrator' AND g.valid_from <= %(day)s AND g.valid_to IS NULL
LIMIT 1
"""


def keep_an_administrator(agency_id: UUID, day: date) -> None:
    """Raises `LastAdministrator` unless somebody administers the agency today with no end in sight."""
    if fetch_one(_ADMINISTRATOR, {"agency": agency_id, "day": day}) is None:
        raise LastAdministrator
