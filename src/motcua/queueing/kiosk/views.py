"""Taking a number, one decision to a screen: what for, whether with priority, the number. Machine and phone alike."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue.posting.kiosk import next_visit, opened_by_office, typed
from motcua.core.access import public
from motcua.core.look import look_of, stand_in_hall
from motcua.core.throttle import Book, allow, allow_in, forgive
from motcua.queueing.actions.issuing import THE_MACHINE, THE_PHONE, Wanted
from motcua.queueing.declared import declared_on
from motcua.queueing.keys import StaleForm, key_of, new_form
from motcua.queueing.kiosk import browser
from motcua.queueing.kiosk.arriving import by_appointment
from motcua.queueing.kiosk.asking import Asking
from motcua.queueing.kiosk.collecting import collectable
from motcua.queueing.kiosk.halls import all_closed, hall_named, offered, takes_bookings
from motcua.queueing.kiosk.showing import shown, slip_again
from motcua.queueing.kiosk.taking import take_once
from motcua.queueing.models import Need, TicketWay
from motcua.queueing.queries.opening import opening_of
from motcua.queueing.states import NothingToCollect, QueueClosed

# Of one machine: a person every three seconds, for minutes on end, is more than a hall sees.
A_MINUTE, MINUTE = 20, timedelta(minutes=1)
# Of one address: a whole quarter may come from behind one.
OF_ADDRESS, QUARTER = 30, timedelta(minutes=15)
# Codes that collect nothing, of one machine.
CODES, CODE_WINDOW = 20, timedelta(minutes=10)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, hall_code: str) -> HttpResponse:
    """The machine of the hall, or a telephone that chose a need. The office's own address makes a machine of it."""
    page = reverse("take-number", args=(hall_code,))
    hall = hall_named(hall_code)
    if opened_by_office(request, page):
        response = next_visit(request, redirect(page))
        stand_in_hall(request, response, hall.code)
        return response
    asking = Asking(request, hall, look_of(request), timezone.now())
    if asking.look.kiosk and not asking.is_kiosk:
        return redirect(asking.look.start)
    if "again" in request.POST:
        return slip_again(asking)
    if "booked" in (request.POST or request.GET):
        return by_appointment(asking)
    letter = (request.POST or request.GET).get("need", "")
    need = hall.needs.filter(letter=letter, is_open=True).first() if letter else None
    if need is None:
        return _needs(asking)
    return _of_need(replace(asking, dossier=request.POST.get("dossier", "").strip()[:300]), need)


@public
@require_safe
def rule(request: HttpRequest, hall_code: str) -> HttpResponse:
    """The rule of the hall, for its wall."""
    at = timezone.now()
    context = {"hall": hall_named(hall_code), "rule": declared_on(localdate(at))}
    return render(request, "queueing/kiosk/rule.html", context)


def _needs(asking: Asking, sentence: str = "", status: int = 200) -> HttpResponse:
    """What people come for; a telephone chooses on the hall's page."""
    if not asking.is_kiosk:
        return redirect("hall", asking.hall.code)
    rows = offered(asking.hall, asking.at)
    context = {
        "hall": asking.hall, "rows": rows, "closed": all_closed(rows), "sentence": sentence,
        "takes_bookings": takes_bookings(rows), "rule": declared_on(localdate(asking.at)),
    }  # fmt: skip
    return render(asking.request, "queueing/kiosk/needs.html", context, status=status)


def _of_need(asking: Asking, need: Need) -> HttpResponse:
    """A need is chosen: the dossier where one is needed, then the priority, then the number."""
    try:
        _require_open(asking, need)
        dossier_id = _collected(asking) if need.is_collecting else None
        if "form" not in asking.request.POST:
            return _priority(asking, need)
        wanted = Wanted(
            need.pk, TicketWay.KIOSK if asking.is_kiosk else TicketWay.PHONE,
            ground=asking.request.POST.get("ground", ""), dossier_id=dossier_id,
            key=key_of(asking.request.POST["form"]),
        )  # fmt: skip
        return _number(asking, wanted)
    except StaleForm:
        return _priority(asking, need, _("Trang này đã mở lâu. Ông/bà chọn lại một lần nữa."))
    except NothingToCollect as nothing:
        return _code(asking, need, str(nothing) if asking.dossier and "key" not in asking.request.POST else "")
    except QueueClosed as closed:
        return _refused(asking, str(closed))


