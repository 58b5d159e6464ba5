"""The money desk: what waits, one order with its cash, receipt and story, the day's takings."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from motcua.catalogue.queries import version_by_id
from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.core.typed import day_typed
from motcua.documents.qr import qr_svg
from motcua.dossiers.access import dossier_for
from motcua.payments.models import MoneyReceipt, PaymentOrder
from motcua.payments.orders import actions
from motcua.payments.orders.beside import money_beside
from motcua.payments.orders.forms import CashForm, OrderForm, ReasonForm
from motcua.payments.orders.queries import (
    account_on,
    cash_counted,
    day_takings,
    demo_bank_url,
    dossier_code_of,
    money_counts,
    open_orders,
    pay_url,
    qr_payload,
    story_of_order,
)
from motcua.payments.orders.quoting import quote_for, situations
from motcua.payments.orders.refusals import StaleOrder
from motcua.payments.orders.tables import exemptions_for
from motcua.payments.refunds.queries import cash_given_back, refunds_of, refunds_to_make
from motcua.payments.statements.queries import lines_to_decide
from motcua.people.access import ActingOfficial, official_of
from motcua.people.models import Role

DESK = (*actions.COLLECTORS, Role.APPROVER)
ROWS = 50


@officials(*DESK)
def money(request: HttpRequest) -> HttpResponse:
    """What money waits for: lines nobody could place, refunds, orders not paid yet."""
    return render(request, "payments/money.html", money_page(official_of(request)))


def money_page(by: ActingOfficial) -> dict[str, Any]:
    """What the page of everything that waits shows."""
    return {
        "counts": money_counts(by.agency_id),
        "lines": lines_to_decide(by.agency_id, limit=ROWS),
        "refunds": refunds_to_make(by.agency_id, limit=ROWS),
        "orders": open_orders(by.agency_id, limit=ROWS),
        "account": account_on(by.agency_id, localdate()),
        "collects": by.holds(*actions.COLLECTORS),
    }


@officials(*DESK)
def new_order(request: HttpRequest, code: str) -> HttpResponse:
    """Work out the fees of a dossier, see them, and ask for them."""
    by, at = official_of(request), timezone.now()
    dossier = dossier_for(by, code)
    offered = version_by_id(dossier.version_id)
    asked: dict[str, Any] = {
        "agency_id": by.agency_id,
        "channel": dossier.channel,
        "on": localdate(dossier.received_at),
    }
    quote, whens = quote_for(offered, **asked), situations(offered, **asked)
    if request.POST.get("when") in whens:
        quote = quote_for(offered, **asked, whens={request.POST["when"]})
    groups = [(one.code, one.name) for one in exemptions_for(offered.sector_code, asked["on"])]
    form = OrderForm(
        request.POST if request.method == "POST" else None, quote=quote, whens=whens, exemptions=groups,
        trial="look" in request.POST, initial={"count_copy": dossier.copies},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        quote = quote_for(offered, **asked, **form.chosen())
        new = actions.NewOrder(
            submission_id=dossier.submission_id, agency_id=by.agency_id, version_id=dossier.version_id,
            channel=dossier.channel, payer_name=dossier.submitter_name or dossier.applicant_name, quote=quote,
        )  # fmt: skip
        try:
            opened = None if "look" in request.POST else actions.open_for(new, by=by.actor, at=at, official_id=by.id)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if opened is not None:
                return redirect("order", opened.id)
            if "look" not in request.POST:
                messages.success(request, _("Hồ sơ %(code)s không phải nộp phí, lệ phí.") % {"code": code})
                return redirect("dossier", code)
    context = {"dossier": dossier, "offered": offered, "form": form, "quote": quote}
    return render(request, "payments/new_order.html", context, status=422 if form.errors else 200)


@officials(*DESK)
def order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """One order: its lines, the payment QR for the counter's screen, cash, receipt, what happened."""
    return _order_page(request, order_of_agency(official_of(request), order_id))


def order_of_agency(by: ActingOfficial, order_id: UUID) -> PaymentOrder:
    """The order, or `Http404` alike for a foreign and a missing one."""
    rows = PaymentOrder.objects.select_related("account", "version", "opened_by")
    found = rows.filter(pk=order_id, agency_id=by.agency_id).first()
    if found is None:
        raise Http404
    return found


def _order_page(
    request: HttpRequest, found: PaymentOrder, *, cash: CashForm | None = None, fault: str = "", status: int = 200
) -> HttpResponse:
    text, refunds = qr_payload(found), refunds_of(found.id)
    context = {
        "order": found,
        "dossier_code": dossier_code_of(found),
        "qr": qr_svg(text, title=_("Mã QR chuyển khoản")) if text else "",
        "pay_url": pay_url(found),
        "demo_bank": demo_bank_url(text),
        "payments": found.payments.select_related("recorded_by", "taken_back_by").order_by("recorded_at"),
        "receipts": found.receipts.select_related("issued_by", "void_by").order_by("issued_at"),
        "refunds": refunds,
        "over": money_beside(found).over,
        "goes_back": sum(one.amount for one in refunds if one.done_at is None),
        "story": story_of_order(found),
        "cash": cash or CashForm(),
        "reason": ReasonForm(),
        "fault": fault,
        "leads": official_of(request).holds(Role.APPROVER),
        "collects": official_of(request).holds(*actions.COLLECTORS),
    }
    return render(request, "payments/order.html", context, status=status)


