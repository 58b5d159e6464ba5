"""How a hall stands: the picture against what the tables say, and who is before whom against a line played through."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from motcua.core.sql import fetch_one
from motcua.queueing.actions import begin, bring_back, call_again, call_next, mark_absent, rest, send_on, sit_down
from motcua.queueing.queries.hall import REVISION, Manning, Standing, standing
from motcua.queueing.rules.before import InLine, Takes, before
from motcua.queueing.rules.order import Waiting, choose
from tests.cast import MONDAY
from tests.counting import statements
from tests.queueing.hall import Morning, minutes


def picture(hall: Morning, after: float) -> Standing:
    found = standing(hall.hall.id, minutes(after))
    assert found is not None
    return found


def test_an_empty_hall_has_its_counters_and_needs(hall: Morning):
    now = picture(hall, 0)
    assert [(one.number, one.manning, one.here) for one in now.counters] == [
        (1, Manning.EMPTY, ()), (2, Manning.EMPTY, ()),
    ]  # fmt: skip
    assert [(one.letter, one.waiting) for one in now.needs] == [("A", 0), ("B", 0), ("T", 0)]
    assert (now.waiting, now.calls, now.mean_wait) == ((), (), None)


def test_what_is_called_served_and_waited_for(hall: Morning):
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(0))
    sit_down(hall.counters[2].id, by=hall.second, at=minutes(0))
    for after, letter in enumerate("ABAAB"):
        hall.take(letter, after=after)
    first = call_next(by=hall.first, at=minutes(6))
    second = call_next(by=hall.second, at=minutes(7))
    assert first is not None
    assert second is not None
    begin(first.pk, by=hall.first, at=minutes(8))
    call_again(second.pk, by=hall.second, at=minutes(9))
    rest(by=hall.first, at=minutes(9.5))
    now = picture(hall, 9.8)
    assert [
        (one.number, one.manning, [(here.label, here.is_serving, here.calls) for here in one.here])
        for one in now.counters
    ] == [(1, Manning.BREAK, [("A001", True, 1)]), (2, Manning.SITTING, [("B001", False, 2)])]
    assert [(one.label, one.counter, one.at, one.calls) for one in now.calls] == [
        ("B001", 2, minutes(9), 2), ("A001", 1, minutes(6), 1),
    ]  # fmt: skip
    assert [one.label for one in now.new_calls()] == ["B001"]
    later = picture(hall, 30)
    assert [one.label for one in later.new_calls()] == ["B001"], "who has not come yet is not missed"
    begin(second.pk, by=hall.second, at=minutes(30))
    assert picture(hall, 30.1).new_calls() == []
    assert [(one.letter, one.waiting) for one in now.needs] == [("A", 2), ("B", 1), ("T", 0)]
    assert [one.label for one in now.waiting] == ["A002", "A003", "B002"]
    assert now.mean_wait == timedelta(minutes=6)
    assert now.called_by_key(now.counters[1].here[0].key_hash) == (now.counters[1], now.counters[1].here[0])


def test_who_was_sent_on_waits_for_that_counter_and_stands_before(hall: Morning):
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(0))
    sit_down(hall.counters[2].id, by=hall.second, at=minutes(0))
    for after in range(3):
        hall.take("A", after=after)
    first = call_next(by=hall.first, at=minutes(4))
    assert first is not None
    send_on(first.pk, to=hall.counters[2].id, by=hall.first, at=minutes(5))
    now = picture(hall, 6)
    assert [(one.label, one.line.only_at) for one in now.waiting] == [("A001", 2), ("A002", None), ("A003", None)]
    assert [now.ahead_of(one, cap=2) for one in now.waiting] == [0, 1, 2]


def test_a_picture_is_one_statement(hall: Morning, monkeypatch):
    for after in range(20):
        hall.take("AB"[after % 2], after=after)
    with statements(monkeypatch) as made:
        picture(hall, 30)
    assert len(made) == 1


def test_whatever_changes_the_picture_changes_the_revision(hall: Morning):
    seen = {revision(hall)}

    def changed() -> None:
        now = revision(hall)
        assert now not in seen
        seen.add(now)

    ticket = hall.take("A")
    changed()
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(1))
    changed()
    call_next(by=hall.first, at=minutes(2))
    changed()
    call_again(ticket.id, by=hall.first, at=minutes(3))
    changed()
    mark_absent(ticket.id, by=hall.first, at=minutes(4))
    changed()
    bring_back(ticket.id, by=hall.first, at=minutes(5))
    changed()
    rest(by=hall.first, at=minutes(6))
    changed()
    hall.hall.announcement = "Chiều nay nghỉ từ 16 giờ."
    hall.hall.save()
    changed()


def revision(hall: Morning) -> str:
    row = fetch_one(REVISION, {"day": MONDAY.date(), "halls": [hall.hall.id]})
    assert row is not None
    return str(row[1])


TICKETS = st.lists(st.tuples(st.booleans(), st.integers(0, 30)), min_size=1, max_size=14)


@given(tickets=TICKETS, cap=st.integers(1, 4))
def test_how_many_are_before_is_what_a_counter_would_call_before(tickets: list[tuple[bool, int]], cap: int):
    line = [
        InLine("A", place, is_favoured, MONDAY - timedelta(minutes=ago))
        for place, (is_favoured, ago) in enumerate(tickets)
    ]
    counter = [Takes(1, frozenset("A"), is_manned=True)]
    said = {one.place: before(one, line, counter, cap=cap, at=MONDAY) for one in line}
    left, streak, called = {one.place: Waiting(one.place, one.place, one.is_favoured, one.since) for one in line}, 0, 0
    while left:
        choice = choose(left.values(), streak=streak, cap=cap, at=MONDAY)
        assert choice is not None
        assert said[choice.key] == called
        streak = choice.streak
        called += 1
        del left[choice.key]


def test_only_those_who_share_a_counter_stand_before():
    line = [InLine(letter, place, False, MONDAY) for place, letter in enumerate("ABAC")]
    mine = InLine("C", 9, False, MONDAY)
    apart = [Takes(1, frozenset("AB"), True), Takes(2, frozenset("C"), True), Takes(3, frozenset("ABC"), False)]
    assert before(mine, line, apart, cap=2, at=MONDAY) == 1
    nobody = [Takes(one.number, one.letters, False) for one in apart]
    assert before(mine, line, nobody, cap=2, at=MONDAY) == 4