def _require_open(asking: Asking, need: Need) -> None:
    opening = opening_of(need.pk, asking.at)
    if not opening.is_open:
        raise QueueClosed(opening.sentence)
    if not asking.is_kiosk and not asking.hall.takes_phones:
        raise QueueClosed(_("Sảnh này chỉ cho lấy số tại máy ở cửa."))


def _collected(asking: Asking) -> UUID:
    """The dossier whose result is collected. Raises `NothingToCollect`, `QueueClosed` for who tries many."""
    if not asking.dossier or "key" in asking.request.POST:
        raise NothingToCollect
    tries = [Book("collect-code", asking.who, CODES, CODE_WINDOW)]
    if not allow_in(tries):
        raise QueueClosed(_("Đã nhập nhiều mã sai trong ít phút. Ông/bà hỏi cán bộ ở quầy, hoặc đợi 10 phút."))
    dossier_id = collectable(asking.dossier, asking.hall.agency_id)
    forgive(tries)
    return dossier_id


def _code(asking: Asking, need: Need, sentence: str) -> HttpResponse:
    """Ask for the code of the dossier; a key of the drawn keyboard is added where no script does it."""
    said = typed(asking.dossier, asking.request.POST.get("key", ""))
    context = {"hall": asking.hall, "need": need, "dossier": said, "sentence": sentence,
               "is_kiosk": asking.is_kiosk, "keys": ("123", "456", "789", "0")}  # fmt: skip
    return render(asking.request, "queueing/kiosk/code.html", context, status=422 if sentence else 200)


def _priority(asking: Asking, need: Need, sentence: str = "") -> HttpResponse:
    context = {
        "hall": asking.hall, "need": need, "dossier": asking.dossier, "sentence": sentence, "form": new_form(),
        "grounds": declared_on(localdate(asking.at)).grounds, "is_kiosk": asking.is_kiosk,
    }  # fmt: skip
    return render(asking.request, "queueing/kiosk/priority.html", context, status=422 if sentence else 200)


def _refused(asking: Asking, sentence: str) -> HttpResponse:
    if asking.is_kiosk:
        return _needs(asking, sentence, 422)
    context = {"hall": asking.hall, "sentence": sentence, "open_key": browser.open_key(asking.request, asking.day)}
    return render(asking.request, "queueing/kiosk/refused.html", context, status=422)


def _number(asking: Asking, wanted: Wanted) -> HttpResponse:
    """Give it and show it: on the machine at once, to a telephone at the number's own page."""
    by = THE_MACHINE if asking.is_kiosk else THE_PHONE
    is_new = take_once(wanted, by=by, at=asking.at, refused=lambda: _bound(asking))
    if asking.is_kiosk:
        return shown(asking, wanted.key, prints=is_new)
    response = redirect("ticket", wanted.key)
    browser.keep(asking.request, response, wanted.key, asking.day)
    return response


def _bound(asking: Asking) -> str:
    """Why there is no further number for this machine or telephone now."""
    if asking.is_kiosk:
        if allow(what="kiosk-number", who=asking.who, limit=A_MINUTE, window=MINUTE):
            return ""
        return _("Máy vừa cho nhiều số liền nhau. Ông/bà đợi một phút rồi bấm lại.")
    if sentence := browser.too_many(asking.request, asking.day):
        return sentence
    if allow(what="phone-number", who=asking.who, limit=OF_ADDRESS, window=QUARTER):
        return ""
    return _("Nhiều số vừa được lấy từ cùng một mạng. Ông/bà lấy số tại máy ở cửa, hoặc thử lại sau 15 phút.")
