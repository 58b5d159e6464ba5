"""A written page photographed askew is turned level; what has no lines is left as it was taken."""

import random
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from motcua import documents
from motcua.documents.papers.bench.straightening import askew, straightened

FONT = Path(documents.__file__).parent / "fonts" / "Tinos-Regular.ttf"
TABLE = 110  # the grey of what the page lies on


@pytest.fixture(scope="module")
def page() -> Image.Image:
    """A page of lines of unequal length."""
    chance, sheet = random.Random(1), Image.new("L", (1240, 1754), 245)
    draw, font = ImageDraw.Draw(sheet), ImageFont.truetype(str(FONT), 26)
    for line in range(140, 1600, 39):
        words = ["".join(chance.choices("abcdeghiklmnopqrstuvxy", k=chance.randint(2, 6))) for _word in range(14)]
        draw.text((150, line), " ".join(words[: chance.randint(5, 14)]), fill=30, font=font)
    return sheet


@pytest.mark.parametrize("tilt", [-5.0, -2.4, -0.8, 0.8, 2.4, 5.0])
def test_a_tilted_page_is_turned_level(page: Image.Image, tilt: float):
    tilted = page.rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor=TABLE)
    assert askew(tilted) == pytest.approx(-tilt, abs=0.3)
    assert abs(askew(straightened(tilted))) < 0.4


def test_a_level_page_is_not_touched(page: Image.Image):
    assert straightened(page) is page


def test_a_blurred_photo_in_colour_is_turned_too(page: Image.Image):
    tilted = page.rotate(3, Image.Resampling.BICUBIC, expand=True, fillcolor=TABLE)
    photo = tilted.filter(ImageFilter.GaussianBlur(2)).convert("RGB")
    assert askew(photo) == pytest.approx(-3, abs=0.3)


def test_what_has_no_lines_is_left_alone(page: Image.Image):
    pictures = {
        "noise": Image.effect_noise((900, 1200), 80), "white": Image.new("L", (900, 1200), 255),
        "a round thing": Image.radial_gradient("L").resize((900, 1200)),
        "a page on its side": page.rotate(93, expand=True, fillcolor=TABLE),
    }  # fmt: skip
    assert {name: askew(picture) for name, picture in pictures.items()} == dict.fromkeys(pictures, 0.0)


def test_a_page_upside_down_by_more_than_a_slip_is_left_alone(page: Image.Image):
    assert askew(page.rotate(20, expand=True, fillcolor=TABLE)) == 0.0
