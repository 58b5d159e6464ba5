"""On one's own telephone: a number from the hall's page, its place in the line, and what a stranger learns: nothing."""

import re
from http import HTTPStatus

import pytest
from django.core.management import call_command
from django.test import Client

from motcua.catalogue.actions import post_all
from motcua.catalogue.models import Procedure
from motcua.demo.office import OPENED
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.dossiers.tracking import tracking_url
from motcua.intake.actions import receive
from motcua.queueing import guesses
from motcua.queueing.actions import begin, call_next, finish, sit_down
from motcua.queueing.kiosk import views
from motcua.queueing.models import Hall, Ticket
from tests.cast import BIRTH, MRS_LAN, filing, offered, the_cast
from tests.queueing.hall import TESTER, Morning, minutes
from tests.queueing.test_kiosk import clock, form_of, kiosk, press

__all__ = ["clock", "kiosk"]
HALL, TAKE = "/halls/mot-cua/", "/halls/mot-cua/take/"
HTMX = {"HX-Request": "true"}


def taken(client: Client, letter: str = "A", ground: str = "") -> str:
    """A number from the phone: the address of its page."""
    answer = client.post(TAKE, form_of(client.get(f"{TAKE}?need={letter}").text) | {"ground": ground})
    assert answer.status_code == HTTPStatus.FOUND, answer.text
    return answer["Location"]


def test_the_hall_says_how_it_stands_and_gives_a_number(hall: Morning, clock: list):
    hall.take("A")
    client = Client()
    page = client.get(HALL).text
    assert "Đang mở. Hiện có 1 người chờ." in page
    assert "?need=B" in page
    mine = client.get(taken(client)).text
    assert re.search(r"taken-number.*A002", mine)
    assert "Trước ông/bà còn 1 người" in mine
    assert Ticket.objects.get(number=2).way == "phone"
    assert "Xem số của tôi" in client.get(HALL).text


def test_one_open_number_for_a_browser_and_two_a_day(hall: Morning, clock: list):
    client = Client()
    first = taken(client)
    again = client.post(TAKE, form_of(client.get(f"{TAKE}?need=B").text) | {"ground": ""})
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Ông/bà đang có một số chưa được gọi" in again.text
    assert first in again.text
    client.post(f"{first}leave/")
    client.post(f"{taken(client)}leave/")
    third = client.post(TAKE, form_of(client.get(f"{TAKE}?need=A").text) | {"ground": ""})
    assert "đã lấy đủ số của hôm nay" in third.text
    assert Ticket.objects.count() == 2


def test_a_form_sent_twice_is_one_number(hall: Morning, clock: list):
    client = Client()
    form = form_of(client.get(f"{TAKE}?need=A").text) | {"ground": ""}
    assert client.post(TAKE, form)["Location"] == client.post(TAKE, form)["Location"]
    assert Ticket.objects.count() == 1


def test_many_from_one_network_and_a_hall_that_gives_none(hall: Morning, clock: list, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(views, "OF_ADDRESS", 1)
    taken(Client())
    other = Client()
    refused = other.post(TAKE, form_of(other.get(f"{TAKE}?need=A").text) | {"ground": ""})
    assert "từ cùng một mạng" in refused.text
    Hall.objects.update(takes_phones=False)
    assert "chỉ cho lấy số tại máy ở cửa" in other.get(HALL).text
    assert "chỉ cho lấy số tại máy ở cửa" in other.get(f"{TAKE}?need=A").text
    assert Ticket.objects.count() == 1


def test_out_of_hours_there_is_no_number_from_home(hall: Morning, clock: list):
    form = form_of(Client().get(f"{TAKE}?need=A").text) | {"ground": ""}
    clock[0] = minutes(9 * 60)
    assert "Ngoài giờ làm việc" in Client().get(HALL).text
    refused = Client().post(TAKE, form)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Quầy mở lại lúc" in refused.text


def test_the_page_follows_the_number_to_its_end(hall: Morning, clock: list):
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(0))
    client = Client()
    mine = taken(client)
    page = client.get(mine).text
    assert '<meta http-equiv="refresh"' in page, "without scripts it loads anew"
    seen = re.search(r'hx-get="([^"]+)"', page)[1].replace("&amp;", "&")
    assert client.get(seen, headers=HTMX).status_code == HTTPStatus.NO_CONTENT, "nothing new"
    ticket = call_next(by=hall.first, at=minutes(1))
    assert ticket is not None
    called = client.get(seen, headers=HTMX)
    assert "Mời ông/bà đến quầy 1" in called.text
    assert 'data-call="1"' in called.text
    begin(ticket.pk, by=hall.first, at=minutes(2))
    assert "đang được phục vụ ở quầy 1" in client.get(mine).text
    finish(ticket.pk, by=hall.first, at=minutes(9))
    done = client.get(mine).text
    assert "Đã xong. Cảm ơn ông/bà." in done
    assert "hx-get" not in done
    assert "leave/" not in done


