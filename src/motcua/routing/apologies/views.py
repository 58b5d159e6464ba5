"""Letters of apology: the leader's list, one letter, its print, exceptions, and the public list of late dossiers."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.core.access import officials, public
from motcua.core.refusals import Refusal
from motcua.documents.prints import render_apology
from motcua.dossiers.access import dossier_for
from motcua.dossiers.looking import opened
from motcua.dossiers.states import OPEN, StaleMove, State
from motcua.people.access import ActingOfficial, official_of
from motcua.people.models import WORKERS, Role
from motcua.people.queries import home_agency
from motcua.routing.apologies import actions, queries
from motcua.routing.apologies.balance import apology_balance, uncovered_dossiers
from motcua.routing.apologies.drafting import DRAFTERS, ApologyRefused, PromiseAhead, draft_apology
from motcua.routing.apologies.forms import ExceptionForm, LetterForm, SecondLetterForm, WithdrawDraftForm
from motcua.routing.apologies.letter import letter_of
from motcua.routing.apologies.models import Apology, ExceptionKind
from motcua.routing.apologies.reasons import reason_words
from motcua.routing.apologies.rules import NO_CUT_OFF, appointed_from
from motcua.routing.apologies.signers import signing_unit
from motcua.worktime.phrases import limit_words, shown
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Amount, CalendarGap, Unit

PAGE_ROWS = 50


@officials(Role.APPROVER, Role.RECEIVER)
def apologies(request: HttpRequest) -> HttpResponse:
    """The balance of lateness, the drafts that wait for a signature, what was signed, and the exceptions."""
    by, at = official_of(request), timezone.now()
    lists = {"signed": queries.issued, "exceptions": queries.exceptions}
    shown_list = request.GET.get("list", "")
    read: Callable[[UUID], Any] = lists.get(shown_list, queries.awaiting)
    page = Paginator(read(by.agency_id), PAGE_ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "routing/apologies.html",
        {
            "balance": apology_balance(by.agency_id, at),
            "uncovered": uncovered_dossiers(by.agency_id, at),
            "list": shown_list if shown_list in lists else "awaiting",
            "page": page,
            "at": at,
        },
    )


@officials(*WORKERS)
def apology(request: HttpRequest, apology_id: UUID) -> HttpResponse:
    """One letter: read by everybody who works here, changed and signed by whom the rules allow."""
    by, at = official_of(request), timezone.now()
    letter = _letter_for(by, apology_id)
    form, why = LetterForm(letter), WithdrawDraftForm()
    if request.method == "POST":
        pressed = request.POST.get("press", "")
        form = LetterForm(letter, request.POST) if pressed in ("save", "sign") else form
        why = WithdrawDraftForm(request.POST) if pressed == "withdraw" else why
        answer = _pressed(request, letter, pressed, why if pressed == "withdraw" else form)
        if answer is not None:
            return answer
        letter = _letter_for(by, apology_id)
    status = 422 if form.errors or why.errors else 200
    return render(request, "routing/apology.html", _shown(letter, form, why, by, at), status=status)


def _pressed(request: HttpRequest, letter: Apology, pressed: str, form: forms.Form) -> HttpResponse | None:
    """Do what the button says; None when the form must be shown again with what is wrong."""
    by, at = official_of(request), timezone.now()
    if pressed in ("save", "sign", "withdraw") and not form.is_valid():
        return None
    try:
        done, onward = _act(letter, pressed, form, by, at)
    except StaleMove as stale:
        messages.error(request, str(stale))
        return redirect("apology", letter.pk)
    except (Refusal, CalendarGap) as refusal:
        if pressed == "sent":
            messages.error(request, str(refusal))
            return redirect("apology", letter.pk)
        form.add_error(None, str(refusal))
        return None
    messages.success(request, done)
    return redirect(onward) if onward == "apologies" else redirect(onward, letter.pk)


def _act(letter: Apology, pressed: str, form: Any, by: ActingOfficial, at: datetime) -> tuple[str, str]:
    """What was done, and which page comes next. Raises `Http404` for a button that does not exist."""
    if pressed == "save":
        actions.revise(letter.pk, form.wording(), by=by, at=at)
        return _("Đã lưu. Ngày hẹn lại được tính theo thời gian xin thêm."), "apology"
    if pressed == "sign":
        signed = actions.sign(letter.pk, form.wording(), by=by, at=at)
        new = timezone.localtime(signed.new_due_at)
        words = {"number": signed.number, "code": letter.dossier.code, "new": f"{new:%H:%M %d/%m/%Y}"}
        return _("Đã ký thư xin lỗi số %(number)s, hồ sơ %(code)s hẹn lại %(new)s.") % words, "apology"
    if pressed == "withdraw":
        actions.withdraw_draft(letter.pk, reason=form.cleaned_data["why"], by=by, at=at)
        return _("Đã bỏ thư đã soạn. Nếu hồ sơ vẫn trễ, thư được soạn lại."), "apologies"
    if pressed == "sent":
        actions.mark_sent(letter.pk, by=by, at=at)
        return _("Đã ghi: người nộp đã được báo."), "apology"
    raise Http404


def _shown(
    letter: Apology, form: LetterForm, why: WithdrawDraftForm, by: ActingOfficial, at: datetime
) -> dict[str, Any]:
    """The letter with its date recounted as if it were signed now, and why it is that date."""
    dossier = letter.dossier
    goal_at = (dossier.appointed_at or dossier.due_at) if letter.is_awaiting else letter.promised_at
    delay = Amount(letter.delay_number, Unit(letter.delay_unit))
    since = appointed_from(goal_at, letter.signed_at or (at if letter.is_awaiting else letter.drafted_at))
    reasons = calendar_for(by.calendar_code).explain(since, delay, cut_off=NO_CUT_OFF)
    return {
        "letter": letter,
        "dossier": dossier,
        "form": form,
        "why": why,
        "since": since,
        "goal_at": goal_at,
        "new_due_at": reasons[-1].end if letter.is_awaiting else letter.new_due_at,
        "delay": limit_words(letter.delay_number, letter.delay_unit),
        "reason_words": reason_words(letter.reason_code, letter.reason),
        "reasons": shown(reasons),
        "signable": _signable(letter, by),
        "may_revise": letter.is_awaiting and by.holds(*DRAFTERS),
        "may_withdraw": letter.is_awaiting and _may_sign(letter, by) and at <= goal_at,
        "may_tell": letter.signed_at and not letter.sent_at and by.holds(Role.RECEIVER, Role.APPROVER),
    }


def _signable(letter: Apology, by: ActingOfficial) -> bool:
    if not letter.is_awaiting or State(letter.dossier.state) not in OPEN or letter.dossier.paused_at is not None:
        return False
    return _may_sign(letter, by)


def _may_sign(letter: Apology, by: ActingOfficial) -> bool:
    try:
        signing_unit(letter, by)
    except ApologyRefused:
        return False
    return True


@officials(*WORKERS)
def apology_letter(request: HttpRequest, apology_id: UUID) -> HttpResponse:
    """Form 04, A5, to print."""
    letter = _letter_for(official_of(request), apology_id)
    response = HttpResponse(render_apology(letter_of(letter)), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="thu-xin-loi-{letter.dossier.code}.pdf"'
    return response


def _letter_for(by: ActingOfficial, apology_id: UUID) -> Apology:
    """The letter of this official's agency, or `Http404` alike for a foreign and a missing one."""
    letters = Apology.objects.select_related("dossier__version", "unit", "signed_by", "on_behalf_of", "withdrawn_by")
    found = get_object_or_404(letters, pk=apology_id, agency_id=by.agency_id)
    opened(by, found.dossier_id)
    return found


