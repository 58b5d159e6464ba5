"""A whole place: who comes when and for what, then lives and rows, a few thousand dossiers at a time."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import Any, Final

import numpy as np
from django.db import transaction

from motcua.catalogue.models import Channel
from motcua.catalogue.queries import offered_at
from motcua.core.ids import uuid7_text
from motcua.core.sql import execute
from motcua.demo.places.arrivals import Arrival, arrivals, working_days
from motcua.demo.places.citizens import Names, citizen, names_of, organisation
from motcua.demo.places.copying import Sheets
from motcua.demo.places.filings import SINCE, submitted_before, write_submission
from motcua.demo.places.lives import check_clock, live, only_received, states_of
from motcua.demo.places.offices import Crew, crew_of
from motcua.demo.places.told import Place, Stream, read_place
from motcua.demo.places.ways import Filed, Numbers, Way, way_of
from motcua.demo.places.writing import write_dossier, write_party
from motcua.demo.specimen import keep_specimen
from motcua.dossiers.models import FiledBy, Standing
from motcua.dossiers.rules import OFFICE_TIME, code_prefix
from motcua.intake.actions import FILED_BY
from motcua.intake.rules import ORGANISATION, PERSON, who_may_apply
from motcua.people.actions import PartyFacts
from motcua.people.models import Agency, Role
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Calendar, Unit
from motcua.worktime.rules.moments import minute_of, moment_of

CHUNK: Final = 2_000
CLOSING: Final = time(16, 50)
PEOPLE: Final = 0.9
"""Of those who come where both people and organisations may."""
COMES_AGAIN: Final = 0.3
"""Of those who come, how many were here before."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The ways of one stream with their weights summed up."""

    ways: tuple[Way, ...]
    weights: tuple[float, ...]


@dataclass(slots=True)
class Ground:
    """A place ready to be filled: agencies, crews, what may be asked for, and every arrival with its number."""

    place: Place
    seed: int
    calendar: Calendar
    names: Names
    crews: dict[str, Crew]
    choices: dict[int, Choice]
    ends: dict[int, datetime]
    arrivals: list[Arrival]
    numbers: list[int]
    counters: Counter[tuple[str, date]] = field(default_factory=Counter)
    submission_counters: Counter[tuple[str, date]] = field(default_factory=Counter)
    bundle_counters: Counter[tuple[str, date]] = field(default_factory=Counter)
    submitted: dict[int, tuple[datetime, str]] = field(default_factory=dict)

    @property
    def chunks(self) -> list[tuple[int, int]]:
        """Which arrivals are written together: first and after-last."""
        return [(first, min(first + CHUNK, len(self.arrivals))) for first in range(0, len(self.arrivals), CHUNK)]

    @property
    def singles(self) -> int:
        """How many arrivals are dossiers of their own, not filings of a bundle."""
        return sum(arrival.stream in self.choices for arrival in self.arrivals)


def survey(key: str, agencies: Mapping[str, Agency], seed: int) -> Ground:
    """Everything that is the same for all chunks of a place; its agencies and postings are there."""
    place = read_place(key)
    calendar = calendar_for("VN")
    busy = {stream.agency for stream in place.streams}
    busy |= {key for stream in place.streams for key in (stream.handlers or {}).values()}
    crews = {
        told.key: crew_of(agencies[told.key], max(stream.last for stream in place.streams))
        for told in place.agencies
        if told.key in busy
    }
    if place.digitized or place.older:
        page = keep_specimen()
        for crew in crews.values():
            crew.scan = page
    ground = Ground(place, seed, calendar, names_of(place.people), crews, {}, {}, arrivals(place, calendar, seed), [])
    for ordinal, stream in enumerate(place.streams):
        if not stream.bundle:
            ground.choices[ordinal] = _choice(stream, agencies[stream.agency], calendar)
        ground.ends[ordinal] = _last_closing(calendar, stream.settled_by)
    for arrival in ground.arrivals:
        series = (place.streams[arrival.stream].agency, arrival.at.date())
        ground.counters[series] += 1
        ground.numbers.append(ground.counters[series])
    _number_submissions(ground)
    return ground