@officials(*actions.COLLECTORS)
@require_POST
def cash(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Cash was counted: the order is paid, its receipt opens to print."""
    by, form = official_of(request), CashForm(request.POST)
    found = order_of_agency(by, order_id)
    if not form.is_valid():
        return _order_page(request, found, cash=form, status=422)
    try:
        receipt = actions.take_cash(order_id, amount=form.cleaned_data["amount"], by=by, at=timezone.now())
    except StaleOrder:
        fault = _("Khoản này vừa được nộp hoặc thôi thu ở chỗ khác. Tiền mặt vừa đếm chưa ghi: trả lại người nộp.")
        return _order_page(request, order_of_agency(by, order_id), fault=fault, status=422)
    except Refusal as refusal:
        form.add_error("amount", str(refusal))
        return _order_page(request, order_of_agency(by, order_id), cash=form, status=422)
    messages.success(request, _("Đã thu đủ, biên lai số %(number)s.") % {"number": receipt.full_number})
    return redirect("order", order_id)


@officials(*actions.COLLECTORS)
@require_POST
def cancel(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Give the order up, with the reason."""
    return _act(request, order_id, actions.cancel_order, _("Đã thôi thu khoản này."))


@officials(*DESK)
@require_POST
def let_go(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Take what came as enough, with the reason."""
    return _act(request, order_id, actions.let_go, _("Đã nhận số tiền nộp thiếu là đủ."))


def _act(request: HttpRequest, order_id: UUID, act: Callable[..., object], done: str) -> HttpResponse:
    by = official_of(request)
    found = order_of_agency(by, order_id)
    try:
        act(order_id, reason=request.POST.get("reason", ""), by=by, at=timezone.now())
    except Refusal as refusal:
        return _order_page(request, found, fault=str(refusal), status=422)
    messages.success(request, done)
    return redirect("order", order_id)


@officials(Role.APPROVER)
@require_POST
def void(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """Void a receipt of cash that was not taken after all."""
    by = official_of(request)
    receipt = _receipt(by, receipt_id)
    try:
        actions.void_receipt(receipt_id, reason=request.POST.get("reason", ""), by=by, at=timezone.now())
    except Refusal as refusal:
        return _order_page(request, order_of_agency(by, receipt.order_id), fault=str(refusal), status=422)
    messages.success(request, _("Đã hủy biên lai %(number)s; khoản thu lại chờ nộp.") % {"number": receipt.full_number})
    return redirect("order", receipt.order_id)


@officials(*DESK)
def receipt(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """The receipt to print."""
    found = _receipt(official_of(request), receipt_id)
    context = {
        "receipt": found, "order": found.order, "dossier_code": dossier_code_of(found.order),
        "refunds": refunds_of(found.order_id),
    }  # fmt: skip
    with override("vi"):  # a paper of the office has one language
        return render(request, "payments/receipt.html", context)


def _receipt(by: ActingOfficial, receipt_id: UUID) -> MoneyReceipt:
    rows = MoneyReceipt.objects.select_related("order__version", "agency__parent", "issued_by", "void_by")
    found = rows.filter(pk=receipt_id, agency_id=by.agency_id).first()
    if found is None:
        raise Http404
    return found


@officials(*DESK)
def takings(request: HttpRequest) -> HttpResponse:
    """What was taken on a day: receipts in their order, the sum of cash to hand over, of transfers."""
    by, day, fault = official_of(request), localdate(), ""
    if text := request.GET.get("day", "").strip():
        try:
            day = day_typed(text)
        except ValueError:
            fault = _("Ngày chưa đúng. Ông/bà nhập theo dạng ngày/tháng/năm, ví dụ 05/12/2026.")
    context = {"day": day, "fault": fault, "typed": text or f"{day:%d/%m/%Y}", **_takings(by, day)}
    return render(request, "payments/takings.html", context, status=422 if fault else 200)


def _takings(by: ActingOfficial, day: date) -> dict[str, Any]:
    """Receipts are what was taken; cash that went back over the desk on the day is no longer there to hand over."""
    rows, counted = day_takings(by.agency_id, day), cash_counted(by.agency_id, day)
    back = cash_given_back(by.agency_id, day)
    standing = [row for row in rows if row.void_at is None]
    return {
        "rows": rows,
        "back": back,
        "cash_back": sum(one.amount for one in back),
        "cash": sum(counted.values()) - sum(one.amount for one in back),
        "transfer": sum(row.amount - counted.get(row.order_id, 0) for row in standing),
    }
