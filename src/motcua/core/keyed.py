"""Pages behind a key in their address."""

from typing import TypeVar

from django.http import HttpResponseBase

Answer = TypeVar("Answer", bound=HttpResponseBase)


def keep_key_here(response: Answer) -> Answer:
    """The key in the address goes to no other site and into no search engine.

    Not `no-referrer`: a browser then says `Origin: null` of whatever is sent from the page, and the check against
    forged requests refuses it.
    """
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
