"""The agencies of a place with the people who worked there, and who did a duty at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from motcua.core.events import Actor
from motcua.demo.office import MACHINE
from motcua.demo.places.citizens import Names
from motcua.demo.places.copying import text
from motcua.demo.places.told import Place, Staff
from motcua.dossiers.rules import OFFICE_TIME
from motcua.people.access import ActingOfficial, account_with_official
from motcua.people.actions import Substitution, appoint, give_code, grant_role, open_agency, open_unit, record_absence
from motcua.people.models import Agency, AgencyCode, Official, Role, StandIn, Unit, UnitFunction

ROOMS: Final = {
    UnitFunction.ONE_STOP: "Bộ phận Tiếp nhận và Trả kết quả",
    UnitFunction.JUSTICE: "Tư pháp – hộ tịch",
    UnitFunction.LAND: "Địa chính – xây dựng",
    UnitFunction.SOCIAL: "Văn hóa – xã hội",
    UnitFunction.ECONOMY: "Kinh tế",
    UnitFunction.POLICE: "Công an",
    UnitFunction.LEADERS: "Lãnh đạo",
    UnitFunction.RECORDS: "Văn thư",
}
WORKING: Final = (
    UnitFunction.JUSTICE, UnitFunction.LAND, UnitFunction.SOCIAL, UnitFunction.ECONOMY, UnitFunction.POLICE
)  # fmt: skip
LEAVE_DAYS: Final = 3
LATENESS_OF_LEAVES: Final = 40
"""Days between the leaves of two officers, so that the one who stands in is there."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who does a duty, as the rows and the log name him, ready for COPY; `absent` is the one in whose place."""

    official_id: str
    account: str
    name: str
    absent: str | None = None


@dataclass(slots=True)
class Crew:
    """Who serves which duty of an agency, when: the colleagues in turn, and for the absent who stands in."""

    agency_id: str
    code: str
    calendar_code: str
    units: dict[str, str] = field(default_factory=dict)
    holders: dict[tuple[str, str], list[Hand]] = field(default_factory=dict)
    away: dict[str, tuple[datetime, datetime]] = field(default_factory=dict)
    stand_ins: dict[tuple[str, str], Hand] = field(default_factory=dict)
    desk_unit: str = ""
    scan: str = ""
    """The hash of the page behind the copies of its results; empty where results are not digitized."""

    def hand(self, function: str, role: str, at: datetime, turn: int) -> Hand:
        """Who does it at that moment, the n-th of those who serve. Raises LookupError when nobody does."""
        holders = self.holders[function, role]
        one = holders[turn % len(holders)]
        if not self._is_away(one, at):
            return one
        here = [other for other in holders if not self._is_away(other, at)]
        return here[turn % len(here)] if here else self.stand_ins[function, role]

    def _is_away(self, one: Hand, at: datetime) -> bool:
        leave = self.away.get(one.official_id)
        return leave is not None and leave[0] <= at < leave[1]


def open_place(place: Place, names: Names, random: Random, at: datetime) -> dict[str, Agency]:
    """The agencies of the place with their codes, rooms and people; what is there already is taken as it is."""
    agencies: dict[str, Agency] = {}
    for told in place.agencies:
        found = Agency.objects.filter(name=told.name, valid_from=told.first, valid_to=told.last).first()
        agency = found or open_agency(
            name=told.name, short_name=told.short, kind=told.kind, level=told.level, valid_from=told.first,
            valid_to=told.last, parent=agencies.get(told.parent), by=MACHINE, at=at,
        )  # fmt: skip
        agencies[told.key] = agency
        for scheme, code, first, last in told.codes:
            if not AgencyCode.objects.filter(agency=agency, scheme=scheme, code=code).exists():
                give_code(agency=agency, scheme=scheme, code=code, valid_from=first, valid_to=last, by=MACHINE, at=at)
        if told.staff is not None and not Unit.objects.filter(agency=agency).exists():
            _staff(f"{place.key}.{told.key}", agency, told.staff, names, random, at)
    return agencies


