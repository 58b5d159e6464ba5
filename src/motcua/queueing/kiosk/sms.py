"""Asking by text message: "SO A012 <hall>" is answered with where the number stands. Told by the office's SMS gateway.

POST {"id", "from", "text"} as JSON, signed as the bank signs (`core.signed_calls`) under MOTCUA_SMS_KEY; the answer is
{"reply"}: a text for the sender, or nothing. A message is answered once, whatever the gateway sends again; the
telephone's number is kept nowhere but as the hash of the throttle.
"""

import json
import re
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

import structlog
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from motcua.core.access import public
from motcua.core.signed_calls import ForgedCall, require_signed
from motcua.core.throttle import address_of, allow
from motcua.queueing.declared import declared_on
from motcua.queueing.models import Hall
from motcua.queueing.queries.hall import Standing, standing
from motcua.queueing.queries.ranges import range_for, range_words
from motcua.queueing.wording import ahead_words

ASKED: Final = re.compile(r"SO\s+([A-Z])\s?(\d{1,5})\s+([A-Z0-9-]{1,20})")
FORGED, WINDOW = 60, timedelta(minutes=10)
# Of one telephone: each answer costs the office a message.
OF_TELEPHONE, HOUR = 12, timedelta(hours=1)
ONCE: Final = timedelta(days=1)
log = structlog.get_logger("motcua.queueing")


@dataclass(frozen=True, slots=True)
class Told:
    """A text message that came in."""

    id: str
    sender: str
    text: str


@csrf_exempt
@public
@require_POST
def told_by_sms(request: HttpRequest) -> HttpResponse:
    """One message of the gateway; 403 for what it did not sign."""
    key = settings.MOTCUA_GATEWAYS["sms"][1]
    if not key:
        raise Http404
    try:
        require_signed(
            key, timestamp=request.headers.get("X-Motcua-Timestamp", ""),
            signed=request.headers.get("X-Motcua-Signature", ""), body=request.body, now=time.time(),
        )  # fmt: skip
        told = _read(request.body)
    except ForgedCall as forged:
        if not allow(what="sms-call", who=address_of(request), limit=FORGED, window=WINDOW):
            return JsonResponse({"detail": "too many"}, status=HTTPStatus.TOO_MANY_REQUESTS)
        log.warning("a text message was not the gateway's", why=str(forged))
        return JsonResponse({"detail": str(forged)}, status=HTTPStatus.FORBIDDEN)
    except ValueError:
        return JsonResponse({"detail": "id, from, text"}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse({"reply": _reply(told, timezone.now())})


def _read(body: bytes) -> Told:
    """What the gateway says came. Raises ValueError."""
    said = json.loads(body)
    if not isinstance(said, dict):
        raise ValueError("no object")
    told = Told(*(str(said.get(name) or "")[:200] for name in ("id", "from", "text")))
    if not (told.id and told.sender):
        raise ValueError("no id or sender")
    return told


def _reply(told: Told, at: datetime) -> str:
    """The answer, in Vietnamese; none to what was answered already or to who asks too often."""
    if not allow(what="sms-once", who=told.id, limit=1, window=ONCE):
        return ""
    if not allow(what="sms-asked", who=told.sender, limit=OF_TELEPHONE, window=HOUR):
        return ""
    with translation.override("vi"):
        return answer_to(told.text, at)


def answer_to(text: str, at: datetime) -> str:
    """Where the asked number stands, as anybody can read it in the hall. Nothing of whose it is."""
    asked = ASKED.fullmatch(" ".join(text.upper().split()))
    hall = Hall.objects.filter(code__iexact=asked[3], is_open=True).first() if asked else None
    if asked is None or hall is None:
        return _("Soạn: SO, số thứ tự, mã sảnh; ví dụ SO A012 TAN-THANH. Mã sảnh in ở cửa sảnh.")
    label = f"{asked[1]}{int(asked[2]):03d}"
    picture = standing(hall.pk, at)
    return _stands(picture, label, at) if picture else ""


def _stands(picture: Standing, label: str, at: datetime) -> str:
    for counter in picture.counters:
        if any(one.label == label for one in counter.here):
            return _("%(number)s: mời đến quầy %(counter)d.") % {"number": label, "counter": counter.number}
    found = next((one for one in picture.waiting if one.label == label), None)
    if found is None:
        return _("Hôm nay số %(number)s không đang chờ ở sảnh này.") % {"number": label}
    ahead = ahead_words(picture.ahead_of(found, cap=declared_on(localdate(at)).cap))
    told = range_for(picture, found)
    calling = ", ".join(call.label for call in picture.calls[:3])
    return " ".join(
        part
        for part in (
            _("%(number)s.") % {"number": label},
            _("Đang gọi %(numbers)s.") % {"numbers": calling} if calling else "",
            f"{ahead}, {range_words(told)}." if told else f"{ahead}.",
        )
        if part
    )
