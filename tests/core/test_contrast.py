"""Every pair of colours that meets on a page can be read: WCAG 2.2, 1.4.3 (text 4.5) and 1.4.11 (graphics 3).

The built style sheet is what people see, so the figures are computed from it and not from its sources.
"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "src/motcua/core/static/motcua/css/motcua.css"
TOKENS = ROOT / "assets/scss/_tokens.scss"
_HEX = r"#[0-9a-f]{3}(?:[0-9a-f]{3})?\b"

TEXT_PAIRS = [
    ("ink", "paper"),
    ("ink", "paper-deep"),
    ("ink", "card"),
    ("ink", "gold"),
    ("ink", "slate-tint"),
    ("ink", "jade-tint"),
    ("ink", "amber-tint"),
    ("ink", "vermilion-tint"),
    ("ink-soft", "paper"),
    ("ink-soft", "paper-deep"),
    ("ink-soft", "card"),
    ("ink-soft", "line"),
    ("link", "paper"),
    ("link", "paper-deep"),
    ("link", "card"),
    ("link", "slate-tint"),
    ("link-deep", "paper"),
    ("link-deep", "card"),
    ("lacquer", "paper"),
    ("lacquer", "paper-deep"),
    ("lacquer", "card"),
    ("jade", "jade-tint"),
    ("jade", "paper"),
    ("amber", "amber-tint"),
    ("amber", "paper"),
    ("vermilion", "vermilion-tint"),
    ("vermilion", "paper"),
    ("vermilion", "paper-deep"),
    ("vermilion", "card"),
    ("slate", "slate-tint"),
    ("card", "lacquer"),
    ("card", "lacquer-deep"),
    ("card", "jade"),
    ("card", "vermilion"),
    ("card", "ink"),
]

HANDS = ("hand-1", "hand-2", "hand-3", "hand-4", "stop", "vermilion")
GRAPHIC_PAIRS = [
    *[(hand, ground) for hand in HANDS for ground in ("track", "card", "paper")],
    *[("ink", hand) for hand in ("track", "gold")],
    ("edge", "paper"),
    ("edge", "card"),
    ("gold", "lacquer"),
    ("gold", "ink"),
]


def luminance(colour: str) -> float:
    """Relative luminance of `#rgb` or `#rrggbb`, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def root_blocks() -> list[dict[str, str]]:
    """The custom properties of each `:root` rule of the built sheet that names ink: first the normal one."""
    css = BUILT.read_text(encoding="utf-8").lower()
    blocks = [dict(re.findall(rf"--([a-z0-9-]+):\s*({_HEX})", body)) for body in re.findall(r":root\{([^}]*)\}", css)]
    return [block for block in blocks if "ink-soft" in block]


@pytest.fixture(scope="module")
def palette() -> dict[str, str]:
    return root_blocks()[0]


def test_known_ratios() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read(palette: dict[str, str], text: str, ground: str) -> None:
    assert contrast(palette[text], palette[ground]) >= 4.5, f"{text} on {ground}"


@pytest.mark.parametrize(("shape", "ground"), GRAPHIC_PAIRS)
def test_graphics_can_be_told_from_their_ground(palette: dict[str, str], shape: str, ground: str) -> None:
    assert contrast(palette[shape], palette[ground]) >= 3, f"{shape} on {ground}"


def test_more_contrast_gives_seven_to_one(palette: dict[str, str]) -> None:
    wished = palette | root_blocks()[1]
    for text, ground in (("ink", "paper"), ("ink-soft", "paper"), ("link", "paper"), ("ink-soft", "paper-deep")):
        assert contrast(wished[text], wished[ground]) >= 7, f"{text} on {ground}"


def test_built_sheet_is_up_to_date_with_its_tokens(palette: dict[str, str]) -> None:
    sources = dict(re.findall(rf"^\$([a-z0-9-]+): ({_HEX});", TOKENS.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert len(sources) >= 20
    stale = {name for name, value in sources.items() if luminance(value) != luminance(palette.get(name, "#808080"))}
    assert stale == set(), "run `make assets`"


def test_nothing_of_another_identity_or_from_elsewhere() -> None:
    css = BUILT.read_text(encoding="utf-8")
    assert "Transport" not in css
    assert "crown" not in css.lower()
    assert re.findall(r"url\(\s*[\"']?(?:https?:)?//", css) == []
