"""Asking, being asked, answering: what each side sees of a question."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.dossiers.access import dossier_for
from motcua.dossiers.models import DossierComponent
from motcua.people.access import ActingOfficial, official_of
from motcua.people.models import WORKERS
from motcua.routing.actions.steps import NotYours
from motcua.routing.consultations import actions
from motcua.routing.consultations.access import consultation_for, is_asked, may_close, own_consultation
from motcua.routing.consultations.forms import AnswerForm, ConsultForm, LetterForm
from motcua.routing.consultations.models import Consultation, Opinion
from motcua.routing.consultations.panel import asking_step
from motcua.routing.consultations.queries import agencies_to_ask, closed_for, units_to_ask, waiting_for
from motcua.routing.forms import ReasonForm
from motcua.routing.queries import StepRow, steps_of
from motcua.routing.views.worklists import PAGE_ROWS, page_number
from motcua.worktime.rules import CalendarGap


@officials(*WORKERS)
def consultations(request: HttpRequest) -> HttpResponse:
    """What waits for my units' opinion, the most urgent first; what was answered on the second page of two."""
    by, at, number = official_of(request), timezone.now(), page_number(request)
    closed = request.GET.get("view") == "closed"
    first = (number - 1) * PAGE_ROWS
    rows = list((closed_for(by) if closed else waiting_for(by))[first : first + PAGE_ROWS + 1])
    return render(
        request,
        "routing/consultations.html",
        {"rows": rows[:PAGE_ROWS], "closed": closed, "page": number, "has_next": len(rows) > PAGE_ROWS, "at": at},
    )


@officials(*WORKERS)
def consultation(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """One question: who was asked answers it here; the asking office sees it, and writes down a letter from outside."""
    by, at = official_of(request), timezone.now()
    found = consultation_for(by, consultation_id)
    form = _answer_form(by, found, request) if found.is_open else None
    if request.method == "POST":
        if form is None:
            messages.error(request, _("Câu hỏi này không còn chờ ông/bà trả lời; câu trả lời chưa ghi."))
            return redirect("consultation", found.pk)
        if form.is_valid() and _answered(request, form, found, by):
            return redirect("dossier", found.dossier.code) if found.outside_name else redirect("consultations")
    same_office = found.dossier.agency_id == by.agency_id
    return render(
        request,
        "routing/consultation.html",
        {
            "consultation": found,
            "form": form,
            "same_office": same_office,
            "past_due": found.is_open and found.due_at < at,
            "papers": DossierComponent.objects.filter(dossier_id=found.dossier_id)
            .order_by("component__position").values_list("component__name", flat=True),
        },
        status=422 if form is not None and form.errors else 200,
    )  # fmt: skip


def _answer_form(by: ActingOfficial, found: Consultation, request: HttpRequest) -> AnswerForm | None:
    sent = request.POST if request.method == "POST" else None
    if found.outside_name:
        return LetterForm(sent) if may_close(by, found) else None
    return AnswerForm(sent) if is_asked(by, found) else None


def _answered(request: HttpRequest, form: AnswerForm, found: Consultation, by: ActingOfficial) -> bool:
    """Write the answer; a refusal is said on the form."""
    said: dict[str, Any] = {**form.cleaned_data, "by": by, "at": timezone.now()}
    opinion = Opinion(said.pop("opinion"))
    try:
        if found.outside_name:
            actions.record_letter(found.pk, opinion, **said)
        else:
            actions.answer(found.pk, opinion, **said)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Đã ghi ý kiến về hồ sơ %(code)s.") % {"code": found.dossier.code})
    return True


@officials(*WORKERS)
def consult(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for an opinion about a dossier from the step one has in hand."""
    by, at = official_of(request), timezone.now()
    found = dossier_for(by, code)
    step = asking_step(by, found, steps_of(found.id), at)
    if step is None:
        messages.error(request, _("Chỉ người đang giữ bước của hồ sơ đang xử lý mới hỏi ý kiến được."))
        return redirect("dossier", found.code)
    units = list(units_to_ask(by.agency_id, but=step.unit_id, at=at).values_list("pk", "name"))
    agencies = list(agencies_to_ask(by.agency_id, at=at).values_list("pk", "short_name"))
    form = ConsultForm(units, agencies, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _consulted(request, form, step, found.id, by):
        return redirect("dossier", found.code)
    return _form_page(
        request, form, dossier=found, step=step, title=_("Lấy ý kiến"), button=_("Gửi câu hỏi"),
        lead=_("Thời hạn của hồ sơ vẫn chạy trong lúc chờ ý kiến. Hạn trả lời tính theo giờ làm việc của cơ quan."),
    )  # fmt: skip


def _consulted(request: HttpRequest, form: ConsultForm, step: StepRow, dossier_id: UUID, by: ActingOfficial) -> bool:
    try:
        asked = actions.consult(
            _shown_step(request) or step.id, form.question(), by=by, at=timezone.now(),
            even_if_late=form.cleaned_data["even_if_late"], of=dossier_id,
        )  # fmt: skip
    except actions.MakesLate as late:
        form.add_error("even_if_late", str(late))
        return False
    except (Refusal, CalendarGap) as refusal:
        form.add_error(None, str(refusal))
        return False
    due = timezone.localtime(asked.due_at)
    messages.success(
        request, _("Đã hỏi ý kiến %(who)s, hạn %(due)s.") % {"who": asked.asked, "due": f"{due:%H:%M %d/%m/%Y}"}
    )
    return True


@officials(*WORKERS)
def withdraw(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """No longer ask, with the reason."""
    by = official_of(request)
    found = own_consultation(by, consultation_id)
    if not found.is_open or not may_close(by, found):
        messages.error(request, _("Câu hỏi này đã xong, hoặc do người khác hỏi, nên ông/bà không thôi hỏi được."))
        return redirect("dossier", found.dossier.code)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(found.pk, reason=form.cleaned_data["reason"], by=by, at=timezone.now())
        except NotYours as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thôi hỏi ý kiến %(who)s.") % {"who": found.asked})
            return redirect("dossier", found.dossier.code)
    return _form_page(
        request, form, dossier=found.dossier, step=None, title=_("Thôi hỏi ý kiến"), button=_("Thôi hỏi"), grave=True,
        lead=_("Nơi được hỏi thấy câu hỏi đã thôi. Câu hỏi và lý do vẫn ở trong diễn biến của hồ sơ."),
    )  # fmt: skip


def _form_page(request: HttpRequest, form: forms.Form, **shown: Any) -> HttpResponse:
    return render(
        request, "routing/consultation_form.html", {"form": form, **shown}, status=422 if form.errors else 200
    )


def _shown_step(request: HttpRequest) -> UUID | None:
    """The step the page showed."""
    try:
        return UUID(request.POST.get("step", ""))
    except ValueError:
        return None
