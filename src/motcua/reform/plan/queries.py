"""Reads of plans: the tasks with how each stands, by area; what happened to one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict

from motcua.core.models import Event
from motcua.people.models import Agency
from motcua.reform.facts import areas_of, name_of
from motcua.reform.models import Plan, PlanState, PlanTask
from motcua.reform.plan.rules import Standing, Tally, standing, tally
from motcua.reform.plan.words import KINDS, STANDINGS, tally_words


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task with how it stands on the day."""

    task: PlanTask
    standing: Standing

    @property
    def words(self) -> str:
        return str(STANDINGS[self.standing])

    @property
    def kind(self) -> str:
        return KINDS[self.standing]


@dataclass(frozen=True, slots=True)
class AreaRows:
    """The tasks of one area that were asked for, and how all of the area's stand."""

    name: str
    rows: Sequence[TaskRow]
    tally: Tally

    @property
    def words(self) -> str:
        return tally_words(self.tally)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tasks are asked for; what names nothing asks for everything."""

    unit: str = ""
    standing: str = ""

    @classmethod
    def read(cls, asked: QueryDict) -> "Wanted":
        """From an address."""
        known = {one.value for one in Standing}
        return cls(asked.get("unit", "")[:40], said if (said := asked.get("state", "")) in known else "")

    def takes(self, row: TaskRow) -> bool:
        """Whether a task is among those asked for."""
        of_unit = not self.unit or str(row.task.lead_unit_id) == self.unit
        return of_unit and (not self.standing or row.standing.value == self.standing)

    @property
    def is_all(self) -> bool:
        return not (self.unit or self.standing)


def rows_of(plan: Plan, today: date) -> list[TaskRow]:
    """Every task in its order."""
    tasks = plan.tasks.select_related("lead_unit", "owner").order_by("ordinal")
    return [row_of(task, today) for task in tasks]


def row_of(task: PlanTask, today: date) -> TaskRow:
    """A task with how it stands."""
    return TaskRow(task, standing(task.state, task.deadline, task.done_on, today))


def by_area(plan: Plan, rows: Sequence[TaskRow], wanted: Wanted) -> list[AreaRows]:
    """The areas of the plan's year that have tasks, in the order of the programme; what no row names comes last."""
    areas = areas_of(plan.year)
    codes = [area.code for area in areas]
    codes += sorted({row.task.area for row in rows}.difference(codes))
    found = []
    for code in codes:
        own = [row for row in rows if row.task.area == code]
        shown = [row for row in own if wanted.takes(row)]
        if shown:
            found.append(AreaRows(name_of(areas, code), shown, tally(row.standing for row in own)))
    return found


def tally_of(rows: Sequence[TaskRow]) -> Tally:
    """How all of them stand."""
    return tally(row.standing for row in rows)


def tallies_of(plans: Sequence[Plan], today: date) -> list[Tally]:
    """How the tasks of each plan stand, in one query for all of them."""
    standings: dict[UUID, list[Standing]] = {plan.pk: [] for plan in plans}
    rows = PlanTask.objects.filter(plan__in=plans).values_list("plan_id", "state", "deadline", "done_on")
    for plan_id, state, deadline, done_on in rows:
        standings[plan_id].append(standing(state, deadline, done_on, today))
    return [tally(standings[plan.pk]) for plan in plans]


def history_of(task: PlanTask) -> QuerySet[Event]:
    """What happened to a task, the newest first."""
    key = str(task.pk)
    events = Event.objects.filter(subject_kind="plan", subject_id=task.plan_id)
    return events.filter(Q(after__task=key) | Q(after__tasks__has_key=key)).order_by("-sequence")


def issued_plans(year: int | None = None) -> QuerySet[Plan]:
    """What anybody may read, the newest first."""
    plans = Plan.objects.filter(state=PlanState.ISSUED).select_related("agency")
    return (plans if year is None else plans.filter(year=year)).order_by("-year", "agency__short_name", "pk")


def tasks_of_issued(agency_id: UUID, first: int, last: int) -> int:
    """How many tasks the plans an agency issued for these years have."""
    return PlanTask.objects.filter(
        plan__agency_id=agency_id, plan__state=PlanState.ISSUED, plan__year__gte=first, plan__year__lte=last
    ).count()


def has_plan(agency: Agency, year: int) -> bool:
    """Whether the agency keeps a plan of the year, draft or issued."""
    return Plan.objects.filter(agency=agency, year=year).exists()
