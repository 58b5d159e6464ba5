"""Drafting letters: by the system when lateness is foreseen, by an official when he knows better."""

from datetime import datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from motcua.core.events import Actor, record
from motcua.core.ids import uuid7
from motcua.core.refusals import Refusal
from motcua.core.sql import execute, fetch_all, fetch_one
from motcua.dossiers.states import StaleMove
from motcua.people.access import ActingOfficial
from motcua.people.models import Role
from motcua.routing.apologies.prospects import Prospect, prospect_of, prospects
from motcua.routing.apologies.rules import (
    MOST_LETTERS,
    WORKING_DAY,
    is_halfway,
    new_date,
    proposed_delay,
)
from motcua.routing.gathered import Faults
from motcua.routing.queries import OPEN_STATES
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Amount, Calendar, Unit

SYSTEM: Final = Actor(None, gettext_noop("Hệ thống"))
DRAFTERS: Final = (Role.CASE_OFFICER, Role.APPROVER)


class ApologyRefused(Refusal, ValueError):
    """A letter cannot be drafted, signed or withdrawn like this; the sentence says why."""


class PromiseAhead(ApologyRefused):
    """The last new date is still to come, and nothing was said of why it will not be kept."""

    def __init__(self, goal_at: datetime) -> None:
        super().__init__(
            _("Ngày hẹn mới %(day)s chưa đến. Ông/bà ghi vì sao vẫn không kịp, rồi soạn thư thứ hai.")
            % {"day": f"{localtime(goal_at):%H:%M %d/%m/%Y}"}
        )


# The job leaves a dossier that somebody moves this moment for the next time (SKIP LOCKED).
_LOCK: Final[LiteralString] = (
    "SELECT COALESCE(appointed_at, due_at) FROM dossiers_dossier WHERE id = %s AND state IN "
    + OPEN_STATES
    + " FOR UPDATE"
)
_DRAFT: Final[LiteralString] = """
INSERT INTO routing_apology (id, agency_id, dossier_id, ordinal, unit_id, step_name, reason, delay_number, delay_unit,
  promised_at, new_due_at, drafted_at, drafted_by_id)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING
"""


_VOID: Final[LiteralString] = """
UPDATE routing_apology l SET withdrawn_at = GREATEST(l.drafted_at, %s), withdraw_reason = %s
FROM dossiers_dossier d WHERE d.id = l.dossier_id AND l.agency_id = %s
  AND l.signed_at IS NULL AND l.withdrawn_at IS NULL AND l.promised_at <> COALESCE(d.appointed_at, d.due_at)
RETURNING l.id, l.dossier_id
"""


def tick(at: datetime) -> int:
    """Draft what is due in every agency with open dossiers; how many letters were drafted.

    A dossier or an agency whose dates cannot be counted keeps no other from its letter; what was wrong (`CalendarGap`,
    `CalendarMistake`, `BrokenLedger`, …) is raised at the end, as one `ExceptionGroup`.
    """
    agencies = fetch_all(
        "SELECT DISTINCT agency_id FROM dossiers_dossier WHERE state IN " + OPEN_STATES + " ORDER BY agency_id"
    )
    drafted, faults = 0, Faults()
    for (agency_id,) in agencies:
        with faults.kept():
            drafted += draft_apologies(agency_id, at)
    faults.raised()
    return drafted


def draft_apologies(agency_id: UUID, at: datetime) -> int:
    """Draft a letter for each dossier whose lateness is foreseen and that has none; how many were drafted.

    May run at any time, again, and twice at once: a dossier has one draft at most. Raises `CalendarGap`; an
    `ExceptionGroup` of what single dossiers lack, once all others have theirs.
    """
    calendar = _calendar_of(agency_id)
    _close_void(agency_id, at)
    horizon = calendar.extend(at, 2 * WORKING_DAY, Unit.WORKING_DAY)
    wanting = prospects(agency_id, at=at, horizon=horizon, most=MOST_LETTERS)
    drafted, faults = 0, Faults()
    for prospect in wanting:
        with faults.kept(prospect.code):
            drafted += _foreseen(prospect, calendar, at)
    faults.raised()
    return drafted


def _calendar_of(agency_id: UUID) -> Calendar:
    row = fetch_one("SELECT calendar_code FROM people_agency WHERE id = %s", (agency_id,))
    if row is None:
        raise LookupError(agency_id)
    return calendar_for(row[0])


