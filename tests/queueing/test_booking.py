"""An appointed time: taken, moved, given up, kept, missed, reminded of; two who want the last seat."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from motcua.config.told import TOLD, word
from motcua.core.models import Event
from motcua.core.typed import DAY_WRITTEN
from motcua.correspondence.actions import message_of, say_all
from motcua.correspondence.models import Message
from motcua.correspondence.outbox import HeardEvent
from motcua.demo.office import PASSWORD
from motcua.queueing.actions import call_next, sit_down
from motcua.queueing.actions.booking import TOLD as TOLD_OF
from motcua.queueing.actions.booking import (
    BookingRefused,
    StaleBooking,
    arrive,
    book,
    call_off,
    cancel,
    forget_round,
    miss_round,
    move,
    remind_round,
)
from motcua.queueing.actions.planning import begin_plan, end_plan
from motcua.queueing.models import Booking, SlotPlan, Ticket, Turn
from motcua.queueing.queries.slots import bookable_days
from tests.cast import MONDAY
from tests.queueing.hall import TESTER, Morning, minutes

PHONE, OTHER = "0905700800", "0905700801"


@pytest.fixture
def plan(hall: Morning) -> SlotPlan:
    """Khai sinh: every half hour from 8 to 11, two at a time."""
    plan = SlotPlan(
        need=hall.needs["B"], weekdays=[1, 2, 3, 4, 5], starts=time(8), ends=time(11), every_minutes=30, capacity=2,
        valid_from=MONDAY.date(),
    )  # fmt: skip
    begin_plan(plan, by=TESTER, at=MONDAY)
    return plan


def at(hour: int, minute: int = 0, *, days: int = 0) -> datetime:
    return MONDAY.replace(hour=hour, minute=minute) + timedelta(days=days)


def test_the_times_of_the_days_to_come(hall: Morning, plan: SlotPlan):
    days = bookable_days(hall.needs["B"], MONDAY)
    today = [slot.at for slot in days[MONDAY.date()]]
    assert today == [at(9, 30), at(10), at(10, 30)], "what is over cannot be had"
    assert (MONDAY + timedelta(days=1)).date() not in days, "a holiday has no times"
    assert min(len(slots) for day, slots in days.items() if day > MONDAY.date()) == 6
    assert max(days) <= (MONDAY + timedelta(days=6)).date()
    end_plan(plan, by=TESTER, at=MONDAY)
    assert set(bookable_days(hall.needs["B"], MONDAY)) == {MONDAY.date()}


def test_a_plan_that_is_over_does_not_begin_again_by_being_ended_again(hall: Morning, plan: SlotPlan):
    end_plan(plan, by=TESTER, at=MONDAY)
    end_plan(plan, by=TESTER, at=at(9, days=2))
    plan.refresh_from_db()
    assert plan.valid_to == MONDAY.date()
    assert Event.objects.filter(kind="hall.slots_ended").count() == 1


def test_a_seat_is_taken_once_and_free_again(hall: Morning, plan: SlotPlan):
    need, nine = hall.needs["B"], at(9, 30)
    first = book(need, nine, phone=PHONE, at=MONDAY)
    book(need, nine, phone=OTHER, at=MONDAY)
    with pytest.raises(BookingRefused, match="hết chỗ"):
        book(need, nine, phone="0905700802", at=MONDAY)
    move(first.id, at(10), at=MONDAY)
    third = book(need, nine, phone="0905700802", at=MONDAY)
    cancel(third.id, at=MONDAY)
    with pytest.raises(StaleBooking):
        move(third.id, at(10, 30), at=MONDAY)
    assert bookable_days(need, MONDAY)[MONDAY.date()][0].free == 1
    told = Event.objects.filter(subject_id=first.id).order_by("sequence").values_list("kind", flat=True)
    assert list(told) == ["booking.made", "booking.moved"]


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        (at(9), "đã qua"),
        (at(9, 40), "không có trong lịch"),
        (at(14), "không có trong lịch"),
        (at(9, days=7), "tối đa 6"),
    ],
)
def test_a_time_that_is_none_is_refused(hall: Morning, plan: SlotPlan, when: datetime, sentence: str):
    with pytest.raises(BookingRefused, match=sentence):
        book(hall.needs["B"], when, phone=PHONE, at=MONDAY)
    with pytest.raises(BookingRefused, match="không hẹn giờ"):
        book(hall.needs["A"], at(9, 30), phone=PHONE, at=MONDAY)


def test_one_telephone_does_not_take_them_all(hall: Morning, plan: SlotPlan):
    for hour, minute in ((9, 30), (10, 0)):
        book(hall.needs["B"], at(hour, minute), phone=PHONE, at=MONDAY)
    with pytest.raises(BookingRefused, match="đủ 2 lượt"):
        book(hall.needs["B"], at(10, 30), phone=PHONE, at=MONDAY)
    book(hall.needs["B"], at(10, 30), phone=OTHER, at=MONDAY)


def test_who_is_on_time_is_called_at_his_time_before_those_who_wait(hall: Morning, plan: SlotPlan):
    sit_down(hall.counters[2].id, by=hall.second, at=MONDAY)
    booked = book(hall.needs["B"], at(9, 30), phone=PHONE, at=MONDAY)
    for after in (1, 2):
        hall.take("B", after=after)
    arrived = arrive(booked.id, at=minutes(5))
    assert Ticket.objects.get(pk=arrived.id).since == at(9, 30)
    first = call_next(by=hall.second, at=minutes(6))
    assert first.number == 1, "his time has not come"
    Ticket.objects.filter(pk=first.pk).update(state="serving")
    second = call_next(by=hall.second, at=minutes(16))
    assert (second.pk, second.turn) == (arrived.id, Turn.BOOKED)
    with pytest.raises(StaleBooking):
        arrive(booked.id, at=minutes(17))


def test_who_comes_too_late_queues_and_who_comes_another_day_is_told(hall: Morning, plan: SlotPlan):
    sit_down(hall.counters[2].id, by=hall.second, at=MONDAY)
    late = book(hall.needs["B"], at(9, 30), phone=PHONE, at=MONDAY)
    assert Ticket.objects.get(pk=arrive(late.id, at=at(9, 46)).id).turn == Turn.ORDINARY
    other_day = book(hall.needs["B"], at(9, 30, days=2), phone=PHONE, at=MONDAY)
    with pytest.raises(BookingRefused, match="vào ngày 25/11/2026"):
        arrive(other_day.id, at=minutes(60))


def test_a_telephone_has_no_more_of_a_day_by_moving_than_by_booking(hall: Morning, plan: SlotPlan):
    for hour in (9, 10):
        book(hall.needs["B"], at(hour, 30), phone=PHONE, at=MONDAY)
    wednesday = [book(hall.needs["B"], at(hour, days=2), phone=PHONE, at=MONDAY) for hour in (9, 10)]
    with pytest.raises(BookingRefused, match="đã hẹn đủ 2 lượt"):
        move(wednesday[0].id, at(10), at=MONDAY)
    move(wednesday[0].id, at(10, days=2), at=MONDAY)
    assert Booking.objects.get(pk=wednesday[0].id).slot_at == at(10, days=2), "within its own day it may move"


def test_moving_to_and_fro_does_not_flood_a_telephone(hall: Morning, plan: SlotPlan):
    booked = book(hall.needs["B"], at(9, 30, days=2), phone=PHONE, at=MONDAY)
    move(booked.id, at(9, 30, days=2), at=MONDAY)
    assert not Event.objects.filter(kind="booking.moved").exists(), "it has that time already"
    times = [at(9, days=2), at(10, days=2)] * TOLD_OF
    for slot_at in times[: TOLD_OF - 1]:
        move(booked.id, slot_at, at=MONDAY)
    with pytest.raises(BookingRefused, match="nhiều lần trong ngày"):
        move(booked.id, times[TOLD_OF - 1], at=MONDAY)
    assert Event.objects.filter(kind="booking.moved").count() == TOLD_OF - 1


def test_only_wrong_codes_are_counted_at_the_machine(hall: Morning, plan: SlotPlan, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: MONDAY)
    monkeypatch.setattr("motcua.queueing.bookings.arrivals.WRONG", 2)
    sit_down(hall.counters[2].id, by=hall.second, at=MONDAY)
    machine = reverse("arrive-booked", args=("mot-cua",))
    phones = (PHONE, PHONE, OTHER, OTHER)
    booked = [book(hall.needs["B"], at(9 + n // 2, 30), phone=phone, at=MONDAY) for n, phone in enumerate(phones)]
    assert [Client().post(machine, {"code": one.code}).status_code for one in booked[:3]] == [302] * 3
    assert "Không có lượt hẹn nào" in Client().post(machine, {"code": "ABCDEF"}).text
    assert "Không có lượt hẹn nào" in Client().post(machine, {"code": "ABCDEF"}).text
    assert "Nhập sai nhiều lần" in Client().post(machine, {"code": booked[3].code}).text


def test_who_arrives_twice_is_told_his_number_again(hall: Morning, plan: SlotPlan, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: MONDAY)
    sit_down(hall.counters[2].id, by=hall.second, at=MONDAY)
    booked = book(hall.needs["B"], at(9, 30), phone=PHONE, at=MONDAY)
    machine = reverse("arrive-booked", args=("mot-cua",))
    came = [Client().post(machine, {"code": booked.code})["Location"] for _time in range(2)]
    assert came[0] == came[1]
    assert "B001" in Client().get(came[1]).text
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(9, 30, days=1))
    assert "đã được dùng" in Client().post(machine, {"code": booked.code}).text, "on its day only"


def test_reminded_missed_called_off_and_forgotten(hall: Morning, plan: SlotPlan):
    kept = book(hall.needs["B"], at(9, 30, days=2), phone=PHONE, at=MONDAY)
    off = book(hall.needs["B"], at(10, days=2), phone=OTHER, at=MONDAY)
    assert remind_round(at(9, 29, days=1)) == 0
    assert remind_round(at(9, 30, days=1)) == 1, "only who comes within a day"
    assert remind_round(at(9, 40, days=1)) == 0, "once"
    assert remind_round(at(10, days=1)) == 1
    call_off(off.id, reason="Mất điện", by=hall.first.actor, at=at(10, days=1))
    assert miss_round(at(17, days=2)) == 0
    assert miss_round(at(0, 5, days=3)) == 1
    events = Event.objects.filter(subject_id=off.id, kind__in=TOLD).order_by("sequence")
    said = word([HeardEvent(one.id, one.kind, one.subject_id, one.agency_id, one.at, one.after) for one in events])
    texts = [message_of(one, at=at(10, days=1)).text for one in said]
    assert [one.to.phone for one in said] == [OTHER] * 3
    assert all(off.code in text or "Mất điện" in text for text in texts)
    say_all(said, at=at(10, days=1))
    states = dict(Booking.objects.values_list("pk", "state"))
    assert states == {kept.id: "missed", off.id: "cancelled"}
    assert forget_round(at(8, days=20)) == 0
    assert Message.objects.filter(to_phone=OTHER).count() == len(said)
    assert forget_round(at(12, days=33)) == 2
    assert not Booking.objects.exclude(phone="").exists()
    assert not Message.objects.filter(to_phone=OTHER).exists(), "what was sent there is forgotten with it"


def at_work(username: str) -> Client:
    """An official of the ward who logged in."""
    client = Client()
    client.post("/accounts/login/", {"login": username, "password": PASSWORD})
    return client


def test_on_the_pages_from_the_need_to_the_end(hall: Morning, plan: SlotPlan, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: MONDAY)
    citizen = Client()
    page = reverse("choose-slot", args=("mot-cua",))
    assert "Khai sinh, kết hôn, khai tử" in citizen.get(page).text
    days = citizen.get(page, {"need": "B"}).text
    assert "at=2026-11-23T09:30" in days
    asked = citizen.get(f"{page}?need=B&at=2026-11-23T09:30")
    posted = {"form": asked.context["token"], "phone": "0905 70"}
    wrong = citizen.post(f"{page}?need=B&at=2026-11-23T09:30", posted)
    assert wrong.status_code == 422
    assert "Số di động có 10 chữ số" in wrong.text
    assert "0905 70" in wrong.text, "what was typed stays"
    posted["phone"] = PHONE
    twice = [citizen.post(f"{page}?need=B&at=2026-11-23T09:30", posted)["Location"] for _time in range(2)]
    assert twice[0] == twice[1]
    assert Booking.objects.count() == 1
    own = citizen.get(twice[0])
    code = Booking.objects.get().code
    assert code in own.text
    moved = citizen.post(f"{twice[0]}move/", {"at": "2026-11-23T10:00"}, follow=True)
    assert "10:00" in moved.text
    sit_down(hall.counters[2].id, by=hall.second, at=MONDAY)
    machine = reverse("arrive-booked", args=("mot-cua",))
    assert "Không có lượt hẹn nào" in citizen.post(machine, {"code": "ABCDEF"}).text
    assert citizen.post(machine, {"code": code.lower()}).status_code == 302
    assert citizen.get(reverse("booking", args=("x" * 16,))).status_code == 404
    assert "đã được dùng" in citizen.post(f"{twice[0]}cancel/").text


def test_a_browser_may_send_what_stands_on_the_page_of_an_appointment(
    hall: Morning, plan: SlotPlan, monkeypatch: pytest.MonkeyPatch
):
    """A page that sends no referrer sends `Origin: null` (Fetch, 3.2), which the check against forged forms refuses."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: MONDAY)
    own = reverse("booking", args=(book(hall.needs["B"], at(9, 30), phone=PHONE, at=MONDAY).key,))
    citizen = Client(enforce_csrf_checks=True)
    for page, sent in ((f"{own}move/", {"at": "2026-11-23T10:00"}), (f"{own}cancel/", {})):
        shown = citizen.get(own if "cancel" in page else page)
        said = re.findall(r'<meta name="referrer" content="([^"]*)"', shown.text) or [shown["Referrer-Policy"]]
        assert said == ["same-origin"]
        form = {"csrfmiddlewaretoken": shown.context["csrf_token"], **sent}
        assert citizen.post(page, form, headers={"Origin": "http://testserver"})["Location"] == own
    assert Booking.objects.get().state == "cancelled"


