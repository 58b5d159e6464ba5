"""What is done with a plan before it counts: drafted, its tasks written down, issued under a number."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.core.events import Actor, record
from motcua.people.access import ActingOfficial
from motcua.reform.access import require_keeper, require_leader
from motcua.reform.models import Plan, PlanState, PlanTask
from motcua.reform.plan.locking import locked_plan, locked_task
from motcua.reform.plan.saying import TaskSaid, require_sound, said_of, there_already
from motcua.reform.plan.states import OPEN
from motcua.reform.refusals import PlanRefused, StalePlan, StaleTask
from motcua.reform.years import year_fault

MOST_TASKS = 1000
Written = TypeVar("Written")


def write_plan(*, year: int, title: str, by: ActingOfficial, at: datetime) -> Plan:
    """Begin the draft of a year's plan. Raises `NotYours`, and `PlanRefused` when the year has one or cannot have."""
    actor = require_keeper(by)
    said = _said(year, title, by)
    with transaction.atomic():
        plan = _once(year, lambda: Plan.objects.create(
            agency_id=by.agency_id, drafted_by_id=by.id, drafted_at=at, **said))  # fmt: skip
        _tell(plan, "drafted", by=actor, at=at, after=said)
    return plan


def correct_plan(plan_id: UUID, *, year: int, title: str, by: ActingOfficial, at: datetime) -> None:
    """Change year or title of a draft; its tasks must fit the year. Raises `NotYours`, `PlanRefused`, `StalePlan`."""
    actor = require_keeper(by)
    said = _said(year, title, by)
    with transaction.atomic():
        plan = locked_plan(plan_id, by)
        if plan.is_issued:
            raise StalePlan
        before = {"year": plan.year, "title": plan.title}
        plan.year = year
        require_sound([said_of(task) for task in plan.tasks.all()], plan)
        _once(year, lambda: Plan.objects.filter(pk=plan.pk, state=PlanState.DRAFT).update(**said))
        _tell(plan, "corrected", by=actor, at=at, before=before, after=said)


def add_tasks(
    plan_id: UUID, several: Sequence[TaskSaid], *, by: ActingOfficial, at: datetime, basis: str = ""
) -> list[PlanTask]:
    """Write tasks down, all or none. Once the plan is issued only a leader may, under the document `basis`.

    Raises `NotYours`, `PlanRefused` (one of them stands in the plan already, or cannot be), `StalePlan`.
    """
    actor = require_keeper(by)
    with transaction.atomic():
        plan = locked_plan(plan_id, by)
        actor, basis = _changing(plan, basis, by, actor)
        require_sound(list(several), plan)
        _require_new(plan, several)
        last: int = plan.tasks.aggregate(last=Max("ordinal"))["last"] or 0
        if plan.tasks.count() + len(several) > MOST_TASKS:
            raise PlanRefused(_("Một kế hoạch có nhiều nhất %(most)d nhiệm vụ.") % {"most": MOST_TASKS})
        tasks = PlanTask.objects.bulk_create(
            PlanTask(plan=plan, ordinal=ordinal, basis=basis, **said.columns())
            for ordinal, said in enumerate(several, last + 1)
        )
        after: dict[str, Any] = {"tasks": {str(task.pk): task.ordinal for task in tasks}}
        _tell(plan, "tasks_added", by=actor, at=at, after=after | ({"basis": basis} if basis else {}))
    return tasks


def correct_task(
    task_id: UUID, said: TaskSaid, *, seen: int, by: ActingOfficial, at: datetime, basis: str = ""
) -> None:
    """Write a task anew. Once the plan is issued only a leader may, under the document `basis`, while it is open.

    Raises `NotYours`, `PlanRefused`, `StaleTask`.
    """
    actor = require_keeper(by)
    with transaction.atomic():
        task = locked_task(task_id, by)
        actor, basis = _changing(task.plan, basis, by, actor)
        require_sound([said], task.plan)
        columns = said.columns()
        before = {name: str(getattr(task, name) or "") for name in columns if getattr(task, name) != columns[name]}
        rows = PlanTask.objects.filter(pk=task.pk, revision=seen, state__in=OPEN)
        if rows.update(revision=F("revision") + 1, basis=basis or task.basis, **columns) != 1:
            raise StaleTask
        after = {name: str(columns[name] or "") for name in before} | ({"basis": basis} if basis else {})
        _tell(task.plan, "task_corrected", by=actor, at=at, before=before, after={"task": str(task.pk), **after})


