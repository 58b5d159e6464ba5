"""The counter's screen through its buttons: who is called, served, held, sent on; what it refuses, and how."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from motcua.demo.office import PASSWORD
from motcua.queueing.actions.arranging import arrange
from motcua.queueing.counters import views
from motcua.queueing.counters.queries import waiting_here
from motcua.queueing.models import Printer, Sitting, Ticket
from tests.queueing.hall import PLAN, TESTER, Morning, minutes


class Desk:
    """An official at his browser, at a minute of the morning."""

    def __init__(self, username: str, monkeypatch: pytest.MonkeyPatch, password: str = PASSWORD) -> None:
        self.client, self._patch = Client(), monkeypatch
        self.client.post("/accounts/login/", {"login": username, "password": password})

    def at(self, minute: float) -> "Desk":
        self._patch.setattr(views, "now", lambda: minutes(minute))
        return self

    def press(self, what: str, ticket: object = None, **typed: object) -> str:
        """Press a button and give back the page it leads to."""
        told = typed | ({"ticket": ticket} if ticket else {})
        return self.client.post(f"/counter/{what}/", told, follow=True).text

    def page(self) -> str:
        return self.client.get("/counter/").text


@pytest.fixture
def desk(hall: Morning, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk("tiepnhan", monkeypatch)


@pytest.fixture
def second(hall: Morning, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk("quayhai", monkeypatch, "mot-mat-khau-dai")


def ticket(letter: str, number: int) -> Ticket:
    return Ticket.objects.get(need__letter=letter, number=number)


def numbers(page: str) -> list[str]:
    """The huge numbers of who is at the counter."""
    return re.findall(r'at-counter-number">(\w+)<', page)


def test_one_sits_down_calls_serves_and_leaves(hall: Morning, desk: Desk):
    assert "Ông/bà ngồi quầy nào?" in desk.at(0).page()
    page = desk.press("sit", counter=hall.counters[1].id)
    assert "Chưa có ai chờ quầy này" in page
    hall.take("A", after=1, ground="elderly")
    hall.take("A", after=2)
    page = desk.at(9).press("next")
    assert numbers(page) == ["A001"]
    assert "Người từ 75 tuổi trở lên" in page
    assert "đã chờ 8 phút" in " ".join(page.split())
    assert "Đã gọi lần 2" in desk.press("again", ticket("A", 1).pk)
    assert "Đang phục vụ" in desk.press("here", ticket("A", 1).pk)
    assert numbers(desk.at(14).press("next")) == ["A002"], "who was served is done"
    page = desk.at(15).press("absent", ticket("A", 2).pk)
    assert "Có mặt lại" in page
    page = desk.at(16).press("back", ticket("A", 2).pk)
    assert "Đã đưa trở lại hàng" in page
    assert "còn 1 người đang chờ" in desk.at(17).press("leave")
    assert not Sitting.objects.filter(ended_at=None).exists()


def test_the_line_stands_as_it_will_be_called(hall: Morning, desk: Desk):
    desk.at(0).press("sit", counter=hall.counters[1].id)
    for number in range(3):
        hall.take("A", after=number)
    for number in range(3, 6):
        hall.take("A", after=number, ground="disabled")
    shown = re.findall(r"<b>(A\d{3})</b>", desk.at(10).page())
    called = []
    for minute in range(11, 17):
        page = desk.at(minute).press("next")
        called += numbers(page)
        desk.press("here", Ticket.objects.get(state="called").pk)
    assert shown == called == ["A004", "A005", "A001", "A006", "A002", "A003"]


def test_held_sent_on_and_served_together(hall: Morning, desk: Desk, second: Desk):
    desk.at(0).press("sit", counter=hall.counters[1].id)
    second.at(0).press("sit", counter=hall.counters[2].id)
    for number in range(4):
        hall.take("A", after=number)
    desk.at(5).press("next")
    desk.press("here", ticket("A", 1).pk)
    page = desk.press("together", number=" a 002 ")
    assert numbers(page) == ["A001", "A002"]
    desk.press("here", ticket("A", 2).pk)
    page = desk.press("send", ticket("A", 2).pk, to=hall.counters[2].id)
    assert "sang quầy khác" in page
    assert numbers(second.at(6).press("next")) == ["A002"]
    page = desk.at(7).press("hold", ticket("A", 1).pk)
    assert "Làm tiếp" in page
    assert numbers(desk.at(8).press("take-up", ticket("A", 1).pk)) == ["A001"]


def test_who_is_held_where_nobody_sits_any_more_is_seen_by_whoever_takes_his_need(
    hall: Morning, desk: Desk, second: Desk
):
    desk.at(0).press("sit", counter=hall.counters[1].id)
    second.at(0).press("sit", counter=hall.counters[2].id)
    hall.take("A")
    desk.at(1).press("next")
    desk.at(2).press("hold", ticket("A", 1).pk)
    assert "Làm tiếp" not in second.at(3).page(), "he is in his official's hands"
    desk.at(4).press("leave")
    assert "Làm tiếp" in second.at(5).page()
    assert numbers(second.at(6).press("take-up", ticket("A", 1).pk)) == ["A001"]


def test_a_break_calls_nobody(hall: Morning, desk: Desk):
    desk.at(0).press("sit", counter=hall.counters[1].id)
    hall.take("A")
    assert "Tạm nghỉ từ 09:17" in desk.at(2).press("rest")
    assert "đang tạm nghỉ" in desk.at(3).press("next")
    desk.press("resume")
    assert numbers(desk.at(4).press("next")) == ["A001"]


@pytest.mark.parametrize("typed", ["A099", "", "không có", "A", "1A", "A" * 90, "A٣"])
def test_a_number_that_nobody_waits_under_is_said(hall: Morning, desk: Desk, typed: str):
    desk.at(0).press("sit", counter=hall.counters[1].id)
    hall.take("A")
    desk.press("next")
    assert "không có ai đang chờ với số" in desk.press("together", number=typed)


def test_a_stale_page_says_so_and_shows_how_things_are(hall: Morning, desk: Desk, second: Desk):
    assert "chưa ngồi quầy nào" in desk.at(0).press("next")
    desk.press("sit", counter=hall.counters[1].id)
    assert "có người khác ngồi" in second.at(0).press("sit", counter=hall.counters[1].id)
    second.press("sit", counter=hall.counters[2].id)
    hall.take("A")
    desk.at(1).press("next")
    for broken in (ticket("A", 1).pk, "no-key", ""):
        assert "Màn hình đã tải lại" in second.at(2).press("done", broken)
    assert "Còn một số đã gọi" in desk.press("next")
    assert "Còn một số đã gọi" in desk.press("leave")
    assert "Màn hình đã tải lại" in desk.press("send", ticket("A", 1).pk, to=ticket("A", 1).pk)
    assert desk.client.get("/counter/next/")["Location"] == "/counter/", "an act is only ever sent"
    assert desk.client.post("/counter/dance/").status_code == 404


def test_the_live_part_comes_only_when_something_changed(hall: Morning, desk: Desk):
    desk.at(0).press("sit", counter=hall.counters[1].id)
    page = desk.page()
    seen = re.search(r"seen=(\w+)", page)[1]
    assert desk.client.get("/counter/now/", {"seen": seen}).status_code == 204
    hall.take("A")
    answer = desk.client.get("/counter/now/", {"seen": seen})
    assert answer.status_code == 200
    assert "<b>A001</b>" in answer.text
    assert "<html" not in answer.text
    assert "autofocus" in page
    assert "autofocus" not in answer.text, "what comes by itself takes nobody's place"
    desk.press("leave")
    assert desk.client.get("/counter/now/", {"seen": seen})["HX-Refresh"] == "true"


def test_the_rail_counts_who_waits(hall: Morning, desk: Desk):
    desk.at(0).press("sit", counter=hall.counters[1].id)
    hall.take("A")
    assert waiting_here(hall.first, minutes(1)) == 1
    row = re.search(r'<a href="/counter/".*?</a>', desk.page(), re.S)[0]
    assert "Quầy gọi số" in row


def test_a_printer_in_trouble_is_said_with_what_to_do_until_it_prints_again(hall: Morning, desk: Desk):
    page = desk.at(0).press("sit", counter=hall.counters[1].id)
    assert "Máy in phiếu" not in page
    seen = re.search(r"seen=(\w+)", page)
    assert seen is not None
    other = arrange(replace(PLAN, code="khac"), unit=hall.hall.unit, by=TESTER, at=minutes(0))
    for of, trouble in ((hall.hall, "no_paper"), (other, "gone")):
        told = {"trouble": trouble, "trouble_since": minutes(1)}
        Printer.objects.create(hall=of, way="network", host="192.168.1.50", **told)
    now = desk.at(2).client.get("/counter/now/", {"seen": seen[1]})
    assert now.status_code == 200, "the screen follows by itself"
    assert "Máy in phiếu hết giấy" in now.text
    assert "Mời thay cuộn giấy khổ 80 mm." in now.text
    assert "mất kết nối" not in now.text, "another hall's printer"
    Printer.objects.filter(hall=hall.hall).update(trouble="gone")
    assert "dây nối đã cắm chặt" in desk.page()
    Printer.objects.filter(hall=hall.hall).update(trouble="", trouble_since=None)
    assert "Máy in phiếu" not in desk.page()
