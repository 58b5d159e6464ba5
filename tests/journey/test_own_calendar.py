"""The administrator closes the office for a day; the next promise steps over it and says why."""

from datetime import date

import pytest

from motcua.core.models import Event
from motcua.worktime.queries import calendar_for
from tests.cast import Cast


@pytest.fixture
def administrator(client, cast: Cast):
    client.post("/accounts/login/", {"login": "quantri", "password": "motcua-trinh-dien"})
    return client


def test_a_closed_day_is_written_shown_and_taken_back(administrator, cast: Cast):
    storm = {"day": "2026-11-25", "kind": "closed", "name": "Nghỉ tránh bão", "decision": "12/TB-UBND", "sessions": ""}
    assert administrator.post("/calendar/", storm).status_code == 302
    assert not calendar_for(cast.receiver.calendar_code).is_working_day(date(2026, 11, 25))
    assert calendar_for("VN").is_working_day(date(2026, 11, 25))
    page = administrator.get("/calendar/?year=2026").content.decode()
    assert "Nghỉ tránh bão" in page
    assert "12/TB-UBND" in page
    assert Event.objects.get(kind="calendar.day_marked").actor_name == "Đặng Hoài An"

    assert administrator.post("/calendar/unmark/", {"day": "2026-11-25"}).status_code == 302
    assert calendar_for(cast.receiver.calendar_code).is_working_day(date(2026, 11, 25))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"day": "2026-02-30"}, "Ngày chưa đúng"),
        ({"name": ""}, "Ông/bà ghi lý do"),
        ({"sessions": "07:00-11:30"}, "Ngày nghỉ không có buổi làm việc"),
        ({"kind": "special", "sessions": ""}, "phải ghi ít nhất một buổi"),
        ({"kind": "special", "sessions": "11:30-07:00"}, "Giờ làm việc chưa đúng"),
        ({"kind": "special", "sessions": "25:00-26:00"}, "Giờ làm việc chưa đúng"),
    ],
)
def test_a_day_that_makes_no_sense_is_said_at_the_field(administrator, cast: Cast, change: dict, sentence: str):
    asked = {"day": "2026-11-25", "kind": "closed", "name": "Nghỉ tránh bão", "decision": "", "sessions": ""} | change
    answer = administrator.post("/calendar/", asked)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert calendar_for(cast.receiver.calendar_code).is_working_day(date(2026, 11, 25))


def test_a_year_without_a_calendar_says_so(administrator, cast: Cast):
    assert "Chưa có lịch năm 2031" in administrator.get("/calendar/?year=2031").content.decode()
