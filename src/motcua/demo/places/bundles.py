"""Filings of a bundle in bulk: the first part at the desk, the others at their agencies once it is settled.

Rows and events as `routing.bundles` writes them: received, each part opened when its turn comes, each part done.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction

from motcua.catalogue.queries import OfferedVersion
from motcua.catalogue.rules import papers_for
from motcua.core.ids import uuid7_text
from motcua.demo.places.building import Ground
from motcua.demo.places.citizens import citizen
from motcua.demo.places.copying import NULL, Sheets, instant, text, told
from motcua.demo.places.lives import Life, check_clock, live, states_of
from motcua.demo.places.offices import Crew, Hand
from motcua.demo.places.told import Stream
from motcua.demo.places.ways import Filed, Numbers, Way, way_of
from motcua.demo.places.writing import tell, write_dossier, write_party
from motcua.dossiers.models import Standing
from motcua.dossiers.rules import OFFICE_TIME, code_prefix, new_tracking_token
from motcua.intake.actions import Filing, handed_in
from motcua.people.actions import PartyFacts
from motcua.people.models import Role
from motcua.routing.bundles.definitions import ProcedureBundle, bundle_in_force
from motcua.routing.bundles.models import MemberState
from motcua.routing.bundles.opening import system
from motcua.routing.bundles.packages import packed, sealed
from motcua.routing.bundles.papers import merged, part_id, parts_of
from motcua.routing.bundles.receiving import offers_of
from motcua.worktime.rules import Calendar

PARTS_TAKE: Final = timedelta(days=40)
"""After the year, until when the last parts at other agencies are settled."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is the same for every filing of one definition: the parts' ways, filings and agencies."""

    definition: ProcedureBundle
    ways: tuple[Way, ...]
    whole: Filing
    parts: tuple[Filing, ...]
    crews: tuple[Crew, ...]

    @property
    def desk(self) -> Crew:
        """The crew of the receiving desk."""
        return self.crews[0]

    def everything(self, who: PartyFacts) -> Filing:
        """A new filing that brings every paper."""
        return replace(self.whole, submission_id=uuid4(), applicant=who)


@dataclass(frozen=True, slots=True)
class Whole:
    """One filing of a bundle with the lives of its parts, before anything has a number."""

    pattern: Pattern
    turn: int
    who: PartyFacts
    lead_code: str
    code: str
    lives: tuple[Life, ...]


def pattern_of(stream: Stream, crews: dict[str, Crew], calendar: Calendar) -> Pattern:
    """How filings of this stream are handled. Raises `NoSuchBundle`, `NotOffered`, `NoLimit`."""
    definition = bundle_in_force(stream.bundle, stream.first)
    at = datetime.combine(stream.first, time(9), OFFICE_TIME)
    desk = crews[stream.agency]
    offers = offers_of(definition, desk_agency=UUID(desk.agency_id), at=at)
    whole = _everything(definition, offers)
    parts = tuple(parts_of(whole, definition, offers))
    ways = tuple(
        replace(way_of(offer, part.channel, at, calendar), handed=tuple(part.papers))
        for offer, part in zip(offers, parts, strict=True)
    )
    handlers = stream.handlers or {}
    others = tuple(crews[handlers[way.offered.code]] for way in ways[1:])
    return Pattern(definition, ways, whole, parts, (desk, *others))


def _everything(definition: ProcedureBundle, offers: list[OfferedVersion]) -> Filing:
    """A filing that brings every paper of the merged list."""
    lines = papers_for(merged(definition, offers).components)
    papers = tuple(handed_in(line, line.id) for line in lines if line.id is not None)
    return Filing(submission_id=uuid4(), channel="counter", applicant=PartyFacts("person", "-"), papers=papers)


def write_bundles(ground: Ground) -> int:
    """Everything of the place that was filed as a bundle; how many filings. Its numbers go into the counters."""
    patterns = {
        ordinal: pattern_of(stream, ground.crews, ground.calendar)
        for ordinal, stream in enumerate(ground.place.streams)
        if stream.bundle
    }
    if not patterns:
        return 0
    random = Random(f"{ground.seed}:{ground.place.key}:bundles")  # noqa: S311 (a repeatable demo, not a secret)
    wholes = [
        _whole(ground, n, patterns[arrival.stream], random)
        for n, arrival in enumerate(ground.arrivals)
        if arrival.stream in patterns
    ]
    codes = _codes_of_parts(ground, wholes)
    sheets = Sheets()
    with transaction.atomic():
        for ordinal, whole in enumerate(wholes):
            write_bundle(sheets, whole, [whole.lead_code, *codes[ordinal]])
        sheets.write()
    return len(wholes)


def _whole(ground: Ground, n: int, pattern: Pattern, random: Random) -> Whole:
    arrival, desk = ground.arrivals[n], pattern.desk
    end = ground.ends[arrival.stream]
    grow = partial(grown, pattern, calendar=ground.calendar, random=random)
    lead = grow(0, arrival.at, end)
    lives = [lead, *(grow(n, lead.finished_at, end + PARTS_TAKE) for n in range(1, len(pattern.ways)))]
    day = arrival.at.date()
    ground.bundle_counters[ground.place.streams[arrival.stream].agency, day] += 1
    ordinal = ground.bundle_counters[ground.place.streams[arrival.stream].agency, day]
    lead_code = f"{code_prefix(agency_code=desk.code, day=day)}{ground.numbers[n]:04d}"
    who = citizen(ground.place, ground.names, random, n)
    return Whole(pattern, n, who, lead_code, f"{desk.code}-LT-{day:%y%m%d}-{ordinal:04d}", tuple(lives))


