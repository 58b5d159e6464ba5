"""The life of a task as data, and the one way to move along it: by compare-and-set of what the page showed."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import F

from motcua.reform.models import PlanTask, TaskState
from motcua.reform.refusals import StaleTask

OPEN: Final = (TaskState.NOT_BEGUN, TaskState.IN_PROGRESS)
CHART: Final[Mapping[str, tuple[TaskState, ...]]] = {
    TaskState.NOT_BEGUN: OPEN,
    TaskState.IN_PROGRESS: OPEN,
    TaskState.DONE: OPEN,
    TaskState.DROPPED: OPEN,
}
"""To each state the states it may be reached from. Reopened is `IN_PROGRESS` from where it had ended: `REOPENED`."""
REOPENED: Final = (TaskState.DONE, TaskState.DROPPED)


def move(
    task_id: UUID, to: TaskState, *, seen: int, sources: tuple[TaskState, ...] | None = None, **columns: Any
) -> None:
    """Write the state and its columns on the task as it was seen. Raises `StaleTask` when somebody was faster."""
    rows = PlanTask.objects.filter(pk=task_id, revision=seen, state__in=CHART[to] if sources is None else sources)
    if rows.update(state=to, revision=F("revision") + 1, **columns) != 1:
        raise StaleTask
