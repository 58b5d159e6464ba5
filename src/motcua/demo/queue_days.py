"""Three weeks of the demo hall's line before today: the days are played by the true order rule and written in bulk.

Every number, call and end stands with its event as the queue's own actions write them, so the record agrees; what was
told with a number is what the hall would have foreseen from the days before. A test holds both to the actions.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

from django.db import transaction

from motcua.core.events import Actor
from motcua.core.ids import uuid7_text
from motcua.core.sql import execute
from motcua.demo.places.copying import NULL, Sheets, instant, text, told
from motcua.dossiers.rules import OFFICE_TIME
from motcua.people.access import account_with_official
from motcua.people.models import Account
from motcua.queueing.actions.calling import THE_PERSON
from motcua.queueing.actions.issuing import LINE, NUMBERS, THE_MACHINE, label_of
from motcua.queueing.actions.learning import learn
from motcua.queueing.actions.sitting import DESK
from motcua.queueing.declared import declared_on
from motcua.queueing.keys import key_hash, new_key
from motcua.queueing.models import Counter, Hall, Need, Ticket, TicketState, TicketWay, Turn
from motcua.queueing.queries.ranges import by_the_clock
from motcua.queueing.rules.forecast import Minutes, Seen, Widening, bounds, learnt, usual
from motcua.queueing.rules.looking_back import Told, looked_back
from motcua.queueing.rules.simulating import Arrival, Called, Manned, play
from motcua.queueing.rules.whatif import stretch
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Calendar

DAYS: Final = 15
SITS: Final = {1: "tiepnhan", 2: "tiepnhan2"}
PEOPLE: Final = {1: 92, 2: 74, 3: 70, 4: 76, 5: 84, 6: 30}
"""How many come on an ISO weekday, more or less."""
CROWD: Final = {"A": 40, "B": 17, "C": 7, "D": 9, "T": 27}
"""What a hundred of them come for."""
FAVOURED: Final = 0.1
NEVER_THERE: Final = 0.04
GIVES_UP: Final = 0.02
WIDE: Final = Widening(passing=0.15)
LAST_NUMBER: Final = 20
"""So many minutes before the doors close nobody comes any more."""


@dataclass(slots=True)
class Hands:
    """The hall with who sits at which counter, and what the days have taught so far."""

    hall: Hall
    needs: Mapping[str, Need]
    counters: Mapping[int, Counter]
    officials: Mapping[int, tuple[str, Actor]]
    calendar: Calendar
    sheets: Sheets = field(default_factory=Sheets)
    seen: dict[tuple[int, str], Seen] = field(default_factory=dict)

    def tell(self, kind: str, subject: tuple[str, str], at: datetime, by: Actor, before: Any, after: Any) -> None:
        """One event, as `core.events.record` writes it."""
        account = NULL if by.account_id is None else str(by.account_id)
        was = NULL if before is None else told(before)
        self.sheets.event(
            at,
            f"{kind}\t{subject[0]}\t{subject[1]}\t{self.hall.agency_id}\t{account}\t{text(by.name)}\t{instant(at)}\t\t"
            f"{was}\t{told(after)}",
        )


@dataclass(frozen=True, slots=True)
class Came:
    """Who came that day, in the order of the numbers: to be called, or about to give up."""

    arrival: Arrival
    ground: str
    walk: float
    is_there: bool
    gives_up_at: float | None


@transaction.atomic
def build_queue_days(hall: Hall, *, seed: int, today: date, days: int = DAYS) -> int:
    """Write the days, if the hall has none; how many numbers were given."""
    if Ticket.objects.filter(hall=hall).exists():
        return 0
    hands = _hands(hall, today)
    random, given = Random(seed), 0  # noqa: S311 (a repeatable demo, not a secret)
    for day in _working_days(hands.calendar, today, days):
        given += _write_day(hands, day, random)
    hands.sheets.write()
    _count_numbers(hall)
    learn(hall.pk, today)
    return given


def _hands(hall: Hall, today: date) -> Hands:
    officials = {}
    for number, username in SITS.items():
        found = account_with_official(Account.objects.get(username=username).pk, today)
        if found is None or found[1] is None:
            raise LookupError(f"nobody sits as {username}")
        officials[number] = (str(found[1].id), found[1].acting_for(*DESK))
    return Hands(
        hall, {need.letter: need for need in hall.needs.all()},
        {one.number: one for one in hall.counters.prefetch_related("needs") if one.number in SITS},
        officials, calendar_for(hall.agency.calendar_code),
    )  # fmt: skip


def _working_days(calendar: Calendar, today: date, number: int) -> list[date]:
    """So many working days before today, oldest first."""
    found: list[date] = []
    day = today - timedelta(days=1)
    while len(found) < number and day >= calendar.first_day:
        if calendar.is_working_day(day):
            found.insert(0, day)
        day -= timedelta(days=1)
    return found


def _write_day(hands: Hands, day: date, random: Random) -> int:
    sessions = _sessions(hands.calendar, day)
    came = list(_people(hands, day, sessions, random))
    arrivals = [one.arrival for one in came]
    staying = [place for place, one in enumerate(came) if one.gives_up_at is None]
    counters = _manned(hands, sessions)
    called = play([arrivals[place] for place in staying], counters, cap=declared_on(day).cap)
    calls = {staying[one.arrival]: replace(one, arrival=staying[one.arrival]) for one in called}
    ranges = _told(hands, came, counters, list(calls.values()), day)
    _sit(hands, day, counters, arrivals, calls)
    numbers: dict[str, int] = defaultdict(int)
    for place, one in enumerate(came):
        numbers[one.arrival.need] += 1
        _write(hands, day, place, numbers[one.arrival.need], one, calls.get(place), ranges.get(place))
    for place, done in calls.items():
        key = done.counter // 100, arrivals[place].need
        hands.seen[key] = hands.seen.get(key, Seen()) + Seen(1, arrivals[place].minutes, arrivals[place].minutes ** 2)
    return len(came)


def _sessions(calendar: Calendar, day: date) -> list[tuple[int, int]]:
    table = calendar.table
    return list(table.patterns[table.pattern_of[(day - table.first_day).days]].spans)


def _people(hands: Hands, day: date, sessions: Sequence[tuple[int, int]], random: Random) -> Iterator[Came]:
    """Who comes: most in the first hour of the morning, fewer after noon; a slow day or a quick one."""
    number, slow = int(PEOPLE[day.isoweekday()] * random.uniform(0.85, 1.15)), random.uniform(0.9, 1.1)
    times = []
    for _one in range(number):
        opens, closes = sessions[0] if len(sessions) == 1 or random.random() < 0.64 else sessions[-1]
        times.append(random.triangular(opens - 10, closes - LAST_NUMBER, opens + 45))
    grounds = [ground.code for ground in declared_on(day).grounds]
    for at in sorted(times):
        (need,) = random.choices(list(CROWD), list(CROWD.values()))
        walk = random.uniform(0.3, 1.1)
        is_there = random.random() >= NEVER_THERE
        takes = hands.needs[need].usual_minutes * slow * random.lognormvariate(-0.1, 0.45)
        ground = random.choice(grounds) if random.random() < FAVOURED else ""
        gives_up_at = at + random.uniform(8, 25) if random.random() < GIVES_UP else None
        minutes = walk + takes if is_there else 2.0
        arrival = Arrival(_second(at), need, _second(minutes), bool(ground))
        yield Came(arrival, ground, _second(walk), is_there, gives_up_at)


def _second(minutes: float) -> float:
    """To the whole second, as the events say it."""
    return round(minutes * 60) / 60


def _manned(hands: Hands, sessions: Sequence[tuple[int, int]]) -> list[Manned]:
    """Both officials sit in every session; in the last they stay until nobody waits."""
    found = []
    for number, counter in hands.counters.items():
        needs = frozenset(need.letter for need in counter.needs.all())
        for place, (opens, closes) in enumerate(sessions):
            leaves = None if place + 1 == len(sessions) else float(closes)
            found.append(Manned(stretch(number, place), needs, opens + number, closes, leaves))
    return found


def _told(
    hands: Hands, came: Sequence[Came], counters: Sequence[Manned], called: Sequence[Called], day: date
) -> dict[int, tuple[Told, int, int]]:
    """What each was told with his number."""
    every: dict[str, Seen] = defaultdict(Seen)
    for (_number, need), seen in hands.seen.items():
        every[need] += seen
    minutes: dict[tuple[int, str], Minutes] = {
        (one.number, need): learnt(
            (every[need], hands.seen.get((one.number // 100, need), Seen())), usual(hands.needs[need].usual_minutes)
        )
        for one in counters for need in one.needs
    }  # fmt: skip
    arrivals = [one.arrival for one in came]
    found = {}
    for one in looked_back(arrivals, counters, called, minutes, cap=declared_on(day).cap, passing=WIDE.passing):
        at = _moment(day, arrivals[one.arrival].at)
        told_range = by_the_clock(hands.calendar, at, *bounds(one.foreseen, WIDE))
        found[one.arrival] = one, told_range.least, told_range.most
    return found


def _sit(
    hands: Hands, day: date, counters: Sequence[Manned], arrivals: Sequence[Arrival], calls: Mapping[int, Called]
) -> None:
    """Each sitting with its two events; it ends when the last person served there is done with."""
    for one in counters:
        done = [call.at + arrivals[place].minutes for place, call in calls.items() if call.counter == one.number]
        counter = hands.counters[one.number // 100]
        official, by = hands.officials[counter.number]
        began, ended = _moment(day, one.opens), _moment(day, _second(max([one.closes, *done])) + 1)
        hands.sheets.add("queueing_sitting", (uuid7_text(), counter.pk, official, instant(began), instant(ended)))
        for kind, at in (("counter.taken", began), ("counter.left", ended)):
            minute = (at - _moment(day, 0)) / timedelta(minutes=1)
            waits = sum(
                arrival.at <= minute and (place not in calls or calls[place].at > minute) and arrival.need in one.needs
                for place, arrival in enumerate(arrivals)
            )
            after = {"hall": hands.hall.code, "counter": counter.number, "waiting": waits}
            hands.tell(kind, ("counter", str(counter.pk)), at, by, None, after)


def _write(
    hands: Hands, day: date, place: int, number: int, one: Came, call: Called | None,
    said: tuple[Told, int, int] | None,
) -> None:  # fmt: skip
    """One number with all that happened to it."""
    arrival, need, ticket_id = one.arrival, hands.needs[one.arrival.need], uuid7_text()
    turn = Turn.PRIORITY if one.ground else Turn.ORDINARY
    issued = _moment(day, arrival.at)
    ahead, least, most = (0, None, None) if said is None else (said[0].ahead, said[1], said[2])
    after = {
        "need": str(need.pk), "hall": hands.hall.code, "way": TicketWay.KIOSK.value, "turn": turn.value,
        "number": label_of(need.letter, number), "ahead": ahead, "told": None if most is None else [least, most],
    }  # fmt: skip
    hands.tell("ticket.issued", ("ticket", ticket_id), issued, THE_MACHINE, None, after)
    lived = _lived(hands, day, one, call, ticket_id)
    hands.sheets.add(
        "queueing_ticket",
        (ticket_id, hands.hall.agency_id, hands.hall.pk, need.pk, day, number, place + 1, turn.value, one.ground,
         instant(issued), TicketWay.KIOSK.value, lived[0].value, key_hash(new_key()), *lived[1:4], ahead, least, most,
         instant(issued), *lived[4:]),
    )  # fmt: skip


def _lived(hands: Hands, day: date, one: Came, call: Called | None, ticket_id: str) -> tuple[Any, ...]:
    """State, counter, official, calls, and the moments of a number, after telling its events."""
    subject = ("ticket", ticket_id)
    if call is None:
        left = _moment(day, _second(one.gives_up_at or one.arrival.at + 1))
        _move(hands, subject, left, THE_PERSON, "left", TicketState.WAITING, TicketState.LEFT)
        return TicketState.LEFT, None, None, 0, None, None, None, instant(left)
    counter = hands.counters[call.counter // 100]
    official, by = hands.officials[counter.number]
    called, ended = _moment(day, _second(call.at)), _moment(day, _second(call.at) + one.arrival.minutes)
    waited = int((called - _moment(day, one.arrival.at)).total_seconds())
    extra = {"counter": counter.number, "waited": waited}
    _move(hands, subject, called, by, "called", TicketState.WAITING, TicketState.CALLED, extra)
    if not one.is_there:
        _move(hands, subject, ended, by, "absent", TicketState.CALLED, TicketState.ABSENT)
        return TicketState.ABSENT, counter.pk, official, 1, instant(called), instant(called), None, instant(ended)
    began = _moment(day, _second(call.at) + one.walk)
    _move(hands, subject, began, by, "begun", TicketState.CALLED, TicketState.SERVING)
    _move(hands, subject, ended, by, "done", TicketState.SERVING, TicketState.DONE)
    moments = (instant(called), instant(called), instant(began), instant(ended))
    return TicketState.DONE, counter.pk, official, 1, *moments


def _move(
    hands: Hands, subject: tuple[str, str], at: datetime, by: Actor, what: str, seen: TicketState, to: TicketState,
    extra: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    after = {"state": to.value, **(extra or {})}
    hands.tell(f"ticket.{what}", subject, at, by, {"state": seen.value}, after)


def _moment(day: date, minute: float) -> datetime:
    """A minute of a day, to the second."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=OFFICE_TIME)
    return midnight + timedelta(seconds=round(minute * 60))


def _count_numbers(hall: Hall) -> None:
    """The number series stand where the numbers given end."""
    execute(
        "INSERT INTO core_numberseries (agency_id, series, day, last) "
        "SELECT agency_id, %s, day, max(place) FROM queueing_ticket WHERE hall_id = %s GROUP BY agency_id, day "
        "UNION ALL SELECT t.agency_id, %s || n.letter, t.day, max(t.number) FROM queueing_ticket t "
        "JOIN queueing_need n ON n.id = t.need_id WHERE t.hall_id = %s GROUP BY t.agency_id, n.letter, t.day",
        (LINE + hall.code, hall.pk, f"{NUMBERS}{hall.code}:", hall.pk),
    )
