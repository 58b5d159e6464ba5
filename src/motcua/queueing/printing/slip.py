"""The slip as a picture of black dots, 576 to the line (80 mm paper): any printer prints Vietnamese marks alike."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from motcua.documents.prints.typesetter import FONTS
from motcua.documents.qr import qr_png
from motcua.queueing.queries.ranges import range_words
from motcua.queueing.rules.forecast import Range
from motcua.queueing.wording import ahead_words

WIDTH: Final = 576
"""Dots of a line: 72 mm at 203 to the inch."""
MARGIN: Final = 16
QR_SIDE: Final = 288
BLACK, WHITE = 0, 255
TALLEST: Final = chr(0x1EB4) + "g"
"""The letter with the highest marks, A with breve and tilde, and one with a tail: no line is higher."""
_REGULAR, _BOLD = "Tinos-Regular.ttf", "Tinos-Bold.ttf"


@dataclass(frozen=True, slots=True)
class Slip:
    """What a slip says. `told`: where the wait can be told; `url`: the number's own page."""

    office: str
    hall: str
    need: str
    label: str
    issued_at: datetime
    ahead: int
    url: str
    told: Range | None = None
    priority: str = ""


def slip_picture(slip: Slip) -> Image.Image:
    """The slip, black and white, as long as what it says."""
    page = _Page()
    page.text(slip.office, 30, bold=True)
    page.text(slip.hall, 26)
    page.rule()
    page.text(slip.need, 36, bold=True)
    page.text(slip.label, 190, bold=True, above=12, reach="0")
    if slip.priority:
        page.text(slip.priority, 28)
    page.text(ahead_words(slip.ahead), 34, bold=True, above=10)
    if slip.told:
        page.text(range_words(slip.told), 34)
    page.text(f"{localtime(slip.issued_at):%H:%M · %d/%m/%Y}", 26, above=10)
    page.rule()
    page.picture(_code(slip.url))
    page.text(_("Quét mã để theo dõi số của mình trên điện thoại"), 26)
    return page.done()


class _Page:
    """A roll of paper that is written on from the top."""

    def __init__(self) -> None:
        self._sheet = Image.new("L", (WIDTH, 4_000), WHITE)
        self._pen = ImageDraw.Draw(self._sheet)
        self._y = 12

    def text(self, words: str, size: int, *, bold: bool = False, above: int = 6, reach: str = TALLEST) -> None:
        """Words in the middle, in as many lines as they need; a line is as high as `reach`, marks and tails."""
        font = _font(_BOLD if bold else _REGULAR, size)
        _left, over, _right, under = font.getbbox(reach)
        self._y += above
        for line in _lines(words, font):
            self._pen.text(((WIDTH - font.getlength(line)) / 2, self._y - over), line, BLACK, font)
            self._y += int(under - over) + size // 6

    def rule(self) -> None:
        """A line across."""
        self._y += 10
        self._pen.line((MARGIN, self._y, WIDTH - MARGIN, self._y), BLACK, 2)
        self._y += 8

    def picture(self, picture: Image.Image) -> None:
        """A picture in the middle."""
        self._sheet.paste(picture, ((WIDTH - picture.width) // 2, self._y))
        self._y += picture.height

    def done(self) -> Image.Image:
        """What was written, without grey: a printer burns a dot or does not."""
        written = self._sheet.crop((0, 0, WIDTH, self._y + 12))
        return written.point(lambda grey: WHITE if grey > 140 else BLACK).convert("1", dither=Image.Dither.NONE)


def _lines(words: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    line = ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > WIDTH - 2 * MARGIN:
            yield line
            longer = word
        line = longer
    yield line


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / name, size)


def _code(url: str) -> Image.Image:
    """The QR in whole dots a module, as large as fits."""
    small = Image.open(io.BytesIO(qr_png(url, module_pixels=1))).convert("L")
    scale = max(1, QR_SIDE // small.width)
    return small.resize((small.width * scale, small.height * scale), Image.Resampling.NEAREST)