def grown(
    pattern: Pattern, part: int, received_at: datetime, settled_by: datetime, *, calendar: Calendar, random: Random
) -> Life:
    """The life of one part from the moment its agency has it."""
    way = pattern.ways[part]
    due_at = calendar.due(received_at, way.promised.amount, cut_off=way.offered.cut_off)
    life = live(
        way.offered.route, received_at=received_at, due_at=due_at, settled_by=settled_by, way_back="counter",
        calendar=calendar, random=random,
    )  # fmt: skip
    states_of(life)
    check_clock(life, way.terms, calendar)
    return life


def _codes_of_parts(ground: Ground, wholes: list[Whole]) -> list[list[str]]:
    """The numbers of the parts at their agencies, in the order in which they came there."""
    codes = [[""] * (len(whole.lives) - 1) for whole in wholes]
    keys = {crew.agency_id: key for key, crew in ground.crews.items()}
    coming = sorted(
        (whole.lives[part].received_at, ordinal, part)
        for ordinal, whole in enumerate(wholes)
        for part in range(1, len(whole.lives))
    )
    given: Counter[tuple[str, date]] = ground.counters
    for at, ordinal, part in coming:
        crew = wholes[ordinal].pattern.crews[part]
        series = (keys[crew.agency_id], at.date())
        given[series] += 1
        codes[ordinal][part - 1] = f"{code_prefix(agency_code=crew.code, day=at.date())}{given[series]:04d}"
    return codes


def write_bundle(sheets: Sheets, whole: Whole, codes: list[str]) -> None:
    """The bundle, its members and the dossier of each; `codes` of the dossiers in the order of the parts."""
    pattern, lead, bundle_id, submission = whole.pattern, whole.lives[0], uuid7_text(), uuid4()
    desk = pattern.desk.hand("one_stop", Role.RECEIVER.value, lead.received_at, whole.turn)
    party = uuid7_text()
    write_party(sheets, whole.who, party, agency=pattern.desk.agency_id, by=desk, at=lead.received_at)
    packages = [
        packed(
            replace(part, submission_id=part_id(submission, n + 1), applicant=whole.who), bundle=whole.code,
            procedure=way.offered.code, papers=way.offered.components,
        )
        for n, (part, way) in enumerate(zip(pattern.parts, pattern.ways, strict=True))
    ]  # fmt: skip
    seals = [sealed(package) for package in packages]
    _bundle(sheets, whole, bundle_id, str(submission), desk)
    tell_bundle = partial(tell, sheets, agency=pattern.desk.agency_id, subject=bundle_id, subject_kind="bundle")
    for n, (life, way) in enumerate(zip(whole.lives, pattern.ways, strict=True)):
        crew = pattern.crews[n]
        numbers = Numbers(uuid7_text(), str(part_id(submission, n + 1)), codes[n], party)
        standing = Standing.LEAD.value if n == 0 else Standing.PART.value
        sender = None if n == 0 else _sender(crew, life.received_at, whole.turn)
        write_dossier(
            sheets, life, way=way, filed=Filed("officer", standing, "counter"), who=whole.who, numbers=numbers,
            crew=crew, turn=whole.turn, told_by=sender,
        )  # fmt: skip
        _member(sheets, whole, n, bundle_id, numbers.dossier_id, told(packages[n]), seals[n])
        after: dict[str, Any]
        at = (life.received_at, instant(life.received_at))
        if sender is None:
            after = {"code": whole.code, "definition": pattern.definition.code, "dossier": codes[0],
                     "packages": {str(place + 1): seal for place, seal in enumerate(seals)}}  # fmt: skip
            tell_bundle("bundle.received", by=desk, at=at, before=NULL, after=told(after))
        else:
            after = {"bundle": whole.code, "position": n + 1, "dossier": codes[n], "package": seals[n]}
            tell_bundle("bundle.opened", by=sender, at=at, before=NULL, after=told(after))
        last = life.legs[-2]
        by = crew.hand(last.function, last.role, life.finished_at, whole.turn)
        ended = (life.finished_at, instant(life.finished_at))
        tell_bundle("bundle.member_done", by=by, at=ended, before=NULL, after=told({"position": n + 1}))


def _sender(crew: Crew, at: datetime, turn: int) -> Hand:
    """The system that puts a part into the hands of another agency's receiver, as `bundles.agencies.DeskActing`."""
    receiver = crew.hand("one_stop", Role.RECEIVER.value, at, turn)
    return Hand(receiver.official_id, NULL, f"{system().name}, gửi liên thông đến {crew.desk_unit}")


def _bundle(sheets: Sheets, whole: Whole, bundle_id: str, submission: str, desk: Hand) -> None:
    definition = whole.pattern.definition
    sheets.add(
        "routing_bundle",
        (bundle_id, whole.code, submission, new_tracking_token(), whole.pattern.desk.agency_id, definition.code,
         definition.valid_from, text(definition.name), whole.lives[0].received_at, desk.official_id),
    )  # fmt: skip


def _member(sheets: Sheets, whole: Whole, n: int, bundle_id: str, dossier_id: str, package: str, seal: str) -> None:
    life, pattern = whole.lives[n], whole.pattern
    sheets.add(
        "routing_bundlemember",
        (uuid7_text(), bundle_id, n + 1, pattern.definition.members[n].after, pattern.ways[n].version_id,
         pattern.crews[n].agency_id, MemberState.DONE.value, package, seal, seal, life.received_at, dossier_id,
         life.received_at, life.finished_at, ""),
    )  # fmt: skip
