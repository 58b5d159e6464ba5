"""Dossiers that live at random through the real actions, so that every kind of end, and its undoing, is counted."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from motcua.core.refusals import Refusal
from motcua.core.sql import fetch_one
from motcua.dossiers.states import StaleMove
from motcua.intake.actions import receive
from motcua.people.access import ActingOfficial
from motcua.routing import actions
from motcua.routing.actions import detours
from motcua.routing.actions.detours import Wish
from motcua.routing.models import Step
from tests.cast import BIRTH, LAND, MONDAY, MR_QUANG, MRS_LAN, Cast, filing, offered
from tests.routing.lives import LAW, MUCH_LATER, WHY, Life, ask, bring, hand_over

WISH = Wish("Võ Đình Quang", "counter", "Xin nhận lại giấy tờ")
WAYS_IN = (
    {"channel": "counter"},
    {"channel": "online"},
    {"channel": "online", "filed_by": "helped", "source": "portal"},
    {"channel": "online", "filed_by": "officer"},
    {"channel": "post"},
    {"channel": "counter", "standing": "lead"},
    {"channel": "online", "standing": "part", "source": "province"},
)


def go_on(life: Life, at: datetime) -> None:
    """The next step, done by whose turn it is."""
    row = fetch_one(
        "SELECT id, role FROM routing_step WHERE dossier_id = %s AND finished_at IS NULL ORDER BY position", (life.id,)
    )
    if row is None:
        raise StaleMove
    step, role = row
    cast = life.cast
    who: dict[str, ActingOfficial] = {
        "receiver": cast.receiver, "case_officer": cast.case_officer, "records_clerk": cast.records_clerk,
    }  # fmt: skip
    if role == "approver":
        actions.approve(step, by=cast.leader, at=at)
    else:
        actions.pass_on(step, by=who[role], at=at)


def _at_a_step(life: Life) -> None:
    if not Step.objects.filter(dossier_id=life.id, finished_at=None).exists():
        raise StaleMove


def _withdraw(life: Life, at: datetime) -> None:
    detours.withdraw(life.id, wish=WISH, by=life.cast.receiver, at=at)


def _stop(life: Life, at: datetime) -> None:
    detours.discontinue(life.id, wish=WISH, by=life.cast.receiver, at=at)


def _ask(life: Life, at: datetime) -> None:
    _at_a_step(life)
    ask(life, life.cast.case_officer, at)


def _bring(life: Life, at: datetime) -> None:
    bring(life, life.cast.receiver, at)


def _unanswered(life: Life, at: datetime) -> None:
    detours.discontinue_unanswered(life.id, by=life.cast.receiver, at=max(at, MUCH_LATER))


def _reject(life: Life, at: datetime) -> None:
    _at_a_step(life)
    detours.reject(life.step, reason=WHY, legal_basis=LAW, by=life.cast.leader, at=at)


def _reopen(life: Life, at: datetime) -> None:
    detours.reopen(life.id, reason="Sai ngày sinh của mẹ", by=life.cast.leader, at=at)


MOVES: tuple[Callable[[Life, datetime], None], ...] = (
    *[go_on] * 8, hand_over, hand_over, _withdraw, _stop, _ask, _bring, _unanswered, *[_reject] * 5, _reopen, _reopen,
)  # fmt: skip


def taken_in(cast: Cast, code: str, at: datetime, **how: str) -> Life:
    """A dossier received this way."""
    form = filing(code, MR_QUANG if code == LAND else MRS_LAN, cast.receiver, **how)
    return Life(receive(form, offered=offered(code, cast.receiver), by=cast.receiver, at=at)[0].id, cast)


def live(cast: Cast, random: Random, *, moves: int) -> UUID:
    """One dossier with that many attempts at a move; what the office refuses is simply not done."""
    at = MONDAY + timedelta(minutes=random.randrange(500))
    life = taken_in(cast, random.choice((BIRTH, LAND)), at, **random.choice(WAYS_IN))
    for _attempt in range(moves):
        at += timedelta(minutes=random.choice((5, 30, 400, 3_000, 12_000)))
        try:
            random.choice(MOVES)(life, at)
        except (Refusal, IndexError):
            continue
    return life.id


def town_of(cast: Cast, seed: int, *, dossiers: int, moves: int = 14) -> Sequence[UUID]:
    """That many random lives, the same for the same seed."""
    random = Random(seed)
    return [live(cast, random, moves=moves) for _one in range(dossiers)]
