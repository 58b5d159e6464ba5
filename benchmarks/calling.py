"""The official of `benchmarks.calls`, in a process of his own: takes numbers, then calls them one after the other."""

import time
from unittest.mock import patch

from django.utils import timezone

from motcua.people.access import account_with_official
from motcua.people.models import Account
from motcua.queueing.actions import Wanted, begin, call_next, issue, sit_down
from motcua.queueing.actions.issuing import THE_MACHINE
from motcua.queueing.models import Hall, TicketWay
from motcua.queueing.queries.opening import Opening


def make_calls(code: str, several: int, pause: float) -> None:
    """Prints of each call its name and the monotonic second in which it began."""
    hall = Hall.objects.get(code=code)
    need, counter = hall.needs.get(letter="A"), hall.counters.get(number=1)
    always = Opening(hall.id, hall.agency_id, hall.code, need.letter, True)
    found = account_with_official(Account.objects.get(username="tiepnhan").id, timezone.localdate(), timezone.now())
    official = found[1] if found else None
    if official is None:
        raise RuntimeError("nobody receives here")
    # The figures are taken at any hour: the machine of this hall is open.
    with patch("motcua.queueing.actions.issuing.opening_of", lambda _need, _at: always):
        for _one in range(several):
            issue(Wanted(need.id, TicketWay.KIOSK), by=THE_MACHINE, at=timezone.now())
    sit_down(counter.id, by=official, at=timezone.now())
    time.sleep(1)
    for _one in range(several):
        begun = time.monotonic()
        ticket = call_next(by=official, at=timezone.now())
        if ticket is None:
            raise RuntimeError("nobody waits")
        print(f"{ticket.pk}:1 {begun}", flush=True)
        time.sleep(pause)
        begin(ticket.pk, by=official, at=timezone.now())
        time.sleep(pause)
