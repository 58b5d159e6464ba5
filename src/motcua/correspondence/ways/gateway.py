"""SMS and Zalo over a carrier's HTTP gateway: JSON in, JSON out, the number never in an address.

POST <url> {"id", "to", "text"} with the message's id as `Idempotency-Key` answers {"ref"}; GET <url>/<ref> answers
{"state": "under_way" | "delivered" | "lost"}. A carrier that speaks otherwise gets a small adapter in front of it.
"""

import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any, Final

from django.conf import settings

from motcua.correspondence.ways.carrier import Down, Letter, Report, TryLater, Unreachable

LONGEST_ANSWER: Final = 64 * 1024
LONGEST_REFERENCE: Final = 120
# What a carrier says of itself, or of our key, and not of the person's number.
_NOT_THE_NUMBER: Final = frozenset({401, 403, 405, 408, 409, 425, 429})


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A key and a phone number go to the address in the settings and nowhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_OPENER: Final = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirects)


class Gateway:
    """One carrier, by its address and our key there."""

    reports = True

    def __init__(self, url: str, key: str) -> None:
        self._url, self._key = url.rstrip("/"), key

    def carry(self, letter: Letter) -> str:
        """Hand one text over; the carrier's reference. Raises `TryLater`, `Unreachable`."""
        told = {"id": str(letter.id), "to": letter.address, "text": letter.short}
        return str(self._answer("", told, once=str(letter.id)).get("ref") or "")[:LONGEST_REFERENCE]

    def ask(self, reference: str) -> Report:
        """What became of it. Raises `TryLater`, also for a reference the carrier does not know (yet)."""
        try:
            state = self._answer("/" + urllib.parse.quote(reference, safe="")).get("state")
        except Unreachable as unknown:
            raise TryLater(unknown.note) from unknown
        return next((one for one in Report if one.value == state), Report.UNDER_WAY)

    def close(self) -> None:
        """Nothing stays open."""

    def _answer(self, path: str, told: dict[str, str] | None = None, once: str = "") -> dict[str, Any]:
        headers = {"Accept": "application/json", "Authorization": f"Bearer {self._key}"}
        if told is not None:
            headers |= {"Content-Type": "application/json", "Idempotency-Key": once}
        request = urllib.request.Request(  # noqa: S310 (http or https: config/env.py)
            self._url + path, data=None if told is None else json.dumps(told).encode(), headers=headers
        )
        try:
            with _OPENER.open(request, timeout=settings.MOTCUA_CARRIER_PATIENCE) as response:
                answer = json.loads(response.read(LONGEST_ANSWER))
        except urllib.error.HTTPError as refused:
            refused.close()
            later = refused.code >= 500 or refused.code < 400 or refused.code in _NOT_THE_NUMBER
            raise (Down if later else Unreachable)(f"http_{refused.code}") from refused
        except (OSError, http.client.HTTPException) as fault:  # no route, refused, timed out, broken off
            raise Down("no_answer") from fault
        except ValueError as fault:  # no JSON: some other server answered
            raise Down("strange_answer") from fault
        if not isinstance(answer, dict):
            raise Down("strange_answer")
        return answer