@require_POST
@officials(*DRAFTERS)
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """An official asks for a letter for a dossier he knows will be late; before a new date has come he says why."""
    by = official_of(request)
    dossier = dossier_for(by, code)
    form = SecondLetterForm(request.POST if "second" in request.POST else None)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    try:
        letter = draft_apology(dossier.id, by=by, at=timezone.now(), why=why)
    except PromiseAhead:
        status = 422 if form.errors else 200
        return render(request, "routing/apology_second.html", {"form": form, "dossier": dossier}, status=status)
    except (Refusal, CalendarGap) as refusal:
        messages.error(request, str(refusal))
        return redirect("dossier", dossier.code)
    return redirect("apology", letter)


@officials(Role.APPROVER)
def late_exception(request: HttpRequest, code: str) -> HttpResponse:
    """Record why a late dossier has no letter."""
    by = official_of(request)
    dossier = dossier_for(by, code)
    form = ExceptionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.record_exception(
                dossier.id, kind=ExceptionKind(said["kind"]), evidence=said["evidence"], by=by, at=timezone.now()
            )
        except StaleMove as stale:
            messages.error(request, str(stale))
            return redirect("dossier", dossier.code)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi ngoại lệ cho hồ sơ %(code)s.") % {"code": dossier.code})
            return redirect("apologies")
    status = 422 if form.errors else 200
    return render(request, "routing/apology_exception.html", {"form": form, "dossier": dossier}, status=status)


@public
def late_public(request: HttpRequest) -> HttpResponse:
    """Late dossiers of this office for everybody to read: masked names, and what was promised anew."""
    at = timezone.now()
    office = home_agency(timezone.localdate(at))
    if office is None:
        raise Http404
    page = Paginator(range(queries.public_late_count(office.id, at)), PAGE_ROWS).get_page(request.GET.get("page"))
    rows = queries.public_late(office.id, at, limit=PAGE_ROWS, offset=(page.number - 1) * PAGE_ROWS)
    response = render(request, "routing/late_public.html", {"rows": rows, "page": page, "at": at})
    response.headers["X-Robots-Tag"] = "noindex"
    return response
