"""Writing into a dossier's clock: one entry, the state that goes with it, and the dates that follow from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.catalogue.queries import version_by_id
from motcua.core.events import Actor, record
from motcua.core.ids import uuid7
from motcua.core.refusals import Refusal
from motcua.core.sql import execute, fetch_one
from motcua.dossiers.actions.ending import undone
from motcua.dossiers.ledger import Life, entries_of, terms_of
from motcua.dossiers.rules import ClockReading, Entry, Mark, read_clock
from motcua.dossiers.states import ForbiddenMove, StaleMove, State, may_move
from motcua.worktime.queries import calendar_for

# What each entry is called in the event log.
KINDS: Final[Mapping[Mark, str]] = {
    Mark.PAUSED: "dossier.paused",
    Mark.RESUMED: "dossier.resumed",
    Mark.RESTARTED: "dossier.restarted",
    Mark.VOIDED: "dossier.pause_voided",
    Mark.EXTENDED: "dossier.extended",
    Mark.REAPPOINTED: "dossier.reappointed",
    Mark.REOPENED: "dossier.reopened",
}
_READ: Final[LiteralString] = """
SELECT d.state, d.received_at, d.finished_at, d.returned_at, d.limit_number, d.limit_unit, d.version_id, d.agency_id,
       a.calendar_code, d.due_at, d.appointed_at
FROM dossiers_dossier d JOIN people_agency a ON a.id = d.agency_id WHERE d.id = %s FOR UPDATE OF d
"""
_WRITE: Final[LiteralString] = """
INSERT INTO dossiers_clockentry
  (id, dossier_id, position, mark, at, cause, amount_number, amount_unit, void_from, void_to, until, note)
SELECT %s, %s, count(*) + 1, %s, %s, %s, %s, %s, %s, %s, %s, %s FROM dossiers_clockentry WHERE dossier_id = %s
"""


class ClockWentBack(Refusal):
    """The act would lie before what was done last: the machine's clock jumped. Nothing is written."""

    def __init__(self, last: datetime) -> None:
        super().__init__(
            _("Giờ máy chủ đang sớm hơn việc ghi trước đó (%(last)s) nên chưa ghi. Báo quản trị chỉnh lại giờ máy chủ.")
            % {"last": f"{localtime(last):%H:%M %d/%m/%Y}"}
        )


@dataclass(frozen=True, slots=True)
class Turned:
    """What an entry did to the clock: carried to the listeners of its event."""

    dossier_id: UUID
    agency_id: UUID
    entry: Entry
    before: datetime
    reading: ClockReading


def turn_clock(
    dossier_id: UUID, entry: Entry, *, seen: State, to: State, by: Actor,
    until: date | None = None, note: str = "", told: Mapping[str, Any] | None = None,
) -> Turned:  # fmt: skip
    """Write one entry into the ledger, with the state, the dates and the event that go with it.

    `until` is the last day the applicant has; `told` goes into the event's `after`. Call it in a transaction.
    Raises `StaleMove` when the dossier is no longer in `seen`, `ForbiddenMove`, `ClockWentBack`, `CalendarGap`.
    """
    if to != seen and not may_move(seen, to):
        raise ForbiddenMove(f"{seen.name} -> {to.name}")
    row = fetch_one(_READ, (dossier_id,))
    if row is None or row[0] != seen:
        raise StaleMove
    state, received_at, finished_at, returned_at, number, unit, version_id, agency_id, code, due_at, appointed = row
    life = Life(received_at, entries_of(dossier_id), finished_at, returned_at)
    lines = life.ledger()
    if entry.at < lines[-1].at:
        raise ClockWentBack(lines[-1].at)
    terms = terms_of(number, unit, version_by_id(version_id).cut_off)
    reading = read_clock([*lines, entry], terms, calendar_for(code))
    if entry.mark is Mark.REOPENED and finished_at is not None:
        _keep(dossier_id, Entry(Mark.SETTLED, finished_at), None, "")
        if returned_at is not None:
            _keep(dossier_id, Entry(Mark.RETURNED, returned_at), None, "")
    _keep(dossier_id, entry, until, note)
    execute(
        "UPDATE dossiers_dossier SET state = %s, due_at = %s, appointed_at = %s, paused_at = %s, paused_until = %s, "
        "finished_at = %s, returned_at = %s, outcome = CASE WHEN %s::timestamptz IS NULL THEN '' ELSE outcome END "
        "WHERE id = %s",
        (int(to), reading.due_at, reading.appointed_at, reading.paused_since, until, reading.settled_at,
         None if entry.mark is Mark.REOPENED else returned_at, reading.settled_at, dossier_id),
    )  # fmt: skip
    turned = Turned(dossier_id, agency_id, entry, due_at, reading)
    record(
        kind=KINDS[entry.mark], subject=("dossier", dossier_id), by=by, at=entry.at, agency_id=agency_id,
        before={"state": state, "due_at": due_at.isoformat(), **_dated("appointed_at", appointed)},
        after={
            "state": int(to), "due_at": reading.due_at.isoformat(),
            **_dated("appointed_at", reading.appointed_at), **_dated("until", until),
            **_dated("void_from", entry.void_from), **_dated("void_to", entry.void_to),
            **({"cause": entry.cause.value} if entry.cause else {}), **({"reason": note} if note else {}),
            **(undone(dossier_id) if entry.mark is Mark.REOPENED else {}), **(told or {}),
        },
        carried=turned,
    )  # fmt: skip
    return turned


def set_last_day(dossier_id: UUID, day: date | None) -> None:
    """The applicant's last day, when what he still owes changes while he is waited for; None: no day is set."""
    execute("UPDATE dossiers_dossier SET paused_until = %s WHERE id = %s AND paused_at IS NOT NULL", (day, dossier_id))


def _keep(dossier_id: UUID, entry: Entry, until: date | None, note: str) -> None:
    amount = (entry.amount.number, entry.amount.unit.value) if entry.amount else (None, "")
    execute(
        _WRITE,
        (uuid7(), dossier_id, entry.mark.value, entry.at, entry.cause.value if entry.cause else "", *amount,
         entry.void_from, entry.void_to, until, note[:600], dossier_id),
    )  # fmt: skip


def _dated(name: str, value: date | None) -> dict[str, str]:
    return {name: value.isoformat()} if value is not None else {}