def _number_submissions(ground: Ground) -> None:
    """When each filing that came online was sent in, and the number it got at once."""
    random = Random(f"{ground.seed}:{ground.place.key}:sent")  # noqa: S311 (a repeatable demo, not a secret)
    sent = []
    for n, arrival in enumerate(ground.arrivals):
        if ground.place.streams[arrival.stream].channel == Channel.ONLINE:
            at = submitted_before(arrival.at, random)
            if at.date() >= SINCE:
                sent.append((at, n))
    for at, n in sorted(sent):
        key = ground.place.streams[ground.arrivals[n].stream].agency
        ground.submission_counters[key, at.date()] += 1
        ordinal = ground.submission_counters[key, at.date()]
        ground.submitted[n] = (at, f"{ground.crews[key].code}-NS-{at:%y%m%d}-{ordinal:04d}")


def _last_closing(calendar: Calendar, day: date) -> datetime:
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return datetime.combine(day, CLOSING, OFFICE_TIME)


def _choice(stream: Stream, agency: Agency, calendar: Calendar) -> Choice:
    """Every procedure posted there by its weight; those of no weight of their own share that of the others."""
    offered = offered_at(agency.id, stream.first)
    if stream.levels:
        offered = [one for one in offered if one.content.online_level in stream.levels]
    others = sum(one.code not in stream.mix for one in offered)
    share = stream.mix.get("others", 0) / max(others, 1)
    at = datetime.combine(working_days(calendar, stream)[0], time(9), OFFICE_TIME)
    weighed = [(one, stream.mix.get(one.code, share)) for one in offered]
    kept = [(way_of(one, stream.channel, at, calendar), float(weight)) for one, weight in weighed if weight > 0]
    return Choice(tuple(way for way, _weight in kept), tuple(accumulate(weight for _way, weight in kept)))


@transaction.atomic
def write_chunk(ground: Ground, first: int, after: int) -> int:
    """Live and write these arrivals (bundles apart: `bundles.write_bundles`); how many dossiers."""
    random = Random(f"{ground.seed}:{ground.place.key}:{first}")  # noqa: S311 (a repeatable demo, not a secret)
    sheets = Sheets()
    taken = [n for n in range(first, after) if ground.arrivals[n].stream in ground.choices]
    ways = [_drawn(ground, n, random) for n in taken]
    dues = due_dates(ground.calendar, [ground.arrivals[n].at for n in taken], ways)
    people = _people(ground, random, taken, ways, sheets)
    for n, way, due_at, (who, party_id) in zip(taken, ways, dues, people, strict=True):
        _one(ground, n, way, due_at, who, party_id, random, sheets)
    sheets.write()
    return len(taken)


def _people(
    ground: Ground, random: Random, taken: Sequence[int], ways: Sequence[Way], sheets: Sheets
) -> Iterator[tuple[PartyFacts, str]]:
    """Who comes with each of them: somebody new, written down, or somebody who was here before."""
    known: dict[str, list[tuple[PartyFacts, str]]] = {PERSON: [], ORGANISATION: []}
    for n, way in zip(taken, ways, strict=True):
        may = who_may_apply(way.offered.content.applicant_kinds)
        kind = PERSON if PERSON in may and (ORGANISATION not in may or random.random() < PEOPLE) else ORGANISATION
        if known[kind] and random.random() < COMES_AGAIN:
            yield random.choice(known[kind])
            continue
        make = citizen if kind == PERSON else organisation
        one = (make(ground.place, ground.names, random, n), uuid7_text())
        arrival = ground.arrivals[n]
        crew = ground.crews[ground.place.streams[arrival.stream].agency]
        desk = crew.hand("one_stop", Role.RECEIVER.value, arrival.at, n)
        write_party(sheets, *one, agency=crew.agency_id, by=desk, at=arrival.at)
        known[kind].append(one)
        yield one


