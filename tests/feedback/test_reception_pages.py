"""Pages of the calendar of receptions: what anybody reads, what its keeper writes, each mistake beside its answer."""

import re
from datetime import date, datetime, timedelta
from http import HTTPStatus

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from motcua.core.templatetags.moments import weekday
from motcua.feedback.models import Reception, ReceptionChange, ReceptionPlan
from motcua.feedback.receptions.actions import change_day, plan_receptions
from motcua.feedback.receptions.ics import calendar_lines
from motcua.feedback.receptions.slides import reception_slides
from motcua.people.models import Agency
from motcua.queueing.boards.turns import slides_in_turn
from motcua.worktime.models import Calendar, CalendarYear
from tests.cast import MONDAY, Cast
from tests.feedback.stories import logged_in

HEAD = "Chủ tịch Ủy ban nhân dân phường"
NUMBERS = dict.fromkeys(("complaints", "denunciations", "recommendations", "remarks"), "0")


@pytest.fixture
def clerk(cast: Cast) -> Client:
    return logged_in("vanthu")


def a_plan(cast: Cast, **changes) -> ReceptionPlan:
    """Every day, so that the story does not depend on the day of the test."""
    at = changes.pop("at", timezone.now())
    said = {
        "receiver": HEAD, "is_head": True, "weekdays": [1, 2, 3, 4, 5, 6, 7], "part": "whole_day",
        "place": "Phòng Tiếp công dân", "phone": "0235 000 0001", "valid_from": localdate(at),
    }  # fmt: skip
    return plan_receptions(ReceptionPlan(**(said | changes)), by=cast.records_clerk, at=at)


def first_days(plan: ReceptionPlan, text: str) -> list[date]:
    return [datetime.strptime(found, "%d/%m/%Y").date() for found in re.findall(r"<b class=\"nowrap\">([\d/]+)", text)]  # noqa: DTZ007


def only_the_past_is_loaded() -> None:
    CalendarYear.objects.filter(year__gte=localdate().year).delete()
    Calendar.objects.update(revision=F("revision") + 1)


def typed(**changes) -> dict:
    said = {
        "receiver": HEAD, "is_head": "on", "weekdays": ["4"], "part": "morning", "place": "Phòng Tiếp công dân",
        "valid_from": f"{localdate():%d/%m/%Y}",
    }  # fmt: skip
    return said | changes


def test_without_a_plan_the_public_page_says_so(cast: Cast):
    page = Client().get("/receptions/")
    assert page.status_code == HTTPStatus.OK
    assert "Chưa có lịch tiếp công dân" in page.text
    assert '<a href="/receptions/">' in Client().get("/").text


def test_anybody_reads_the_days_with_hours_place_and_what_was_called_off(cast: Cast):
    plan = a_plan(cast)
    days = first_days(plan, Client().get("/receptions/").text)
    later = next(day for day in days if day > localdate() + timedelta(days=7) and day.isoweekday() < 6)
    change_day(plan.pk, later, to_day=None, reason="Chủ tịch đi họp", by=cast.leader, at=timezone.now())
    text = Client().get("/receptions/").text
    assert "Buổi gần nhất" in text
    assert "Chủ tịch đi họp" in text
    assert "Đã hủy" in text
    assert f"{weekday(later)}" in text
    assert "0235 000 0001" in text


def test_a_year_nobody_loaded_is_said_on_the_page_and_nothing_is_promised_in_it(cast: Cast):
    a_plan(cast)
    only_the_past_is_loaded()
    text = Client().get("/receptions/").text
    assert f"Lịch làm việc năm {localdate().year} chưa được nạp" in text
    assert "Buổi gần nhất" not in text
    assert "BEGIN:VEVENT" not in Client().get("/receptions/calendar.ics").text


