"""What the demo's twin of the world outside was given, asked for over HTTP."""

import json
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.utils.timezone import get_default_timezone

from motcua.correspondence.rules import masked
from motcua.correspondence.states import Way

log = structlog.get_logger("motcua.correspondence")
PATIENCE: Final = 2
_OPENER: Final = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True, slots=True)
class Arrived:
    """One message at the other end."""

    way: str
    to: str
    subject: str
    text: str
    at: datetime


def say_outside(sender: str, text: str) -> bool:
    """A text message from a telephone of the demo to this office; whether the twin took it on its way."""
    url = settings.MOTCUA_GATEWAYS["sms"][0]
    if not url:
        return False
    parts = urlsplit(url)
    call = urllib.request.Request(  # noqa: S310 (the demo's twin)
        f"{parts.scheme}://{parts.netloc}/said", data=json.dumps({"from": sender, "text": text}).encode(), method="POST"
    )
    try:
        with _OPENER.open(call, timeout=PATIENCE):
            return True
    except OSError as fault:
        log.warning("the demo's twin does not answer", error=type(fault).__name__)
        return False


def taken_outside() -> list[Arrived] | None:
    """Newest first; None when there is no twin, or it does not answer."""
    url = settings.MOTCUA_GATEWAYS["sms"][0]
    if not url:
        return None
    parts = urlsplit(url)
    try:
        with _OPENER.open(f"{parts.scheme}://{parts.netloc}/taken", timeout=PATIENCE) as answer:
            rows: list[dict[str, Any]] = json.load(answer)["taken"]
    except (OSError, ValueError, KeyError) as fault:
        log.warning("the demo's twin does not answer", error=type(fault).__name__)
        return None
    return [
        Arrived(
            str(Way(row["way"]).label), masked(row["to"]), row["subject"], row["text"],
            datetime.fromtimestamp(row["at"], get_default_timezone()),
        )
        for row in rows
    ]  # fmt: skip
