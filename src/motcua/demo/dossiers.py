"""A few dozen dossiers in every state, each driven through the real actions at the times it would have been."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from motcua.catalogue.queries import version_in_force
from motcua.catalogue.rules import papers_for
from motcua.core.sql import fetch_one
from motcua.demo.cast import citizen
from motcua.demo.detours import LEAVES, LONGEST_SCENE, Scene
from motcua.demo.filings import FILED, build_filings
from motcua.demo.letters import answer_for_lateness
from motcua.demo.office import POSTS
from motcua.dossiers.rules import OFFICE_TIME
from motcua.intake.actions import Filing, handed_in, receive
from motcua.people.access import ActingOfficial, account_with_official
from motcua.people.models import Account, Agency, Role, Unit, UnitFunction
from motcua.result.actions import Recipient, return_result
from motcua.routing import actions
from motcua.routing.actions import detours
from motcua.routing.consultations.closing import apply_silence
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Calendar

# What citizens of a ward ask for, the frequent ones more often.
ASKED = (
    ("1.001193", 6), ("2.000815", 6), ("2.000884", 4), ("1.004873", 4), ("2.000635", 4), ("1.000656", 2),
    ("1.000894", 2), ("1.013978", 2), ("1.013225", 2), ("1.001612", 3), ("1.004222", 2), ("1.001731", 1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fate:
    """How far a demo dossier gets, and at what share of its time each hand works (over 1: it will be late).

    `slow` picks a procedure whose limit is longer than the days that passed, so that it waits without being late.
    """

    days_ago: int
    stops_at: str
    pace: float
    slow: bool = True
    code: str = ""


FATES = (
    *(Fate(days, "returned", 0.5) for days in (26, 25, 24, 22, 20, 19, 18, 17, 15, 13, 12, 11, 10)),
    *(Fate(days, "returned", 1.4) for days in (23, 16)),
    *(Fate(days, "finished", 0.6) for days in (9, 8, 6, 5, 4)),
    *(Fate(days, "approver", 0.6) for days in (5, 3, 2)),
    *(Fate(days, "records", 0.7) for days in (4, 2)),
    *(Fate(days, "case_officer", 0.3) for days in (4, 3, 2, 1, 1)),
    *(Fate(days, "waiting", 0.3) for days in (3, 2, 1)),
    Fate(4, "waiting", 0.3, slow=False),
    Fate(3, "approver", 0.6, slow=False),
    *(Fate(days, "sent_back", 0.4) for days in (3, 2)),
    *(Fate(days, "received", 0.2) for days in (1, 0, 0)),
    *(Fate(days, "asked", 0.3) for days in (6, 2)),
    Fate(14, "brought", 0.5, slow=False),
    Fate(8, "owes", 0.2, code="1.013978"),
    Fate(5, "invited", 0.2, code="1.013978"),
    Fate(4, "asks_police", 0.2, code="1.013978"),
    Fate(11, "hears_nothing", 0.2, code="1.013978"),
    Fate(12, "withdrawn", 0.3),
    Fate(7, "discontinued", 0.3),
    Fate(9, "rejected", 0.6, code="1.004873"),
)


EXPECTED = len(FATES) + len(FILED)
# Of the month before, so that what was said of that month can be told: quick ones, long returned.
OLDER_DAYS_AGO = (31, 33, 35, 38, 40, 43, 45, 47)
OLDER_ASKED = ("2.000815", "2.000635", "2.000884", "1.004873")


class Crew:
    """The demo officials, found by the step they serve."""

    def __init__(self) -> None:
        day = timezone.localdate()
        self.members: list[ActingOfficial] = []
        for account in Account.objects.filter(is_demo=True, username__in=[post.username for post in POSTS]):
            found = account_with_official(account.id, day)
            if found and found[1]:
                self.members.append(found[1])

    def serving(self, unit_id: UUID, role: str) -> ActingOfficial:
        return next(member for member in self.members if member.serves(unit_id, role))

    def leader(self, agency: Agency) -> ActingOfficial:
        leaders = Unit.objects.get(agency=agency, function=UnitFunction.LEADERS, valid_to=None)
        return self.serving(leaders.id, Role.APPROVER)

    def receiver(self) -> ActingOfficial:
        return next(member for member in self.members if member.holds("receiver"))


def build_dossiers(agency: Agency, *, seed: int, now: datetime) -> Iterator[str]:
    """Make the dossiers, oldest first, yielding each code; the same seed and day give the same office."""
    random, crew = Random(seed), Crew()  # noqa: S311 (a repeatable demo, not a secret)
    calendar = calendar_for(agency.calendar_code)
    offered = [code for code, weight in ASKED for _ in range(weight) if _is_offered(code, agency, now)]
    for fate in sorted(FATES, key=lambda fate: -fate.days_ago):
        at = opening_moment(random, calendar, now, fate.days_ago)
        fitting = [code for code in offered if _leaves_time(code, agency, fate, now)] or offered
        code, dossier_id = _receive(fate.code or random.choice(fitting), random, crew, at)
        drive(dossier_id, _in_time(fate, dossier_id, at, now, calendar), random, crew, calendar, now)
        yield code
    apply_silence(now)
    answer_for_lateness(crew.leader(agency), now)
    long_ago = opening_moment(random, calendar, now, 10)
    yield from build_filings(crew.receiver(), random=random, calendar=calendar, now=now, days_back=long_ago)


def build_older(agency: Agency, *, random: Random, now: datetime) -> Iterator[str]:
    """Dossiers that were returned weeks ago, yielding each code."""
    crew, calendar = Crew(), calendar_for(agency.calendar_code)
    offered = [code for code in OLDER_ASKED if _is_offered(code, agency, now)]
    for days in OLDER_DAYS_AGO:
        code, dossier_id = _receive(random.choice(offered), random, crew, opening_moment(random, calendar, now, days))
        drive(dossier_id, Fate(days, "returned", 0.5), random, crew, calendar, now)
        yield code


def _in_time(fate: Fate, dossier_id: UUID, at: datetime, now: datetime, calendar: Calendar) -> Fate:
    """Work fast enough to have reached the desk where the dossier is to be found today."""
    if fate.stops_at not in ("approver", "records"):
        return fate
    row = fetch_one("SELECT promised_at FROM dossiers_dossier WHERE id = %s", (dossier_id,))
    promised = calendar.elapsed(at, row[0]) if row else 0
    lived = calendar.elapsed(at, now)
    return replace(fate, pace=min(fate.pace, 0.7 * lived / max(promised, 1)))


def _leaves_time(code: str, agency: Agency, fate: Fate, now: datetime) -> bool:
    """Whether a dossier with this fate would still be within its limit today."""
    if fate.stops_at in ("returned", "finished") or not fate.slow:
        return True
    limit = version_in_force(code, agency.id, timezone.localdate(now)).limits[0]
    days = limit.number if limit.unit != "working_hour" else 0
    return days > fate.days_ago


def _is_offered(code: str, agency: Agency, now: datetime) -> bool:
    row = fetch_one(
        "SELECT 1 FROM catalogue_posting o JOIN catalogue_procedure p ON p.id = o.procedure_id "
        "JOIN catalogue_procedureversion v ON v.procedure_id = p.id AND v.state = 'published' "
        "WHERE p.national_code = %s AND o.agency_id = %s AND 'counter' = ANY(v.channels)",
        (code, agency.id),
    )
    return row is not None


def opening_moment(random: Random, calendar: Calendar, now: datetime, days_ago: int) -> datetime:
    """A minute of office hours about that many days ago, never after now."""
    day = timezone.localdate(now) - timedelta(days=days_ago)
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    opening = datetime.combine(day, time(7, 30), tzinfo=OFFICE_TIME)
    at = calendar.after(opening, random.randrange(0, 330))
    if at >= now:
        at = max(opening, now - timedelta(minutes=random.randrange(5, 60)))
    return min(at, now - timedelta(minutes=1))


def _receive(code: str, random: Random, crew: Crew, at: datetime) -> tuple[str, UUID]:
    by = crew.receiver()
    offered = version_in_force(code, by.agency_id, timezone.localdate(at))
    papers = tuple(handed_in(paper, paper.id) for paper in papers_for(offered.components) if paper.id is not None)
    opened, _new = receive(
        Filing(
            submission_id=UUID(int=random.getrandbits(128), version=4), channel="counter",
            applicant=citizen(random), papers=papers,
        ),
        offered=offered, by=by, at=at,
    )  # fmt: skip
    return opened.code, opened.id


def _open_step(dossier_id: UUID) -> tuple[UUID, UUID, str, datetime, datetime, int] | None:
    row = fetch_one(
        "SELECT id, unit_id, role, started_at, due_at, position FROM routing_step "
        "WHERE dossier_id = %s AND finished_at IS NULL",
        (dossier_id,),
    )
    return tuple(row) if row else None


def drive(dossier_id: UUID, fate: Fate, random: Random, crew: Crew, calendar: Calendar, now: datetime) -> None:
    """Work the dossier on step by step until its fate stops it or the present is reached."""
    left, reached = False, now - timedelta(days=365)
    while (step := _open_step(dossier_id)) is not None:
        step_id, unit_id, role, started_at, due_at, position = step
        at = _moment(max(started_at, reached), due_at, fate.pace, random, calendar)
        if at >= now or _stops_here(fate, role, position):
            return
        by = crew.serving(unit_id, role)
        if _is_return(dossier_id):
            if fate.stops_at != "finished":
                _return(dossier_id, by, at)
            return
        if role == "case_officer" and fate.stops_at in LEAVES and not left:
            leave, left = LEAVES[fate.stops_at]
            reached = calendar.after(at, LONGEST_SCENE)
            leave(Scene(dossier_id, step_id, by, crew.receiver(), at, now, calendar))
            if not left:
                return
        elif role == "approver":
            if _decide(step_id, fate, by, at):
                return
        elif fate.stops_at == "case_officer" and role == "case_officer":
            actions.take(step_id, by=by, at=at)
            return
        else:
            actions.pass_on(step_id, by=by, at=at)


def _decide(step_id: UUID, fate: Fate, by: ActingOfficial, at: datetime) -> bool:
    """The leader approves, sends back or rejects; whether the dossier's story stops there."""
    if fate.stops_at == "rejected":
        basis = "Điều kiện nêu trong thủ tục"
        detours.reject(step_id, reason="Chưa đủ điều kiện theo quy định.", legal_basis=basis, by=by, at=at)
        return True
    if fate.stops_at == "sent_back":
        actions.send_back(step_id, reason="Dự thảo ghi sai ngày tháng, sửa lại rồi trình.", by=by, at=at)
        return True
    actions.approve(step_id, by=by, at=at)
    return False


def _stops_here(fate: Fate, role: str, position: int) -> bool:
    if fate.stops_at == "received":
        return position == 1
    if fate.stops_at == "waiting":
        return role == "case_officer"
    if fate.stops_at == "approver":
        return role == "approver"
    return fate.stops_at == "records" and role == "records_clerk"


def _is_return(dossier_id: UUID) -> bool:
    row = fetch_one("SELECT state FROM dossiers_dossier WHERE id = %s", (dossier_id,))
    return row is not None and row[0] == 9


def _moment(started_at: datetime, due_at: datetime, pace: float, random: Random, calendar: Calendar) -> datetime:
    budget = max(calendar.elapsed(started_at, due_at), 20)
    return calendar.after(started_at, max(3, int(budget * pace * random.uniform(0.7, 1.1))))


def _return(dossier_id: UUID, by: ActingOfficial, at: datetime) -> None:
    row = fetch_one("SELECT applicant_name, applicant_personal_id FROM dossiers_dossier WHERE id = %s", (dossier_id,))
    if row is None:
        raise LookupError(dossier_id)
    return_result(dossier_id, recipient=Recipient(row[0], row[1], "counter", True), by=by, at=at)