def remove_task(task_id: UUID, *, seen: int, by: ActingOfficial, at: datetime) -> None:
    """Take a task out of a draft. Raises `NotYours`, `StaleTask`; of an issued plan a task is only dropped."""
    actor = require_keeper(by)
    with transaction.atomic():
        task = locked_task(task_id, by)
        if task.plan.is_issued:
            raise PlanRefused(_("Kế hoạch đã ban hành: nhiệm vụ không xóa được, lãnh đạo chỉ thôi thực hiện."))
        if PlanTask.objects.filter(pk=task.pk, revision=seen).delete()[0] != 1:
            raise StaleTask
        before = {"task": str(task.pk), "ordinal": task.ordinal, "content": task.content}
        _tell(task.plan, "task_removed", by=actor, at=at, before=before)


def issue_plan(plan_id: UUID, *, number: str, signed_on: date, by: ActingOfficial, at: datetime) -> None:
    """The leader issues the plan: from now on tasks change only by recorded acts, and anybody may read it.

    Raises `NotYours`, `PlanRefused` (no tasks, deadlines before the signature), `StalePlan`.
    """
    actor = require_leader(by)
    if not number.strip():
        raise PlanRefused(_("Ông/bà ghi số, ký hiệu của kế hoạch."))
    with transaction.atomic():
        plan = locked_plan(plan_id, by)
        if plan.is_issued:
            raise StalePlan
        _require_signed(plan, signed_on, localdate(at))
        deadlines = list(plan.tasks.order_by("ordinal").values_list("ordinal", "deadline"))
        if not deadlines:
            raise PlanRefused(_("Kế hoạch chưa có nhiệm vụ nào. Ông/bà thêm nhiệm vụ trước khi ban hành."))
        early = [str(ordinal) for ordinal, deadline in deadlines if deadline < signed_on]
        if early:
            raise PlanRefused(
                _("Các nhiệm vụ sau có hạn trước ngày ký kế hoạch, ông/bà sửa hạn: %(tasks)s.")
                % {"tasks": ", ".join(early)}
            )
        said: dict[str, Any] = {"number": number.strip(), "signed_on": signed_on}
        Plan.objects.filter(pk=plan.pk, state=PlanState.DRAFT).update(
            state=PlanState.ISSUED, issued_by_id=by.id, issued_at=at, **said
        )
        after = {"number": number.strip(), "signed_on": signed_on.isoformat(), "tasks": len(deadlines)}
        _tell(plan, "issued", by=actor, at=at, before={"state": "draft"}, after={"state": "issued", **after})


def _require_new(plan: Plan, several: Sequence[TaskSaid]) -> None:
    """Sent twice, a task is counted once."""
    there = there_already(plan)
    for said in several:
        if said.key in there:
            raise PlanRefused(_("Kế hoạch đã có nhiệm vụ này: cùng nội dung, đơn vị chủ trì và hạn hoàn thành."))
        there.add(said.key)


def _changing(plan: Plan, basis: str, by: ActingOfficial, keeper: Actor) -> tuple[Actor, str]:
    """Who changes the tasks, and under which document: none while the plan is a draft."""
    if not plan.is_issued:
        return keeper, ""
    leader = require_leader(by)
    if not basis.strip():
        raise PlanRefused(_("Kế hoạch đã ban hành. Ông/bà ghi số văn bản bổ sung, điều chỉnh nhiệm vụ."))
    return leader, basis.strip()


def _said(year: int, title: str, by: ActingOfficial) -> dict[str, Any]:
    if fault := year_fault(by.agency_id, year):
        raise PlanRefused(fault)
    if not title.strip():
        raise PlanRefused(_("Ông/bà ghi trích yếu của kế hoạch."))
    return {"year": year, "title": title.strip()}


def _require_signed(plan: Plan, signed_on: date, today: date) -> None:
    """Not before the autumn of the year before, not after today, in the plan's year at the latest."""
    if signed_on > today:
        raise PlanRefused(_("Ngày ký ở sau hôm nay. Ông/bà ban hành khi kế hoạch đã được ký."))
    if not date(plan.year - 1, 9, 1) <= signed_on <= date(plan.year, 12, 31):
        raise PlanRefused(
            _("Ngày ký phải từ 01/09/%(before)d đến 31/12/%(year)d, vì kế hoạch là của năm %(year)d.")
            % {"before": plan.year - 1, "year": plan.year}
        )


def _once(year: int, write: Callable[[], Written]) -> Written:
    """Write under the rule that an agency has one plan a year. Raises `PlanRefused` with the way out."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as twice:
        raise PlanRefused(
            _("Năm %(year)d cơ quan đã có kế hoạch. Ông/bà mở kế hoạch ấy để sửa hoặc bổ sung nhiệm vụ.")
            % {"year": year}
        ) from twice


def _tell(plan: Plan, what: str, *, by: Actor, at: datetime, **changes: Any) -> None:
    record(kind=f"plan.{what}", subject=("plan", plan.pk), by=by, at=at, agency_id=plan.agency_id, **changes)
