"""The desk before a dossier: what waits for an answer, a letter written down, the answer given."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalogue.queries import OfferedVersion, version_by_id
from motcua.catalogue.rules import ComponentLine
from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.documents.papers.access import handed_in
from motcua.dossiers.states import State
from motcua.intake.from_home import sent_for, sent_from_home
from motcua.intake.models import HomeSupplement, Submission
from motcua.intake.online.rules import lacking_told
from motcua.intake.online.sending import declared, mandate_behind, running_alike
from motcua.intake.online.supplementing import say_fault
from motcua.intake.phrases import answer_standing
from motcua.intake.queries import submission_counts, submission_for, submissions
from motcua.intake.rules import missing_papers
from motcua.intake.screens.confirmed import confirmed_at
from motcua.intake.submission_forms import AcceptForm, AskForm, FaultForm, GroundsForm, MorePapersForm, WithdrawForm
from motcua.intake.submissions import StaleSubmission, accept, add_papers, ask_papers, papers_of, refuse, withdraw
from motcua.intake.submissions.asking import askable_answers, askable_papers, resent
from motcua.intake.submissions.mending import proposed, questions_asked, replaced
from motcua.payments.refunds.queries import orders_told
from motcua.people.access import ActingOfficial, official_of
from motcua.people.models import Role
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import CalendarGap, CalendarMistake

PAGE_ROWS = 50
LISTS = ("waiting", "asked", "refused")


@officials(Role.RECEIVER)
def waiting_submissions(request: HttpRequest) -> HttpResponse:
    """What waits for the desk's answer, the most urgent first; what waits for papers; what was refused."""
    by, at = official_of(request), timezone.now()
    chosen = request.GET.get("list", LISTS[0])
    if chosen not in LISTS:
        raise Http404
    text = request.GET.get("page", "1")
    page = max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    rows = submissions(by, chosen, limit=PAGE_ROWS + 1, offset=(page - 1) * PAGE_ROWS)
    calendar, counts = calendar_for(by.calendar_code), submission_counts(by.agency_id, at=at)
    return render(
        request,
        "intake/submissions.html",
        {
            "chosen": chosen,
            "rows": [(row, answer_standing(row.answer_due_at, at=at, calendar=calendar)) for row in rows[:PAGE_ROWS]],
            "tabs": [
                ("waiting", _("Chờ trả lời"), counts.waiting),
                ("asked", _("Chờ giấy tờ bổ sung"), counts.asked),
                ("refused", _("Đã từ chối"), None),
            ],
            "late": counts.late,
            "sent_home": sent_from_home(by.agency_id) if counts.from_home else (),
            "page": page,
            "has_next": len(rows) > PAGE_ROWS,
        },
    )


@officials(Role.RECEIVER)
def submission(request: HttpRequest, number: str) -> HttpResponse:
    """One filing: what was declared, and the answer. One address for the page and every answer to it."""
    by, at = official_of(request), timezone.now()
    found = submission_for(by, number)
    offered = version_by_id(found.version_id)
    if request.method != "POST":
        asks = "ask" in request.GET and found.state == State.SUBMITTED and found.asked_at is None
        return _page(request, found, offered, _answers(found, offered), at, chosen="ask" if asks else "")
    chosen = request.POST.get("answer", "")
    if chosen not in ANSWERS:
        raise Http404
    answers = _answers(found, offered, chosen, request)
    form = answers[chosen]
    if form.is_valid():
        try:
            where, said = ANSWERS[chosen](form, found, by, at)
        except StaleSubmission as stale:
            messages.error(request, str(stale))
            return redirect("submission", found.number)
        except (Refusal, CalendarGap, CalendarMistake) as fault:
            form.add_error(None, str(fault))
        else:
            if said:
                messages.success(request, said)
            return redirect(where)
    return _page(request, found, offered, answers, at, chosen=chosen, status=422)


Done = tuple[str, str]


def _accept(form: Any, found: Submission, by: ActingOfficial, at: datetime) -> Done:
    opened = accept(found.id, by=by, at=at)
    return reverse("dossier", args=(opened.code,)) + "?received", ""


def _ask(form: Any, found: Submission, by: ActingOfficial, at: datetime) -> Done:
    ask_papers(found.id, form.demands(), reason=form.cleaned_data["reason"], by=by, at=at)
    return _here(found), _("Đã ghi yêu cầu bổ sung. Ông/bà in phiếu gửi người nộp.")


