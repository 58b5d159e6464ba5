"""No act changes a guarded row without an event of its subject: the record would call it a forgery."""

import pytest

from motcua.core.models import Event
from motcua.core.record.sealing import seal
from motcua.core.record.verifying import verify
from motcua.routing.apologies.actions import mark_sent, revise
from tests.cast import Cast
from tests.routing.late_lives import WHY, days_before, drafted, in_hands, signed
from tests.routing.lives import WAYS, Way

DAY = 480


@pytest.fixture(autouse=True)
def _witness(tmp_path, settings) -> None:
    settings.MOTCUA_VAR = tmp_path


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
