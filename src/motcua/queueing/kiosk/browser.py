"""The numbers that a telephone took today: in its own cookie, signed, and nothing of them in the database."""

from datetime import date
from typing import Final

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from motcua.queueing.keys import key_hash
from motcua.queueing.models import Ticket
from motcua.queueing.models.tickets import IN_HALL

COOKIE: Final = "motcua_tickets"
MOST_A_DAY: Final = 2
_SIGNER: Final = Signer(salt="motcua.tickets")
_ONE_DAY: Final = 24 * 60 * 60


def taken_today(request: HttpRequest, day: date) -> list[str]:
    """The keys of this browser's numbers of the day, first taken first."""
    try:
        said, _sep, keys = _SIGNER.unsign(request.COOKIES.get(COOKIE, "")).partition("/")
    except BadSignature:
        return []
    return keys.split(",") if said == day.isoformat() and keys else []


def open_key(request: HttpRequest, day: date) -> str:
    """The key of this browser's number that is still to be served; nothing when it has none."""
    keys = {key_hash(key): key for key in taken_today(request, day)}
    if not keys:
        return ""
    held = Ticket.objects.filter(key_hash__in=keys, state__in=IN_HALL).values_list("key_hash", flat=True).first()
    return keys[held] if held else ""


def too_many(request: HttpRequest, day: date) -> str:
    """Why this browser gets no further number today; nothing when it does."""
    if open_key(request, day):
        return _("Ông/bà đang có một số chưa được gọi. Xem số đó, hoặc bỏ số đó rồi lấy số khác.")
    if len(taken_today(request, day)) >= MOST_A_DAY:
        return _("Điện thoại này đã lấy đủ số của hôm nay. Ông/bà lấy số tại máy ở cửa, hoặc quay lại ngày mai.")
    return ""


def keep(request: HttpRequest, response: HttpResponse, key: str, day: date) -> None:
    """The browser remembers this number until tomorrow."""
    keys = taken_today(request, day)
    said = _SIGNER.sign(f"{day.isoformat()}/{','.join([*(one for one in keys if one != key), key])}")
    response.set_cookie(COOKIE, said, max_age=_ONE_DAY, httponly=True, samesite="Lax", secure=request.is_secure())
