"""The few that were late: each by the same actions as in the office, with its letter of apology signed and told."""

from datetime import datetime, timedelta
from random import Random
from typing import Final, NamedTuple
from uuid import UUID

from django.utils.timezone import localdate

from motcua.core.sql import fetch_all, fetch_one
from motcua.demo.places.building import Ground
from motcua.demo.places.offices import Hand
from motcua.people.access import ActingOfficial, account_with_official
from motcua.people.models import Role
from motcua.result.actions import Recipient, return_result
from motcua.routing import actions
from motcua.routing.apologies.actions import Wording, mark_sent, sign
from motcua.routing.apologies.drafting import draft_apology
from motcua.worktime.rules import Amount, Calendar, Unit

REASONS: Final = (
    ("overload", "Trong tuần số hồ sơ tăng đột biến, một công chức đi tập huấn."),
    ("verification", "Phải xác minh lại nội dung với nơi cư trú trước đây của người nộp."),
    ("absence", "Công chức thụ lý nghỉ ốm, việc chưa được bàn giao kịp."),
)
BEFORE_THE_DATE: Final = 90
"""Working minutes before the date at which the letter is drafted."""


class Waiting(NamedTuple):
    """A dossier at its case officer's, whose date nobody will keep."""

    dossier_id: UUID
    step_id: UUID
    function: str
    due_at: datetime


def settle_late(ground: Ground) -> None:
    """Settle what lies with the case officers of the place: after its date, with a letter."""
    random = Random(f"{ground.seed}:{ground.place.key}:late")  # noqa: S311 (a repeatable demo, not a secret)
    for key in sorted({stream.agency for stream in ground.place.streams if stream.late}):
        crew = ground.crews[key]
        rows = fetch_all(
            "SELECT d.id, s.id, u.function, d.due_at FROM dossiers_dossier d "
            "JOIN routing_step s ON s.dossier_id = d.id AND s.finished_at IS NULL "
            "JOIN people_unit u ON u.id = s.unit_id WHERE d.agency_id = %s ORDER BY d.received_at, d.code",
            (crew.agency_id,),
        )
        for ordinal, row in enumerate(rows):
            _settle(ground, key, Waiting(*row), ordinal, random)


def _settle(ground: Ground, key: str, waiting: Waiting, ordinal: int, random: Random) -> None:
    crew, calendar = ground.crews[key], ground.calendar

    def one(function: str, role: Role, at: datetime) -> ActingOfficial:
        return acting(crew.hand(function, role.value, at, ordinal), at)

    drafted_at = _before(calendar, waiting.due_at, BEFORE_THE_DATE)
    signed_at, sent_at = calendar.after(drafted_at, 25), calendar.after(drafted_at, 45)
    letter = draft_apology(waiting.dossier_id, by=one(waiting.function, Role.CASE_OFFICER, drafted_at), at=drafted_at)
    code, words = REASONS[ordinal % len(REASONS)]
    wording = Wording(code, words, Amount(2, Unit.WORKING_DAY))
    sign(letter, wording, by=one("leaders", Role.APPROVER, signed_at), at=signed_at)
    mark_sent(letter, by=one("one_stop", Role.RECEIVER, sent_at), at=sent_at)
    at = calendar.after(waiting.due_at, random.randrange(60, 400))
    actions.pass_on(waiting.step_id, by=one(waiting.function, Role.CASE_OFFICER, at), at=at)
    while (step := _open(waiting.dossier_id)) is not None:
        at = calendar.after(at, random.randrange(10, 60))
        by = one(step[1], Role(step[2]), at)
        if step[3] == 9:
            return_result(waiting.dossier_id, recipient=_recipient(waiting.dossier_id), by=by, at=at)
        elif step[2] == Role.APPROVER:
            actions.approve(step[0], by=by, at=at)
        else:
            actions.pass_on(step[0], by=by, at=at)


def _open(dossier_id: UUID) -> tuple[UUID, str, str, int] | None:
    row = fetch_one(
        "SELECT s.id, u.function, s.role, d.state FROM routing_step s JOIN people_unit u ON u.id = s.unit_id "
        "JOIN dossiers_dossier d ON d.id = s.dossier_id WHERE s.dossier_id = %s AND s.finished_at IS NULL",
        (dossier_id,),
    )
    return (row[0], row[1], row[2], row[3]) if row else None


def _recipient(dossier_id: UUID) -> Recipient:
    row = fetch_one(
        "SELECT applicant_name, applicant_personal_id, return_method FROM dossiers_dossier WHERE id = %s", (dossier_id,)
    )
    if row is None:
        raise LookupError(dossier_id)
    return Recipient(row[0], row[1], row[2], True)


def _before(calendar: Calendar, at: datetime, minutes: int) -> datetime:
    """So many working minutes before a moment: the same day's morning, or the working day before."""
    since = at.replace(hour=0, minute=0)
    while calendar.elapsed(since, at) <= minutes:
        since -= timedelta(days=1)
    return calendar.after(since, calendar.elapsed(since, at) - minutes)


def acting(hand: Hand, at: datetime) -> ActingOfficial:
    """The official as he acts at that moment. Raises LookupError for a stranger."""
    found = account_with_official(UUID(hand.account), localdate(at), at)
    if found is None or found[1] is None:
        raise LookupError(hand.name)
    return found[1]
