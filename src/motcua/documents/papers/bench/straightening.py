"""A page photographed a little askew, turned until its lines lie level.

Rows of writing make a page's profile rise and fall steeply when they lie level (W. Postl, 1986). Turned only where that
is plain; a portrait, a map or an empty sheet stays as it was taken.
"""

from itertools import pairwise
from typing import Final

from PIL import Image

_MOST, _LEAST = 6.0, 0.4  # degrees; more is no mistake of the hand, less is not seen
_SMALL: Final = 700  # pixels of the longer side: enough to see rows by
_PLAIN: Final = 1.4  # how much steeper the profile must become


def straightened(page: Image.Image) -> Image.Image:
    """The page with its lines level, on white where nothing was; the same picture when there is nothing to turn."""
    angle = askew(page)
    if abs(angle) < _LEAST:
        return page
    white = 255 if page.mode == "L" else (255, 255, 255)
    return page.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=white)


def askew(page: Image.Image) -> float:
    """By how many degrees, counter-clockwise, to turn the page; 0 when that is not plain."""
    small = page.convert("L")
    small.thumbnail((_SMALL, _SMALL), Image.Resampling.BOX)
    coarse = {step * 1.0: _steepness(small, step * 1.0) for step in range(-int(_MOST), int(_MOST) + 1)}
    near = max(coarse, key=coarse.__getitem__)
    fine = {near + step / 5: _steepness(small, near + step / 5) for step in range(-5, 6)}
    best = max(fine, key=fine.__getitem__)
    others = sorted(coarse.values())
    plain = fine[best] > _PLAIN * coarse[0.0] and fine[best] > _PLAIN * others[len(others) // 2]
    return best if plain and abs(best) <= _MOST else 0.0


def _steepness(small: Image.Image, angle: float) -> float:
    """How steeply the mean brightness changes from row to row, in the middle of the page, when it is turned."""
    turned = small.rotate(angle, Image.Resampling.BILINEAR)
    wide, high = turned.size
    middle = turned.crop((wide // 8, high // 8, wide - wide // 8, high - high // 8))
    rows = middle.convert("F").resize((1, middle.height), Image.Resampling.BOX)
    levels = memoryview(rows.tobytes()).cast("f")
    return sum((below - above) ** 2 for above, below in pairwise(levels.tolist()))
