"""The reform plans and inspections of a place, lived through the real actions on the days of its table."""

from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any, Final
from uuid import UUID

import yaml

from motcua.demo.places.building import Ground
from motcua.demo.places.late import acting
from motcua.demo.places.told import folder
from motcua.dossiers.rules import OFFICE_TIME
from motcua.people.access import ActingOfficial
from motcua.people.models import Agency, Role, UnitFunction
from motcua.reform.inspections import actions as inspecting
from motcua.reform.inspections import visiting
from motcua.reform.models import PlanTask
from motcua.reform.plan import actions, following
from motcua.reform.plan.saying import TaskSaid
from motcua.worktime.rules import Calendar

MORNING: Final = time(9)
DRAFTED_BEFORE: Final = timedelta(days=20)
EARLIEST_DONE: Final = 12
"""Days before its deadline at which a task is done in time, at most."""
WORKING_ROLES: Final = {
    UnitFunction.ONE_STOP: Role.RECEIVER,
    UnitFunction.LEADERS: Role.APPROVER,
    UnitFunction.RECORDS: Role.RECORDS_CLERK,
}
"""Who works in a unit, where it is no case officer."""
CONCLUDED_AFTER, REMEDIED_AFTER, REMEDY_BY = timedelta(days=14), timedelta(days=45), timedelta(days=60)
COORDINATING: Final = "Ủy ban nhân dân các xã, phường"


def reform_place(ground: Ground) -> None:
    """Plans with their tasks, inspections with their findings; nothing where the table tells of none."""
    told = _table()
    for plan in told["plans"]:
        if plan["place"] == ground.place.key:
            _plan(ground, plan)
    for plan in told["inspections"]:
        if plan["place"] == ground.place.key:
            _inspections(ground, plan)


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load((folder() / "reform.yaml").read_text("utf-8"))
    return table


def _plan(ground: Ground, told: dict[str, Any]) -> None:
    random = Random(f"{ground.seed}:{ground.place.key}:reform")  # noqa: S311 (a repeatable demo, not a secret)
    drafted = _at(told["signed"] - DRAFTED_BEFORE)
    leader = _one(ground, told["agency"], UnitFunction.LEADERS, drafted)
    units = ground.crews[told["agency"]].units
    plan = actions.write_plan(year=told["year"], title=told["title"], by=leader, at=drafted)
    said = [_said(row, units) for row in told["tasks"]]
    tasks = actions.add_tasks(plan.pk, said, by=leader, at=drafted)
    signed = _at(told["signed"])
    actions.issue_plan(plan.pk, number=told["number"], signed_on=told["signed"], by=leader, at=signed)
    for task, row in zip(tasks, told["tasks"], strict=True):
        _live(ground, told["agency"], task, row, random, since=told["signed"])


def _said(row: list[Any], units: dict[Any, str]) -> TaskSaid:
    area, function, deadline, content, product = row[:5]
    return TaskSaid(
        area=area, content=content, lead_unit_id=_unit(units, function), deadline=deadline, product=product,
        coordinating=COORDINATING,
    )  # fmt: skip


def _unit(units: dict[Any, str], function: str) -> UUID:
    return UUID(units[UnitFunction(function)])


def _live(ground: Ground, agency: str, task: PlanTask, row: list[Any], random: Random, *, since: date) -> None:
    fate: dict[str, Any] = row[5] if len(row) > 5 else {}
    function, deadline = UnitFunction(row[1]), task.deadline
    if "dropped" in fate:
        at = _at(_working(ground.calendar, deadline - timedelta(days=20)))
        leader = _one(ground, agency, UnitFunction.LEADERS, at)
        following.drop_task(task.pk, reason=fate["dropped"], seen=1, by=leader, at=at)
        return
    if "open" in fate:
        at = _at(_working(ground.calendar, deadline))
        by = _one(ground, agency, function, at)
        following.report_progress(task.pk, words=fate["open"], seen=1, by=by, at=at)
        return
    days = fate["late"] if "late" in fate else -random.randrange(EARLIEST_DONE)
    on = max(since, _working(ground.calendar, deadline + timedelta(days=days)))
    number = f"{random.randrange(20, 400)}/BC-UBND"
    following.mark_done(
        task.pk, on=on, evidence=f"Đã có: {task.product}", evidence_number=number, seen=1,
        by=_one(ground, agency, function, _at(on)), at=_at(on),
    )  # fmt: skip


def _inspections(ground: Ground, told: dict[str, Any]) -> None:
    drafted, signed = _at(told["signed"] - DRAFTED_BEFORE), told["signed"]
    leader = _one(ground, told["agency"], UnitFunction.LEADERS, drafted)
    known = {one.key: one for one in ground.place.agencies}
    communes = {key: Agency.objects.get(name=known[key].name, valid_from=known[key].first).pk
                for key in (visit["commune"] for visit in told["visits"])}  # fmt: skip
    plan = inspecting.write_inspection_plan(year=told["year"], by=leader, at=drafted)
    planned = [(communes[visit["commune"]], visit["held"]) for visit in told["visits"]]
    visits = inspecting.add_targets(plan.pk, planned, by=leader, at=drafted)
    inspecting.issue_inspection_plan(plan.pk, number=told["number"], signed_on=signed, by=leader, at=_at(signed))
    for number, (visit, row) in enumerate(zip(visits, told["visits"], strict=True), 1):
        on: date = row["held"]
        by = _one(ground, told["agency"], UnitFunction.LEADERS, _at(on))
        visiting.hold_inspection(visit.pk, on=on, by=by, at=_at(on))
        findings = [
            visiting.find(
                visit.pk, cause=cause, words=words, remedy=remedy, remedy_by=on + REMEDY_BY, by=by, at=_at(on)
            )
            for cause, words, remedy in row["findings"]
        ]
        concluded = on + CONCLUDED_AFTER
        visiting.conclude(visit.pk, on=concluded, number=f"{number:02d}/KL-ĐKT", by=by, at=_at(concluded))
        for post, people in row["people"]:
            visiting.admonish(visit.pk, post=post, people=people, by=by, at=_at(concluded))
        remedied = on + REMEDIED_AFTER
        for finding in findings:
            evidence = f"Xã đã làm: {finding.remedy.lower()}"
            visiting.remedy_finding(finding.pk, on=remedied, evidence=evidence, by=by, at=_at(remedied))


def _one(ground: Ground, agency: str, function: UnitFunction, at: datetime) -> ActingOfficial:
    role = WORKING_ROLES.get(function, Role.CASE_OFFICER)
    return acting(ground.crews[agency].hand(function, role.value, at, 0), at)


def _working(calendar: Calendar, day: date) -> date:
    """The day itself, or the last working day before it."""
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day


def _at(day: date) -> datetime:
    return datetime.combine(day, MORNING, OFFICE_TIME)
