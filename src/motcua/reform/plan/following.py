"""What becomes of the tasks of an issued plan: reported, done with evidence, dropped with a reason, taken up again."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.core.events import Actor, record
from motcua.people.access import ActingOfficial
from motcua.reform.access import require_leader, require_reporter
from motcua.reform.models import PlanTask, TaskState
from motcua.reform.plan.locking import locked_task
from motcua.reform.plan.states import REOPENED, move
from motcua.reform.refusals import PlanRefused


def report_progress(task_id: UUID, *, words: str, seen: int, by: ActingOfficial, at: datetime) -> None:
    """Say how far it is. Raises `NotYours`, `PlanRefused` without words, `StaleTask`."""
    if not words.strip():
        raise PlanRefused(_("Ông/bà ghi đã làm đến đâu."))
    with transaction.atomic():
        task, actor = _followed(task_id, by)
        move(task.pk, TaskState.IN_PROGRESS, seen=seen, progress=words.strip())
        _tell(task, "task_reported", by=actor, at=at, progress=words.strip())


def mark_done(
    task_id: UUID, *, on: date, evidence: str, evidence_number: str = "", seen: int, by: ActingOfficial, at: datetime
) -> None:
    """It is done, and this proves it. In time or late follows from the day.

    Raises `NotYours`, `PlanRefused` (no evidence, a day before the plan or to come), `StaleTask` for who comes second.
    """
    if not evidence.strip():
        raise PlanRefused(_("Ông/bà ghi minh chứng: văn bản, báo cáo hoặc kết quả nào cho thấy việc đã xong."))
    if on > localdate(at):
        raise PlanRefused(_("Ngày hoàn thành ở sau hôm nay. Ông/bà ghi ngày việc đã xong."))
    with transaction.atomic():
        task, actor = _followed(task_id, by)
        if task.plan.signed_on is not None and on < task.plan.signed_on:
            raise PlanRefused(
                _("Ngày hoàn thành trước ngày ký kế hoạch %(signed)s.") % {"signed": f"{task.plan.signed_on:%d/%m/%Y}"}
            )
        said: dict[str, Any] = {"evidence": evidence.strip(), "evidence_number": evidence_number.strip()}
        move(task.pk, TaskState.DONE, seen=seen, done_on=on, **said)
        _tell(task, "task_done", by=actor, at=at, done_on=on.isoformat(), **said)


def drop_task(task_id: UUID, *, reason: str, seen: int, by: ActingOfficial, at: datetime) -> None:
    """A leader takes the task off, and says why. Raises `NotYours`, `PlanRefused` without a reason, `StaleTask`."""
    if not reason.strip():
        raise PlanRefused(_("Ông/bà ghi vì sao thôi không làm nhiệm vụ này."))
    require_leader(by)
    with transaction.atomic():
        task, _reporter = _followed(task_id, by)
        move(task.pk, TaskState.DROPPED, seen=seen, dropped_reason=reason.strip())
        _tell(task, "task_dropped", by=require_leader(by), at=at, reason=reason.strip())


def reopen_task(task_id: UUID, *, reason: str, seen: int, by: ActingOfficial, at: datetime) -> None:
    """A leader finds that it was not done, or is to be done after all. Raises as `drop_task`."""
    if not reason.strip():
        raise PlanRefused(_("Ông/bà ghi vì sao mở lại nhiệm vụ này."))
    actor = require_leader(by)
    with transaction.atomic():
        task, _reporter = _followed(task_id, by)
        cleared: dict[str, Any] = {"done_on": None, "evidence": "", "evidence_number": "", "dropped_reason": ""}
        move(task.pk, TaskState.IN_PROGRESS, seen=seen, sources=REOPENED, **cleared)
        _tell(task, "task_reopened", by=actor, at=at, reason=reason.strip())


def _followed(task_id: UUID, by: ActingOfficial) -> tuple[PlanTask, Actor]:
    """The task of an issued plan, locked, and how the log names who acts. Raises `NotYours`, `PlanRefused`."""
    task = locked_task(task_id, by)
    actor = require_reporter(by, task)
    if not task.plan.is_issued:
        raise PlanRefused(_("Kế hoạch chưa ban hành. Nhiệm vụ được theo dõi sau khi ban hành."))
    return task, actor


def _tell(task: PlanTask, what: str, *, by: Actor, at: datetime, **after: Any) -> None:
    record(
        kind=f"plan.{what}", subject=("plan", task.plan_id), by=by, at=at, agency_id=task.plan.agency_id,
        before={"state": task.state}, after={"task": str(task.pk), **after},
    )  # fmt: skip
