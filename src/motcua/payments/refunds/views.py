"""Ending a refund at the money desk."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.core.access import officials
from motcua.payments.orders.actions import COLLECTORS
from motcua.payments.orders.views import money_page
from motcua.payments.refunds.actions import refund_done
from motcua.payments.statements.refusals import StaleLine, StatementRefused
from motcua.people.access import official_of


@officials(*COLLECTORS)
@require_POST
def refunded(request: HttpRequest, refund_id: UUID) -> HttpResponse:
    """The money was given back, by this paper; without its number the page says so where it is typed."""
    by = official_of(request)
    try:
        refund_done(refund_id, evidence=request.POST.get("evidence", ""), by=by, at=timezone.now())
    except StatementRefused as refusal:
        context = money_page(by) | {"refused": refund_id, "fault": str(refusal)}
        return render(request, "payments/money.html", context, status=422)
    except StaleLine as stale:
        messages.error(request, str(stale))
    else:
        messages.success(request, _("Đã ghi trả lại tiền."))
    return redirect("money")
