"""Random mornings in the real hall: no number twice or lost, the order rule kept against a slow one, nobody starves."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from motcua.core.refusals import Refusal
from motcua.people.access import ActingOfficial
from motcua.queueing import actions
from motcua.queueing.actions import Wanted, issue
from motcua.queueing.actions.evening import evening_round
from motcua.queueing.declared import declared_on
from motcua.queueing.models import Counter as Desk
from motcua.queueing.models import Sitting, Ticket, TicketState, TicketWay, Turn
from motcua.queueing.states import CHART, CounterTaken, NotSitting, QueueClosed, StaleTicket, StillCalled
from tests.cast import MONDAY
from tests.queueing.hall import TESTER, Morning, minutes

WHY = ("nothing", "nothing", "priority", "priority", "booked")
DONE = ("done", "left", "absent", "unserved")


class RandomMorning:
    """Two officials at two counters do anything at any time; people come, leave, come back and are sent on."""

    def __init__(self, hall: Morning) -> None:
        self.hall = hall
        self.steps, self.taken = 0, list[UUID]()
        self.seen: dict[UUID, str] = {}
        self.favoured_in_a_row = {1: 0, 2: 0}
        self.refused = Counter[type[Refusal]]()
        for turn in (0, 1):
            self.sits(turn, turn)

    @property
    def now(self) -> datetime:
        return minutes(self.steps / 4)

    @property
    def cap(self) -> int:
        return declared_on(MONDAY.date()).cap

    def by(self, turn: int) -> ActingOfficial:
        return (self.hall.first, self.hall.second)[turn]

    def place(self, turn: int) -> Sitting | None:
        return Sitting.objects.filter(official_id=self.by(turn).id, ended_at=None).select_related("counter").first()

    def nth(self, number: int, *states: str) -> UUID | None:
        found = Ticket.objects.filter(state__in=states).order_by("place").values_list("pk", flat=True)
        return found[number % len(found)] if found else None

    def does(self, act: Callable[..., Any], *what: Any, **how: Any) -> None:
        """An act of an official; what stands in its way is refused with a sentence, and nothing else happens."""
        self.steps += 1
        try:
            act(*what, at=self.now, **how)
        except Refusal as refusal:
            self.refused[type(refusal)] += 1

    def come(self, people: list[tuple[str, str]]) -> None:
        for letter, why in people:
            self.steps += 1
            wanted = Wanted(self.hall.needs[letter].id, TicketWay.KIOSK, "elderly" if why == "priority" else "")
            if why == "booked":
                wanted = replace(wanted, since=self.now + timedelta(minutes=5), turn=Turn.BOOKED)
            try:
                self.taken.append(issue(wanted, by=TESTER, at=self.now).id)
            except QueueClosed:
                self.refused[QueueClosed] += 1

    def could_call(self, counter: Desk) -> list[Ticket]:
        """Whom a counter could call, told anew from the tables as slowly as can be."""
        takes = set(counter.needs.values_list("pk", flat=True))
        manned = set(Sitting.objects.filter(ended_at=None).values_list("counter_id", flat=True))
        waiting = Ticket.objects.filter(state="waiting").order_by("place")
        return [
            one for one in waiting
            if one.only_at_id == counter.id or (one.only_at_id not in manned and one.need_id in takes)
        ]  # fmt: skip

    def whose_turn(self, counter: Desk) -> UUID | None:
        """The sentence on the wall, word by word: after `cap` favoured ones an ordinary one, as long as one waits."""
        line = self.could_call(counter)
        ordinary = [one.pk for one in line if one.turn == Turn.ORDINARY]
        favoured = sorted((one.since, one.place, one.pk) for one in line if one.turn != Turn.ORDINARY)
        due = [pk for since, _place, pk in favoured if since <= self.now]
        before = self.favoured_in_a_row[counter.number]
        if due and (not ordinary or before < self.cap):
            self.favoured_in_a_row[counter.number] = before + 1 if ordinary else 0
            return due[0]
        called = next(iter([*ordinary, *(pk for _since, _place, pk in favoured)]), None)
        if called is not None:
            self.favoured_in_a_row[counter.number] = 0
        return called

    def calls(self, turn: int, times: int, earlier: Callable[..., Any] | None) -> None:
        """An official at work: sits if he does not, says what became of the one before, calls the next."""
        self.sits(turn, turn)
        self.does(actions.return_to_work, by=self.by(turn))
        for _person in range(times):
            sitting = self.place(turn)
            if sitting is None:
                return
            for ticket in Ticket.objects.filter(counter=sitting.counter, state="called"):
                if earlier is not None:
                    self.does(earlier, ticket.pk, by=self.by(turn))
            self.calls_one(self.by(turn), sitting)

    def calls_one(self, by: ActingOfficial, sitting: Sitting) -> None:
        self.steps += 1
        if Ticket.objects.filter(counter=sitting.counter, state="called").exists():
            with pytest.raises(StillCalled):
                actions.call_next(by=by, at=self.now)
            return
        expected = self.whose_turn(sitting.counter)
        called = actions.call_next(by=by, at=self.now)
        assert (called.pk if called else None) == expected

    def serves(self, turn: int, nth: int, act: Callable[..., Any]) -> None:
        if ticket := self.nth(nth, "called", "serving"):
            self.does(act, ticket, by=self.by(turn))

    def takes_back(self, turn: int, nth: int, act: Callable[..., Any]) -> None:
        if ticket := self.nth(nth, "held", "absent"):
            self.does(act, ticket, by=self.by(turn))

    def sends_on(self, turn: int, nth: int, to: int) -> None:
        if ticket := self.nth(nth, "called", "serving", "held"):
            counter = self.hall.counters[to].id
            self.does(actions.send_on, ticket, to=counter, by=self.by(turn))
            sent = Ticket.objects.get(pk=ticket)
            if sent.state == "waiting":
                assert (sent.only_at_id, sent.turn, sent.since) == (counter, Turn.BACK, self.now)

    def serves_together(self, turn: int, nth: int) -> None:
        if ticket := self.nth(nth, "waiting"):
            self.does(actions.call_with, ticket, by=self.by(turn))

    def gives_up(self, nth: int) -> None:
        if ticket := self.nth(nth, "waiting", "called", "held"):
            self.does(actions.give_up, ticket)

    def goes(self, turn: int, act: Callable[..., Any]) -> None:
        self.does(act, by=self.by(turn))

    def sits(self, turn: int, counter: int) -> None:
        self.does(actions.sit_down, self.hall.counters[counter + 1].id, by=self.by(turn))

    def the_round_comes(self) -> None:
        self.steps += 1
        assert evening_round(self.now) == {"unserved": 0, "left": 0}, "nothing ends while the office works"

    def no_number_twice_or_lost(self) -> None:
        rows = list(Ticket.objects.order_by("place").values_list("pk", "place", "need__letter", "number", "state"))
        assert [row[0] for row in rows] == self.taken
        assert [row[1] for row in rows] == [*range(1, len(rows) + 1)]
        for letter in "AB":
            numbers = [row[3] for row in rows if row[2] == letter]
            assert numbers == [*range(1, len(numbers) + 1)]
        for pk, _place, _letter, _number, state in rows:
            before = self.seen.get(pk, state)
            assert state == before or reachable(before, state), (before, state)
            self.seen[pk] = state

    def a_counter_calls_one_and_whoever_is_served_has_somebody(self) -> None:
        manned = set(Sitting.objects.filter(ended_at=None).values_list("counter_id", flat=True))
        at_counter = Ticket.objects.filter(state__in=("called", "serving"))
        assert {one.counter_id for one in at_counter} <= manned, "nobody is left at a counter that its official left"
        assert all(one.ended_at is None for one in at_counter)
        assert all(one.ended_at for one in Ticket.objects.filter(state__in=DONE))


def reachable(before: str, after: str) -> bool:
    """By one arrow of the chart, or by the two of who is done and called in the same press."""
    first = CHART[TicketState(before)]
    return TicketState(after) in first or any(TicketState(after) in CHART[one] for one in first)


HAND_ON = (actions.begin, actions.finish, actions.hold, actions.call_again)


def play(day: RandomMorning, chance: Random) -> Counter[str]:
    """Sixty deeds one after another; how many tickets stand in which state in the end."""

    def who() -> int:
        return chance.randrange(2)

    def nth() -> int:
        return chance.randrange(20)

    deeds: dict[Callable[[], None], int] = {
        lambda: day.come([(chance.choice("AAB"), chance.choice(WHY)) for _one in range(chance.randint(1, 5))]): 3,
        lambda: day.calls(who(), chance.randint(1, 4), chance.choice((actions.begin, actions.mark_absent, None))): 6,
        lambda: day.serves(who(), nth(), chance.choice(HAND_ON)): 3,
        lambda: day.takes_back(who(), nth(), chance.choice((actions.take_up, actions.bring_back))): 3,
        lambda: day.sends_on(who(), nth(), chance.randint(1, 2)): 3,
        lambda: day.serves_together(who(), nth()): 1,
        lambda: day.gives_up(nth()): 1,
        lambda: day.goes(who(), chance.choice((actions.rest, actions.stand_up))): 1,
        lambda: day.sits(who(), who()): 1,
        day.the_round_comes: 1,
    }
    for deed in chance.choices(list(deeds), list(deeds.values()), k=60):
        deed()
        day.no_number_twice_or_lost()
        day.a_counter_calls_one_and_whoever_is_served_has_somebody()
    return Counter(Ticket.objects.values_list("state", flat=True))


def test_random_mornings(hall: Morning):
    ended, refused = Counter[str](), Counter[type[Refusal]]()
    for seed in range(12):
        with transaction.atomic():
            day = RandomMorning(hall)
            ended += play(day, Random(seed))
            refused += day.refused
            transaction.set_rollback(True)
    assert min(ended[state] for state in ("waiting", "held", "done", "absent", "left")) > 3, "mornings full of all"
    assert refused.keys() >= {StaleTicket, StillCalled, CounterTaken, NotSitting}, "and of people too late"
