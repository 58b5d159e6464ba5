"""The slip: read back from the bytes that a printer was sent, and the number that stands when the printer is gone."""

import os
import re
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client
from escpos.exceptions import DeviceNotFoundError
from escpos.printer import Usb
from PIL import Image

from motcua.core.models import Event
from motcua.people.access import ActingOfficial
from motcua.queueing.actions.printers import print_slip, set_printer
from motcua.queueing.models import Printer, PrinterTrouble, PrinterWay, Ticket
from motcua.queueing.printing import sending
from motcua.queueing.printing.sending import NotPrinted, send
from motcua.queueing.printing.slip import WIDTH, Slip, slip_picture
from motcua.queueing.rules.forecast import Range
from tests.cast import the_cast
from tests.committed import Actor
from tests.queueing.hall import Morning, minutes
from tests.queueing.test_kiosk import clock, kiosk, press

__all__ = ["clock", "kiosk"]
ADDRESS = "http://127.0.0.1:8000/tickets/AbCdEfGhIjKlMnOp/"
SLIP = Slip(
    "Phường Tân Thạnh", "Sảnh Trung tâm Phục vụ hành chính công", "Nhà đất, xây dựng", "C012", minutes(0), 7, ADDRESS,
    Range(10, 25), "Người từ 75 tuổi trở lên",
)  # fmt: skip
HAS_PAPER, NO_PAPER = b"\x12", b"\x72"


class PlayedPrinter:
    """A printer on the network: keeps what it is sent, and says of its paper what it is told to."""

    def __init__(self, says: bytes = HAS_PAPER) -> None:
        self.says, self.took, self.is_there = says, b"", True
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self._turn = threading.Thread(target=self._serve, daemon=True)
        self._turn.start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _address = self._server.accept()
            except OSError:
                return
            with caller:
                while sent := caller.recv(65536):
                    if b"\x10\x04\x04" in sent and self.says:
                        caller.sendall(self.says)
                    self.took += sent

    def close(self) -> None:
        self.is_there = False
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._turn.join(2)


@pytest.fixture
def administrator(hall: Morning) -> ActingOfficial:
    return the_cast().administrator


@pytest.fixture
def printer() -> Iterator[PlayedPrinter]:
    played = PlayedPrinter()
    yield played
    if played.is_there:
        played.close()


def on_network(port: int) -> Printer:
    return Printer(way=PrinterWay.NETWORK, host="127.0.0.1", port=port)