def _staff(login: str, agency: Agency, staff: Staff, names: Names, random: Random, at: datetime) -> None:
    """Rooms and officials; nobody of them can log in: they served long ago."""
    units = {
        function: open_unit(agency=agency, name=name, function=function, valid_from=agency.valid_from,
                            valid_to=agency.valid_to, by=MACHINE, at=at)
        for function, name in ROOMS.items()
    }  # fmt: skip
    posts: list[tuple[str, UnitFunction, Role]] = [
        *(("Công chức tiếp nhận", UnitFunction.ONE_STOP, Role.RECEIVER) for _ in range(staff.receivers)),
        *(("Công chức chuyên môn", function, Role.CASE_OFFICER) for function in WORKING),
        *(("Lãnh đạo cơ quan", UnitFunction.LEADERS, Role.APPROVER) for _ in range(staff.approvers)),
        ("Trưởng Công an", UnitFunction.POLICE, Role.APPROVER),
        ("Văn thư", UnitFunction.RECORDS, Role.RECORDS_CLERK),
        ("Quản trị hệ thống", UnitFunction.ONE_STOP, Role.ADMINISTRATOR),
    ]
    days: dict[str, Any] = {"valid_from": staff.first, "valid_to": staff.last}
    officers: list[tuple[Official, Unit]] = []
    for ordinal, (title, function, role) in enumerate(posts, 1):
        official = appoint(
            username=f"{login}.{ordinal:02d}", password=None, full_name=names.person(random)[0], title=title,
            unit=units[function], by=MACHINE, at=at, is_demo=True, **days,
        )  # fmt: skip
        grant_role(official=official, role=role, unit=units[function], by=MACHINE, at=at, **days)
        if role == Role.CASE_OFFICER:
            officers.append((official, units[function]))
    _leaves(officers, official, staff)


def _leaves(officers: list[tuple[Official, Unit]], administrator: Official, staff: Staff) -> None:
    """Each case officer is away for some days of that year, the next one stands in for him."""
    for ordinal, (official, unit) in enumerate(officers):
        first = datetime.combine(date(staff.leaves, 3, 4), time(), OFFICE_TIME) + timedelta(
            days=LATENESS_OF_LEAVES * ordinal
        )
        by = _acting(administrator, first)
        substitute = officers[(ordinal + 1) % len(officers)][0]
        record_absence(
            official.id, first_at=first, last_at=first + timedelta(days=LEAVE_DAYS), reason="leave", by=by, at=first,
            stand_ins=[Substitution(unit.id, Role.CASE_OFFICER, substitute.id)],
        )  # fmt: skip


def _acting(official: Official, at: datetime) -> ActingOfficial:
    found = account_with_official(official.account_id, at.date(), at)
    if found is None or found[1] is None:
        raise LookupError(official)
    return found[1]


def crew_of(agency: Agency, day: date) -> Crew:
    """Who serves the agency on that day, read from the rows."""
    at = datetime.combine(day, time(12), OFFICE_TIME)
    crew: Crew | None = None
    people = Official.objects.filter(unit__agency=agency, valid_from__lte=day).select_related("unit", "account")
    for official in people.order_by("account__username"):
        acting = _acting(official, at)
        crew = crew or Crew(str(agency.id), acting.agency_code, agency.calendar_code)
        for grant in official.grants.select_related("unit").all():
            function = grant.unit.function
            crew.units[function] = str(grant.unit_id)
            crew.holders.setdefault((function, grant.role), []).append(_hand(official.id, acting.actor))
            if grant.role == Role.RECEIVER and not crew.desk_unit:
                crew.desk_unit = official.unit.name
        for leave in official.absences.all():
            crew.away[str(official.id)] = (leave.first_at, leave.last_at)
            _stand_ins(crew, leave.stand_ins.select_related("unit", "substitute", "absence").all())
    if crew is None:
        raise LookupError(agency)
    return crew


def _hand(official_id: UUID, actor: Actor, absent: UUID | None = None) -> Hand:
    return Hand(str(official_id), str(actor.account_id), text(actor.name), str(absent) if absent else None)


def _stand_ins(crew: Crew, stand_ins: Iterable[StandIn]) -> None:
    """As the web names them: `ActingOfficial.acting_as` of the one who stands in, during the absence."""
    for one in stand_ins:
        acting = _acting(one.substitute, one.absence.first_at)
        told_as = acting.acting_as(one.unit_id, one.role)
        crew.stand_ins[one.unit.function, one.role] = _hand(one.substitute_id, told_as, one.official_id)
