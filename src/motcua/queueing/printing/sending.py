"""Sending a slip to the printer of its hall: within two seconds, or the slip is given up and the number stands."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from select import POLLOUT, poll
from time import monotonic, sleep
from typing import Final

import structlog
from django.conf import settings
from escpos.constants import RT_STATUS_PAPER
from escpos.escpos import Escpos
from escpos.exceptions import DeviceNotFoundError, Error
from escpos.printer import Dummy, File, Network, Usb
from PIL import Image

from motcua.queueing.models import Printer, PrinterTrouble, PrinterWay

PATIENCE: Final = 2.0
"""Seconds for a printer to take a slip: the person stands before the machine."""
GLANCE: Final = 0.4
"""Seconds for a printer to say whether it has paper; many never say anything."""
_NO_PAPER: Final = 0b0110_0000
SLIPS: Final = "slips"
PAPER: Final = "TM-T20II"
"""A printer of 576 dots to the line, as the library knows it; what it is sent, any of 80 mm understands."""
PORTS: Final = "/dev/"
AGAIN_AFTER: Final = 0.02
log = structlog.get_logger("motcua.queueing")


class NotPrinted(Exception):
    """The printer did not take the slip; `trouble` says why."""

    def __init__(self, trouble: PrinterTrouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


def send(picture: Image.Image, printer: Printer) -> None:
    """Print a picture and cut the paper. Raises `NotPrinted` when the printer is gone or has no paper."""
    until, slip = monotonic() + PATIENCE, _commands(picture)
    try:
        with _opened(printer, until) as device:
            if isinstance(device, Network):
                if _without_paper(device):
                    raise NotPrinted(PrinterTrouble.NO_PAPER)
                device.device.settimeout(max(until - monotonic(), AGAIN_AFTER))
            device._raw(slip)
    except (OSError, Error) as fault:
        log.warning("a slip was not printed", hall=str(printer.hall_id), error=type(fault).__name__)
        raise NotPrinted(PrinterTrouble.GONE) from fault


class _Port(File):  # type: ignore[misc]  # escpos has no types
    """A port or a file that keeps nobody waiting: one without paper swallows nothing, and does not say so either."""

    def __init__(self, name: str, until: float) -> None:
        super().__init__(name, profile=PAPER)
        self._until = until

    def open(self, raise_not_found: bool = True) -> None:
        """Raises OSError for a port that is not there, or that nobody reads."""
        made = 0 if self.devfile.startswith(PORTS) else os.O_CREAT | os.O_TRUNC
        line = os.open(self.devfile, os.O_WRONLY | os.O_NONBLOCK | made, 0o600)
        self.device = os.fdopen(line, "wb", buffering=0)

    def _raw(self, msg: bytes) -> None:
        line, rest = poll(), memoryview(msg)
        line.register(self.device, POLLOUT)
        while rest:
            left = self._until - monotonic()
            if left <= 0 or not line.poll(left * 1000):
                raise TimeoutError
            taken = self.device.write(rest)
            if taken is None:  # it said it would, and did not
                sleep(AGAIN_AFTER)
            rest = rest[taken or 0 :]


class _Usb(Usb):  # type: ignore[misc]  # escpos has no types
    """A printer at a USB port; a server whose system cannot read USB ports has none."""

    def open(self, raise_not_found: bool = True) -> None:
        """Raises `DeviceNotFoundError` for one that is unplugged, and where libusb is missing."""
        try:
            super().open(raise_not_found)
        except ValueError as no_libusb:
            raise DeviceNotFoundError(str(no_libusb)) from no_libusb


def _commands(picture: Image.Image) -> bytes:
    """What a printer is sent: the picture, and the cut."""
    slip = Dummy(profile=PAPER)
    slip.image(picture)
    slip.cut()
    said: bytes = slip.output
    return said


@contextmanager
def _opened(printer: Printer, until: float) -> Iterator[Escpos]:
    device = _device(printer, until)
    try:
        device.open()
        yield device
    finally:
        device.close()


def _device(printer: Printer, until: float) -> Escpos:
    if printer.way == PrinterWay.NETWORK:
        return Network(printer.host, printer.port, timeout=PATIENCE, profile=PAPER)
    if printer.way == PrinterWay.USB:
        if not Usb.is_usable():  # without its library it can neither be opened nor closed
            raise NotPrinted(PrinterTrouble.GONE)
        return _Usb(printer.vendor, printer.product, timeout=int(PATIENCE * 1000), profile=PAPER)
    if printer.device.startswith(PORTS):
        return _Port(printer.device, until)
    folder = settings.MOTCUA_VAR / SLIPS
    folder.mkdir(parents=True, exist_ok=True)
    return _Port(str(folder / printer.device), until)


def _without_paper(device: Network) -> bool:
    """Whether the printer says that its paper is at an end; silence counts as paper."""
    device.device.settimeout(GLANCE)
    try:
        said = device.query_status(RT_STATUS_PAPER)
    except TimeoutError:
        return False
    return bool(said) and said[0] & _NO_PAPER == _NO_PAPER