def drawn(sent: bytes) -> Image.Image:
    """The picture in the raster commands (GS v 0) that a printer was sent, its pieces one below the other."""
    rows, rest = b"", sent
    while (start := rest.find(b"\x1dv0")) >= 0:
        wide, high = struct.unpack("<HH", rest[start + 4 : start + 8])
        assert wide * 8 == WIDTH
        rows += rest[start + 8 : start + 8 + wide * high]
        rest = rest[start + 8 + wide * high :]
    picture = Image.frombytes("1", (WIDTH, len(rows) * 8 // WIDTH), rows)
    return picture.convert("L").point(lambda dot: 255 - dot)


def wait_for(played: PlayedPrinter) -> bytes:
    """What came until the cut."""
    for _glance in range(100):
        if b"\x1dV" in played.took:
            return played.took
        threading.Event().wait(0.02)
    raise AssertionError("no cut came")


def test_what_a_printer_is_sent_is_the_slip_and_its_code_opens_the_number(printer: PlayedPrinter):
    send(slip_picture(SLIP), on_network(printer.port))
    sent = wait_for(printer)
    picture = drawn(sent)
    assert picture.tobytes() == slip_picture(SLIP).convert("L").tobytes()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [ADDRESS]


def test_a_long_name_stays_on_the_paper():
    long = Slip(
        "Ủy ban nhân dân Phường Nguyễn Thị Minh Khai Đông", "Sảnh", "Nghiệp vụ " * 12, "A1000", minutes(0), 0, ADDRESS
    )
    picture = slip_picture(long).convert("L")
    assert picture.width == WIDTH
    edges = [picture.crop((0, 0, 8, picture.height)), picture.crop((WIDTH - 8, 0, WIDTH, picture.height))]
    assert all(edge.getextrema() == (255, 255) for edge in edges)


def test_a_printer_that_says_nothing_of_its_paper_prints(printer: PlayedPrinter):
    printer.says = b""
    send(slip_picture(SLIP), on_network(printer.port))
    assert b"\x1dv0" in wait_for(printer)


def test_a_printer_without_paper_and_one_that_is_gone(printer: PlayedPrinter):
    printer.says = NO_PAPER
    with pytest.raises(NotPrinted) as empty:
        send(slip_picture(SLIP), on_network(printer.port))
    assert empty.value.trouble == PrinterTrouble.NO_PAPER
    assert b"\x1dv0" not in printer.took
    printer.close()
    for gone in (on_network(printer.port), Printer(way=PrinterWay.USB, vendor=0x4B8, product=0x202)):
        with pytest.raises(NotPrinted) as lost:
            send(slip_picture(SLIP), gone)
        assert lost.value.trouble == PrinterTrouble.GONE


def test_printing_to_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "MOTCUA_VAR", tmp_path)
    send(slip_picture(SLIP), Printer(way=PrinterWay.DEVICE, device="phieu.bin"))
    picture = drawn((tmp_path / "slips" / "phieu.bin").read_bytes())
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [ADDRESS]


@pytest.mark.parametrize("somebody_reads", [False, True])
def test_a_port_that_swallows_nothing_keeps_nobody_waiting(
    somebody_reads: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """As a printer at /dev/usb/lp0 without paper: what is written there is not taken until paper comes."""
    monkeypatch.setattr(settings, "MOTCUA_VAR", tmp_path)
    monkeypatch.setattr(sending, "PATIENCE", 0.2)
    port = tmp_path / "slips" / "phieu.bin"
    port.parent.mkdir()
    os.mkfifo(port)
    reader = os.open(port, os.O_RDONLY | os.O_NONBLOCK) if somebody_reads else None
    long = slip_picture(SLIP).resize((WIDTH, 4_000))
    sent = Actor(lambda: send(long, Printer(way=PrinterWay.DEVICE, device=port.name)))
    sent.start()
    lost = sent.came_of_it()
    if reader is not None:
        os.close(reader)
    assert isinstance(lost, NotPrinted)
    assert lost.trouble == PrinterTrouble.GONE


@pytest.mark.parametrize(
    "wanted",
    [
        Printer(way=PrinterWay.NETWORK, host="8.8.8.8"),
        Printer(way=PrinterWay.NETWORK, host="printer.example"),
        Printer(way=PrinterWay.NETWORK, host="169.254.169.254", port=80),
        Printer(way=PrinterWay.NETWORK, host="192.168.1.5", port=70000),
        Printer(way=PrinterWay.NETWORK),
        Printer(way=PrinterWay.USB, vendor=1),
        Printer(way=PrinterWay.DEVICE, device="/etc/passwd"),
        Printer(way=PrinterWay.DEVICE, device="../seals.bin"),
    ],
    ids=str,
)
def test_what_is_no_printer_of_the_office_is_refused(hall: Morning, administrator: ActingOfficial, wanted: Printer):
    with pytest.raises(ValidationError):
        set_printer(hall.hall, wanted, by=administrator, at=minutes(0))
    assert not Printer.objects.exists()


def test_the_number_stands_when_the_printer_is_gone_and_the_office_is_told_once(
    hall: Morning, kiosk: Client, printer: PlayedPrinter, administrator: ActingOfficial
):
    set_printer(hall.hall, on_network(printer.port), by=administrator, at=minutes(0))
    assert "Mời ông/bà lấy phiếu ở khe máy" in press(kiosk).text
    printed = drawn(wait_for(printer))
    (code,) = zxingcpp.read_barcodes(printed)
    assert Client().get(code.text.removeprefix(settings.MOTCUA_BASE_URL)).status_code == 200
    printer.close()
    for _person in range(2):
        page = press(kiosk).text
        assert "Máy in hết giấy hoặc mất kết nối; ông/bà chụp lại màn hình này" in page
        assert 'class="qr"' in page
    assert Ticket.objects.count() == 3
    assert Printer.objects.get().trouble == PrinterTrouble.GONE
    again = PlayedPrinter()
    Printer.objects.update(port=again.port)
    assert print_slip(SLIP, Printer.objects.get(), at=minutes(3))
    again.close()
    told = Event.objects.filter(kind__startswith="hall.printer").order_by("sequence").values_list("kind", flat=True)
    assert list(told) == ["hall.printer_set", "hall.printer_troubled", "hall.printer_mended"]


def no_library(_device: object, _raises: bool = True) -> None:
    """What the library of USB ports says where the system has none of its own."""
    raise ValueError("No backend available")


def unplugged(_device: object, _raises: bool = True) -> None:
    raise DeviceNotFoundError


@pytest.mark.parametrize("fault", [no_library, unplugged, None])
def test_a_usb_printer_that_is_not_there_costs_nobody_his_number(
    hall: Morning, kiosk: Client, administrator: ActingOfficial, monkeypatch: pytest.MonkeyPatch, fault: object
):
    monkeypatch.setattr(Usb, "is_usable", staticmethod(lambda: fault is not None))
    monkeypatch.setattr(Usb, "open", fault)
    monkeypatch.setattr(Usb, "close", lambda _device: None)
    usb = Printer(way=PrinterWay.USB, vendor=0x4B8, product=0x202)
    set_printer(hall.hall, usb, by=administrator, at=minutes(0))
    page = press(kiosk)
    assert page.status_code == 200
    assert "Máy in hết giấy hoặc mất kết nối; ông/bà chụp lại màn hình này" in page.text
    assert re.search(r"taken-number.*A001", page.text)
    assert Printer.objects.get().trouble == PrinterTrouble.GONE
    again = re.search(r'name="again" value="([-\w]+)', page.text)
    assert again is not None
    assert Client().get(f"/tickets/{again[1]}/").status_code == 200
