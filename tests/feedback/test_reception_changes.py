"""Days moved, moved on and called off, against each other and against the end of their plan; how the file tells it."""

import re
import unicodedata
from datetime import date, time, timedelta
from http import HTTPStatus

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from motcua.core.models import Event
from motcua.feedback.models import Reception, ReceptionChange, ReceptionPlan
from motcua.feedback.receptions.actions import add_day, cancel_moved, change_day, end_receptions, undo_change
from motcua.feedback.receptions.outcomes import enter_reception
from motcua.feedback.receptions.queries import days_between, next_reception, shares
from motcua.feedback.receptions.refusals import ReceptionRefused
from motcua.worktime.models import Calendar, CalendarDay
from tests.cast import MONDAY, Cast
from tests.feedback.stories import logged_in
from tests.feedback.test_reception_pages import HEAD, NUMBERS, only_the_past_is_loaded, typed
from tests.feedback.test_reception_pages import a_plan as running_plan
from tests.feedback.test_receptions import HELD, THURSDAY, WEEK, home, kept, on, planned

DAY = timedelta(days=1)
FRIDAY, NEXT_MONDAY = THURSDAY + DAY, THURSDAY + 4 * DAY


def closed_on(day: date) -> None:
    calendar_id = CalendarDay.objects.values_list("calendar_id", flat=True)[0]
    CalendarDay.objects.create(calendar_id=calendar_id, date=day, kind="closed", name="kiểm kê")
    Calendar.objects.update(revision=F("revision") + 1)


def moved_on(cast: Cast) -> ReceptionPlan:
    """Thursday and Friday are closed, so Thursday's reception is on Monday."""
    closed_on(THURSDAY)
    closed_on(FRIDAY)
    return planned(cast, next_when_closed=True)


@pytest.fixture
def clerk(cast: Cast) -> Client:
    return logged_in("vanthu")


def test_a_plan_does_not_end_before_a_day_that_was_moved_past_the_end(cast: Cast):
    plan, by, at = planned(cast), cast.leader, on(FRIDAY)
    row = change_day(plan.pk, THURSDAY, to_day=NEXT_MONDAY, reason="họp", by=by, at=MONDAY)
    with pytest.raises(ReceptionRefused, match="đã chuyển sang sau ngày ấy"):
        end_receptions(plan.pk, FRIDAY, by=by, at=at)
    cancel_moved(row.pk, reason="thôi lịch", by=by, at=at)
    end_receptions(plan.pk, FRIDAY, by=by, at=at)
    assert kept(cast) == []


def test_a_day_that_moved_on_is_called_off_until_it_comes_and_that_undone(cast: Cast):
    plan, by = moved_on(cast), cast.leader
    with pytest.raises(ReceptionRefused, match="đã qua"):
        change_day(plan.pk, THURSDAY, to_day=None, reason="ốm", by=by, at=on(NEXT_MONDAY + DAY))
    row = change_day(plan.pk, THURSDAY, to_day=None, reason="ốm", by=by, at=on(FRIDAY))
    assert kept(cast, last=date(2026, 12, 2)) == []
    told = [one.told for one in days_between(home(cast), NEXT_MONDAY, NEXT_MONDAY)]
    assert [(one.standing, one.reason) for one in told] == [("cancelled", "ốm")]
    undo_change(row.pk, by=by, at=on(FRIDAY))
    assert kept(cast, last=date(2026, 12, 2)) == [NEXT_MONDAY]
    enter_reception(plan.pk, NEXT_MONDAY, HELD, by=by, at=on(NEXT_MONDAY))
    with pytest.raises(ReceptionRefused, match="đã ghi kết quả"):
        change_day(plan.pk, THURSDAY, to_day=None, reason="ốm", by=by, at=on(NEXT_MONDAY))


