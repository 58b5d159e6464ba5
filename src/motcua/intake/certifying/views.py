"""The quick page of the counter for copies to be certified: a screen to count and pay, one to say what was done."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from motcua.catalogue.queries import OfferedVersion
from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.dossiers.access import dossier_for
from motcua.dossiers.states import State
from motcua.intake.certifying.actions import Certified, certify, price
from motcua.intake.certifying.forms import CertifyForm
from motcua.intake.certifying.offered import certifying_offered
from motcua.payments.orders.queries import order_of
from motcua.people.access import ActingOfficial, official_of
from motcua.people.id_card import IdCardError, read_id_card
from motcua.people.models import Role
from motcua.queueing.queries.served import served_by, served_today
from motcua.worktime.rules import CalendarGap, CalendarMistake


@officials(Role.RECEIVER)
def certify_copies(request: HttpRequest) -> HttpResponse:
    """Count, name, pay. A card read and a price looked at change nothing; the last press does it all."""
    by, at = official_of(request), now()
    try:
        offered = certifying_offered(by, localdate(at))
    except Refusal as no:
        return render(request, "intake/not_offered.html", {"sentence": str(no), "code": ""}, status=404)
    if request.method != "POST":
        return _page(request, CertifyForm(initial=_new(by)), offered, by, at)
    if "read_card" in request.POST or "from_counter" in request.POST:
        return _read_card(request, offered, by, at)
    form = CertifyForm(request.POST)
    if "preview" in request.POST:
        form.full_clean()
        return _page(request, CertifyForm(initial=request.POST.dict()), offered, by, at, counted=form)
    if form.is_valid():
        done = _certify(request, form, offered, by, at)
        if done is not None:
            return redirect(reverse("certified", args=(done.opened.code,)))
    return _page(request, form, offered, by, at, counted=form, status=422)


@officials(Role.RECEIVER)
def certified(request: HttpRequest, code: str) -> HttpResponse:
    """What was done: the dossier, its receipt, and whose signature it waits for."""
    dossier = dossier_for(official_of(request), code)
    order = order_of(dossier.submission_id)
    receipt = order.receipts.filter(void_at=None).first() if order else None
    context = {"dossier": dossier, "receipt": receipt, "is_ready": dossier.state == State.FINISHED}
    return render(request, "intake/certifying/certified.html", context)


def _certify(
    request: HttpRequest, form: CertifyForm, offered: OfferedVersion, by: ActingOfficial, at: datetime
) -> Certified | None:
    """Do it, or put what stands in its way on the form and give back None."""
    total, served = price(form.batches(), offered, by=by, at=at).total, served_today(
        form.cleaned_data["ticket"], by, localdate(at)
    )  # fmt: skip
    if request.POST.get("amount", "") != str(total):
        form.add_error(None, _("Số tiền vừa tính lại như bên cạnh. Ông/bà thu đúng số ấy rồi bấm lần nữa."))
        return None
    try:
        return certify(
            form.batches(), applicant=form.applicant(), submission_id=form.number(), amount=total or 0,
            offered=offered, by=by, at=at, ticket_id=served.id if served else None,
        )  # fmt: skip
    except (Refusal, CalendarGap, CalendarMistake) as refusal:
        form.add_error(None, str(refusal))
        return None


def _new(by: ActingOfficial) -> dict[str, Any]:
    served = served_by(by)
    return {
        "submission_id": uuid4(), "ticket": str(served.id) if served else "",
        "documents_0": 1,
    }  # fmt: skip


def _read_card(request: HttpRequest, offered: OfferedVersion, by: ActingOfficial, at: datetime) -> HttpResponse:
    """The name from the card; what was counted before stays."""
    values, scanned, fault = request.POST.dict(), request.POST.get("scanned", ""), ""
    if "from_counter" in request.POST:
        values = {**_new(by), "ticket": request.POST.get("ticket", "")}
    if scanned.strip() or "read_card" in request.POST:
        try:
            card = read_id_card(scanned, today=localdate(at))
        except IdCardError as error:
            fault = str(error)
        else:
            values |= {"full_name": card.full_name, "personal_id": card.personal_id}
    form = CertifyForm(initial=values)
    return _page(request, form, offered, by, at, card_fault=fault, status=422 if fault else 200)


def _page(
    request: HttpRequest, form: CertifyForm, offered: OfferedVersion, by: ActingOfficial, at: datetime, *,
    counted: CertifyForm | None = None, card_fault: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    if counted is None:
        counted = CertifyForm({**form.initial, "full_name": "-"})
        counted.full_clean()
    quote = price(counted.batches(), offered, by=by, at=at)
    context = {
        "form": form, "offered": offered, "quote": quote, "card_fault": card_fault,
        "total": quote.total if counted.batches() else None,
        "served": served_today(str(form["ticket"].value() or ""), by, localdate(at)),
        "lines": [
            [form[f"{name}_{line}"] for name in ("documents", "pages", "copies")] for line in range(3)
        ],
    }  # fmt: skip
    return render(request, "intake/certifying/certify.html", context, status=status)
