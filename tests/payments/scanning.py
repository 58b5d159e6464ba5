"""Reading a payment QR off the page, as a phone would: the drawn strokes become a picture, the picture is scanned."""

import re

import numpy as np
import zxingcpp
from PIL import Image

PIXELS = 6
_PATH = re.compile(r'<svg[^>]*class="qr"[^>]*>.*?\sd="([^"]+)"', re.DOTALL)
_STROKE = re.compile(r"([Mmh])\s*(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?")


def scanned(page: str) -> str:
    """What the only payment QR of a page says."""
    [drawn] = _PATH.findall(page)
    strokes: list[tuple[float, float, float]] = []
    x = y = 0.0
    for kind, first, second in _STROKE.findall(drawn):
        if kind == "M":
            x, y = float(first), float(second)
        elif kind == "m":
            x, y = x + float(first), y + float(second)
        else:
            strokes.append((x, x + float(first), y))
            x += float(first)
    side = int(max(max(stroke[1], stroke[2]) for stroke in strokes)) + 5
    modules = np.full((side, side), 255, np.uint8)
    for start, end, at in strokes:
        modules[int(at), int(start) : int(end)] = 0
    return scanned_picture(Image.fromarray(np.kron(modules, np.ones((PIXELS, PIXELS), np.uint8))))


def scanned_picture(picture: Image.Image) -> str:
    """What the only code in a picture says."""
    [code] = zxingcpp.read_barcodes(np.ascontiguousarray(picture.convert("L")))
    return str(code.text)