def test_a_moved_day_is_called_off_until_it_comes(cast: Cast):
    plan, by = planned(cast), cast.leader
    row = change_day(plan.pk, THURSDAY, to_day=NEXT_MONDAY, reason="họp", by=by, at=MONDAY)
    with pytest.raises(ReceptionRefused, match="đã qua"):
        cancel_moved(row.pk, reason="ốm", by=by, at=on(NEXT_MONDAY + DAY))
    cancel_moved(row.pk, reason="ốm", by=by, at=on(FRIDAY))
    assert kept(cast, last=date(2026, 12, 2)) == []
    told = Event.objects.get(kind="reception_plan.day_cancelled")
    assert (told.before["to_day"], told.after["to_day"], told.after["reason"]) == (
        NEXT_MONDAY.isoformat(), None, "ốm",
    )  # fmt: skip
    with pytest.raises(ReceptionRefused, match="người khác hủy"):
        cancel_moved(row.pk, reason="ốm", by=by, at=on(FRIDAY))
    add_day(plan.pk, NEXT_MONDAY, reason="khỏe lại", by=by, at=on(FRIDAY))
    held = change_day(plan.pk, THURSDAY + WEEK, to_day=FRIDAY + WEEK, reason="họp", by=by, at=on(FRIDAY))
    enter_reception(plan.pk, FRIDAY + WEEK, HELD, by=by, at=on(FRIDAY + WEEK))
    with pytest.raises(ReceptionRefused, match="đã ghi kết quả"):
        cancel_moved(held.pk, reason="ốm", by=by, at=on(FRIDAY + WEEK))


def test_a_cancellation_is_not_undone_under_a_day_that_was_moved_there(cast: Cast):
    plan, by = planned(cast), cast.leader
    off = change_day(plan.pk, THURSDAY, to_day=None, reason="họp", by=by, at=MONDAY)
    here = change_day(plan.pk, THURSDAY + WEEK, to_day=THURSDAY, reason="rảnh", by=by, at=MONDAY)
    with pytest.raises(ReceptionRefused, match="Ngày 26/11/2026 đã có buổi tiếp khác"):
        undo_change(off.pk, by=by, at=MONDAY)
    undo_change(here.pk, by=by, at=MONDAY)
    undo_change(off.pk, by=by, at=MONDAY)
    assert kept(cast, last=THURSDAY + WEEK) == [THURSDAY, THURSDAY + WEEK]


def test_one_reception_counts_once_where_another_was_called_off_the_same_day(cast: Cast):
    plan, by = planned(cast), cast.leader
    change_day(plan.pk, THURSDAY, to_day=None, reason="họp", by=by, at=MONDAY)
    change_day(plan.pk, THURSDAY + WEEK, to_day=THURSDAY, reason="rảnh", by=by, at=MONDAY)
    enter_reception(plan.pk, THURSDAY, HELD, by=by, at=on(THURSDAY))
    (share,) = shares(home(cast), MONDAY.date(), THURSDAY)
    assert (share.planned, share.cancelled, share.in_person, share.missing, share.people) == (2, 1, 1, 0, 3)


def test_the_next_reception_of_a_day_is_the_earlier_one_whoever_receives(cast: Cast):
    planned(cast, part="afternoon")
    planned(cast, receiver="Phó Chủ tịch Ủy ban nhân dân phường", is_head=False)
    found = next_reception(home(cast), MONDAY)
    assert found is not None
    assert found.told.hours[0].opens < time(12)
    assert [one.plan.is_head for one in days_between(home(cast), THURSDAY, THURSDAY)] == [False, True]


@pytest.mark.parametrize("day", ["9999-12-31", "20261126", "2026-W48-4", "1975-12-31", "2100-01-01"])
@pytest.mark.parametrize("rest", ["", "change/"])
def test_a_day_out_of_every_calendar_or_written_otherwise_is_no_page(cast: Cast, clerk: Client, day: str, rest: str):
    address = f"/receptions/plans/{running_plan(cast).pk}/days/{day}/{rest}"
    said = {"kind": "cancelled", "reason": "họp", "outcome": "not_held", "people": "0", **NUMBERS}
    assert clerk.get(address).status_code == HTTPStatus.NOT_FOUND
    assert clerk.post(address, said).status_code == HTTPStatus.NOT_FOUND


def test_only_the_entry_of_the_day_the_page_is_about_is_corrected(cast: Cast, clerk: Client):
    plan = running_plan(cast, at=timezone.now() - WEEK)
    day, by = localdate() - DAY, cast.records_clerk.id
    row = Reception.objects.create(
        plan=plan, day=day, outcome="in_person", received_by="Ông A", people=3, entered_by_id=by,
        entered_at=timezone.now(),
    )  # fmt: skip
    said = {"outcome": "in_person", "people": "9", "received_by": "Ông B", "entered": str(row.pk), **NUMBERS}
    other = clerk.post(f"/receptions/plans/{plan.pk}/days/{day - DAY}/", said)
    row.refresh_from_db()
    assert (other.status_code, row.people) == (HTTPStatus.NOT_FOUND, 3)
    assert clerk.post(f"/receptions/plans/{plan.pk}/days/{day}/", said).status_code == HTTPStatus.FOUND
    row.refresh_from_db()
    assert row.people == 9


