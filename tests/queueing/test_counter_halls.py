"""Arranging a hall: what is typed is checked at its field, and a hall in use loses nobody."""

from typing import Any

import pytest
from django.test import Client

from motcua.core.models import Event
from motcua.demo.office import PASSWORD
from motcua.people.models import Unit
from motcua.queueing.actions import call_next, finish, sit_down
from motcua.queueing.models import Hall, Ticket
from tests.queueing.hall import Morning, minutes


@pytest.fixture
def administrator(hall: Morning) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": "quantri", "password": PASSWORD})
    return client


def page_of(client: Client, address: str = "/halls/mot-cua/arrange/") -> dict[str, Any]:
    """Everything that the page would send if nothing were changed."""
    plan = client.get(address).context["plan"]
    sent: dict[str, Any] = {}
    for one in (plan.needs.management_form, plan.counters.management_form, plan.form, *plan.needs, *plan.counters):
        for box in one:
            value = box.value()
            if value not in (None, False):
                sent[box.html_name] = "on" if value is True else value
    return sent


def faults(answer: Any) -> dict[str, str]:
    """Each sentence by the field it stands at."""
    assert answer.status_code == 422
    return {place: sentence for sentence, place in answer.context["plan"].faults}


def test_what_is_sent_back_unchanged_changes_nothing(hall: Morning, administrator: Client):
    before = list(hall.hall.needs.order_by("letter").values())
    answer = administrator.post("/halls/mot-cua/arrange/", page_of(administrator))
    assert answer.status_code == 302, faults(answer)
    assert list(hall.hall.needs.order_by("letter").values()) == before
    assert [counter.number for counter in hall.hall.counters.all()] == [1, 2]
    assert Event.objects.filter(kind="hall.arranged").last().actor_name == "Đặng Hoài An"


def test_a_new_need_at_a_new_counter(hall: Morning, administrator: Client):
    typed = page_of(administrator) | {
        "need-3-letter": "c", "need-3-name": "Đất đai", "need-3-weekdays": ["1", "4"], "need-3-usual_minutes": "18",
        "counter-2-number": "3", "counter-2-letters": "a, c", "announcement": "Chiều thứ Sáu nghỉ sớm",
    }  # fmt: skip
    answer = administrator.post("/halls/mot-cua/arrange/", typed, follow=True)
    assert "Đã ghi cách sắp xếp sảnh" in answer.text
    need = hall.hall.needs.get(letter="C")
    assert (need.name, need.weekdays, need.usual_minutes) == ("Đất đai", [1, 4], 18)
    third = hall.hall.counters.get(number=3)
    assert [one.letter for one in third.needs.order_by("letter")] == ["A", "C"]


@pytest.mark.parametrize(
    ("typed", "place", "says"),
    [
        ({"name": ""}, "id_name", "nhập tên sảnh"),
        ({"early_minutes": "999"}, "id_early_minutes", "từ 0 đến 180"),
        ({"unit": "no-unit"}, "id_unit", "đơn vị trực"),
        ({"counter-0-usual_official": "nobody"}, "id_counter-0-usual_official", "chọn người khác"),
        ({"need-0-letter": "9"}, "id_need-0-letter", "từ A đến Z"),
        ({"need-0-letter": "Đ"}, "id_need-0-letter", "từ A đến Z"),
        ({"need-0-letter": "B"}, "id_need-1-letter", "đã dùng"),
        ({"need-0-name": ""}, "id_need-0-name", "việc cần làm"),
        ({"need-0-letter": ""}, "id_need-0-letter", "một chữ"),
        ({"need-0-weekdays": []}, "id_need-0-weekdays_0", "ít nhất một ngày"),
        ({"need-0-weekdays": ["9"]}, "id_need-0-weekdays_0", "9"),
        ({"need-0-usual_minutes": "0"}, "id_need-0-usual_minutes", "từ 1 đến 240"),
        ({"counter-0-number": "2"}, "id_counter-1-number", "đã có"),
        ({"counter-0-number": "một"}, "id_counter-0-number", "số nguyên"),
        ({"counter-0-letters": "AX"}, "id_counter-0-letters", "chữ X"),
        ({"counter-0-letters": "á!"}, "id_counter-0-letters", "liền nhau"),
        ({"counter-0-letters": ""}, "id_counter-0-letters", "nhận việc nào"),
        ({"announcement": "x" * 301}, "id_announcement", "nhiều nhất 300"),
    ],
)
def test_bad_input_has_its_sentence_at_the_field(
    hall: Morning, administrator: Client, typed: dict[str, Any], place: str, says: str
):
    answer = administrator.post("/halls/mot-cua/arrange/", page_of(administrator) | typed)
    assert says in faults(answer)[place]
    assert Hall.objects.get().name == "Sảnh Một cửa"


def test_a_page_cut_off_is_refused_with_a_sentence(hall: Morning, administrator: Client):
    answer = administrator.post("/halls/mot-cua/arrange/", {"name": "Sảnh"})
    assert answer.status_code == 422
    assert answer.context["plan"].faults
    assert hall.hall.needs.filter(is_open=True).count() == 3


def test_a_hall_in_use_loses_nobody(hall: Morning, administrator: Client):
    sit_down(hall.counters[2].id, by=hall.second, at=minutes(0))
    hall.take("B", after=1)
    without = page_of(administrator) | {"counter-1-letters": "AT"}
    answer = administrator.post("/halls/mot-cua/arrange/", without)
    assert "Còn 1 người giữ số B" in faults(answer)[""]
    unused = {name: value for name, value in page_of(administrator).items() if name != "is_open"}
    assert "Sảnh còn người giữ số" in faults(administrator.post("/halls/mot-cua/arrange/", unused))[""]
    finish(call_next(by=hall.second, at=minutes(2)).pk, by=hall.second, at=minutes(3))
    gone = {name: value for name, value in without.items() if name != "counter-1-is_open"}
    assert "Quầy 2 đang có người ngồi" in faults(administrator.post("/halls/mot-cua/arrange/", gone))[""]
    assert administrator.post("/halls/mot-cua/arrange/", without).status_code == 302
    assert Ticket.objects.get().state == "done"


def test_a_second_hall(hall: Morning, administrator: Client):
    blank = page_of(administrator, "/halls/arrange/new/")
    typed = blank | {
        "code": "sanh-2", "name": "Sảnh tầng hai", "unit": str(Unit.objects.get(pk=hall.hall.unit_id).pk),
        "need-0-letter": "D", "need-0-name": "Việc khác", "counter-0-number": "1", "counter-0-letters": "D",
    }  # fmt: skip
    assert (
        "đã có sảnh dùng mã này"
        in faults(administrator.post("/halls/arrange/new/", typed | {"code": "mot-cua"}))["id_code"].lower()
    )
    assert "không dấu" in faults(administrator.post("/halls/arrange/new/", typed | {"code": "sảnh hai"}))["id_code"]
    assert administrator.post("/halls/arrange/new/", typed).status_code == 302
    page = administrator.get("/halls/").text
    assert "Sảnh tầng hai" in page
    assert "Sảnh Một cửa" in page


def test_the_list_counts_the_day(hall: Morning, administrator: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("motcua.queueing.counters.halls.now", lambda: minutes(30))
    hall.take("A")
    assert "1 số: 1 đang chờ" in " ".join(administrator.get("/halls/").text.split())
    assert administrator.get("/halls/khong-co/arrange/").status_code == 404
