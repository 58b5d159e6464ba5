"""What a hall announces, in pieces that are read at once."""

from hypothesis import given
from hypothesis import strategies as st

from motcua.queueing.boards.turns import LONGEST_SAID, said_in_turn

FRIDAY = "Chiều thứ Sáu, ngày 27/11, bộ phận Một cửa nghỉ từ 16 giờ để họp cơ quan."
URGENT = "Ông/bà có việc gấp, mời gọi số 0235 3812 345 để được hướng dẫn."


def test_whole_sentences_that_stand_in_two_lines():
    assert said_in_turn("") == []
    assert said_in_turn(FRIDAY) == [FRIDAY]
    assert said_in_turn(f"{FRIDAY} {URGENT} Xin cảm ơn.") == [FRIDAY, f"{URGENT} Xin cảm ơn."]
    long = f"{'rất ' * LONGEST_SAID}dài."
    assert said_in_turn(f"{URGENT} {long} Xin cảm ơn.") == [URGENT, long, "Xin cảm ơn."], "a sentence is never cut"


@given(st.text(alphabet="ab .!", max_size=300))
def test_nothing_of_it_is_lost(text: str):
    pieces = said_in_turn(text)
    assert " ".join(" ".join(pieces).split()) == " ".join(text.split())
