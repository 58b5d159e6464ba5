"""What is owed to the agency's dossiers: the list, writing down a payment, giving a sum up, the notice to print."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.documents.prints import render_money_notice
from motcua.dossiers.access import dossier_for
from motcua.dossiers.actions import Turned
from motcua.dossiers.rules import Mark
from motcua.dossiers.states import StaleMove
from motcua.payments import actions
from motcua.payments.access import duty_for
from motcua.payments.actions import KEEPERS
from motcua.payments.forms import CancelForm, SettleForm
from motcua.payments.models import FinancialDuty
from motcua.payments.notice import notice_of
from motcua.payments.queries import duties_of, duty_counts, open_duties
from motcua.people.access import official_of
from motcua.people.models import WORKERS
from motcua.worktime.rules import CalendarGap, CalendarMistake

PAGE_ROWS = 50


@officials(*KEEPERS)
def duties(request: HttpRequest) -> HttpResponse:
    """Every sum that dossiers of the agency wait for, the oldest first."""
    by, at = official_of(request), timezone.now()
    counts = duty_counts(by.agency_id, at=at)
    page = Paginator(range(counts.open), PAGE_ROWS).get_page(request.GET.get("page"))
    rows = open_duties(by.agency_id, at=at, limit=PAGE_ROWS, offset=(page.number - 1) * PAGE_ROWS)
    return render(request, "payments/duties.html", {"rows": rows, "counts": counts, "page": page})


@officials(*KEEPERS)
def settle(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """Write down one payment, by its paper."""
    form = SettleForm(_typed(request))

    def act() -> Turned | None:
        return actions.settle_duty(duty_id, evidence=form.evidence(), by=official_of(request), at=timezone.now())

    return _ended(request, duty_id, form, act, template="payments/settle.html", done=_("Đã ghi nộp khoản “%(what)s”."))


@officials(*KEEPERS)
def cancel(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """Give one sum up, with the reason."""
    form = CancelForm(_typed(request))

    def act() -> Turned | None:
        reason = form.cleaned_data["reason"]
        return actions.cancel_duty(duty_id, reason=reason, by=official_of(request), at=timezone.now())

    return _ended(request, duty_id, form, act, template="payments/cancel.html", done=_("Đã bỏ khoản “%(what)s”."))


def _typed(request: HttpRequest) -> QueryDict | None:
    """What was sent; an empty form that was sent is not a page that was opened."""
    return request.POST if request.method == "POST" else None


def _ended(
    request: HttpRequest, duty_id: UUID, form: forms.Form, act: Callable[[], Turned | None], *, template: str, done: str
) -> HttpResponse:
    """End a sum and say what became of the dossier; a fault stands where it was typed, a stale page is said."""
    duty = duty_for(official_of(request), duty_id)
    if not duty.is_open and request.method != "POST":
        messages.info(request, _standing(duty))
        return redirect("dossier", duty.dossier.code)
    if request.method == "POST" and form.is_valid():
        try:
            turned = act()
        except StaleMove as stale:
            messages.error(request, str(stale))
            return redirect("dossier", duty.dossier.code)
        except (Refusal, CalendarGap, CalendarMistake) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{done % {'what': duty.what}} {_what_follows(turned)}")
            return redirect("dossier", duty.dossier.code)
    return render(request, template, {"duty": duty, "form": form}, status=422 if form.errors else 200)


def _standing(duty: FinancialDuty) -> str:
    if duty.settled_at is not None:
        return _("Khoản “%(what)s” đã được ghi là đã nộp.") % {"what": duty.what}
    return _("Khoản “%(what)s” đã được bỏ, không phải nộp nữa.") % {"what": duty.what}


def _what_follows(turned: Turned | None) -> str:
    if turned is None:
        return _("Hồ sơ vẫn chờ các khoản còn lại.")
    if turned.reading.paused_since is not None:
        return _("Hồ sơ vẫn chờ các khoản còn lại. Thời gian không còn khoản nào phải chờ vẫn tính vào thời hạn.")
    due_at = timezone.localtime(turned.reading.due_at)
    if turned.entry.mark is Mark.VOIDED:
        kept = _(
            "Hồ sơ tiếp tục xử lý. Thời gian không còn khoản nào phải chờ vẫn tính vào thời hạn, hạn trả là %(due)s."
        )
        late = " " + _("Hồ sơ đã quá hạn.") if turned.reading.is_late(turned.entry.at) else ""
        return kept % {"due": f"{due_at:%H:%M %d/%m/%Y}"} + late
    return _("Hồ sơ tiếp tục xử lý, hạn trả là %(due)s.") % {"due": f"{due_at:%H:%M %d/%m/%Y}"}


@officials(*WORKERS)
def money_notice(request: HttpRequest, code: str) -> HttpResponse:
    """The slip that tells the applicant what he owes, A5, to print."""
    dossier = dossier_for(official_of(request), code)
    owed = [duty for duty in duties_of(dossier.id, at=timezone.now()) if duty.is_open]
    if not owed:
        messages.info(request, _("Hồ sơ %(code)s không còn khoản nào chờ nộp.") % {"code": dossier.code})
        return redirect("dossier", dossier.code)
    response = HttpResponse(render_money_notice(notice_of(dossier, owed)), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="thong-bao-nop-tien-{dossier.code}.pdf"'
    return response
