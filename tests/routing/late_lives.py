"""Dossiers on their way to being late, for the tests of apologies."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from motcua.core.models import Event
from motcua.demo.office import CALENDAR
from motcua.dossiers.models import Dossier
from motcua.people.access import ActingOfficial
from motcua.people.models import Role, Unit, UnitFunction
from motcua.routing import actions as routing
from motcua.routing.apologies.actions import Wording, sign
from motcua.routing.apologies.drafting import draft_apologies
from motcua.routing.models import Apology
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Amount
from motcua.worktime.rules import Unit as ClockUnit
from tests.cast import LAND, MONDAY, MR_QUANG, Cast, minutes_later, open_step, received

THREE_DAYS = Amount(3, ClockUnit.WORKING_DAY)
WHY = Wording("verification", "Phải đo lại ranh giới thửa đất với hộ liền kề.", THREE_DAYS)


def worked(at: datetime, minutes: int) -> datetime:
    """So many minutes of whole working days later."""
    return calendar_for(CALENDAR).extend(at, minutes, ClockUnit.WORKING_DAY)


def in_hands(cast: Cast, at: datetime = MONDAY) -> Dossier:
    """A land dossier (20 working days) that has only come to the case officer."""
    opened = received(LAND, cast, applicant=MR_QUANG, at=at)
    routing.pass_on(open_step(opened.id)[0], by=cast.receiver, at=minutes_later(at, 10))
    return row(opened.id)


def row(dossier_id: UUID) -> Dossier:
    return Dossier.objects.get(pk=dossier_id)


def days_before(dossier: Dossier, minutes: int) -> datetime:
    """The moment so many minutes of whole working days before the date the citizen was last told."""
    calendar, goal = calendar_for(CALENDAR), dossier.appointed_at or dossier.due_at
    at = goal - timedelta(days=12)
    unit = ClockUnit.WORKING_DAY
    return calendar.extend(at, calendar.measure(at, goal, unit) - minutes, unit)


def drafted(dossier: Dossier, at: datetime) -> Apology:
    """The draft that the system makes at this moment."""
    draft_apologies(dossier.agency_id, at)
    return Apology.objects.get(dossier=dossier, signed_at=None, withdrawn_at=None)


def signed(dossier: Dossier, by: ActingOfficial, at: datetime) -> Apology:
    return sign(drafted(dossier, at).id, WHY, by=by, at=at)


def kinds(dossier: Dossier) -> list[str]:
    """What happened to the dossier, in order."""
    rows = Event.objects.filter(subject_id=dossier.id).order_by("sequence")
    return list(rows.values_list("kind", flat=True))


def head_of(cast: Cast, function: UnitFunction) -> ActingOfficial:
    """An approver of one unit who is no leader of the office (the case officer's person under another hat)."""
    unit = Unit.objects.get(agency_id=cast.leader.agency_id, function=function)
    return replace(cast.case_officer, duties=frozenset({(unit.pk, str(Role.APPROVER))}))


def to_the_end(dossier: Dossier, cast: Cast, at: datetime) -> None:
    """Everybody does his step at once; the dossier is finished, not yet returned."""
    hands = {"case_officer": cast.case_officer, "records_clerk": cast.records_clerk}
    while row(dossier.id).finished_at is None:
        step, role, _unit = open_step(dossier.id)
        if role == Role.APPROVER:
            routing.approve(step, by=cast.leader, at=at)
        else:
            routing.pass_on(step, by=hands[role], at=at)
