"""Two birth bundles over the ward, its police and the social insurance, and the leave of the chief of police.

While he is away a leader of the ward signs in his place, as the story of the residence part tells.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from motcua.catalogue.rules import papers_for
from motcua.core.sql import fetch_one
from motcua.demo.beside import WORKERS, acting
from motcua.demo.cast import citizen
from motcua.intake.actions import Filing, handed_in
from motcua.people.access import ActingOfficial
from motcua.people.actions import Substitution, record_absence
from motcua.people.models import Absence, Role, UnitFunction
from motcua.people.queries import away_officials
from motcua.routing import actions
from motcua.routing.bundles.definitions import bundle_in_force
from motcua.routing.bundles.models import Bundle, BundleMember
from motcua.routing.bundles.papers import merged
from motcua.routing.bundles.receiving import offers_of, receive_bundle
from motcua.worktime.rules import Calendar

HANDS_EACH = 25  # working minutes between one hand and the next
LEAVE_DAYS = 7
# Of the first bundle the ward and its police are done and the insurance works; the second came in lately.
STOPS = ({1: "", 2: "", 3: "case_officer"}, {1: "approver"})
BUNDLES = len(STOPS)


def chief_on_leave(first_at: datetime) -> Absence:
    """The chief of the ward's police is away for a week from then; the ward's leader signs for him."""
    chief, leader = acting("truongcongan", first_at), acting("lanhdao", first_at)
    unit_id = next(unit for unit, role in chief.duties if role == Role.APPROVER)
    return record_absence(
        chief.id, first_at=first_at, last_at=first_at + timedelta(days=LEAVE_DAYS), reason="leave",
        stand_ins=[Substitution(unit_id, Role.APPROVER, leader.id)], by=acting("quantri", first_at), at=first_at,
    )  # fmt: skip


def build_bundles(
    *, random: Random, calendar: Calendar, now: datetime, received: tuple[datetime, ...], away_from: datetime
) -> Iterator[str]:
    """Take in a bundle at each of the moments `received` and work on its parts, yielding its code.

    A signature of the police is given only once its chief is away, that is after `away_from`.
    """
    for at, stops in zip(received, STOPS, strict=True):
        bundle = _receive(random, at)
        for position, stop in stops.items():
            member = BundleMember.objects.get(bundle=bundle, position=position)
            if member.dossier_id is not None:
                _drive(member.dossier_id, stop, calendar, now, away_from)
        yield bundle.code


def _receive(random: Random, at: datetime) -> Bundle:
    by = acting("tiepnhan", at)
    definition = bundle_in_force("birth", at.date())
    offered = merged(definition, offers_of(definition, desk_agency=by.agency_id, at=at))
    papers = tuple(handed_in(line, line.id) for line in papers_for(offered.components) if line.id is not None)
    filing = Filing(
        submission_id=UUID(int=random.getrandbits(128), version=4), channel="counter", applicant=citizen(random),
        papers=papers,
    )  # fmt: skip
    bundle, _new = receive_bundle(filing, definition=definition, by=by, at=at)
    return bundle


_OPEN_STEP = """
SELECT s.id, s.unit_id, s.role, s.started_at, u.function, d.state = 9
FROM routing_step s JOIN people_unit u ON u.id = s.unit_id JOIN dossiers_dossier d ON d.id = s.dossier_id
WHERE s.dossier_id = %s AND s.finished_at IS NULL
"""


def _drive(dossier_id: UUID, stop: str, calendar: Calendar, now: datetime, away_from: datetime) -> None:
    """Every hand does its step until the part stops where it is to be found, is finished, or the present is here."""
    while (row := fetch_one(_OPEN_STEP, (dossier_id,))) is not None:
        step_id, unit_id, role, started_at, function, is_finished = row
        since = max(started_at, away_from) if (role, function) == ("approver", UnitFunction.POLICE) else started_at
        at = calendar.after(since, HANDS_EACH)
        if is_finished or role == stop or at >= now:
            return
        move = actions.approve if role == Role.APPROVER else actions.pass_on
        move(step_id, by=_there(unit_id, role, at), at=at)


def _there(unit_id: UUID, role: str, at: datetime) -> ActingOfficial:
    """Who does this duty at that moment: not who is away but who stands in for him."""
    people = (acting(post.username, at) for post in WORKERS)
    return next(one for one in people if one.serves(unit_id, role) and one.id not in away_officials(one.agency_id, at))
