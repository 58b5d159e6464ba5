"""Reading a printed receipt back: its words, and its QR code as a phone would scan it."""

import io
import re
from dataclasses import dataclass

import numpy as np
import zxingcpp
from pypdf import PdfReader

# The code is drawn as strokes, one line per row of modules: "4 4.5 m 11 4.5 l".
_STROKE = re.compile(r"([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l\b")
_DRAWING = re.compile(r"cm/c0 cs 0 scn(?:/c0 CS 0 SCN)?((?:\s|[\d.]+ [\d.]+ [ml]\b|[\d.]+ M|[\d.]+ w)+)")
_PIXELS = 6


@dataclass(frozen=True)
class ReadReceipt:
    """What a receipt says, and where its code leads."""

    pages: int
    text: str
    code_opens: str


def read_receipt(pdf: bytes) -> ReadReceipt:
    """The receipt's text (blanks made single) and the address in its QR code."""
    paper = PdfReader(io.BytesIO(pdf))
    text = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    opened = [address for page in paper.pages if (address := _scanned(page.get_contents()))]
    assert len(opened) == 1, f"{len(opened)} codes on the receipt"
    return ReadReceipt(len(paper.pages), text, opened[0])


def _scanned(contents) -> str:
    drawn = contents.get_data().decode("latin-1")
    largest = max(_DRAWING.findall(drawn), key=len, default="")
    strokes = [tuple(map(float, stroke)) for stroke in _STROKE.findall(largest)]
    if len(strokes) < 50:
        return ""
    side = int(max(max(x1, x2, y) for x1, y, x2, _same in strokes)) + 5
    modules = np.full((side, side), 255, np.uint8)
    for x1, y, x2, _same in strokes:
        modules[int(y), int(x1) : int(x2)] = 0
    picture = np.ascontiguousarray(np.kron(modules, np.ones((_PIXELS, _PIXELS), np.uint8)))
    [code] = zxingcpp.read_barcodes(picture)
    return str(code.text)
