"""The administrator closes the office for a day; the next promise steps over it and says why."""

import html
import re
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from motcua.core.models import Event
from motcua.dossiers.models import Dossier
from motcua.people.models import Agency
from motcua.worktime.actions import mark_day
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import DatedDay, DayKind
from tests.cast import BIRTH, MONDAY, Cast, received

FRIDAY = datetime(2026, 11, 20, 9, tzinfo=MONDAY.tzinfo)


@pytest.fixture(autouse=True)
def well_ahead(monkeypatch):
    """These changes are made in good time; what begins at once waits for a leader (`test_calendar_proposals`)."""
    monkeypatch.setattr(timezone, "now", lambda: FRIDAY)


@pytest.fixture
def administrator(client, cast: Cast):
    client.post("/accounts/login/", {"login": "quantri", "password": "motcua-trinh-dien"})
    return client


STORM = {
    "change": "mark", "day": "2026-11-25", "kind": "closed", "name": "Nghỉ tránh bão", "decision": "12/TB-UBND",
    "sessions": "",
}  # fmt: skip
HIDDEN = re.compile(r'<input type="hidden"\s+name="(\w+)"\s+value="([^"]*)"')


def preview(administrator, asked: dict[str, str]):
    return administrator.post("/calendar/preview/", asked)


def press_apply(administrator, page):
    """Send the preview's own form, as the button does."""
    form = page.content.decode().split('action="/calendar/preview/"')[-1].split("</form>")[0]
    echoed = {name: html.unescape(value) for name, value in HIDDEN.findall(form)}
    assert "seen" in echoed
    return administrator.post("/calendar/preview/", echoed)


def change(administrator, asked: dict[str, str]):
    """See the change, then apply it."""
    page = preview(administrator, asked)
    assert page.status_code == 200, page.content.decode()
    return press_apply(administrator, page)


def test_a_closed_day_is_written_shown_and_taken_back(administrator, cast: Cast):
    assert change(administrator, STORM).status_code == 302
    assert not calendar_for(cast.receiver.calendar_code).is_working_day(date(2026, 11, 25))
    assert calendar_for("VN").is_working_day(date(2026, 11, 25))
    page = administrator.get("/calendar/?year=2026").content.decode()
    assert "Nghỉ tránh bão" in page
    assert "12/TB-UBND" in page
    assert Event.objects.get(kind="calendar.day_marked").actor_name == "Đặng Hoài An"

    assert change(administrator, {"change": "unmark", "day": "2026-11-25"}).status_code == 302
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
    answer = preview(administrator, STORM | change)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert calendar_for(cast.receiver.calendar_code).is_working_day(date(2026, 11, 25))


def test_a_year_without_a_calendar_says_so(administrator, cast: Cast):
    assert "Chưa có lịch năm 2031" in administrator.get("/calendar/?year=2031").content.decode()


WEEK = {"change": "hours", "weekday_6": "", "weekday_7": ""}
WEEK |= {f"weekday_{day}": "07:30-11:30, 13:00-17:00" for day in range(1, 6)}


@pytest.mark.parametrize("written", ["25/11/2026", "25-11-2026", "25112026", "2026-11-25"])
def test_a_day_is_taken_as_people_write_it(administrator, cast: Cast, written: str):
    answer = change(administrator, STORM | {"day": written})
    assert answer.url == "/calendar/?year=2026"
    assert not calendar_for(cast.receiver.calendar_code).is_working_day(date(2026, 11, 25))


def test_the_page_has_no_picker_of_the_browsers_own_language(administrator, cast: Cast):
    page = administrator.get("/calendar/").content.decode()
    assert 'type="date' not in page
    for field in ("day", "valid_from"):
        assert f'name="{field}" class="govuk-input govuk-input--width-10" inputmode="numeric"' in page
    assert 'value="07:00-11:30, 13:30-17:00"' in page


def test_new_hours_begin_on_their_day_and_are_announced(administrator, cast: Cast):
    since = timezone.localdate() + timedelta(days=7)
    answer = change(administrator, WEEK | {"valid_from": f"{since:%d/%m/%Y}"})
    assert answer.status_code == 302
    page = administrator.get(answer.url).content.decode()
    assert f"Giờ làm việc mới áp dụng từ ngày {since:%d/%m/%Y}." in page
    assert f"Giờ làm việc từ ngày {since:%d/%m/%Y}" in page
    assert "07:00–11:30, 13:30–17:00" in page
    assert "07:30–11:30, 13:00–17:00" in page
    assert 'name="weekday_1" value="07:30-11:30, 13:00-17:00"' in page  # the next change starts from the newest hours
    assert Event.objects.get(kind="calendar.hours_set").actor_name == "Đặng Hoài An"
    again = administrator.post("/calendar/preview/", WEEK | {"valid_from": f"{since:%d/%m/%Y}"}, follow=True)
    assert "không có gì đổi" in again.content.decode()


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
    answer = preview(administrator, asked)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page.split(f'id="id_{field}_error"')[1][:400]
    assert 'value="07:30-11:30, 13:00-17:00"' in page
    assert not Event.objects.filter(kind="calendar.hours_set").exists()


