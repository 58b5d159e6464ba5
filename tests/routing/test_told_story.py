"""What the holder of a receipt is told of the way: what happened, and nothing that did not."""

import pytest
from django.test import Client

from motcua.dossiers.tracking import tracking_url
from motcua.routing.actions import detours
from tests.cast import Cast, minutes_later
from tests.routing.lives import AT_WORK, LAW, WHY, WISH, Life, at_leader, at_officer, returned

REOPENED = "Mở lại hồ sơ"


def page_of(life: Life) -> str:
    return Client().get(tracking_url(life.row)).content.decode()


def told(life: Life) -> str:
    """The list of the steps, in one line."""
    story = page_of(life).split('<ol class="story">')[1].split("</ol>")[0]
    return " ".join(story.split())


def rejected(cast: Cast) -> Life:
    life = at_leader(cast)
    detours.reject(life.step, reason=WHY, legal_basis=LAW, by=cast.leader, at=AT_WORK, of=life.id)
    return life


def test_a_rejection_is_told_with_its_reason_and_law(cast: Cast):
    life = rejected(cast)
    assert "Bị từ chối giải quyết" in page_of(life)
    story = told(life)
    assert f"{WHY}" in story
    assert f"{LAW}" in story
    assert "từ chối giải quyết 25/11 09:00" in story
    assert "đang làm" in story


def test_a_rejected_dossier_taken_up_again_was_never_returned(cast: Cast):
    life = rejected(cast)
    detours.reopen(life.id, reason="Ý kiến nội bộ", by=cast.leader, at=minutes_later(AT_WORK, 30))
    story = told(life)
    assert "xong 25/11" not in story
    assert "chưa trả, hồ sơ được mở lại 25/11 09:30" in story
    assert story.index(WHY) < story.index(REOPENED)
    assert "Ý kiến nội bộ" not in page_of(life)


def test_what_was_returned_before_it_was_taken_up_again_stays_returned(cast: Cast):
    life = returned(cast)
    detours.reopen(life.id, reason=WHY, by=cast.leader, at=AT_WORK)
    story = told(life)
    assert "xong 23/11 10:05" in story
    assert "chưa trả" not in story
    assert REOPENED in story


@pytest.mark.parametrize(("end", "words"), [("withdraw", "Rút hồ sơ"), ("discontinue", "Dừng giải quyết")])
def test_what_ended_at_its_applicants_wish_was_not_done(cast: Cast, end: str, words: str):
    life = at_officer(cast)
    getattr(detours, end)(life.id, wish=WISH, by=cast.receiver, at=AT_WORK)
    story = told(life)
    assert words in story
    assert "xong 25/11" not in story
    assert "dừng ở bước này 25/11 09:00" in story


def test_the_api_says_how_each_stay_ended(cast: Cast):
    life = rejected(cast)
    detours.reopen(life.id, reason=WHY, by=cast.leader, at=minutes_later(AT_WORK, 30))
    answer = Client().get(f"/api/v1/dossiers/{life.row.code}?token={life.row.tracking_token}").json()
    assert [step["outcome"] for step in answer["steps"]] == ["passed_on", "passed_on", "rejected", "reopened", ""]
