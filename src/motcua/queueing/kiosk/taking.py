"""One press, one number: a form sent twice meets the number it took, and nobody empties the roll."""

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError

from motcua.core.events import Actor
from motcua.queueing.actions.issuing import Wanted, issue
from motcua.queueing.keys import key_hash
from motcua.queueing.models import Ticket
from motcua.queueing.states import QueueClosed


def take_once(wanted: Wanted, *, by: Actor, at: datetime, refused: Callable[[], str]) -> bool:
    """Give the number of `wanted.key` unless it was given already; whether it is new.

    `refused` is asked before a new one only: the sentence that says why there is none for this machine or telephone
    now, or nothing. Raises `QueueClosed`, also with that sentence.
    """
    if _given(wanted.key):
        return False
    if sentence := refused():
        raise QueueClosed(sentence)
    try:
        issue(wanted, by=by, at=at)
    except IntegrityError:
        if _given(wanted.key):  # the other of two presses was faster
            return False
        raise
    return True


def _given(key: str) -> bool:
    return Ticket.objects.filter(key_hash=key_hash(key)).exists()
