"""The shared screen: search without a keyboard, and nothing of the last person left for the next."""

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client

from motcua.catalogue.posting.kiosk import kiosk_address, typed
from motcua.core.look import KIOSK_COOKIE
from motcua.intake.online.keys import keep_key

pytestmark = pytest.mark.django_db
PAGE = "/kiosk/"


def at_kiosk() -> Client:
    """A machine in the hall, set up by the office's own address."""
    client = Client()
    assert client.get(kiosk_address())["Location"] == PAGE
    return client


def test_keys_drawn_on_the_screen_work_without_scripts(posted: object):
    client, q = at_kiosk(), ""
    for key in ("k", "e", "t", "space", "h", "o", "m", "back", "n"):
        client.get(PAGE, {"q": q, "key": key})
        q = typed(q, key)
    assert q == "ket hon"
    page = client.get(PAGE, {"q": "ket ho", "key": "n"}).text
    assert 'value="ket hon"' in page
    assert "Đăng ký kết hôn" in page
    assert typed("ket hon", "clear") == ""
    assert typed("ket", "<script>") == "ket"
    assert typed("ket", "Ω") == "ket"


def test_an_ordinary_machine_is_no_kiosk(posted: object):
    page = Client().get("/").text
    assert "kiosk.js" not in page
    assert 'name="kiosk"' not in page


def test_once_opened_every_public_page_counts_down(posted: object):
    client = at_kiosk()
    assert 'class="kiosk"' in client.get(PAGE).text, "the first page already"
    for address in ("/", "/procedures/1.001193/", "/postings/"):
        page = client.get(address).text
        assert 'class="kiosk"' in page
        assert 'data-idle="60"' in page
        assert "data-kiosk-left" in page
        assert 'action="/kiosk/wipe/"' in page, "whoever is done wipes it himself, without scripts too"


def test_wiping_ends_the_session_and_begins_another_visit(controller: Client, posted: object):
    controller.cookies[KIOSK_COOKIE] = "0123456789abcdef"
    visit = controller.cookies[KIOSK_COOKIE].value
    controller.post("/look/", {"size": "largest", "next": "/"})
    assert Session.objects.count() == 1
    answer = controller.post("/kiosk/wipe/")
    assert answer["Location"] == PAGE
    assert answer["Clear-Site-Data"] == '"storage"'
    assert controller.cookies[KIOSK_COOKIE].value != visit
    assert not controller.cookies["motcua_look"].value
    assert Session.objects.count() == 0
    assert "/accounts/login/" in controller.get("/catalogue/notice-board/")["Location"]


def test_wiping_forgets_the_key_to_a_guests_drafts(posted: object):
    """Or else the next person opens `/file/mine/` and reads, and keeps, what the last one filled in."""
    client, key, kept = at_kiosk(), "a-key-somebody-was-given", HttpResponse()
    keep_key(kept, key)
    client.cookies.update(kept.cookies)
    assert key in client.get("/file/mine/").text
    client.post("/kiosk/wipe/")
    assert key not in client.get("/file/mine/").text


def test_a_machine_that_is_no_kiosk_is_not_wiped(controller: Client, posted: object):
    controller.post("/kiosk/wipe/")
    assert controller.get("/catalogue/notice-board/").status_code == 200


def test_a_kiosk_is_given_back_by_asking_first(posted: object):
    client = at_kiosk()
    assert "Trả máy tra cứu về máy thường?" in client.get("/kiosk/leave/").text
    assert 'class="kiosk"' in client.get("/").text, "asking changes nothing"
    client.post("/kiosk/leave/")
    assert 'class="kiosk"' not in client.get("/").text


def test_a_made_up_mark_is_no_kiosk():
    client = Client()
    client.cookies[KIOSK_COOKIE] = '"><script>'
    assert "kiosk.js" not in client.get("/").text


@pytest.mark.parametrize("address", [PAGE, "/kiosk/?office=", "/kiosk/?office=0123456789abcdef01234567", "/kiosk/?q=x"])
def test_a_link_makes_nobodys_browser_a_kiosk(controller: Client, posted: object, address: str):
    for client in (Client(), controller):
        assert "Máy này chưa là máy tra cứu" in client.get(address).text
        assert 'class="kiosk"' not in client.get("/").text
    assert controller.get("/catalogue/notice-board/").status_code == 200, "still logged in"


def test_the_office_gives_its_address_to_officials_and_nobody_stays_logged_in_there(controller: Client, posted: object):
    assert kiosk_address() in controller.get("/catalogue/notice-board/").text
    assert controller.get(kiosk_address())["Location"] == PAGE
    assert 'class="kiosk"' in controller.get("/").text
    assert "/accounts/login/" in controller.get("/catalogue/notice-board/")["Location"]