def test_the_office_sees_the_day_and_plans_the_times(hall: Morning, plan: SlotPlan, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: MONDAY)
    booked = book(hall.needs["B"], at(9, 30), phone=PHONE, at=MONDAY)
    desk, administrator = at_work("tiepnhan"), at_work("quantri")
    page = desk.get(reverse("booked-today", args=("mot-cua",))).text
    assert booked.code in page
    assert PHONE not in page
    off = reverse("call-off", args=("mot-cua", booked.code))
    assert "Ghi lý do" in desk.post(off, {"reason": ""}).text
    assert "được báo lý do" in desk.post(off, {"reason": "Mất điện"}, follow=True).text
    assert desk.get(reverse("slot-plans", args=("mot-cua",))).status_code in {403, 404}
    plans = reverse("slot-plans", args=("mot-cua",))
    typed = {
        "need": str(hall.needs["B"].pk), "weekdays": ["2", "4"], "starts": "14:00", "ends": "13:00",
        "every_minutes": "20", "capacity": "1", "valid_from": f"{MONDAY:{DAY_WRITTEN}}", "valid_to": "",
    }  # fmt: skip
    assert "Giờ kết thúc phải sau giờ bắt đầu" in administrator.post(plans, typed).text
    assert "Ông/bà nhập ngày." in administrator.post(plans, typed | {"ends": "16:00", "valid_from": ""}).text
    last_of_all = desk.get(reverse("booked-today", args=("mot-cua",)), {"day": "31/12/9999"})
    assert "Chưa có ai hẹn ngày này" in last_of_all.text
    administrator.post(plans, typed | {"ends": "16:00"})
    assert SlotPlan.objects.count() == 2
    administrator.post(reverse("stop-slot-plan", args=("mot-cua", plan.pk)))
    plan.refresh_from_db()
    assert plan.valid_to == MONDAY.date()