def _one(
    ground: Ground, n: int, way: Way, due_at: datetime, who: PartyFacts, party_id: str, random: Random, sheets: Sheets
) -> None:
    arrival = ground.arrivals[n]
    stream, crew = ground.place.streams[arrival.stream], ground.crews[ground.place.streams[arrival.stream].agency]
    filed = _filed(stream, random)
    told: dict[str, Any] = {"received_at": arrival.at, "due_at": due_at, "calendar": ground.calendar, "random": random}
    if stream.late:
        life = only_received(way.offered.route, **told)
    else:
        life = live(way.offered.route, settled_by=ground.ends[arrival.stream], way_back=filed.return_method, **told)
        states_of(life)
    check_clock(life, way.terms, ground.calendar)
    code = f"{_prefix(crew.code, arrival.at.date())}{ground.numbers[n]:04d}"
    numbers = Numbers(uuid7_text(), uuid7_text(), code, party_id)
    desk = crew.hand("one_stop", Role.RECEIVER.value, arrival.at, n)
    row: dict[str, Any] = {"way": way, "filed": filed, "who": who, "numbers": numbers, "crew": crew}
    write_dossier(sheets, life, turn=n, **row)
    if n in ground.submitted:
        at, number = ground.submitted[n]
        write_submission(sheets, life, at, number, desk=desk, calendar=ground.calendar, **row)


@lru_cache
def _prefix(agency_code: str, day: date) -> str:
    return code_prefix(agency_code=agency_code, day=day)


def _filed(stream: Stream, random: Random) -> Filed:
    """As its channel usually is; of what came online, so many percent with somebody's help."""
    filed_by = FILED_BY[stream.channel].value
    if stream.channel == Channel.ONLINE and random.randrange(100) < stream.helped:
        filed_by = FiledBy.HELPED.value
    way_back = stream.channel if stream.channel != Channel.ONLINE else random.choice(("online", "online", "counter"))
    return Filed(filed_by, Standing.SINGLE.value, way_back, stream.source)


def write_series(ground: Ground) -> None:
    """The last numbers given, so that the next one given by hand follows on."""
    rows = [("dossier", key, day, last) for (key, day), last in ground.counters.items()]
    rows += [("submission", key, day, last) for (key, day), last in ground.submission_counters.items()]
    rows += [("bundle", key, day, last) for (key, day), last in ground.bundle_counters.items()]
    execute(
        "INSERT INTO core_numberseries (agency_id, series, day, last) "
        "SELECT * FROM unnest(%b::uuid[], %b::text[], %b::date[], %b::int4[])",
        ([ground.crews[row[1]].agency_id for row in rows], [row[0] for row in rows], [row[2] for row in rows],
         [row[3] for row in rows]),
    )  # fmt: skip


def _drawn(ground: Ground, n: int, random: Random) -> Way:
    choice = ground.choices[ground.arrivals[n].stream]
    return random.choices(choice.ways, cum_weights=choice.weights)[0]


def due_dates(calendar: Calendar, starts: Sequence[datetime], ways: Sequence[Way]) -> list[datetime]:
    """The date of each, counted for all of one limit at once."""
    minutes = np.array([minute_of(at) for at in starts], np.int64)
    found = np.zeros_like(minutes)
    limits: dict[tuple[int, str, time | None], list[int]] = {}
    for n, way in enumerate(ways):
        limits.setdefault((way.promised.number, way.promised.unit, way.offered.cut_off), []).append(n)
    for (number, unit, cut_off), places in limits.items():
        found[places] = calendar.due_many(minutes[places], number, Unit(unit), cut_off)
    return [moment_of(int(minute)) for minute in found]