def test_a_number_is_given_up_when_asked_twice(hall: Morning, clock: list):
    client = Client()
    mine = taken(client)
    assert "Bỏ số A001?" in client.get(f"{mine}leave/").text
    assert Ticket.objects.get().state == "waiting", "asking changes nothing"
    assert client.post(f"{mine}leave/")["Location"] == mine
    assert "Ông/bà đã bỏ số này" in client.get(mine).text
    assert client.get(f"{mine}leave/")["Location"] == mine


def test_a_guessed_key_opens_nothing_and_many_are_refused(hall: Morning, clock: list, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(guesses, "MISSES", 2)
    mine = taken(Client())
    guessed = [Client().get(f"/{what}/guessed/").status_code for what in ("tickets", "bookings", "tickets", "bookings")]
    assert guessed == [404, 404, 429, 429], "numbers and appointments are counted together"
    answer = Client().get(mine)
    assert answer.status_code == HTTPStatus.OK, "whoever holds a slip still sees his number"
    assert answer["X-Robots-Tag"] == "noindex"


def finished(hall: Morning, **changes: object) -> Dossier:
    """A dossier of the ward whose result lies at the desk, but for the changes."""
    cast = the_cast()
    opened, _new = receive(
        filing(BIRTH, MRS_LAN, cast.receiver), offered=offered(BIRTH, cast.receiver), by=cast.receiver, at=minutes(0)
    )
    Dossier.objects.filter(pk=opened.id).update(**{"state": State.FINISHED, "finished_at": minutes(1), **changes})
    return Dossier.objects.get(pk=opened.id)


@pytest.fixture
def ward(hall: Morning) -> Morning:
    """The hall in a ward that takes birth registrations."""
    call_command("import_catalogue", quiet=True)
    post_all(Procedure.objects.filter(national_code=BIRTH), hall.hall.agency, by=TESTER, valid_from=OPENED)
    return hall


def collect(client: Client, said: str):
    asked = client.post(TAKE, {"need": "T", "dossier": said})
    form = form_of(asked.text)
    return client.post(TAKE, form | {"ground": ""}) if "form" in form else asked


def test_a_result_at_the_desk_is_collected_by_code_by_its_end_or_by_the_receipt(ward: Morning, kiosk: Client):
    dossier = finished(ward)
    ways = (dossier.code, dossier.code.lower(), re.sub(r"\D", "", dossier.code)[-10:], tracking_url(dossier))
    for number, said in enumerate(ways, 1):
        assert re.search(rf"taken-number.*T00{number}", collect(kiosk, said).text), said
    assert set(Ticket.objects.values_list("dossier", flat=True)) == {dossier.pk}


@pytest.mark.parametrize(
    "changes",
    [
        {"state": State.PROCESSING},
        {"state": State.RETURNED, "returned_at": minutes(2)},
        {"return_method": "post"},
        {"return_method": "online"},
    ],
    ids=str,
)
def test_what_does_not_lie_at_the_desk_gets_one_answer(ward: Morning, kiosk: Client, changes: dict):
    dossier = finished(ward, **changes)
    for said in (dossier.code, tracking_url(dossier), "H17.21-261123-9999", "261123", "%", "x" * 300):
        answer = collect(kiosk, said)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Chưa có kết quả nào của mã hồ sơ này nằm tại quầy" in answer.text
        assert dossier.applicant_name not in answer.text
    assert not Ticket.objects.exists()


def test_a_receipt_with_another_key_collects_nothing(ward: Morning, kiosk: Client):
    dossier = finished(ward)
    forged = tracking_url(dossier).replace(dossier.tracking_token, "A" * 20)
    assert "Chưa có kết quả nào" in collect(kiosk, forged).text


def test_who_tries_many_codes_waits(ward: Morning, kiosk: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(views, "CODES", 2)
    right = finished(ward)
    answers = [collect(kiosk, right.code).status_code for _person in range(3)]
    assert answers == [HTTPStatus.OK] * 3, "right ones are no tries"
    tries = [collect(kiosk, f"H17.21-261123-{number:04}").text for number in range(7, 10)]
    assert "Đã nhập nhiều mã sai trong ít phút" in tries[2]
    assert "A001" in press(kiosk).text, "other numbers are still given"


def test_keys_drawn_on_the_machine_type_the_code_without_scripts(ward: Morning, kiosk: Client):
    page = kiosk.post(TAKE, {"need": "T", "dossier": "26112", "key": "3"}).text
    assert 'value="261123"' in page
    assert "Chưa có kết quả" not in page