def test_a_receiver_written_in_other_letters_that_look_alike_has_one_plan(cast: Cast, clerk: Client):
    running_plan(cast)
    page = clerk.post("/receptions/plans/new/", typed(receiver=unicodedata.normalize("NFD", HEAD)))
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert ReceptionPlan.objects.count() == 1


def working(after: date, count: int) -> list[date]:
    days = (after + n * DAY for n in range(1, 15))
    return [day for day in days if day.isoweekday() < 6][:count]


def test_a_moved_day_is_called_off_from_the_desk(cast: Cast, clerk: Client):
    day, to_day = working(localdate() + 2 * WEEK, 2)
    plan = running_plan(cast, weekdays=[day.isoweekday()])
    row = change_day(plan.pk, day, to_day=to_day, reason="họp", by=cast.leader, at=timezone.now())
    address = f"/receptions/plans/{plan.pk}/days/{day}/change/"
    assert re.search(rf'<a href="{address}">\s*Hủy buổi tiếp', clerk.get("/receptions/desk/").text)
    page = clerk.get(address).text
    assert f"đã chuyển sang ngày {to_day:%d/%m/%Y}" in page
    assert f'name="moved" value="{row.pk}"' in page
    assert 'name="to_day"' not in page
    assert "Ghi lý do" in clerk.post(address, {"moved": str(row.pk), "reason": ""}).text
    elsewhere = f"/receptions/plans/{plan.pk}/days/{to_day}/change/"
    assert clerk.post(elsewhere, {"moved": str(row.pk), "reason": "ốm"}).status_code == HTTPStatus.NOT_FOUND
    unaware = clerk.post(address, {"kind": "cancelled", "reason": "ốm"})
    assert "vừa được đổi" in unaware.text, "his page was older than the moving"
    assert clerk.post(address, {"moved": str(row.pk), "reason": "ốm"}).status_code == HTTPStatus.FOUND
    assert ReceptionChange.objects.values_list("kind", "to_day", "reason").get() == ("cancelled", None, "ốm")


def events() -> dict[str, str]:
    """What the file says of each entry."""
    text = Client().get("/receptions/calendar.ics").text.replace("\r\n ", "")
    return dict(zip(re.findall(r"UID:(\S+)", text), re.findall(r"STATUS:(\S+)", text), strict=True))


def test_a_phone_that_has_a_day_is_told_that_it_was_called_off_or_moved(cast: Cast):
    off, moved, to_day = working(localdate() + 2 * WEEK, 3)
    plan = running_plan(cast, weekdays=[off.isoweekday(), moved.isoweekday()], part="morning")
    before, at = events(), timezone.now()
    assert set(before.values()) == {"CONFIRMED"}
    change_day(plan.pk, off, to_day=None, reason="họp", by=cast.leader, at=at)
    change_day(plan.pk, moved, to_day=to_day, reason="họp", by=cast.leader, at=at)
    after = events()
    assert before.keys() < after.keys()
    assert {one for one, status in after.items() if status == "CANCELLED"} == {
        one for one in before if f"-{off:%Y%m%d}-" in one or f"-{moved:%Y%m%d}-" in one
    }
    other = next(day for day in working(to_day, 9) if day.isoweekday() == off.isoweekday())
    change_day(plan.pk, other, to_day=off, reason="rảnh", by=cast.leader, at=at)
    (again,) = [status for one, status in events().items() if f"-{off:%Y%m%d}-" in one]
    assert again == "CONFIRMED"


def test_without_a_day_to_put_into_a_phone_there_is_no_file_and_the_page_says_so(cast: Cast):
    running_plan(cast)
    assert "/receptions/calendar.ics" in Client().get("/receptions/").text
    only_the_past_is_loaded()
    page = Client().get("/receptions/").text
    assert "/receptions/calendar.ics" not in page
    assert "Chưa có buổi tiếp nào chắc chắn" in page
    assert Client().get("/receptions/calendar.ics").status_code == HTTPStatus.NOT_FOUND