def test_the_days_go_into_a_phones_calendar(cast: Cast):
    a_plan(cast, place="Phòng 1; tầng 2, nhà A")
    answer = Client().get("/receptions/calendar.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    lines = answer.content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    unfolded = answer.content.decode().replace("\r\n ", "").split("\r\n")
    starts = [line for line in unfolded if line.startswith("DTSTART:")]
    assert len(starts) == unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") > 40
    assert all(re.fullmatch(r"DTSTART:\d{8}T\d{6}Z", line) for line in starts)
    assert f"SUMMARY:{HEAD} tiếp công dân" in unfolded
    assert "LOCATION:Phòng 1\\; tầng 2\\, nhà A" in unfolded
    assert len({line for line in unfolded if line.startswith("UID:")}) == len(starts)


def test_a_calendar_keeps_its_words_whatever_they_hold():
    words = "đường dài " * 30 + "\nhết, thôi;\\"
    day = date(2026, 11, 26)
    text = calendar_lines([("x", day, MONDAY.time(), MONDAY.time(), words, "")], name="n", at=MONDAY)
    (said,) = [line for line in text.replace("\r\n ", "").split("\r\n") if line.startswith("SUMMARY:")]
    assert said == "SUMMARY:" + "đường dài " * 30 + "\\nhết\\, thôi\\;\\\\"
    assert "DTSTART:20261126T021500Z" in text, "a quarter past nine here"


def test_the_keeper_writes_a_plan_and_is_warned_of_the_law(clerk: Client):
    assert "chưa có lịch nào của người đứng đầu" in clerk.get("/receptions/desk/").text
    page = clerk.post("/receptions/plans/new/", typed(weeks=["1", "-1"]), follow=True)
    plan = ReceptionPlan.objects.get()
    assert (plan.weekdays, plan.weeks, plan.part, plan.starts) == ([4], [1, -1], "morning", None)
    assert "chỉ chắc chắn 0 ngày" in page.text
    assert "Luật yêu cầu công bố lịch trước 5 ngày làm việc" in page.text
    assert "Tuần thứ nhất, Tuần cuối tháng" in page.text


def test_all_weeks_chosen_are_every_week_and_hours_stand_only_with_their_part(clerk: Client):
    clerk.post("/receptions/plans/new/", typed(weeks=["1", "2", "3", "4", "-1"], starts="08:00", ends="10:00"))
    plan = ReceptionPlan.objects.get()
    assert (plan.weeks, plan.starts, plan.ends) == ([], None, None)


@pytest.mark.parametrize(
    ("changes", "name", "sentence"),
    [
        ({"weekdays": ["7"]}, "weekdays", "Chủ nhật cơ quan không làm việc vào giờ ấy"),
        ({"weekdays": ["4"], "part": "hours", "starts": "19:00", "ends": "20:00"}, "weekdays", "Thứ Năm cơ quan"),
        ({"weekdays": []}, "weekdays", "Chọn ít nhất một thứ"),
        ({"valid_to": "01/01/2020"}, "valid_to", "Ngày cuối không được trước ngày đầu"),
        ({"valid_from": "01/01/2020"}, "valid_from", "từ hôm nay trở đi"),
        ({"part": "hours", "starts": "10:00"}, "ends", "đủ giờ bắt đầu, giờ kết thúc"),
        ({"part": "hours", "starts": "10:00", "ends": "09:00"}, "ends", "sau giờ bắt đầu"),
        ({"receiver": "  "}, "receiver", "chức vụ"),
        ({"weeks": ["5"]}, "weeks", ""),
    ],
)  # fmt: skip
def test_a_mistake_is_said_beside_its_answer_and_nothing_typed_is_lost(clerk: Client, changes, name, sentence):
    page = clerk.post("/receptions/plans/new/", typed(**changes))
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert name in page.context["form"].errors
    assert sentence in page.text
    assert "Phòng Tiếp công dân" in page.text
    assert not ReceptionPlan.objects.exists()


def test_a_second_plan_of_the_same_receiver_is_refused_in_words(cast: Cast, clerk: Client):
    a_plan(cast)
    page = clerk.post("/receptions/plans/new/", typed())
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "cho lịch cũ kết thúc trước" in page.text


def test_a_day_is_moved_and_the_change_undone_from_the_desk(cast: Cast, clerk: Client):
    plan = a_plan(cast, weekdays=[4], part="morning")
    desk = clerk.get("/receptions/desk/").text
    address = re.search(r'href="(/receptions/plans/[0-9a-f-]+/days/[\d-]+/change/)"', desk)
    assert address is not None
    refused = clerk.post(address[1], {"kind": "moved", "reason": "họp"})
    assert "Ông/bà nhập ngày tiếp mới" in refused.text
    nothing = clerk.post(address[1], {"kind": "cancelled", "reason": ""})
    assert "Ghi lý do: người dân sẽ đọc được" in nothing.text
    sunday = localdate() + timedelta(days=21 - localdate().isoweekday())
    closed = clerk.post(address[1], {"kind": "moved", "to_day": f"{sunday:%d/%m/%Y}", "reason": "họp"})
    assert "cơ quan không làm việc vào giờ tiếp" in closed.text
    assert closed.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    done = clerk.post(address[1], {"kind": "cancelled", "reason": "họp Hội đồng"}, follow=True)
    assert "họp Hội đồng" in done.text
    change = ReceptionChange.objects.get(plan=plan)
    again = clerk.post(f"/receptions/changes/{change.pk}/undo/", follow=True)
    assert "Đã bỏ thay đổi" in again.text
    assert clerk.post(f"/receptions/changes/{change.pk}/undo/").status_code == HTTPStatus.NOT_FOUND


def test_a_day_is_entered_corrected_and_taken_back_from_the_desk(cast: Cast, clerk: Client):
    plan = a_plan(cast, at=timezone.now() - timedelta(days=7), weekdays=[*range(1, 6)])
    desk = clerk.get("/receptions/desk/").text
    found = re.search(r'data-open\s+href="(/receptions/plans/[0-9a-f-]+/days/([\d-]+)/)"', desk)
    assert found is not None
    address, day = found[1], date.fromisoformat(found[2])
    assert 'value="0"' in clerk.get(address).text
    for said, sentence in (
        ({"outcome": "not_held", "people": "0"}, "Không tiếp thì ghi lý do"),
        ({"outcome": "not_held", "people": "3", "reason": "bão"}, "các số để 0"),
        ({"outcome": "in_person", "people": "0", "received_by": ""}, "ghi ai đã tiếp"),
        ({"outcome": "in_person", "people": "-1", "received_by": "Ông A"}, "từ 0 đến 9999"),
        ({"outcome": "in_person", "people": "0", "received_by": "Ông A", "complaints": "2"}, "phải có người đến"),
    ):
        page = clerk.post(address, NUMBERS | said)
        assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert sentence in page.text, said
    held = NUMBERS | {"outcome": "in_person", "people": "3", "received_by": "Ông A, Chủ tịch", "complaints": "1"}
    page = clerk.post(address, held, follow=True)
    assert "1 khiếu nại, 0 tố cáo" in page.text
    row = Reception.objects.get(plan=plan, day=day)
    twice = logged_in("lanhdao").post(address, held)
    assert "vừa có người ghi" in twice.text
    clerk.post(address, held | {"people": "4", "entered": str(row.pk)})
    row.refresh_from_db()
    assert row.people == 4
    clerk.post(f"/receptions/held/{row.pk}/undo/")
    assert not Reception.objects.exists()
    gone = clerk.post(address, held | {"entered": str(row.pk)})
    assert "bỏ ghi" in gone.text


def test_a_plan_is_ended_and_a_day_added_from_the_desk(cast: Cast, clerk: Client):
    plan = a_plan(cast, weekdays=[4], part="morning")
    monday = localdate() + timedelta(days=29 - localdate().isoweekday())
    added = clerk.post(f"/receptions/plans/{plan.pk}/add/", {"to_day": f"{monday:%d/%m/%Y}", "reason": "nhiều đơn"})
    assert added.status_code == HTTPStatus.FOUND, added.text
    assert "Thêm ngoài lịch" in clerk.get("/receptions/desk/").text
    early = clerk.post(f"/receptions/plans/{plan.pk}/end/", {"last_day": "01/01/2020"})
    assert "hôm qua hoặc muộn hơn" in early.text
    clerk.post(f"/receptions/plans/{plan.pk}/end/", {"last_day": f"{localdate():%d/%m/%Y}"})
    plan.refresh_from_db()
    assert plan.valid_to == localdate()


@pytest.mark.parametrize("address", ["days/2026-13-40/", "days/abc/", "days/2026-02-30/change/"])
def test_what_is_no_day_is_no_page(cast: Cast, clerk: Client, address: str):
    plan = a_plan(cast)
    assert clerk.get(f"/receptions/plans/{plan.pk}/{address}").status_code == HTTPStatus.NOT_FOUND


def test_the_board_shows_the_next_day_of_the_office_it_stands_in(cast: Cast):
    ward = Agency.objects.get(pk=cast.leader.agency_id)
    assert reception_slides(ward, MONDAY) == []
    a_plan(cast, at=MONDAY, weekdays=[4], part="morning")
    (slide,) = [one for one in slides_in_turn(ward, MONDAY) if one.over == "Lãnh đạo tiếp công dân"]
    assert slide.title == "Thứ Năm 26/11"
    assert [line for line, _more in slide.lines] == ["07:00–11:30", HEAD, "Phòng Tiếp công dân"]
    after = reception_slides(ward, MONDAY.replace(day=26, hour=17))
    assert after[0].title == "Thứ Năm 03/12"
    only_the_past_is_loaded()
    assert reception_slides(ward, MONDAY + timedelta(days=1)) == []
    assert reception_slides(Agency.objects.exclude(pk=ward.pk)[0], MONDAY) == []
