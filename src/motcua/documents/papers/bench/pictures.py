"""A photo as a page: upright, no larger than a page needs, without what the camera wrote about place and time."""

import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import pi_heif  # type: ignore[import-untyped]
from PIL import ExifTags, Image, UnidentifiedImageError

from motcua.documents.papers.bench.orders import CannotTake, Order
from motcua.documents.papers.bench.sniffing import Kind
from motcua.documents.papers.bench.straightening import straightened

_READERS: Final = {Kind.JPEG: ("JPEG", "MPO"), Kind.PNG: ("PNG",), Kind.HEIC: ("HEIF",)}
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip
_SMALLEST: Final = 200  # pixels of the shorter side; less can be no readable paper


@dataclass(frozen=True, slots=True)
class Photo:
    """A page as a JPEG; `width` and `height` in pixels, `grey` without colour."""

    jpeg: bytes
    width: int
    height: int
    grey: bool
    pages: int = 1


def page_of(path: Path, kind: Kind, order: Order) -> Photo:
    """The photo, upright and of the size of a page. Raises `CannotTake`."""
    pi_heif.register_heif_opener(thumbnails=False)
    # Twice: Pillow warns at the limit and refuses at the double. Here it refuses at the limit.
    Image.MAX_IMAGE_PIXELS = order.pixels
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = _opened(path, kind, order)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
        raise CannotTake("picture_too_large", str(order.pixels // 1_000_000)) from bomb
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, EOFError) as broken:
        raise CannotTake("broken_picture") from broken
    if min(picture.size) < _SMALLEST:
        raise CannotTake("picture_too_small", str(_SMALLEST))
    told = BytesIO()
    picture.save(told, "JPEG", quality=order.page_quality, optimize=True)
    return Photo(told.getvalue(), *picture.size, grey=picture.mode == "L")


def _opened(path: Path, kind: Kind, order: Order) -> Image.Image:
    """Decoded whole, flat, of the size of a page, upright as the camera noted how it was held, its lines level."""
    with Image.open(path, formats=_READERS[kind]) as found:
        if found.width * found.height > order.pixels:
            raise Image.DecompressionBombError
        turn = _TURNS.get(found.getexif().get(ExifTags.Base.Orientation, 1))
        found.draft("RGB", (order.page_pixels, order.page_pixels))
        found.load()
        flat = _flat(found)
    flat.info = {}  # what the camera wrote: place, time, comment
    flat.thumbnail((order.page_pixels, order.page_pixels), Image.Resampling.LANCZOS)
    upright = flat if turn is None else flat.transpose(turn)
    return straightened(upright)


def _flat(found: Image.Image) -> Image.Image:
    """In grey or in colour, on white where it was transparent."""
    if found.mode.startswith("I") or found.mode == "F":
        return found.convert("F").point(lambda value: value / 256).convert("L")
    if found.mode in ("L", "1"):
        return found.convert("L")
    if found.has_transparency_data:
        clear = found.convert("RGBA")
        white = Image.new("RGB", clear.size, "white")
        white.paste(clear, mask=clear.getchannel("A"))
        return white
    return found.convert("RGB")
