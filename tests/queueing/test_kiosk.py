"""The machine in the hall: one decision to a screen, one press one number, and calm when a hundred are made."""

import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from motcua.catalogue.posting.kiosk import office_address
from motcua.core.look import HALL_COOKIE
from motcua.queueing.kiosk import phone, views
from motcua.queueing.models import Hall, Need, Ticket
from tests.queueing.hall import Morning, minutes

TAKE = "/halls/mot-cua/take/"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch):
    """The stories' Monday morning, as the pages see it."""
    now = [minutes(0)]
    for room in (views, phone):
        monkeypatch.setattr(room.timezone, "now", lambda: now[0])
    return now


@pytest.fixture
def kiosk(hall: Morning, clock: list) -> Client:
    """A machine that the office opened by its own address."""
    client = Client()
    answer = client.get(office_address(TAKE))
    assert answer["Location"] == TAKE
    return client


def form_of(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(need|dossier|form)" value="([^"]*)">', page))


def press(client: Client, letter: str = "A", ground: str = ""):
    """From the need to the number."""
    form = form_of(client.get(f"{TAKE}?need={letter}").text)
    return client.post(TAKE, form | {"ground": ground})


def test_what_for_whether_with_priority_and_the_number(kiosk: Client):
    first = kiosk.get(TAKE).text
    assert "Ông/bà đến làm việc gì?" in first
    assert "Khai sinh, kết hôn, khai tử" in first
    assert "sau mỗi 2 lượt như vậy" in first, "the rule stands there in small"
    assert "Ông/bà có thuộc diện ưu tiên không?" in kiosk.get(f"{TAKE}?need=A").text
    page = press(kiosk).text
    assert re.search(r"taken-number.*A001", page)
    assert "Sắp đến lượt ông/bà" in page
    second = press(kiosk, ground="elderly").text
    assert re.search(r"taken-number.*A002", second)
    assert Ticket.objects.get(number=2).ground == "elderly"
    assert 'class="qr"' in second


def test_a_hundred_presses_of_one_form_are_one_number(kiosk: Client):
    form = form_of(kiosk.get(f"{TAKE}?need=A").text) | {"ground": ""}
    pages = [kiosk.post(TAKE, form).text for _press in range(100)]
    assert all("A001" in page for page in pages)
    assert Ticket.objects.count() == 1


def test_a_hundred_numbers_in_a_minute_are_refused_calmly(kiosk: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(views, "A_MINUTE", 3)
    answers = [press(kiosk) for _press in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 422, 422]
    assert "Ông/bà đợi một phút rồi bấm lại" in answers[4].text
    assert Ticket.objects.count() == 3


def test_whoever_took_a_number_is_forgotten_with_the_answer(kiosk: Client):
    kiosk.post("/look/", {"size": "largest", "next": "/"})
    before = kiosk.cookies["motcua_kiosk"].value
    answer = press(kiosk)
    assert kiosk.cookies["motcua_kiosk"].value != before
    assert not kiosk.cookies["motcua_look"].value
    assert kiosk.cookies[HALL_COOKIE].value, "but the machine is still the hall's"
    assert f'content="{kiosk.cookies["motcua_kiosk"].value}"' in answer.text
    assert 'data-idle="30"' in answer.text
    assert kiosk.post("/kiosk/wipe/")["Location"] == TAKE


def test_nobody_makes_his_browser_the_halls_machine(hall: Morning, clock: list):
    client = Client()
    for key in ("", "0123456789abcdef01234567"):
        assert client.get(TAKE, {"office": key})["Location"] == "/halls/mot-cua/"
    client.cookies["motcua_kiosk"] = "0123456789abcdef"
    client.cookies[HALL_COOKIE] = "mot-cua/0123456789abcdef:made-up"
    assert client.get(TAKE)["Location"] == "/kiosk/"
    other = office_address("/halls/khac/take/").partition("=")[2]
    assert client.get(TAKE, {"office": other})["Location"] == "/kiosk/"


def test_what_is_closed_says_why_and_when(kiosk: Client, hall: Morning, clock: list):
    Need.objects.filter(letter="B").update(weekdays=[4])
    page = kiosk.get(TAKE).text
    assert "Hôm nay việc “Khai sinh, kết hôn, khai tử” chỉ nhận trực tuyến" in page.replace("&quot;", '"')
    assert "?need=B" not in page
    refused = kiosk.get(f"{TAKE}?need=B")
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    clock[0] = minutes(9 * 60)
    night = kiosk.get(TAKE).text
    assert "Quầy mở lại lúc 07:00 ngày 24/11/2026" in night or "Quầy mở lại lúc" in night
    assert "?need=" not in night


def test_a_form_of_yesterday_asks_once_more_and_gives_nothing(kiosk: Client, monkeypatch: pytest.MonkeyPatch):
    form = form_of(kiosk.get(f"{TAKE}?need=A").text) | {"ground": ""}
    monkeypatch.setattr("motcua.queueing.keys.GOOD_FOR", timedelta(seconds=-1))
    answer = kiosk.post(TAKE, form)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Ông/bà chọn lại một lần nữa" in answer.text
    assert kiosk.post(TAKE, form | {"form": "made-up"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not Ticket.objects.exists()


def test_a_ground_that_is_none_is_refused(kiosk: Client):
    answer = press(kiosk, ground="in-a-hurry")
    assert "Lý do ưu tiên này không có trong quy tắc" in answer.text
    assert not Ticket.objects.exists()


def test_the_rule_hangs_on_the_wall(hall: Morning, clock: list):
    page = Client().get("/halls/mot-cua/rule/").text
    assert "ai đến trước được gọi trước" in page
    assert "Người từ 75 tuổi trở lên" in page


def test_a_hall_that_is_none_and_one_out_of_use(kiosk: Client):
    assert kiosk.get("/halls/khac/take/").status_code == HTTPStatus.NOT_FOUND
    Hall.objects.update(is_open=False)
    assert kiosk.get(TAKE).status_code == HTTPStatus.NOT_FOUND