def _add(form: Any, found: Submission, by: ActingOfficial, at: datetime) -> Done:
    add_papers(found.id, form.chosen(), by=by, at=at)
    return _here(found), _("Đã ghi phần vừa nhận thêm.")


def _refuse(form: Any, found: Submission, by: ActingOfficial, at: datetime) -> Done:
    values = form.cleaned_data
    refuse(found.id, reason=values["reason"], legal_basis=values["legal_basis"], by=by, at=at)
    return _here(found), _("Đã từ chối tiếp nhận. Ông/bà in phiếu từ chối gửi người nộp.")


def _withdraw(form: Any, found: Submission, by: ActingOfficial, at: datetime) -> Done:
    wish = form.cleaned_data["reason"]
    withdraw(found.id, agency_id=by.agency_id, by=by.actor, at=at, reason=wish, written_by=by.id)
    return _here(found), _("Đã ghi nhận người nộp rút hồ sơ.")


def _fault(form: Any, found: Submission, by: ActingOfficial, at: datetime) -> Done:
    say_fault(sent_for(submission_id=found.id), form.cleaned_data["reason"], by=by, at=at)
    return _here(found), _("Đã báo người nộp chỗ chưa được.")


ANSWERS: dict[str, Callable[[Any, Submission, ActingOfficial, datetime], Done]] = {
    "accept": _accept, "ask": _ask, "papers": _add, "refuse": _refuse, "withdraw": _withdraw,
    "fault": _fault,
}  # fmt: skip


def _here(found: Submission) -> str:
    return reverse("submission", args=(found.number,))


def _answers(
    found: Submission, offered: OfferedVersion, chosen: str = "", request: HttpRequest | None = None
) -> dict[str, forms.Form]:
    """A form for each answer; the chosen one holds what was typed."""

    def typed(name: str) -> Any:
        return request.POST if request is not None and name == chosen else None

    missing, here = askable_papers(found, offered)
    sent = sent_for(submission_id=found.id)
    return {
        "accept": AcceptForm(typed("accept"), prefix="accept"),
        "ask": AskForm(missing, here, askable_answers(found), typed("ask"), prefix="ask"),
        "papers": MorePapersForm(
            [*resent(found, offered), *missing], typed("papers"), prefix="papers",
            initial={"papers": _sent_lines(sent)}, answers_came=sent is not None and bool(sent.answers),
        ),
        "fault": FaultForm(typed("fault"), prefix="fault"),
        "refuse": GroundsForm(typed("refuse"), prefix="refuse"),
        "withdraw": WithdrawForm(typed("withdraw"), prefix="withdraw"),
    }  # fmt: skip


def _sent_lines(sent: HomeSupplement | None) -> list[str]:
    """The papers that came from home and wait: ticked beforehand, for the desk to look at."""
    return [] if sent is None else [line for line, papers in sent.papers.items() if papers]


def _page(
    request: HttpRequest,
    found: Submission,
    offered: OfferedVersion,
    answers: dict[str, forms.Form],
    at: datetime,
    *,
    chosen: str = "",
    status: int = 200,
) -> HttpResponse:
    lines: dict[UUID | None, ComponentLine] = {line.id: line for line in offered.components}
    here, sent = papers_of(found), sent_for(submission_id=found.id)
    return render(
        request,
        "intake/ask_papers.html" if chosen == "ask" else "intake/submission.html",
        {
            "submission": found,
            "offered": offered,
            "waits": found.state == State.SUBMITTED,
            "owed": found.state == State.SUBMITTED and (found.asked_at is None or found.papers_came_at is not None),
            "standing": answer_standing(
                found.answer_due_at, at=at, calendar=calendar_for(official_of(request).calendar_code)
            ),
            "papers": [(lines[paper.component_id], paper) for paper in here],
            "missing": missing_papers(offered.components, found.whens, {paper.component_id for paper in here}),
            "demands": found.demanded() if found.demands else [],
            "answers": answers,
            "chosen": chosen,
            "from_home": sent,
            "proposed": proposed(found, sent.answers) if sent else [],
            "replaced": replaced(found),
            "answers_asked": questions_asked(found),
            "lacking": lacking_told(found.lacking, offered),
            "declared": declared(found),
            "uses": handed_in(submission_id=found.id),
            "alike": running_alike(found),
            "mandate": mandate_behind(found),
            "confirmed_at": confirmed_at(found.pk),
            "paper_url": "submission-paper",
            "paper_of": found.number,
            "orders": orders_told(found.id),
            "may_collect": True,
        },
        status=status,
    )
