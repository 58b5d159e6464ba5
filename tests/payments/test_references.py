"""The word a bank carries back is found in whatever banks make of a message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.payments.orders.reference import SIGNS, is_reference, new_reference, references_in

ONE = "MC6GVCQA2Y5V"


def test_a_new_one_is_twelve_ascii_signs_and_sound():
    for _time in range(200):
        reference = new_reference()
        assert len(reference) == 12
        assert reference.isascii()
        assert is_reference(reference)


@pytest.mark.parametrize(
    "said",
    [
        ONE, ONE.lower(), f"MBVCB.3311.{ONE}.CT tu 0011 toi 970403", f"nop phi {ONE[:5]} {ONE[5:]}",
        f"{'.'.join(ONE)}", f"MC {ONE} MC", f"Nộp lệ phí {ONE} – Nguyễn Thị Lan",
    ],
)  # fmt: skip
def test_it_is_found_in_what_banks_write(said: str):
    assert ONE in references_in(said)


@given(st.integers(0, 8), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_found(place: int, sign: str):
    at = place + 2
    wrong = ONE[:at] + sign + ONE[at + 1 :]
    assert is_reference(wrong) == (wrong == ONE)


@given(st.integers(0, 7))
def test_two_neighbours_changed_are_found(place: int):
    at = place + 2
    wrong = ONE[:at] + ONE[at + 1] + ONE[at] + ONE[at + 2 :]
    assert is_reference(wrong) == (wrong == ONE)


@given(st.text())
def test_any_text_may_come(said: str):
    assert all(map(is_reference, references_in(said)))
