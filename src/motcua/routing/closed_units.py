"""What lies in a unit that closes goes on in the unit that takes over: nothing is left where nobody works any more."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, LiteralString
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.core.events import Actor, Happened, record
from motcua.core.ids import uuid7
from motcua.core.sql import execute, fetch_all, fetch_one
from motcua.people.actions.offices import SuccessorRefused, UnitClosing
from motcua.people.models import WORKERS, Role, RoleGrant, Unit
from motcua.people.queries import HEIRS, NAMED

CLOCKWORK: Final = Actor(None, "Một Cửa")
_OPEN: Final[LiteralString] = "SELECT role, count(*) FROM routing_step WHERE unit_id = %s AND finished_at IS NULL "
_LOCK: Final[LiteralString] = """
SELECT 1 FROM dossiers_dossier WHERE id IN (
  SELECT dossier_id FROM routing_step WHERE unit_id = %(unit)s AND finished_at IS NULL
  UNION SELECT dossier_id FROM routing_consultation WHERE unit_id = %(unit)s AND closed_at IS NULL)
ORDER BY id FOR UPDATE
"""
_CLOSE: Final[LiteralString] = """
UPDATE routing_step SET finished_at = GREATEST(started_at, %s), outcome = 'forwarded', note = %s
WHERE unit_id = %s AND finished_at IS NULL RETURNING dossier_id, position, name, role, due_at, finished_at
"""
_AGAIN: Final[LiteralString] = """
INSERT INTO routing_step (id, dossier_id, position, name, role, unit_id, started_at, due_at, outcome, note)
SELECT t.*, '', '' FROM unnest(%s::uuid[], %s::uuid[], %s::int2[], %s::text[], %s::text[], %s::uuid[],
                               %s::timestamptz[], %s::timestamptz[]) AS t
"""
# Its open questions too: to who takes over, unless the same step asks there already: one answer then serves both.
_QUESTIONS: Final[LiteralString] = "SELECT count(*) FROM routing_consultation WHERE unit_id = %s AND closed_at IS NULL"
_ASK_ON: Final[LiteralString] = """
UPDATE routing_consultation c SET unit_id = %(to)s FROM dossiers_dossier d
WHERE c.unit_id = %(unit)s AND c.closed_at IS NULL AND d.id = c.dossier_id
  AND NOT EXISTS (SELECT FROM routing_consultation o
                  WHERE o.step_id = c.step_id AND o.unit_id = %(to)s AND o.closed_at IS NULL)
RETURNING c.id, c.dossier_id, d.agency_id
"""
_ASK_NO_MORE: Final[LiteralString] = """
UPDATE routing_consultation c SET closed_at = GREATEST(c.asked_at, %(at)s), closed_how = 'withdrawn'
FROM dossiers_dossier d WHERE c.unit_id = %(unit)s AND c.closed_at IS NULL AND d.id = c.dossier_id
RETURNING c.id, c.dossier_id, d.agency_id
"""
_LEFT: Final[LiteralString] = (
    HEIRS
    + """
SELECT u.id, u.agency_id, n.id, n.name FROM people_unit u JOIN heirs h ON h.unit_id = u.id
JOIN people_unit n ON n.id = h.heir_id AND (n.valid_to IS NULL OR n.valid_to >= %(day)s)
WHERE EXISTS (SELECT FROM routing_step s WHERE s.unit_id = u.id AND s.finished_at IS NULL)
  OR EXISTS (SELECT FROM routing_consultation q WHERE q.unit_id = u.id AND q.closed_at IS NULL)
ORDER BY u.id
"""
)
# Who closed, or will, and named this unit for what is left: it lasts so long as something may still come from there.
_EXPECTED: Final[LiteralString] = (
    """
SELECT u.name FROM people_unit u CROSS JOIN LATERAL ("""
    + NAMED
    + """) c
WHERE u.agency_id = %(agency)s AND c.id = %(unit)s AND (u.valid_to >= %(day)s
  OR EXISTS (SELECT FROM routing_step s WHERE s.unit_id = u.id AND s.finished_at IS NULL)
  OR EXISTS (SELECT FROM routing_consultation q WHERE q.unit_id = u.id AND q.closed_at IS NULL))
