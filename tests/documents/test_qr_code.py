"""QR codes on pages and screens."""

import re
from xml.etree import ElementTree

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from motcua.documents.qr import qr_png, qr_svg
from tests.documents.pictures import grey, scan

URL = "https://motcua.tanmai.example.vn/procedures/1.001193/?a=1&b=2"


def test_svg_scales_with_its_box_and_tells_what_it_opens() -> None:
    root = ElementTree.fromstring(qr_svg(URL, title="Mở trang <Đăng ký khai sinh>"))
    title = next(node for node in root.iter() if node.tag.endswith("title"))
    assert title.text == "Mở trang <Đăng ký khai sinh>"
    assert "viewBox" in root.attrib
    assert "width" not in root.attrib


def test_svg_names_its_address_when_nobody_titled_it() -> None:
    root = ElementTree.fromstring(qr_svg(URL))
    assert URL in [node.text for node in root.iter()]


def test_svg_needs_no_inline_style() -> None:
    assert "style=" not in qr_svg(URL)


def test_png_is_scanned_back() -> None:
    code = scan(grey(qr_png(URL)))
    assert code.text == URL
    assert code.ec_level == "M"


@settings(max_examples=60, deadline=None)
@given(
    st.from_regex(
        r"https://motcua\.example\.vn/tracking/H26\.[0-9]{2}-[0-9]{6}-[0-9]{4}/\?t=[A-Za-z0-9_-]{12}", fullmatch=True
    )
)
def test_the_quick_pattern_is_always_readable(url: str) -> None:
    [path] = [node for node in ElementTree.fromstring(qr_svg(url, quick=True)).iter() if node.tag.endswith("path")]
    assert scan(drawn(path.attrib["d"])).text == url


def drawn(path: str, pixels: int = 4) -> NDArray[np.uint8]:
    """The picture of a code from its path: moves ("M", "m") and strokes to the right ("h"), one module high."""
    image = np.full((80 * pixels, 80 * pixels), 255, np.uint8)
    x = y = 0
    for command, first, second in re.findall(r"([Mmh])(-?[0-9]+)(?: (-?[0-9]+))?", path):
        if command == "h":
            image[y * pixels : (y + 1) * pixels, x * pixels : (x + int(first)) * pixels] = 0
        x = int(first) + (0 if command == "M" else x)
        y = int(second or 0) + (0 if command == "M" else y)
    return image
