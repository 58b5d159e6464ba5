"""Who comes at his appointed time types its code at the machine: a number like any other, on screen and slip."""

import re
from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render

from motcua.catalogue.posting.kiosk import typed
from motcua.core.refusals import Refusal
from motcua.queueing.bookings.arrivals import number_for
from motcua.queueing.bookings.forms import CodeForm
from motcua.queueing.keys import key_hash
from motcua.queueing.kiosk.asking import Asking
from motcua.queueing.kiosk.showing import shown

KEYS: Final = ("23456789", "abcdefghjk", "mnpqrst", "vwxyz")
"""What a code is made of, in rows."""
LONGEST, LONGEST_SCANNED = 12, 300
_SCANNED: Final = re.compile(r"/bookings/([-\w]{8,40})/?\s*$")


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
    wanted = {"key_hash": key_hash(scanned[1])} if scanned else {"code": form.cleaned_data["code"]}
    try:
        key = number_for(asking.hall, who=asking.who, at=asking.at, **wanted)
    except Refusal as refusal:
        return _code(asking, said, str(refusal))
    return shown(asking, key, prints=True)


def _code(asking: Asking, said: str, sentence: str = "") -> HttpResponse:
    context = {"hall": asking.hall, "is_kiosk": True, "code": said.upper(), "sentence": sentence, "keys": KEYS}
    return render(asking.request, "queueing/kiosk/booked.html", context, status=422 if sentence else 200)
