"""One task: what it says, what happened to it, and the acts on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.people.access import ActingOfficial, official_of
from motcua.people.overseeing import OVERSEERS
from motcua.reform.access import READERS, keeps, leads, plans_read_by, reports, tasks_read_by
from motcua.reform.facts import areas_of, name_of
from motcua.reform.models import PlanTask
from motcua.reform.plan import actions, following
from motcua.reform.plan.forms import DoneForm, ProgressForm, TaskForm, WhyForm, told_of
from motcua.reform.plan.queries import history_of, row_of
from motcua.reform.plan.states import OPEN
from motcua.reform.refusals import StaleTask
from motcua.reform.revisions import revision_seen

HAPPENED: Final = {
    "plan.tasks_added": gettext_lazy("Ghi nhiệm vụ"),
    "plan.task_corrected": gettext_lazy("Sửa nhiệm vụ"),
    "plan.task_reported": gettext_lazy("Báo cáo tiến độ"),
    "plan.task_done": gettext_lazy("Ghi đã xong"),
    "plan.task_dropped": gettext_lazy("Thôi không làm"),
    "plan.task_reopened": gettext_lazy("Mở lại nhiệm vụ"),
}
_SAYING: Final = ("basis", "progress", "evidence_number", "evidence", "reason")
"""What of an event is read out."""


@dataclass(frozen=True, slots=True)
class Act:
    """What may be done with a task on a page of its own."""

    form: type[forms.Form]
    write: Callable[..., None]
    heading: Any
    button: Any
    done: Any
    by_leader: bool = False
    when_ended: bool = False

    def is_open_to(self, by: ActingOfficial, task: PlanTask) -> bool:
        """Whether he may do it now; the action asks again."""
        is_open = task.state in OPEN
        if not task.plan.is_issued or is_open == self.when_ended:
            return False
        return leads(by) if self.by_leader else reports(by, task)


ACTS: Final = {
    "report": Act(
        ProgressForm, following.report_progress, gettext_lazy("Báo cáo tiến độ"), gettext_lazy("Ghi tiến độ"),
        gettext_lazy("Đã ghi tiến độ."),
    ),
    "done": Act(
        DoneForm, following.mark_done, gettext_lazy("Ghi đã xong"), gettext_lazy("Ghi đã xong"),
        gettext_lazy("Đã ghi nhiệm vụ xong."),
    ),
    "drop": Act(
        WhyForm, following.drop_task, gettext_lazy("Thôi không làm"), gettext_lazy("Thôi không làm nhiệm vụ"),
        gettext_lazy("Đã ghi thôi không làm."), by_leader=True,
    ),
    "reopen": Act(
        WhyForm, following.reopen_task, gettext_lazy("Mở lại nhiệm vụ"), gettext_lazy("Mở lại nhiệm vụ"),
        gettext_lazy("Đã mở lại nhiệm vụ."), by_leader=True, when_ended=True,
    ),
}  # fmt: skip
"""Each stands at `reform/tasks/…/<its name>/`."""


@officials(*READERS)
def task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """What the task says and what happened to it."""
    by = official_of(request)
    found = _found(request, task_id)
    is_keeper = keeps(by)
    corrects = found.state in OPEN and (leads(by) if found.plan.is_issued else is_keeper)
    acts = [(f"reform-task-{name}", act.heading) for name, act in ACTS.items() if act.is_open_to(by, found)]
    context = {
        "row": row_of(found, timezone.localdate()), "task": found, "plan": found.plan, "acts": acts,
        "area": name_of(areas_of(found.plan.year), found.area), "corrects": corrects,
        "removes": is_keeper and not found.plan.is_issued, "history": [_told(event) for event in history_of(found)],
    }  # fmt: skip
    return render(request, "reform/task.html", context)


def _told(event: Any) -> dict[str, Any]:
    said = [str(event.after[name]) for name in _SAYING if (event.after or {}).get(name)]
    return {"at": event.at, "who": event.actor_name, "what": HAPPENED.get(event.kind, event.kind), "said": said}


def _act(request: HttpRequest, task_id: UUID, name: str) -> HttpResponse:
    """The page of one act. Who was slower reads so, with what he typed, and may send it again."""
    act, by = ACTS[name], official_of(request)
    found = _found(request, task_id)
    form, seen = act.form(request.POST or None), _kept(request)
    if request.method == "POST" and form.is_valid():
        try:
            act.write(found.pk, **form.cleaned_data, seen=revision_seen(request), by=by, at=timezone.now())
        except StaleTask as stale:
            form.add_error(None, str(stale))
            found, seen = _found(request, task_id), None
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, str(act.done))
            return redirect("reform-task", found.pk)
    if not act.is_open_to(by, found):
        refused = _("Nhiệm vụ này không ở tình trạng làm việc ấy được, hoặc việc ấy của người khác.")
        messages.error(request, "; ".join(map(str, form.non_field_errors())) or refused)
        return redirect("reform-task", found.pk)
    context = {
        "form": form, "task": found, "plan": found.plan, "act": act, "row": row_of(found, timezone.localdate()),
        "seen": found.revision if seen is None else seen,
    }  # fmt: skip
    return render(request, "reform/task_act.html", context, status=422 if form.errors else 200)


@officials(*READERS)
def report(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """How far it is."""
    return _act(request, task_id, "report")


@officials(*READERS)
def done(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """It is done, with evidence."""
    return _act(request, task_id, "done")


@officials(*OVERSEERS)
def drop(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """A leader takes it off."""
    return _act(request, task_id, "drop")


@officials(*OVERSEERS)
def reopen(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """A leader takes it up again."""
    return _act(request, task_id, "reopen")


@officials(*OVERSEERS)
def new_task(request: HttpRequest, reform_plan_id: UUID) -> HttpResponse:
    """Write a task down; once the plan is issued only a leader, under a document."""
    by = official_of(request)
    plan = get_object_or_404(plans_read_by(by), pk=reform_plan_id)
    if not (leads(by) if plan.is_issued else keeps(by)):
        messages.error(request, _("Kế hoạch đã ban hành: lãnh đạo cơ quan mới bổ sung nhiệm vụ."))
        return redirect("reform-plan", plan.pk)
    form = TaskForm(plan, request.POST or None)
    if request.method == "POST" and form.is_valid():
        basis = form.cleaned_data.get("basis", "")
        try:
            actions.add_tasks(plan.pk, [form.said()], by=by, at=timezone.now(), basis=basis)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thêm nhiệm vụ."))
            return redirect("reform-plan", plan.pk)
    context = {"form": form, "plan": plan, "heading": _("Thêm nhiệm vụ")}
    return render(request, "reform/task_form.html", context, status=422 if form.errors else 200)


@officials(*OVERSEERS)
def correct_task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Write a task anew."""
    by = official_of(request)
    found = _found(request, task_id)
    if found.state not in OPEN or not (leads(by) if found.plan.is_issued else keeps(by)):
        messages.error(request, _("Nhiệm vụ này không sửa được nữa, hoặc chỉ lãnh đạo sửa được sau khi ban hành."))
        return redirect("reform-task", found.pk)
    form, seen = TaskForm(found.plan, request.POST or None, initial=told_of(found)), _kept(request)
    if request.method == "POST" and form.is_valid():
        basis, at = form.cleaned_data.get("basis", ""), timezone.now()
        try:
            actions.correct_task(found.pk, form.said(), seen=revision_seen(request), by=by, at=at, basis=basis)
        except StaleTask as stale:
            form.add_error(None, str(stale))
            found, seen = _found(request, task_id), None
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã sửa nhiệm vụ."))
            return redirect("reform-task", found.pk)
    context = {
        "form": form, "plan": found.plan, "task": found, "heading": _("Sửa nhiệm vụ"),
        "seen": found.revision if seen is None else seen,
    }  # fmt: skip
    return render(request, "reform/task_form.html", context, status=422 if form.errors else 200)


@require_POST
@officials(*OVERSEERS)
def remove_task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Take a task out of a draft."""
    by = official_of(request)
    found = _found(request, task_id)
    try:
        actions.remove_task(found.pk, seen=revision_seen(request), by=by, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("reform-task", found.pk)
    messages.success(request, _("Đã bỏ nhiệm vụ khỏi dự thảo."))
    return redirect("reform-plan", found.plan_id)


def _kept(request: HttpRequest) -> int | None:
    """The revision a page that is shown again goes on showing: a slip of the pen must not hide what others did."""
    return revision_seen(request) if request.method == "POST" else None


def _found(request: HttpRequest, task_id: UUID) -> PlanTask:
    """The task, for who may read its plan. Raises `Http404`."""
    rows = tasks_read_by(official_of(request)).select_related("plan__agency", "lead_unit", "owner")
    return get_object_or_404(rows, pk=task_id)
