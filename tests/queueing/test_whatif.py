"""Recorded days played again: with one counter more, with one less, and beside the truth."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from motcua.queueing.rules.simulating import Arrival, Manned, play
from motcua.queueing.rules.whatif import ADDED, Change, RecordedDay, changed, played, stretch, truth_of

AB = frozenset("AB")


def busy_morning(seed: int = 1, people: int = 60) -> RecordedDay:
    """Two counters that cannot keep up, and the truth of that day: the play itself."""
    random = Random(seed)
    arrivals = [Arrival(at, random.choice("AB"), random.uniform(4, 14)) for at in sorted(
        random.uniform(480, 660) for _one in range(people))]  # fmt: skip
    counters = [Manned(stretch(1, 0), AB, 480, 690), Manned(stretch(2, 0), AB, 480, 690)]
    truth = [one.at - arrivals[one.arrival].at for one in play(arrivals, counters, cap=2)]
    return RecordedDay(arrivals, counters, truth)


def test_the_unchanged_day_is_the_day():
    day = busy_morning()
    assert played([day], cap=2) == truth_of([day])


def test_nobody_came_nobody_waited():
    assert played([], cap=2) is None
    assert truth_of([RecordedDay([], [], [])]) is None


@given(st.integers(0, 30))
def test_one_more_counter_for_the_whole_day_makes_the_median_no_longer(seed: int):
    day = busy_morning(seed)
    before, after = played([day], cap=2), played([day], Change(ADDED, 480, 690, AB), cap=2)
    assert before is not None
    assert after is not None
    assert after.median <= before.median
    assert after.called == before.called == len(day.arrivals)


def test_one_more_counter_calls_only_between_its_hours_and_only_what_it_takes():
    arrivals = [Arrival(float(minute), "B", 10.0) for minute in range(480, 600, 4)]
    day = RecordedDay(arrivals, [Manned(stretch(1, 0), AB, 480, 690)], [])
    counters = changed(day.counters, Change(ADDED, 500, 540, frozenset("B")))
    added = [one for one in play(arrivals, counters, cap=2) if one.counter == stretch(ADDED, 1)]
    assert added
    assert all(500 <= one.at < 540 for one in added)
    nothing = changed(day.counters, Change(ADDED, 500, 540, frozenset("A")))
    assert not [one for one in play(arrivals, nothing, cap=2) if one.counter == stretch(ADDED, 1)]


def test_one_counter_less_for_an_hour_is_two_stretches_of_it():
    day = busy_morning()
    left = changed(day.counters, Change(2, 540, 600))
    assert [(one.number // 100, one.opens, one.closes, one.leaves) for one in left] == [
        (1, 480, 690, None), (2, 480, 540, 540), (2, 600, 690, None),
    ]  # fmt: skip
    assert len({one.number for one in left}) == 3
    calls = [one for one in play(day.arrivals, left, cap=2) if one.counter // 100 == 2]
    assert not [one for one in calls if 540 <= one.at < 600]
    before, after = played([day], cap=2), played([day], Change(2, 540, 600), cap=2)
    assert before is not None
    assert after is not None
    assert after.median > before.median


def test_a_counter_that_was_not_there_then_changes_nothing():
    day = busy_morning()
    assert changed(day.counters, Change(2, 100, 200)) == list(day.counters)


def test_who_leaves_for_good_leaves_people_unserved():
    day = busy_morning()
    alone = RecordedDay(day.arrivals, [Manned(stretch(1, 0), AB, 480, 500, leaves=500)], day.truth)
    outcome = played([alone], cap=2)
    assert outcome is not None
    assert outcome.called + outcome.never == len(day.arrivals)
    assert outcome.never > 40
