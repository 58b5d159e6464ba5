"""Reads of the reception calendar: the days of an office, what came of them, how often the leader was there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from motcua.core.sql import fetch_all
from motcua.feedback.receptions.models import Reception, ReceptionChange, ReceptionOutcome, ReceptionPlan
from motcua.feedback.receptions.rules import (
    Changed,
    ChangeKind,
    DayPart,
    DayStanding,
    ReceptionDay,
    Rhythm,
    reception_days,
)
from motcua.people.models import Agency
from motcua.worktime.queries import calendar_for

TOLD_AHEAD: Final = timedelta(days=61)
"""Two months: what the public page and the desk show."""


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A day of a plan, and what was entered of it."""

    plan: ReceptionPlan
    told: ReceptionDay
    reception: Reception | None = None

    @property
    def counts(self) -> bool:
        """Whether the leader was to receive that day: also one that was called off."""
        return self.told.is_kept or self.told.standing is DayStanding.CANCELLED


@dataclass(frozen=True, slots=True)
class Share:
    """Of so many planned days gone by, on how many the one in the calendar received, another did, nobody did."""

    plan: ReceptionPlan
    planned: int
    in_person: int
    by_another: int
    not_held: int
    cancelled: int
    missing: int
    people: int
    matters: int

    @property
    def not_received(self) -> int:
        """Days on which nobody received: called off before, or not held."""
        return self.not_held + self.cancelled

    @property
    def percent(self) -> int | None:
        """Whole per cent received in person, rounded down; nothing of no days."""
        return 100 * self.in_person // self.planned if self.planned else None


def rhythm_of(plan: ReceptionPlan) -> Rhythm:
    """What a plan says, as plain values."""
    return Rhythm(
        frozenset(plan.weekdays), frozenset(plan.weeks), DayPart(plan.part), plan.valid_from, plan.valid_to,
        plan.starts, plan.ends, plan.next_when_closed,
    )  # fmt: skip


def changes_of(plans: Iterable[ReceptionPlan]) -> dict[UUID, list[Changed]]:
    """What was changed once in each of these plans."""
    found: dict[UUID, list[Changed]] = defaultdict(list)
    for row in ReceptionChange.objects.filter(plan__in=[*plans]).order_by("made_at", "pk"):
        found[row.plan_id].append(Changed(ChangeKind(row.kind), row.reason, row.day, row.to_day, row.pk))
    return found


def plans_between(agency_id: UUID, first: date, last: date) -> list[ReceptionPlan]:
    """The plans of an agency that hold at some time of these days, the head's first."""
    open_end = Q(valid_to=None) | Q(valid_to__gte=first)
    return list(ReceptionPlan.objects.filter(open_end, agency_id=agency_id, valid_from__lte=last))


def days_between(agency: Agency, first: date, last: date, *, with_entries: bool = False) -> list[PlannedDay]:
    """Every day of every plan, also those that fell out, by date and hour. Raises what `calendar_for` raises."""
    plans = plans_between(agency.pk, first - timedelta(days=31), last)
    if not plans:
        return []
    calendar, changes = calendar_for(agency.calendar_code), changes_of(plans)
    entries = _entries(plans, first, last) if with_entries else {}
    found = [
        PlannedDay(plan, one, entries.get((plan.pk, one.day)))
        for plan in plans
        for one in reception_days(rhythm_of(plan), changes[plan.pk], calendar, first, last)
    ]
    return sorted(found, key=lambda one: (one.told.day, one.told.hours[0].opens if one.told.hours else time.min))


def days_of(plan: ReceptionPlan, first: date, last: date) -> list[ReceptionDay]:
    """The days of one plan, its agency read with it."""
    calendar = calendar_for(plan.agency.calendar_code)
    return reception_days(rhythm_of(plan), changes_of([plan])[plan.pk], calendar, first, last)


def next_reception(agency: Agency, at: datetime) -> PlannedDay | None:
    """The day to which one can come next, of whichever leader; `at` in local time. None when none is known."""
    days = days_between(agency, at.date(), at.date() + TOLD_AHEAD)
    return next((one for one in days if one.told.is_kept and one.told.ends_after(at)), None)


def shares(agency: Agency, first: date, last: date) -> list[Share]:
    """How each plan was kept on its days from `first` to `last`, the head's first."""
    by_plan: dict[UUID, list[PlannedDay]] = defaultdict(list)
    for one in days_between(agency, first, last, with_entries=True):
        if one.counts:
            by_plan[one.plan.pk].append(one)
    order = {plan.pk: place for place, plan in enumerate(plans_between(agency.pk, first, last))}
    found = [_share(days[0].plan, days) for days in by_plan.values()]
    return sorted(found, key=lambda one: order.get(one.plan.pk, len(order)))


def received_by_head(agency_id: UUID, first: date, last: date) -> set[date]:
    """The days on which the head of an agency received citizens himself."""
    rows = fetch_all(
        "SELECT r.day FROM feedback_reception r JOIN feedback_receptionplan p ON p.id = r.plan_id "
        "WHERE p.agency_id = %s AND p.is_head AND r.outcome = 'in_person' AND r.day BETWEEN %s AND %s",
        (agency_id, first, last),
    )
    return {row[0] for row in rows}


def _entries(plans: list[ReceptionPlan], first: date, last: date) -> dict[tuple[UUID, date], Reception]:
    rows = Reception.objects.filter(plan__in=plans, day__gte=first, day__lte=last)
    return {(row.plan_id, row.day): row for row in rows}


def _share(plan: ReceptionPlan, days: list[PlannedDay]) -> Share:
    entered = [one.reception for one in days if one.reception is not None and one.told.is_kept]
    outcomes = [one.outcome for one in entered]
    cancelled = sum(not one.told.is_kept for one in days)
    return Share(
        plan=plan, planned=len(days), cancelled=cancelled, missing=len(days) - cancelled - len(entered),
        in_person=outcomes.count(ReceptionOutcome.IN_PERSON), by_another=outcomes.count(ReceptionOutcome.BY_ANOTHER),
        not_held=outcomes.count(ReceptionOutcome.NOT_HELD), people=sum(one.people for one in entered),
        matters=sum(one.complaints + one.denunciations + one.recommendations + one.remarks for one in entered),
    )  # fmt: skip