def test_a_week_without_a_working_day_is_refused(administrator, cast: Cast):
    since = timezone.localdate() + timedelta(days=7)
    answer = preview(administrator, {"change": "hours", "valid_from": f"{since:%d/%m/%Y}"})
    assert answer.status_code == 422
    assert "ít nhất một ngày trong tuần" in answer.content.decode()


def test_the_preview_names_who_moves_and_changes_nothing_until_it_is_applied(administrator, cast: Cast):
    dossiers = [received(BIRTH, cast, at=MONDAY) for _ in range(3)]
    before = [*Dossier.objects.order_by("id").values(), Event.objects.count()]
    page = preview(administrator, STORM)
    text = page.content.decode()
    assert [*Dossier.objects.order_by("id").values(), Event.objects.count()] == before
    assert calendar_for(cast.receiver.calendar_code).is_working_day(date(2026, 11, 25))
    for one in dossiers:
        assert one.code in text
    assert "muộn hơn 1 ngày làm việc" in text
    assert "09:15 25/11/2026" in text
    assert "09:15 26/11/2026" in text
    told = administrator.get(press_apply(administrator, page).url).content.decode()
    assert "3 hồ sơ đã đổi ngày hẹn." in told
    assert "Hẹn muộn hơn: 3 hồ sơ; hẹn sớm hơn: 0; đang mở lúc đó: 3." in told
    assert {one.due_at.day for one in Dossier.objects.all()} == {26}


def test_a_calendar_that_another_administrator_changed_meanwhile_is_shown_anew(administrator, cast: Cast):
    received(BIRTH, cast, at=MONDAY)
    page = preview(administrator, STORM)
    mark_day(cast.receiver.calendar_code, DatedDay(date(2026, 11, 26), DayKind.CLOSED, "Họp"), by=cast.leader.actor)
    again = press_apply(administrator, page)
    assert again.status_code == 200
    assert "Lịch vừa được người khác đổi" in again.content.decode()
    assert calendar_for(cast.receiver.calendar_code).is_working_day(date(2026, 11, 25))
    assert "09:15 27/11/2026" in again.content.decode()
    assert press_apply(administrator, again).status_code == 302
    assert not calendar_for(cast.receiver.calendar_code).is_working_day(date(2026, 11, 25))


def test_a_change_that_leaves_dossiers_without_a_date_is_refused_with_its_reason(administrator, cast: Cast):
    late = datetime(2027, 12, 30, 9, tzinfo=MONDAY.tzinfo)
    received(BIRTH, cast, at=MONDAY)
    Dossier.objects.update(received_at=late, promised_at=late + timedelta(days=1), due_at=late + timedelta(days=1))
    answer = preview(administrator, STORM | {"day": "31/12/2027"})
    assert answer.status_code == 422
    assert "1 hồ sơ đang mở hoặc chờ tiếp nhận không tính được hạn vì chưa có lịch năm 2028" in answer.content.decode()


@pytest.mark.parametrize("asked", [{}, {"change": "unmark", "day": "x"}, {"change": "drop", "day": "2026-11-25"}])
def test_what_the_page_never_sends_goes_back_to_it(administrator, cast: Cast, asked: dict[str, str]):
    answer = administrator.post("/calendar/preview/", asked)
    assert (answer.status_code, answer.url) == (302, "/calendar/")


def test_only_the_administrator_of_an_own_calendar_may_ask(client, cast: Cast):
    client.post("/accounts/login/", {"login": "quantri", "password": "motcua-trinh-dien"})
    Agency.objects.update(calendar_code="VN")
    assert client.post("/calendar/preview/", STORM).status_code == 403


def test_the_applicant_and_the_officials_read_both_dates_and_the_decision(administrator, client, cast: Cast):
    one = received(BIRTH, cast, at=MONDAY)
    change(administrator, STORM)
    told = "trước hẹn 09:15 25/11/2026, nay hẹn 09:15 26/11/2026."
    tracking = client.get(f"/tracking/{one.code}/{one.tracking_token}/").content.decode()
    assert told in tracking
    assert "Ngày hẹn đầu tiên là 09:15 25/11/2026" in tracking
    client.logout()
    client.post("/accounts/login/", {"login": "tiepnhan", "password": "motcua-trinh-dien"})
    for page in (f"/dossiers/{one.code}/", f"/dossiers/{one.code}/reasons/"):
        text = " ".join(client.get(page).content.decode().split())
        assert told in text
        assert "Nghỉ tránh bão (12/TB-UBND)." in text
