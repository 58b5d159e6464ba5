"""How days, hours, money and people's text are written on paper."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.documents.prints import render_posters
from motcua.documents.prints.wording import dong, legible, long_day, long_moment, plain, short_moment, tied
from tests.documents.cast import POSTER, posters_of


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 12), "ngày 12 tháng 02 năm 2026"),
        (date(2026, 3, 31), "ngày 31 tháng 3 năm 2026"),
        (date(2026, 11, 9), "ngày 09 tháng 11 năm 2026"),
    ],
)
def test_days_carry_a_zero_as_decree_30_asks(day: date, written: str) -> None:
    assert long_day(day) == written


def test_moments_are_on_vietnams_clock() -> None:
    late = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)
    assert long_moment(late) == "01 giờ 05 phút, ngày 24 tháng 11 năm 2026"
    assert short_moment(late) == "01:05\n24/11/2026"


@pytest.mark.parametrize(("amount", "written"), [(0, "0 đồng"), (8_000, "8.000 đồng"), (1_250_000, "1.250.000 đồng")])
def test_money_has_points_between_thousands(amount: int, written: str) -> None:
    assert dong(amount).replace("\u00a0", " ") == written


def test_the_last_two_words_of_a_heading_stay_together() -> None:
    assert tied("Trung tâm Phục vụ hành chính công") == "Trung tâm Phục vụ hành chính\u00a0công"
    assert tied("UBND") == "UBND"


@given(st.text())
def test_legible_text_adds_nothing_but_break_marks(text: str) -> None:
    assert legible(text).replace("\u200b", "") == plain(text)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_set_as_pdf_a(text: str) -> None:
    assert render_posters(posters_of(replace(POSTER, title=text))).startswith(b"%PDF")


def test_every_sign_called_printable_is_in_the_font() -> None:
    """A PDF/A refuses a sign without a glyph, so that the paper could not be set."""
    printable = [sign for sign in map(chr, range(0x20, 0x2600)) if plain(f"a{sign}a") == f"a{sign}a"]
    assert {"ỹ", "Ặ", "₫", "–"} <= set(printable)
    assert render_posters(posters_of(replace(POSTER, title=" ".join(printable)))).startswith(b"%PDF")
