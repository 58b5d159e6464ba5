"""What waits for its applicant has no due date to show and is not late by it; what was late before stays so."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from motcua.routing.actions import waiting
from tests.cast import BIRTH, Cast
from tests.routing.lives import AT_WORK, DUTY, WHY, Life, asked, at_officer, on

AFTER = on(15, 9, month=1).replace(year=2027)  # weeks past every date that was promised


@pytest.fixture(autouse=True)
def long_after(monkeypatch) -> None:
    """Every page is opened when all the promised dates lie far back."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: AFTER)


def log_in(who: str) -> Client:
    client = Client()
    assert client.post("/accounts/login/", {"login": who, "password": "motcua-trinh-dien"}).status_code == 302
    return client


def row_of(life: Life, page: str) -> str:
    """The row of this dossier in a table, as text with the kinds of its labels."""
    [row] = [row for row in re.findall(r"<tr data-row>.*?</tr>", page, re.DOTALL) if life.row.code in row]
    return re.sub(r"\s+", " ", re.sub(r"<(?!span class=\"state)[^>]+>", " ", row))


def owing(cast: Cast) -> Life:
    life = at_officer(cast)
    waiting.demand_money(life.step, DUTY, by=cast.case_officer, at=AT_WORK, of=life.id)
    return life


def late_before(cast: Cast) -> Life:
    """Due on Wednesday at 9:15; its applicant was called in on Friday at 15:00."""
    life = at_officer(cast, BIRTH)
    until = date(2027, 1, 20)
    waiting.invite(life.step, purpose=WHY, place="Phòng 2", until=until, by=cast.case_officer, at=on(27, 15))
    return life


@pytest.mark.parametrize(("begins", "words"), [(asked, "Chờ người nộp"), (owing, "Chờ nộp tiền")])
def test_the_worklist_says_since_when_it_waits_and_for_what(cast: Cast, begins, words: str):
    life = begins(cast)
    page = log_in("thuly").get(reverse("worklist")).text
    row = row_of(life, page)
    assert "tạm dừng từ 09:00 25/11" in row
    assert f'class="state state-paused"> {words}' in row
    assert f"{life.row.due_at:%d/%m}" not in row
    assert "state-late" not in row
    assert "seg-over" not in page


def test_what_was_late_before_it_waits_is_late_by_what_it_was_late_then(cast: Cast):
    life = late_before(cast)
    row = row_of(life, log_in("thuly").get(reverse("worklist")).text)
    assert 'class="state state-late"' in row
    assert "09:15 25/11" in row
    # 5 hours 45 of Wednesday from 9:15, 8 of Thursday, 6 of Friday until 15:00; not the weeks after that
    assert "Trễ 2 ngày 3 giờ" in row
    assert "tạm dừng" not in row


def test_the_dossiers_page_names_no_day_for_a_step_that_stands_still(cast: Cast):
    life = asked(cast)
    assert "bước này xong trước" not in log_in("thuly").get(reverse("dossier", args=(life.row.code,))).text


def test_the_leaders_lists_say_the_same(cast: Cast):
    life = asked(cast)
    row = row_of(life, log_in("lanhdao").get(reverse("today")).text)
    assert "tạm dừng từ 09:00 25/11" in row
    assert "Hết hạn bổ sung 11/12" in row
