"""The buttons on a dossier: one move each, by POST, against the step that the page was showing."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.dossiers.access import dossier_for
from motcua.dossiers.states import StaleMove
from motcua.people.access import ActingOfficial, official_of
from motcua.people.models import WORKERS, Role
from motcua.routing import actions
from motcua.worktime.rules import CalendarGap, CalendarMistake

LONGEST_NOTE = 600


def _step_of(request: HttpRequest) -> UUID:
    """The step the page showed; a page without one is stale."""
    try:
        return UUID(request.POST.get("step", ""))
    except ValueError as error:
        raise StaleMove from error


def _written(request: HttpRequest, name: str) -> str:
    """What was written beside the button, cut to what a step keeps: the fields allow no more."""
    return request.POST.get(name, "").strip()[:LONGEST_NOTE]


def _moved(
    request: HttpRequest, code: str, act: Callable[[UUID, ActingOfficial, UUID], str], *, then: str
) -> HttpResponse:
    """Do the move and say so; a stale page or foreign hands are said too, and nothing is half-done."""
    by = official_of(request)
    dossier = dossier_for(by, code)
    try:
        messages.success(request, act(_step_of(request), by, dossier.id))
    except (Refusal, CalendarGap, CalendarMistake) as refusal:
        messages.error(request, str(refusal))
        return redirect("dossier", dossier.code)
    return redirect(then) if then == "worklist" else redirect(then, dossier.code)


@require_POST
@officials(*WORKERS)
def take_step(request: HttpRequest, code: str) -> HttpResponse:
    def act(step: UUID, by: ActingOfficial, of: UUID) -> str:
        actions.take(step, by=by, at=timezone.now(), of=of)
        return _("Ông/bà đã nhận xử lý hồ sơ %(code)s.") % {"code": code}

    return _moved(request, code, act, then="dossier")


@require_POST
@officials(*WORKERS)
def release_step(request: HttpRequest, code: str) -> HttpResponse:
    def act(step: UUID, by: ActingOfficial, of: UUID) -> str:
        actions.release(step, by=by, at=timezone.now(), of=of)
        return _("Hồ sơ %(code)s đã về danh sách chung của đơn vị.") % {"code": code}

    return _moved(request, code, act, then="dossier")


@require_POST
@officials(Role.RECEIVER, Role.CASE_OFFICER, Role.RECORDS_CLERK)
def pass_on_step(request: HttpRequest, code: str) -> HttpResponse:
    def act(step: UUID, by: ActingOfficial, of: UUID) -> str:
        actions.pass_on(step, by=by, at=timezone.now(), of=of, note=_written(request, "note"))
        return _("Đã chuyển hồ sơ %(code)s sang bước tiếp theo.") % {"code": code}

    return _moved(request, code, act, then="worklist")


@require_POST
@officials(Role.APPROVER)
def approve_step(request: HttpRequest, code: str) -> HttpResponse:
    def act(step: UUID, by: ActingOfficial, of: UUID) -> str:
        actions.approve(step, by=by, at=timezone.now(), of=of, note=_written(request, "note"))
        return _("Đã duyệt hồ sơ %(code)s.") % {"code": code}

    return _moved(request, code, act, then="worklist")


@require_POST
@officials(*WORKERS)
def send_back_step(request: HttpRequest, code: str) -> HttpResponse:
    reason = _written(request, "reason")
    if not reason:
        messages.error(request, _("Ông/bà ghi rõ lý do trả lại rồi bấm lại. Hồ sơ chưa được chuyển."))
        return redirect("dossier", dossier_for(official_of(request), code).code)

    def act(step: UUID, by: ActingOfficial, of: UUID) -> str:
        actions.send_back(step, reason=reason, by=by, at=timezone.now(), of=of)
        return _("Đã trả lại hồ sơ %(code)s cho bước trước, kèm lý do.") % {"code": code}

    return _moved(request, code, act, then="worklist")
