"""The page for officials about a hall's door: its poster, its machine's address, its printer."""

import pytest
from django.test import Client

from motcua.catalogue.posting.kiosk import office_address
from motcua.demo.office import PASSWORD
from motcua.queueing.kiosk import door
from motcua.queueing.models import Hall, Printer, PrinterTrouble
from tests.queueing.hall import Morning, minutes
from tests.queueing.test_kiosk import TAKE

DOOR = "/halls/mot-cua/door/"


def at_desk(username: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": username, "password": PASSWORD})
    return client


@pytest.fixture
def administrator(hall: Morning) -> Client:
    return at_desk("quantri")


def test_officials_read_the_address_of_the_machine_and_print_the_poster(hall: Morning, administrator: Client):
    page = administrator.get(DOOR).text
    assert office_address(TAKE) in page.replace("&amp;", "&")
    poster = administrator.get("/halls/mot-cua/door.pdf")
    assert poster["Content-Type"] == "application/pdf"
    assert poster.content.startswith(b"%PDF-")
    assert "/accounts/login/" in Client().get(DOOR)["Location"]


def test_an_administrator_sets_the_printer_and_nobody_else(
    hall: Morning, administrator: Client, monkeypatch: pytest.MonkeyPatch
):
    wanted = {"way": "network", "host": "192.168.1.50", "port": "9100"}
    assert administrator.post(DOOR, wanted)["Location"] == DOOR
    assert (Printer.objects.get().host, Printer.objects.get().port) == ("192.168.1.50", 9100)
    refused = administrator.post(DOOR, wanted | {"host": "8.8.8.8"})
    assert refused.status_code == 422
    assert "Địa chỉ máy in là địa chỉ IP trong mạng của cơ quan" in refused.text
    assert 'value="8.8.8.8"' in refused.text, "nothing typed is lost"
    usb = {"way": "usb", "vendor": "04b8", "product": "0202"}
    monkeypatch.setattr(door.Usb, "is_usable", staticmethod(lambda: False))
    without = administrator.post(DOOR, usb)
    assert without.status_code == 422
    assert "Máy chủ chưa in qua USB được" in without.text
    assert 'value="04b8"' in without.text
    monkeypatch.setattr(door.Usb, "is_usable", staticmethod(lambda: True))
    administrator.post(DOOR, usb)
    assert (Printer.objects.get().vendor, Printer.objects.get().product) == (0x4B8, 0x202)
    assert administrator.post(DOOR, usb | {"vendor": "xyz"}).status_code == 422
    assert at_desk("tiepnhan").post(DOOR, wanted).status_code == 404
    administrator.post(DOOR, {"way": ""})
    assert not Printer.objects.exists()


def test_the_health_page_says_which_printer_wants_paper(hall: Morning, administrator: Client):
    Printer.objects.create(
        hall=hall.hall, way="device", device="phieu.bin", trouble=PrinterTrouble.NO_PAPER, trouble_since=minutes(0)
    )
    assert f"Máy in phiếu của {hall.hall.name}: hết giấy." in administrator.get("/health/").text
    assert "hết giấy" in administrator.get(DOOR).text
    Hall.objects.update(is_open=False)
    assert "hết giấy" not in administrator.get("/health/").text
