"""The number on the machine, on its slip, and the slip once more."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motcua.catalogue.posting.kiosk import next_visit
from motcua.core.look import new_visit
from motcua.core.throttle import allow
from motcua.documents.qr import qr_svg
from motcua.queueing.kiosk.asking import Asking
from motcua.queueing.kiosk.slips import printed, ticket_url
from motcua.queueing.models import Printer
from motcua.queueing.queries.mine import mine

SLIPS, SLIPS_WINDOW = 3, timedelta(minutes=10)
NUMBER_SHOWN: Final = 30
"""Seconds that a number stands on the machine when nobody touches it."""
STANDS: Final = timedelta(minutes=2)
"""So long a page that shows a number may ask for its slip once more."""
_SIGNER: Final = TimestampSigner(salt="motcua.slip")


def shown(asking: Asking, key: str, *, prints: bool) -> HttpResponse:
    """The number on the machine, as it was told; whoever took it is forgotten with this answer."""
    ticket = mine(key, asking.at, as_told=True)
    if ticket is None or ticket.hall_id != asking.hall.pk:
        return redirect(asking.look.start)
    printer = Printer.objects.filter(hall=asking.hall).first()
    went = None if printer is None else not printer.trouble
    if prints and printer is not None:
        may = allow(what="slip", who=key, limit=SLIPS, window=SLIPS_WINDOW)
        went = printed(ticket, key, printer, at=asking.at) if may else None
    visit = new_visit()
    asking.request.page_look = replace(asking.look, visit=visit)  # type: ignore[attr-defined]
    context = {
        "hall": asking.hall, "ticket": ticket, "again": _SIGNER.sign(key), "printed": went, "kiosk_idle": NUMBER_SHOWN,
        "qr": qr_svg(
            ticket_url(key), title=_("Mã QR mở trang theo dõi số %(number)s") % {"number": ticket.label}, quick=True
        ),
        "start": asking.look.start,
    }  # fmt: skip
    return next_visit(asking.request, render(asking.request, "queueing/kiosk/number.html", context), visit)


def slip_again(asking: Asking) -> HttpResponse:
    """Print the slip of the number that stands on the machine once more."""
    if not asking.is_kiosk:
        raise Http404
    try:
        key = _SIGNER.unsign(asking.request.POST["again"], max_age=STANDS)
    except BadSignature:
        return redirect(asking.look.start)
    return shown(asking, key, prints=True)
