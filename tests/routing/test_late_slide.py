"""The late list on the hall's television: how many, which codes, and nothing of any person."""

from datetime import timedelta

import pytest
from django.test import Client

from motcua.catalogue.models import Procedure
from motcua.queueing.boards.turns import slides_in_turn
from motcua.routing.apologies.slides import SHOWN, late_slides
from tests.cast import MONDAY, MR_QUANG, Cast
from tests.queueing.hall import morning
from tests.routing.late_lives import in_hands, worked


@pytest.fixture
def late(cast: Cast):
    """Four dossiers past their limit, one of a sector whose people are never named, and the moment after it."""
    several = [in_hands(cast) for _one in range(SHOWN + 1)]
    Procedure.objects.filter(versions__dossiers=several[0]).update(sector="bao-tro-xa-hoi")
    return several, worked(max(one.due_at for one in several), 60)


def test_the_slide_says_how_many_and_names_nobody(cast: Cast, late):
    several, at = late
    (slide,) = late_slides(several[0].agency, at)
    assert slide.title == f"{SHOWN + 1} hồ sơ trễ hẹn"
    assert [code for code, _day in slide.lines] == sorted(one.code for one in several)[:SHOWN]
    assert "svg" in slide.qr
    said = str(slide)
    for secret in (MR_QUANG.full_name, MR_QUANG.full_name.split()[0], MR_QUANG.personal_id, several[0].version.name):
        assert secret not in said


def test_without_a_late_dossier_it_says_so(cast: Cast):
    (slide,) = late_slides(in_hands(cast).agency, MONDAY)
    assert slide.title == "Không có hồ sơ nào trễ hẹn"


def test_the_board_shows_it_among_its_slides(cast: Cast, late, monkeypatch: pytest.MonkeyPatch):
    several, at = late
    hall = morning(cast)
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    page = Client().get(f"/halls/{hall.hall.code}/board/").text
    assert f"{SHOWN + 1} hồ sơ trễ hẹn" in page
    assert page.count("late-dossiers") == 1, "the code to scan"
    titles = [slide.title for slide in slides_in_turn(several[0].agency, at + timedelta(minutes=1))]
    assert titles.index(f"{SHOWN + 1} hồ sơ trễ hẹn") == 2
