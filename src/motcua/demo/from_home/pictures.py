"""Papers as a phone photographs them, drawn small: a sheet on a table, some lines of writing, plainly a specimen."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

FONTS: Final = Path(__file__).resolve().parents[2] / "documents" / "fonts"
_TABLE, _SHEET, _INK, _STAMP = "#8d7358", "#fbfaf5", "#26262b", "#b3261e"
_SIZE: Final = (900, 1200)
_SPECIMEN: Final = "BẢN TRÌNH DIỄN, KHÔNG CÓ GIÁ TRỊ"


def photographed(title: str, lines: Sequence[str], *, name: str) -> "ContentFile[bytes]":
    """A JPEG of some tens of kilobytes, as `documents.papers.actions.take_in` is given it."""
    picture = Image.new("RGB", _SIZE, _TABLE)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((50, 60, 850, 1140), fill=_SHEET)
    pen.text((450, 140), title, fill=_INK, font=_font("Tinos-Bold.ttf", 40), anchor="mt")
    plain = _font("Tinos-Regular.ttf", 30)
    for number, line in enumerate(lines):
        pen.text((110, 260 + 56 * number), line, fill=_INK, font=plain)
    pen.rectangle((110, 1010, 790, 1080), outline=_STAMP, width=3)
    pen.text((450, 1045), _SPECIMEN, fill=_STAMP, font=_font("Tinos-Bold.ttf", 30), anchor="mm")
    out = io.BytesIO()
    picture.rotate(1.5, fillcolor=_TABLE).save(out, "JPEG", quality=70)
    return ContentFile(out.getvalue(), name=name)


def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / name), size)
