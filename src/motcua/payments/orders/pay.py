"""The citizen's pay page: what to pay, how, and what came of it. He opens it by its key and can change nothing."""

from datetime import timedelta
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.access import public
from motcua.core.keyed import keep_key_here
from motcua.core.throttle import address_of, allow
from motcua.core.unattended import unattended
from motcua.documents.qr import qr_png, qr_svg
from motcua.payments.models import OrderState, PaymentOrder
from motcua.payments.orders.beside import money_beside
from motcua.payments.orders.queries import demo_bank_url, order_by_token, qr_payload
from motcua.payments.refunds.queries import refunds_of

OPENED, WINDOW = 600, timedelta(minutes=10)
PIXELS: Final = 16
AGAIN: Final = 20
"""Seconds after which a page that waits is read again."""


@public
@unattended()
def pay(request: HttpRequest, pay_token: str) -> HttpResponse:
    """The order behind a key. While money is waited for the page reads itself again, unless asked to keep still."""
    if _too_often(request):
        return keep_key_here(render(request, "payments/pay_busy.html", status=429))
    order = _order(pay_token)
    return keep_key_here(render(request, "payments/pay.html", pay_page(order, still="still" in request.GET)))


@public
@require_safe
def pay_qr(request: HttpRequest, pay_token: str) -> HttpResponse:
    """The code as a picture, for whoever reads the page on the phone that pays. 404 when nothing is to be paid."""
    if _too_often(request):
        return keep_key_here(render(request, "payments/pay_busy.html", status=429))
    order = _order(pay_token)
    text = qr_payload(order)
    if not text or money_beside(order).over:
        raise Http404
    picture = HttpResponse(qr_png(text, module_pixels=PIXELS), content_type="image/png")
    picture.headers["Cache-Control"] = "private, no-store"
    return keep_key_here(picture)


def _too_often(request: HttpRequest) -> bool:
    return not allow(what="pay-page", who=address_of(request), limit=OPENED, window=WINDOW)


def _order(pay_token: str) -> PaymentOrder:
    order = order_by_token(pay_token)
    if order is None:
        raise Http404
    return order


def pay_page(order: PaymentOrder, *, still: bool = False) -> dict[str, Any]:
    """What the payer sees. Nobody else's name stands there, and his own neither."""
    beside = money_beside(order)
    text = "" if beside.over else qr_payload(order)
    return {
        "order": order,
        "beside": beside,
        "qr": qr_svg(text, title=_("Mã QR chuyển khoản đúng số tiền và mã nộp tiền")) if text else "",
        "receipt": order.receipts.filter(void_at=None).first(),
        "refunds": refunds_of(order.id),
        "is_short": order.state == OrderState.SHORT,
        "again": AGAIN if order.is_open and not still else 0,
        "demo_bank": demo_bank_url(text),
    }