ORDER BY u.name LIMIT 1
"""
)


def require_taken_over(happened: Happened) -> None:
    """Refuse to close a unit that leaves work behind, else hand over. Listens to `unit.closed`.

    Steps stay with its people to the end of the last day; a day that is over hands them over at once. Raises
    `SuccessorRefused` with the count when no unit was named, and when nobody there does what is left.
    """
    closing: UnitClosing = happened.carried
    left = fetch_all(_OPEN + "GROUP BY role ORDER BY role", (closing.unit.id,))
    open_steps = sum(count for _role, count in left)
    if closing.successor is None:
        if open_steps:
            raise SuccessorRefused(
                _("Đơn vị còn %(n)d bước hồ sơ chưa xong. Ông/bà chọn đơn vị nhận các bước này.") % {"n": open_steps}
            )
        if questions := _open_questions(closing.unit.id):
            raise SuccessorRefused(
                _("Đơn vị còn %(n)d lần lấy ý kiến chưa trả lời. Ông/bà chọn đơn vị trả lời thay.") % {"n": questions}
            )
        if closing.last_day >= localdate(happened.at) and _had_work(closing.unit.id):
            raise SuccessorRefused(
                _("Đơn vị còn nhận hồ sơ đến hết ngày này. Ông/bà chọn đơn vị nhận các bước chưa xong khi đó.")
            )
        _require_nothing_expected(closing, localdate(happened.at))
        return
    _require_hands(closing, [role for role, _count in left])
    if _open_questions(closing.unit.id):
        _require_answerers(closing)
    if closing.last_day < localdate(happened.at):
        _hand_over(closing.unit.id, closing.unit.agency_id, (closing.successor.id, closing.successor.name),
                   by=happened.by, at=happened.at)  # fmt: skip


def _open_questions(unit_id: UUID) -> int:
    row = fetch_one(_QUESTIONS, (unit_id,))
    return row[0] if row else 0


def _had_work(unit_id: UUID) -> bool:
    return fetch_one("SELECT 1 FROM routing_step WHERE unit_id = %s LIMIT 1", (unit_id,)) is not None


def _require_nothing_expected(closing: UnitClosing, day: date) -> None:
    """Raises `SuccessorRefused` when what is left in another closed unit is still to come here."""
    row = fetch_one(_EXPECTED, {"agency": closing.unit.agency_id, "unit": closing.unit.id, "day": day})
    if row is not None:
        raise SuccessorRefused(
            _("Đơn vị này sẽ nhận việc còn lại của %(unit)s. Ông/bà chọn đơn vị nhận thay.") % {"unit": row[0]}
        )


def _require_hands(closing: UnitClosing, roles: Sequence[str]) -> None:
    """Raises `SuccessorRefused` naming what nobody of the unit that takes over does on its first day."""
    first_day = closing.last_day + timedelta(days=1)
    held = RoleGrant.objects.filter(unit=closing.successor, valid_from__lte=first_day).exclude(valid_to__lt=first_day)
    lacking = set(roles) - set(held.values_list("role", flat=True))
    if lacking:
        names = ", ".join(str(Role(role).label) for role in sorted(lacking))
        raise SuccessorRefused(
            _("Đơn vị nhận chưa có ai làm vai trò: %(roles)s. Ông/bà giao vai trò đó trước.") % {"roles": names}
        )


def _require_answerers(closing: UnitClosing) -> None:
    """Raises `SuccessorRefused` when nobody works in the unit that takes over on its first day."""
    first_day = closing.last_day + timedelta(days=1)
    held = RoleGrant.objects.filter(unit=closing.successor, valid_from__lte=first_day).exclude(valid_to__lt=first_day)
    if not held.filter(role__in=WORKERS).exists():
        raise SuccessorRefused(_("Đơn vị nhận chưa có ai làm việc để trả lời các lần lấy ý kiến còn lại."))


def take_over_round(at: datetime) -> dict[str, int]:
    """Hand over what lies in units whose last day is over; how many steps and questions. Twice at once is once."""
    with override("vi"):  # what is said is kept, and has one language
        return {
            "handed_over": sum(
                _hand_over(unit_id, agency_id, (new_id, name), by=CLOCKWORK, at=at)
                for unit_id, agency_id, new_id, name in fetch_all(_LEFT, {"day": localdate(at)})
            )
        }


@transaction.atomic
def _hand_over(unit_id: UUID, agency_id: UUID, to: tuple[UUID, str], *, by: Actor, at: datetime) -> int:
    """Close every open step of the unit as forwarded and open it anew in the other, free for all of its role there.

    Its open questions are asked of the other, by their own deadline.
    """
    execute(_LOCK, {"unit": unit_id})
    reason = _("Đơn vị đã đóng")
    asked_on = _ask_on(unit_id, to, reason, by=by, at=at)
    rows = fetch_all(_CLOSE, (at, reason, unit_id))
    if not rows:
        return asked_on
    dossiers, positions, names, roles, due, ended = (list(column) for column in zip(*rows, strict=True))
    execute(_AGAIN, ([uuid7() for _row in rows], dossiers, positions, names, roles, [to[0]] * len(rows), ended, due))
    for dossier_id, name in zip(dossiers, names, strict=True):
        record(
            kind="step.forwarded", subject=("dossier", dossier_id), by=by, at=at, agency_id=agency_id,
            before={"step": name}, after={"unit": to[1], "reason": reason},
        )  # fmt: skip
    return len(rows) + asked_on


def _ask_on(unit_id: UUID, to: tuple[UUID, str], reason: str, *, by: Actor, at: datetime) -> int:
    """Put the unit's open questions to the other; one that the same step asked both is asked once."""
    left = Unit.objects.get(pk=unit_id).name
    moved = fetch_all(_ASK_ON, {"unit": unit_id, "to": to[0]})
    for question, dossier_id, agency_id in moved:
        record(
            kind="consultation.handed_over", subject=("dossier", dossier_id), by=by, at=at, agency_id=agency_id,
            before={"consulted": left}, after={"consultation": str(question), "consulted": to[1], "reason": reason},
        )  # fmt: skip
    ended = fetch_all(_ASK_NO_MORE, {"unit": unit_id, "at": at})
    for question, dossier_id, agency_id in ended:
        record(
            kind="consultation.withdrawn", subject=("dossier", dossier_id), by=by, at=at, agency_id=agency_id,
            after={"consultation": str(question), "consulted": left, "reason": reason},
        )  # fmt: skip
    return len(moved) + len(ended)
