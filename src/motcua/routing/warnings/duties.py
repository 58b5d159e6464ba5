"""The alarm before opening time: a duty of the coming or the running day that nobody does."""

from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.timezone import get_default_timezone, localdate

from motcua.core.ids import uuid7
from motcua.people.actions.absences import clock
from motcua.people.models import WORKERS, Agency, Role
from motcua.people.queries import Uncovered, uncovered_duties
from motcua.routing.warnings.actions import overtake_duties, send
from motcua.routing.warnings.models import Reminder
from motcua.routing.warnings.queries import posts_at
from motcua.routing.warnings.recipients import Post, recipients
from motcua.routing.warnings.rules import Kind, Session, WarningRule, duty_moment, first_uncovered
from motcua.routing.warnings.shipped import rules_on
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Calendar
from motcua.worktime.rules.moments import first_minute_of, moment_of

# The longest rest between two working days that is looked across: Tết with its week-ends, twice.
LONGEST_REST = 30


def warn_of_duties(agency: Agency, *, at: datetime) -> int:
    """Warn of the duties that nobody does today and on the next working day; how many warnings are new.

    What somebody does by now is put aside. Raises CalendarGap when the next working day lies in a year not loaded:
    then today's warnings went out all the same.
    """
    calendar = calendar_for(agency.calendar_code)
    posts, today = posts_at(agency.id, at), localdate(at)
    rules = rules_on(today, Kind.DUTY)
    standing: set[tuple[UUID, datetime]] = set()
    new = 0
    if sessions_on(calendar, today):
        new += _warn_of_day(agency, today, rules, calendar, posts, at, standing)
    following = working_day(calendar, today, 1)
    new += _warn_of_day(agency, following, rules, calendar, posts, at, standing)
    overtake_duties(agency.id, standing=standing, at=at)
    return new


def _warn_of_day(
    agency: Agency, day: date, rules: list[WarningRule], calendar: Calendar, posts: list[Post], at: datetime,
    standing: set[tuple[UUID, datetime]],
) -> int:  # fmt: skip
    sessions = sessions_on(calendar, day)
    before = sessions_on(calendar, working_day(calendar, day, -1))
    asked = [rule for rule in rules if duty_moment(rule, sessions, before) <= at]
    if not asked:
        return 0
    reminders: list[Reminder] = []
    for gap in _gaps(agency, day):
        first = first_uncovered((gap.first, gap.last), [span for span in sessions if span[1] > at])
        due_at = first_uncovered((gap.first, gap.last), sessions)
        if first is None or due_at is None or gap.role not in WORKERS:
            continue
        subject = uuid5(NAMESPACE_URL, f"motcua:duty:{gap.unit_id}:{gap.role}")
        standing.add((subject, due_at))
        reminders += [
            _line(rule, gap, subject, due_at, agency, one.official_id, one.on_behalf_of, at)
            for rule in _newest(asked)
            for one in recipients(rule.to, None, posts)
        ]
    return send(reminders, agency_id=agency.id, at=at)


def _newest(rules: list[WarningRule]) -> list[WarningRule]:
    """Of the rules for the same people the one nearest to the opening: on the day the afternoon before is over."""
    return list({rule.to: rule for rule in sorted(rules, key=lambda rule: not rule.eve)}.values())


def _line(
    rule: WarningRule, gap: Uncovered, subject: UUID, due_at: datetime, agency: Agency,
    official_id: UUID, on_behalf_of: UUID | None, at: datetime,
) -> Reminder:  # fmt: skip
    text = rule.text.format(code="", step="", unit=gap.unit, role=Role(gap.role).label, due=clock(due_at))
    return Reminder(
        id=uuid7(), official_id=official_id, on_behalf_of_id=on_behalf_of, agency=agency, kind=str(rule.kind),
        rule=rule.code, subject_id=subject, due_at=due_at, text=text[:600], sent_at=at,
    )  # fmt: skip


def _gaps(agency: Agency, day: date) -> list[Uncovered]:
    midnight = datetime.combine(day, time(), get_default_timezone())
    return uncovered_duties(agency.id, midnight, midnight + timedelta(days=1))


def sessions_on(calendar: Calendar, day: date) -> list[Session]:
    """The office hours of a day. Raises CalendarGap."""
    calendar.is_working_day(day)  # asks whether the day is covered at all
    table, first = calendar.table, first_minute_of(day)
    spans = table.patterns[table.pattern_of[(day - table.first_day).days]].spans
    return [(moment_of(first + opens), moment_of(first + closes)) for opens, closes in spans]


def working_day(calendar: Calendar, day: date, step: int) -> date:
    """The nearest day with office hours after (step 1) or before (step -1) a day.

    Raises CalendarGap, and LookupError when the office stays shut for a month.
    """
    for away in range(1, LONGEST_REST + 1):
        found = day + timedelta(days=away * step)
        if sessions_on(calendar, found):
            return found
    raise LookupError(f"no working day within {LONGEST_REST} days of {day}")
