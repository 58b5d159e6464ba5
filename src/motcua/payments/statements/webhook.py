"""The bank tells of money the moment it comes: signed, at most a few minutes old, and each line kept once."""

import json
import time
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Final

import structlog
from django.conf import settings
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from motcua.core.access import public
from motcua.core.signed_calls import ForgedCall, require_signed
from motcua.core.throttle import address_of, allow
from motcua.payments.models import CollectingAccount, LineWay
from motcua.payments.statements.reading import YEARS
from motcua.payments.statements.taking_in import TellLine, take_in

MOST_LINES: Final = 500
MOST_DONG: Final = 10**12
FORGED, WINDOW = 60, timedelta(minutes=10)
log = structlog.get_logger("motcua.payments")


class BrokenTelling(ValueError):
    """The body does not say what it should."""


@csrf_exempt
@public
@require_POST
def told_by_bank(request: HttpRequest) -> HttpResponse:
    """Lines of one account. 200 says how many were new; the same message again says none. Signed, or 401."""
    if not settings.MOTCUA_BANK_SECRET:
        raise Http404
    if request.content_type != "application/json":  # whatever is a form was read before it came here
        return JsonResponse({"detail": "application/json only"}, status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    try:
        require_signed(
            settings.MOTCUA_BANK_SECRET, timestamp=request.headers.get("X-Motcua-Timestamp", ""),
            signed=request.headers.get("X-Motcua-Signature", ""), body=request.body, now=time.time(),
        )  # fmt: skip
    except ForgedCall as forged:
        return _forged(request, forged)
    try:
        account, lines = _told(request.body)
    except BrokenTelling as broken:
        return JsonResponse({"detail": str(broken)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    taken = take_in(account, lines, way=LineWay.WEBHOOK, at=timezone.now())
    return JsonResponse({"added": taken.added, "known": taken.known})


def _forged(request: HttpRequest, forged: ForgedCall) -> HttpResponse:
    if not allow(what="bank-call", who=address_of(request), limit=FORGED, window=WINDOW):
        return JsonResponse({"detail": "too many"}, status=HTTPStatus.TOO_MANY_REQUESTS)
    log.warning("a bank message was not the bank's", why=str(forged))
    return JsonResponse({"detail": str(forged)}, status=HTTPStatus.UNAUTHORIZED)


def _told(body: bytes) -> tuple[CollectingAccount, list[TellLine]]:
    """The account of a message and its lines. Raises `BrokenTelling`."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BrokenTelling("not JSON") from error
    rows = told.get("transactions") if isinstance(told, dict) else None
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_LINES:
        raise BrokenTelling("transactions: a list of 1 to 500")
    named = {"bank": _text(told.get("bank"), 20), "number": _text(told.get("account"), 40)}
    accounts = CollectingAccount.objects.filter(**named, confirmed_at__isnull=False)
    account = accounts.order_by(F("valid_to").desc(nulls_first=True), "-valid_from").first()
    if account is None:
        raise BrokenTelling("bank, account: none that fees are collected in")
    return account, [_line(row) for row in rows]


def _line(row: Any) -> TellLine:
    if not isinstance(row, dict):
        raise BrokenTelling("transactions: objects")
    amount, number = row.get("amount"), row.get("number")
    bare = _text(number, 64)
    if not isinstance(amount, int) or isinstance(amount, bool) or not 0 < amount <= MOST_DONG:
        raise BrokenTelling("amount: whole đồng above zero")
    if not isinstance(number, str) or not bare or len(number) > 64:
        raise BrokenTelling("number: the bank's own, up to 64 signs")
    try:
        booked_at = datetime.fromisoformat(str(row.get("booked_at")))
    except ValueError as error:
        raise BrokenTelling("booked_at: a moment") from error
    if booked_at.tzinfo is None or booked_at.year not in YEARS:
        raise BrokenTelling("booked_at: of our time, with its time zone")
    return TellLine(
        amount=amount, booked_at=booked_at, number=bare, description=_text(row.get("description"), 500),
        payer=_text(row.get("payer"), 200),
    )  # fmt: skip


def _text(value: Any, most: int) -> str:
    """What a database can keep of a text: JSON may carry half a letter, and a zero."""
    whole = str(value or "").encode("utf-8", "ignore").decode()
    return " ".join(whole.replace("\x00", "").split())[:most]