@transaction.atomic
def _close_void(agency_id: UUID, at: datetime) -> None:
    """Close drafts for dates that a changed calendar has moved; if the new date is in danger, a new one follows."""
    with override("vi"):  # stored, so in the language of the office
        reason = _("Ngày hẹn trả đã đổi.")
    for letter, dossier_id in fetch_all(_VOID, (at, reason, agency_id)):
        record(
            kind="apology.withdrawn", subject=("dossier", dossier_id), by=SYSTEM, at=at, agency_id=agency_id,
            after={"apology": str(letter), "reason": reason},
        )  # fmt: skip


def _foreseen(prospect: Prospect, calendar: Calendar, at: datetime) -> bool:
    """Draft for this dossier if it is time to, and nobody has moved it meanwhile."""
    if not prospect.wants_letter(calendar, at):
        return False
    with transaction.atomic():
        row = fetch_one(_LOCK + " SKIP LOCKED", (prospect.dossier_id,))
        if row is None or row[0] != prospect.goal_at:
            return False
        return _write(prospect, calendar, by=SYSTEM, official_id=None, at=at) is not None


def draft_apology(dossier_id: UUID, *, by: ActingOfficial, at: datetime, why: str = "") -> UUID:
    """An official drafts a letter for an open dossier that he knows will be late; its id.

    While a new date is still ahead he says `why` it will not be kept; the draft begins with that.

    Raises `PromiseAhead` when he does not, `ApologyRefused` before half of the time has gone, when there is a draft,
    when two new dates were given, or for who neither works on dossiers nor decides; `StaleMove` when it is not open
    or another agency's; `CalendarGap`.
    """
    if not by.holds(*DRAFTERS):
        raise ApologyRefused(_("Người thụ lý hoặc lãnh đạo mới soạn thư xin lỗi."))
    with transaction.atomic():
        if fetch_one(_LOCK, (dossier_id,)) is None:
            raise StaleMove
        prospect = prospect_of(dossier_id, by.agency_id)
        if prospect is None:
            raise StaleMove
        if prospect.signed >= MOST_LETTERS:
            raise ApologyRefused(
                _("Hồ sơ đã được hẹn lại hai lần nên không hẹn lại nữa. Ông/bà giải quyết ngay hoặc ghi ngoại lệ.")
            )
        if not is_halfway(prospect.received_at, prospect.goal_at, at):
            raise ApologyRefused(
                _("Thời hạn chưa qua một nửa nên chưa soạn thư xin lỗi được. Ông/bà giải quyết tiếp hồ sơ.")
            )
        if prospect.signed and prospect.goal_at > at and not why.strip():
            raise PromiseAhead(prospect.goal_at)
        letter = _write(
            prospect, calendar_for(by.calendar_code), by=by.actor, official_id=by.id, at=at, why=why.strip()
        )
        if letter is None:
            raise ApologyRefused(_("Hồ sơ đã có một thư xin lỗi đang chờ ký."))
    return letter


def _write(
    prospect: Prospect, calendar: Calendar, *, by: Actor, official_id: UUID | None, at: datetime, why: str = ""
) -> UUID | None:
    """The draft with its event; None when the dossier has one already."""
    delay: Amount = proposed_delay(prospect.outlook(calendar, at), prospect.limit)
    new_due_at, letter = new_date(prospect.goal_at, at, delay, calendar), uuid7()
    values: tuple[Any, ...] = (
        letter, prospect.agency_id, prospect.dossier_id, prospect.signed + 1, prospect.unit_id, prospect.step,
        why or _where_it_lies(prospect), delay.number, delay.unit.value, prospect.goal_at, new_due_at, at, official_id,
    )  # fmt: skip
    if execute(_DRAFT, values) != 1:
        return None
    record(
        kind="apology.drafted", subject=("dossier", prospect.dossier_id), by=by, at=at, agency_id=prospect.agency_id,
        after={"apology": str(letter), "unit": prospect.unit, "promised_at": prospect.goal_at.isoformat(),
               "appointed_at": new_due_at.isoformat()},
    )  # fmt: skip
    return letter


def _where_it_lies(prospect: Prospect) -> str:
    """The one thing the system knows of the reason; whoever signs says the rest. Stored, so Vietnamese."""
    with override("vi"):
        return _("Hồ sơ ở bước “%(step)s” của %(unit)s từ %(since)s.") % {
            "step": prospect.step, "unit": prospect.unit, "since": f"{localtime(prospect.step_since):%H:%M %d/%m/%Y}",
        }  # fmt: skip
