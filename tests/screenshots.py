"""Photograph every page of a fresh demo office, desk and phone, into docs/screenshots/ (`make screenshots`)."""

import base64
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import click
import numpy as np
from playwright.sync_api import Page, sync_playwright

from motcua.documents.prints import (
    preview_apology,
    preview_control_sheet,
    preview_discontinuation,
    preview_receipt,
    preview_refusal,
    preview_supplement_request,
)
from motcua.documents.prints.delivery_note import preview_delivery_note
from motcua.documents.prints.register import preview_register
from tests import verifier_picture
from tests.browser.deeds import told
from tests.browser.hall_pages import TALL, the_machine
from tests.browser.pages import STOPS
from tests.browser.reading import DESKTOP, PHONE, Visitors, launched
from tests.browser.running import RunningOffice
from tests.browser.stops import Stop
from tests.documents import cast, detours

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
SIZES = {"desktop": DESKTOP, "phone": PHONE}
TALLEST = 2_600
COLOURS = 256
# More colours than that are a photograph's noise; the distances from each to the palette would fill the memory.
MANY = 40_000
COARSE = 0xF8F8F8

# Every numbered form of Circular 03/2025, as the tests of the prints fill them; a picture of its first page.
PPI = 96
FORMS: dict[str, Callable[[], list[bytes]]] = {
    "01-receipt": lambda: preview_receipt(cast.RECEIPT, ppi=PPI),
    "02-supplement-request": lambda: preview_supplement_request(detours.SUPPLEMENT, ppi=PPI),
    "03-refusal": lambda: preview_refusal(detours.REFUSAL, ppi=PPI),
    "04-apology": lambda: preview_apology(detours.APOLOGY, ppi=PPI),
    "05-discontinuation": lambda: preview_discontinuation(detours.STOP, ppi=PPI),
    "06-control-sheet": lambda: preview_control_sheet(detours.control_sheet_of(4), ppi=PPI),
    "07-register": lambda: preview_register(cast.register_of(12), ppi=PPI),
    "delivery-note": lambda: preview_delivery_note(cast.NOTE, ppi=PPI),
}
# What stands on the machine of the hall, and what is pressed there to come on.
MACHINE = {"kiosk": "a.take-choice", "kiosk-priority": "button.take-first", "kiosk-number": ""}

# The browser reads its own picture back: width, height, and the pixels as RGBA.
PIXELS = """async (picture) => {
  const image = await createImageBitmap(await (await fetch("data:image/png;base64," + picture)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  const drawing = canvas.getContext("2d");
  drawing.drawImage(image, 0, 0);
  const pixels = drawing.getImageData(0, 0, image.width, image.height).data;
  const reader = new FileReader();
  const read = new Promise((done) => { reader.onload = () => done(reader.result.split(",")[1]); });
  reader.readAsDataURL(new Blob([pixels]));
  return [image.width, image.height, await read];
}"""


def photograph(page: Page, size: dict[str, int], darkroom: Page) -> bytes:
    """The whole page as a person sees it, bars at their places, up to a height that still reads well."""
    page.set_viewport_size(size)  # type: ignore[arg-type]
    tall = int(page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": size["width"], "height": min(max(tall, size["height"]), TALLEST)})
    page.evaluate("document.fonts.ready.then(() => window.scrollTo(0, 0))")
    picture = page.screenshot(animations="disabled", caret="hide")
    width, height, pixels = darkroom.evaluate(PIXELS, base64.b64encode(picture).decode())
    rgba = np.frombuffer(base64.b64decode(pixels), np.uint8).reshape(height, width, 4)
    return palette_png(rgba[:, :, :3])


def palette_png(rgb: np.ndarray) -> bytes:
    """A PNG of the 256 most frequent colours (PNG specification, colour type 3); the rest go to the nearest."""
    height, width, _channels = rgb.shape
    packed = rgb.astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    colours, places, counts = np.unique(packed, return_inverse=True, return_counts=True)
    if colours.size > MANY:
        colours, places, counts = np.unique(packed & COARSE, return_inverse=True, return_counts=True)
    kept = np.sort(np.argsort(counts)[-COLOURS:])
    palette = _parts(colours[kept])
    distance = ((_parts(colours)[:, None, :].astype(np.int32) - palette[None, :, :]) ** 2).sum(axis=2)
    rows = distance.argmin(axis=1).astype(np.uint8)[places].reshape(height, width)
    lines = np.hstack([np.zeros((height, 1), np.uint8), rows])
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", head),
        (b"PLTE", palette.astype(np.uint8).tobytes()),
        (b"IDAT", zlib.compress(lines.tobytes(), 9)),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in (*parts, (b"IEND", b"")))


def _parts(colours: np.ndarray) -> np.ndarray:
    return np.stack([colours >> 16, (colours >> 8) & 255, colours & 255], axis=1).astype(np.int32)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def photograph_all(visitors: Visitors) -> int:
    """Every stop at both sizes; the number of bytes written."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    written = 0
    with visitors.page() as darkroom, click.progressbar(STOPS, label="Chụp màn hình") as stops:
        for stop in stops:
            written += _both(visitors, stop, darkroom)
        with visitors.page("lanhdao") as page:
            page.goto(visitors.url + "/record/pack/")
            folder = verifier_picture.fetched(page)
        with visitors.page() as blank:
            verifier_picture.show(blank, folder)
            written += _sizes(blank, "record-verifier", darkroom)
    return written


def photograph_machine(visitors: Visitors) -> int:
    """The machine of the hall from the first question to the number; the number of bytes written."""
    written = 0
    with visitors.page() as darkroom, the_machine(visitors) as page:
        for name, pressed in MACHINE.items():
            page.locator(pressed or ".taken-number").first.wait_for()
            written += (FOLDER / f"{name}.png").write_bytes(photograph(page, TALL, darkroom))
            if pressed:
                page.locator(pressed).first.tap()
    return written


def photograph_forms() -> int:
    """The first page of every printed form, as `form-<number>-<name>.png`; the number of bytes written."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    return sum((FOLDER / f"form-{name}.png").write_bytes(draw()[0]) for name, draw in FORMS.items())


def _both(visitors: Visitors, stop: Stop, darkroom: Page) -> int:
    with visitors.page(stop.who) as page:
        stop.way(page)
        return _sizes(page, stop.name, darkroom)


def _sizes(page: Page, called: str, darkroom: Page) -> int:
    pictures = {name: photograph(page, size, darkroom) for name, size in SIZES.items()}
    return sum((FOLDER / f"{called}-{name}.png").write_bytes(picture) for name, picture in pictures.items())


def main() -> None:
    office = RunningOffice()
    try:
        office.start()
        for deed in ("come", "call"):
            told(office, deed)
        with sync_playwright() as playwright:
            browser = launched(playwright)
            visitors = Visitors(browser, office.url)
            written = photograph_all(visitors) + photograph_machine(visitors) + photograph_forms()
            written += (FOLDER / "kiosk-slip.png").write_bytes(base64.b64decode(told(office, "slip")))
            browser.close()
    finally:
        office.stop()
    click.echo(f"{len([*FOLDER.glob('*.png')])} ảnh, {written / 1e6:.1f} MB, trong docs/screenshots/")


if __name__ == "__main__":
    main()
