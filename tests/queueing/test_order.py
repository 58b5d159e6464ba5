"""The order rule: by hand, against a slow model, and played through crowded days."""

from datetime import timedelta
from itertools import pairwise
from random import Random

from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from motcua.config.cli import main
from motcua.queueing.rules.order import Waiting, bound, choose
from motcua.queueing.rules.simulating import Arrival, Manned, play, random_counters, random_day, waits_of, worst
from tests.cast import MONDAY


def waiting(place: int, *, favoured: bool = False, minute: float | None = None) -> Waiting[int]:
    return Waiting(place, place, favoured, MONDAY + timedelta(minutes=place if minute is None else minute))


def test_the_sentence_on_the_wall():
    line = [waiting(1), waiting(2, favoured=True), waiting(3, favoured=True)]
    assert choose([], streak=0, cap=2, at=MONDAY) is None
    noon = MONDAY + timedelta(hours=3)
    first = choose(line, streak=0, cap=2, at=noon)
    assert (first.key, first.streak) == (2, 1)
    third = choose(line, streak=2, cap=2, at=noon)
    assert (third.key, third.streak) == (1, 0)
    alone = choose(line[1:], streak=2, cap=2, at=noon)
    assert (alone.key, alone.streak) == (2, 0), "nobody ordinary waits, nobody is passed over"


def test_who_comes_before_his_appointed_time_waits_unless_nobody_else_does():
    booked, late = waiting(1, favoured=True, minute=60), waiting(2)
    assert choose([booked, late], streak=0, cap=2, at=MONDAY).key == 2
    assert choose([booked], streak=0, cap=2, at=MONDAY).key == 1
    assert choose([booked, late], streak=0, cap=2, at=MONDAY + timedelta(minutes=60)).key == 1


class RandomHall(RuleBasedStateMachine):
    """Two counters of different needs call as they like while people come: each ordinary one is called in time."""

    CAP = 2
    COUNTERS = ({"A"}, {"A", "B"})

    def __init__(self) -> None:
        super().__init__()
        self.line: dict[int, tuple[Waiting[int], str]] = {}
        self.streaks = [0, 0]
        self.promised: dict[int, list[int]] = {}
        self.now, self.place = 0, 0
        self.last: dict[tuple[str, bool], int] = {}

    @rule(need=st.sampled_from("AB"), favoured=st.booleans())
    def comes(self, need: str, favoured: bool) -> None:
        self.place += 1
        if not favoured:
            before = [
                sum(not one.is_favoured and its in needs for one, its in self.line.values()) for needs in self.COUNTERS
            ]
            self.promised[self.place] = [bound(several, self.CAP) for several in before]
        self.line[self.place] = (waiting(self.place, favoured=favoured, minute=self.now), need)

    @precondition(lambda self: self.line)
    @rule(counter=st.integers(0, 1))
    def calls(self, counter: int) -> None:
        self.now += 1
        its = [one for one, need in self.line.values() if need in self.COUNTERS[counter]]
        choice = choose(its, streak=self.streaks[counter], cap=self.CAP, at=MONDAY + timedelta(minutes=self.now))
        assert (choice is None) == (not its), "whoever waits for a counter is called by it"
        if choice is None:
            return
        for one in its:
            if not one.is_favoured:
                self.promised[one.key][counter] -= 1
        self.streaks[counter] = choice.streak
        called, need = self.line.pop(choice.key)
        alike = self.last.get((need, called.is_favoured), 0)
        assert called.place > alike, "among equals the first to come is the first to be called"
        self.last[need, called.is_favoured] = called.place

    @invariant()
    def nobody_starves(self) -> None:
        for key, (_one, need) in self.line.items():
            for counter, left in enumerate(self.promised.get(key, ())):
                assert left > 0 or need not in self.COUNTERS[counter]

    @invariant()
    def streaks_stay_in_bounds(self) -> None:
        assert all(0 <= streak <= self.CAP for streak in self.streaks)


TestRandomHall = RandomHall.TestCase
TestRandomHall.settings = settings(max_examples=150, stateful_step_count=60, deadline=None)


@given(seed=st.integers(0, 10_000), cap=st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_a_crowded_day_keeps_the_promise_and_loses_nobody(seed: int, cap: int):
    random = Random(seed)
    arrivals, counters = random_day(random, people=80), random_counters(random)
    called = play(arrivals, counters, cap=cap)
    assert sorted(one.arrival for one in called) == list(range(80)), "everybody is called once"
    assert all(one.at >= arrivals[one.arrival].at for one in called), "nobody is called before he came"
    assert len(waits_of(called, arrivals)) == 80
    nearest = worst(called, cap)
    assert nearest is not None
    assert nearest[0].calls <= nearest[1]
    for number in {one.counter for one in called}:
        busy = [(one.at, one.at + arrivals[one.arrival].minutes) for one in called if one.counter == number]
        assert all(earlier[1] <= later[0] + 1e-9 for earlier, later in pairwise(busy)), "one person at a time"


def test_without_the_cap_an_ordinary_one_starves():
    crowd = [Arrival(0.0, "A", 5)] + [Arrival(0.0, "A", 5, is_favoured=True) for _one in range(30)]
    one = [Manned(1, frozenset("A"), 0, 480)]
    fair = next(called for called in play(crowd, one, cap=2) if called.arrival == 0)
    starved = next(called for called in play(crowd, one, cap=1_000) if called.arrival == 0)
    assert (fair.calls, bound(fair.before, 2)) == (3, 3)
    assert starved.calls == 31 > bound(starved.before, 2)


def test_the_command_prints_the_worst_wait_beside_the_bound():
    said = CliRunner().invoke(main, ["queue", "simulate", "--seed", "7", "--days", "5"])
    assert said.exit_code == 0, said.output
    assert "mức đã hứa" in said.output
    again = CliRunner().invoke(main, ["queue", "simulate", "--seed", "7", "--days", "5"])
    assert again.output == said.output
