"""The administrator closes the office for a day; the next promise steps over it and says why."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

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


WEEK = {f"weekday_{day}": "07:30-11:30, 13:00-17:00" for day in range(1, 6)} | {"weekday_6": "", "weekday_7": ""}


@pytest.mark.parametrize("written", ["25/11/2026", "25-11-2026", "25112026", "2026-11-25"])
def test_a_day_is_taken_as_people_write_it(administrator, cast: Cast, written: str):
    storm = {"day": written, "kind": "closed", "name": "Nghỉ tránh bão", "decision": "", "sessions": ""}
    answer = administrator.post("/calendar/", storm)
    assert answer.url == "/calendar/?year=2026"
    assert not calendar_for(cast.receiver.calendar_code).is_working_day(date(2026, 11, 25))


def test_the_page_has_no_picker_of_the_browsers_own_language(administrator, cast: Cast):
    page = administrator.get("/calendar/").content.decode()
    assert 'type="date' not in page
    for field in ("day", "valid_from"):
        assert f'name="{field}" class="govuk-input govuk-input--width-10" inputmode="numeric"' in page
    assert 'value="07:00-11:30, 13:30-17:00"' in page


def test_new_hours_begin_on_their_day_and_are_announced(administrator, cast: Cast):
    since = timezone.localdate() + timedelta(days=1)
    answer = administrator.post("/calendar/hours/", WEEK | {"valid_from": f"{since:%d/%m/%Y}"})
    assert answer.status_code == 302
    page = administrator.get(answer.url).content.decode()
    assert f"Giờ làm việc mới áp dụng từ ngày {since:%d/%m/%Y}." in page
    assert f"Giờ làm việc từ ngày {since:%d/%m/%Y}" in page
    assert "07:00–11:30, 13:30–17:00" in page
    assert "07:30–11:30, 13:00–17:00" in page
    assert 'name="weekday_1" value="07:30-11:30, 13:00-17:00"' in page  # the next change starts from the newest hours
    assert Event.objects.get(kind="calendar.hours_set").actor_name == "Đặng Hoài An"
    again = administrator.post("/calendar/hours/", WEEK | {"valid_from": f"{since:%d/%m/%Y}"}, follow=True)
    assert "lịch giữ nguyên" in again.content.decode()


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"valid_from": ""}, "valid_from", "nhập ngày bắt đầu"),
        ({"valid_from": "31/02/2026"}, "valid_from", "ngày/tháng/năm"),
        ({"valid_from": "01/01/2020"}, "valid_from", "từ hôm nay đến hết năm"),
        ({"valid_from": "01/01/2099"}, "valid_from", "từ hôm nay đến hết năm"),
        ({"weekday_2": "7h-11h"}, "weekday_2", "Giờ làm việc chưa đúng"),
        ({"weekday_2": "11:30-07:00"}, "weekday_2", "Giờ làm việc chưa đúng"),
        ({"weekday_6": "07:00-11:00, 10:00-12:00"}, "weekday_6", "chồng lên nhau"),
    ],
)
def test_hours_that_make_no_sense_are_said_at_the_field(
    administrator, cast: Cast, change: dict, field: str, sentence: str
):
    asked = WEEK | {"valid_from": f"{timezone.localdate():%d/%m/%Y}"} | change
    answer = administrator.post("/calendar/hours/", asked)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page.split(f'id="id_{field}_error"')[1][:400]
    assert 'value="07:30-11:30, 13:00-17:00"' in page
    assert not Event.objects.filter(kind="calendar.hours_set").exists()


def test_a_week_without_a_working_day_is_refused(administrator, cast: Cast):
    answer = administrator.post("/calendar/hours/", {"valid_from": f"{timezone.localdate():%d/%m/%Y}"})
    assert answer.status_code == 422
    assert "ít nhất một ngày trong tuần" in answer.content.decode()
