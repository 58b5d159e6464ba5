"""Who comes at his appointed time types its code at the machine: a number like any other, on screen and slip."""

import re
from datetime import timedelta
from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motcua.catalogue.posting.kiosk import typed
from motcua.core.refusals import Refusal
from motcua.core.throttle import Book, allow_in, forgive
from motcua.queueing.actions.booking import arrive
from motcua.queueing.bookings.arrivals import has_arrived
from motcua.queueing.bookings.forms import CodeForm
from motcua.queueing.keys import key_hash
from motcua.queueing.kiosk.asking import Asking
from motcua.queueing.kiosk.showing import shown
from motcua.queueing.models.bookings import Booking

KEYS: Final = ("23456789", "abcdefghjk", "mnpqrst", "vwxyz")
"""What a code is made of, in rows."""
LONGEST, LONGEST_SCANNED = 12, 300
_SCANNED: Final = re.compile(r"/bookings/([-\w]{8,40})/?\s*$")
WRONG, WINDOW = 20, timedelta(minutes=10)


def by_appointment(asking: Asking) -> HttpResponse:
    """Ask for the code, or the code of its page held to the scanner, and give the number; telephones have a page."""
    if not asking.is_kiosk:
        return redirect("arrive-booked", asking.hall.code)
    posted = asking.request.POST
    scanned = _SCANNED.search(posted.get("code", "")[:LONGEST_SCANNED])
    said = "" if scanned else typed(posted.get("code", "")[:LONGEST].lower(), posted.get("key", ""))
    if not posted or "key" in posted:
        return _code(asking, said)
    form = CodeForm({"code": said})
    if not scanned and not form.is_valid():
        return _code(asking, said, " ".join(map(str, form.errors["code"])))
    tries = [Book("booking-code", asking.who, WRONG, WINDOW)]
    if not allow_in(tries):
        return _code(asking, said, _("Nhập sai nhiều lần. Đợi 10 phút rồi thử lại, hoặc hỏi bàn hướng dẫn."))
    wanted = {"key_hash": key_hash(scanned[1])} if scanned else {"code": form.cleaned_data["code"]}
    booking = Booking.objects.select_related("ticket__need").filter(**wanted, need__hall=asking.hall).first()
    if booking is None:
        return _code(asking, said, _("Không có lượt hẹn nào mang mã này ở đây. Ông/bà xem lại mã trong tin nhắn."))
    forgive(tries)
    try:
        return shown(asking, arrive(booking.pk, at=asking.at).key, prints=True)
    except Refusal as refusal:
        booking.refresh_from_db()
        return _code(asking, said, has_arrived(booking) or str(refusal))


def _code(asking: Asking, said: str, sentence: str = "") -> HttpResponse:
    context = {"hall": asking.hall, "code": said.upper(), "sentence": sentence, "keys": KEYS}
    return render(asking.request, "queueing/kiosk/booked.html", context, status=422 if sentence else 200)
