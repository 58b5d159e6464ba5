"""No act changes a guarded row without an event of its subject: the record would call it a forgery."""

import pytest

from motcua.core.models import Event
from motcua.core.record.astray import KIND as ASTRAY
from motcua.core.record.sealing import seal
from motcua.core.record.verifying import verify
from motcua.payments.actions import cancel_duty
from motcua.payments.models import FinancialDuty
from motcua.routing.apologies.actions import mark_sent, revise
from tests.cast import Cast
from tests.routing.late_lives import WHY, days_before, drafted, in_hands, signed
from tests.routing.lives import (
    AT_WORK,
    LATER,
    WAYS,
    Way,
    at_leader,
    at_officer,
    at_records,
    finished,
    hand_over,
)

DAY = 480


@pytest.fixture(autouse=True)
def _witness(tmp_path, settings) -> None:
    settings.MOTCUA_VAR = tmp_path


def astray() -> list[object]:
    """What an act changed though its events may not (`config/touching.py`)."""
    return list(Event.objects.filter(kind=ASTRAY).values_list("after", flat=True))


def named() -> set[tuple[str, str]]:
    """What the record finds; rows that a test itself laid down are among it before and after."""
    return {(one.table, one.row) for one in verify().findings.named}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_detour_leaves_no_row_unaccounted_for(way: Way, cast: Cast):
    life = way.begins(cast)
    seal()
    before, events = named(), Event.objects.count()
    way.do(life, way.by(cast), way.at)
    assert Event.objects.count() > events
    assert named() == before
    seal()
    assert named() == before
    assert astray() == []


def test_a_letter_from_draft_to_post_leaves_no_row_unaccounted_for(cast: Cast):
    dossier = in_hands(cast)
    at = days_before(dossier, DAY)
    letter = drafted(dossier, at)
    seal()
    assert named() == set()
    for act in (
        lambda: revise(letter.id, WHY, by=cast.case_officer, at=at),
        lambda: signed(dossier, cast.leader, at),
        lambda: mark_sent(letter.id, by=cast.receiver, at=at),
    ):
        act()
        assert named() == set()
        seal()
        assert astray() == []


def test_from_the_counter_to_the_citizen_no_row_is_astray(cast: Cast):
    """Intake, moves, signature, number; and the hand-over sealed by itself."""
    seals = list[int]()
    for brought in (at_officer, at_leader, at_records, finished):
        life = brought(cast)
        seals.append(seal().subjects)
    hand_over(life, AT_WORK)
    seals.append(seal().subjects)
    assert all(seals)
    assert (astray(), named()) == ([], set())


def test_money_owed_and_no_longer_asked_leaves_no_row_astray(cast: Cast):
    life = at_officer(cast)
    seal()
    money = next(way for way in WAYS if way.name == "money")
    money.do(life, money.by(cast), money.at)
    seal()
    owed = FinancialDuty.objects.get(dossier_id=life.id)
    cancel_duty(owed.id, reason="Được miễn", by=cast.case_officer, at=LATER)
    seal()
    assert (astray(), named()) == ([], set())
