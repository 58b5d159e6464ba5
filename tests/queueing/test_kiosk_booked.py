"""An appointment kept at the machine: the number on screen and slip as any other, and the machine free for the next."""

import re
from datetime import datetime, time
from http import HTTPStatus

import pytest
import zxingcpp
from django.conf import settings
from django.test import Client

from motcua.queueing.actions import sit_down
from motcua.queueing.actions.booking import Booked, book
from motcua.queueing.actions.planning import begin_plan
from motcua.queueing.actions.printers import set_printer
from motcua.queueing.bookings import arrivals
from motcua.queueing.models import Booking, SlotPlan, Ticket
from tests.cast import MONDAY, the_cast
from tests.queueing.hall import TESTER, Morning, minutes
from tests.queueing.test_kiosk import TAKE, clock, kiosk
from tests.queueing.test_slip import PlayedPrinter, drawn, on_network, printer, wait_for

__all__ = ["clock", "kiosk", "printer"]
AT_TEN = datetime.combine(MONDAY.date(), time(10), MONDAY.tzinfo)


@pytest.fixture
def booked(hall: Morning) -> Booked:
    """Somebody who comes at ten; an official sits at the counter that takes his need."""
    plan = SlotPlan(
        need=hall.needs["B"], weekdays=[1], starts=time(8), ends=time(11), every_minutes=30, valid_from=MONDAY.date()
    )
    begin_plan(plan, by=TESTER, at=MONDAY)
    sit_down(hall.counters[2].id, by=hall.second, at=MONDAY)
    return book(hall.needs["B"], AT_TEN, phone="0905700800", at=MONDAY)


def come(machine: Client, code: str):
    return machine.post(TAKE, {"booked": "yes", "code": code})


def test_the_code_gives_number_slip_and_the_start_again(
    kiosk: Client, booked: Booked, hall: Morning, printer: PlayedPrinter
):
    set_printer(hall.hall, on_network(printer.port), by=the_cast().administrator, at=minutes(0))
    assert f"{TAKE}?booked=yes" in kiosk.get(TAKE).text
    asked = kiosk.get(TAKE, {"booked": "yes"}).text
    assert 'data-type="z"' in asked, "a machine has no other keys"
    visit = kiosk.cookies["motcua_kiosk"].value
    page = come(kiosk, booked.code.lower())
    assert re.search(r"taken-number.*B001", page.text)
    assert "Đã hẹn lúc 10:00" in page.text
    assert "Mời ông/bà lấy phiếu ở khe máy" in page.text
    assert 'data-idle="30"' in page.text
    assert kiosk.cookies["motcua_kiosk"].value != visit, "whoever it was is forgotten"
    (code,) = zxingcpp.read_barcodes(drawn(wait_for(printer)))
    phone = Client().get(code.text.removeprefix(settings.MOTCUA_BASE_URL)).text
    assert "B001" in phone
    assert "Đã hẹn lúc 10:00" in phone
    again = re.search(r'name="again" value="([^"]+)"', page.text)
    assert again is not None
    before = len(printer.took)
    assert "Mời ông/bà lấy phiếu" in kiosk.post(TAKE, {"again": again[1]}).text
    assert len(printer.took) > before
    assert kiosk.post(TAKE, {"again": f"{booked.key}:made-up"})["Location"] == TAKE


def test_the_code_of_the_appointments_page_held_to_the_scanner(kiosk: Client, booked: Booked):
    page = come(kiosk, f"http://127.0.0.1:8000/bookings/{booked.key}/")
    assert re.search(r"taken-number.*B001", page.text)


def test_pressed_twice_it_is_one_number_and_it_is_told_again(kiosk: Client, booked: Booked):
    come(kiosk, booked.code)
    twice = come(kiosk, booked.code)
    assert re.search(r"taken-number.*B001", twice.text), "with its QR, and slip"
    assert Ticket.objects.count() == 1


def test_wrong_codes_are_said_and_many_are_refused(kiosk: Client, booked: Booked, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(arrivals, "WRONG", 3)
    for said, words in (("", "Ông/bà nhập mã hẹn"), ("22222z", "Không có lượt hẹn nào mang mã này")):
        answer = come(kiosk, said)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert words in answer.text
        assert f'value="{said.upper()}"' in answer.text, "what was typed stays"
    assert come(kiosk, "%" * 400).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    come(kiosk, "/bookings/made-up-key/")
    assert "Nhập sai nhiều lần" in come(kiosk, booked.code).text
    assert Booking.objects.get().state == "made"


def test_keys_drawn_on_the_machine_type_without_scripts(kiosk: Client, booked: Booked):
    page = kiosk.post(TAKE, {"booked": "yes", "code": "22", "key": "k"}).text
    assert 'value="22K"' in page
    assert 'role="alert"' not in page


def test_a_telephone_has_a_page_of_its_own(hall: Morning, clock: list):
    assert Client().get(TAKE, {"booked": "yes"})["Location"] == "/halls/mot-cua/booked/"


def test_the_machine_has_a_page_of_its_own(kiosk: Client, booked: Booked):
    assert kiosk.get("/halls/mot-cua/booked/")["Location"] == f"{TAKE}?booked=yes"
