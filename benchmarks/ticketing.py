"""What `benchmarks.tickets` needs of the office, in a process of its own: signed presses, a line that waits."""

import statistics
import time
from datetime import timedelta
from secrets import token_hex

from django.core.signing import Signer
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from motcua.core.sql import fetch_all
from motcua.people.access import account_with_official
from motcua.people.models import Account
from motcua.queueing.actions import Wanted, call_next, issue, sit_down
from motcua.queueing.actions.issuing import THE_MACHINE
from motcua.queueing.declared import declared_on
from motcua.queueing.keys import new_form
from motcua.queueing.models import Counter, Hall, TicketWay
from motcua.queueing.models.halls import EVERY_DAY
from motcua.queueing.queries.hall import standing
from motcua.queueing.queries.opening import opens_next
from motcua.queueing.queries.ranges import foretold, range_for
from motcua.queueing.rules.order import choose
from motcua.queueing.tables import first_in_line
from motcua.worktime.queries import calendar_for

OF_A_MACHINE = 15
DECISIONS, CALLS, FORECASTS = 2_000, 300, 200


def presses(code: str, several: int) -> None:
    """Open the hall whatever the hour, and print a form token and its machine's mark for each press."""
    at = timezone.localtime()
    opening = opens_next(calendar_for("VN"), at, list(EVERY_DAY))
    early = int((opening - at) / timedelta(minutes=1)) + 10 if opening else 30
    Hall.objects.filter(code=code).update(early_minutes=max(early, 30))
    machines = Signer(salt="motcua.hall")
    for number in range(several):
        if number % OF_A_MACHINE == 0:
            mark = machines.sign(f"{code}/{token_hex(8)}")
        print(new_form(), mark)


def decisions(code: str, waiting: int) -> None:
    """A thousand wait: milliseconds of who is next, of a whole call that is rolled back, and of how long they wait;
    p50 and p99 of each."""
    hall, at = Hall.objects.get(code=code), timezone.now()
    needs = list(hall.needs.filter(is_collecting=False))
    already = fetch_all("SELECT count(*) FROM queueing_ticket WHERE hall_id = %s AND state = 'waiting'", (hall.pk,))
    for number in range(waiting - int(already[0][0])):
        ground = "elderly" if number % 7 == 0 else ""
        issue(Wanted(needs[number % len(needs)].pk, TicketWay.KIOSK, ground), by=THE_MACHINE, at=at)
    found = account_with_official(Account.objects.get(username="tiepnhan2").id, localdate(at), at)
    official = found[1] if found else None
    if official is None:
        raise RuntimeError("nobody receives here")
    counter = Counter.objects.get(hall=hall, number=2)
    sit_down(counter.pk, by=official, at=at)
    decided, called = [], []
    for _one in range(DECISIONS):
        begun = time.perf_counter()
        choose(first_in_line(hall.pk, counter.pk, at), streak=0, cap=declared_on(localdate(at)).cap, at=at)
        decided.append((time.perf_counter() - begun) * 1000)
    for _one in range(CALLS):
        with transaction.atomic():
            begun = time.perf_counter()
            if call_next(by=official, at=timezone.now()) is None:
                raise RuntimeError("nobody waits")
            called.append((time.perf_counter() - begun) * 1000)
            transaction.set_rollback(True)
    for took in (decided, called, *_forecasts(hall)):
        cuts = statistics.quantiles(took, n=100)
        print(cuts[49], cuts[98])


def _forecasts(hall: Hall) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of what a new number is told; of the last one's place and range by the picture; of the picture."""
    told, shown, read = [], [], []
    need = hall.needs.filter(is_collecting=False)[0].pk
    for _one in range(FORECASTS):
        at = timezone.now()
        begun = time.perf_counter()
        foretold(hall.pk, need, is_favoured=False, at=at)
        told.append((time.perf_counter() - begun) * 1000)
        begun = time.perf_counter()
        picture = standing(hall.pk, at)
        read.append((time.perf_counter() - begun) * 1000)
        if picture is None:
            raise RuntimeError("the hall is gone")
        last = max(picture.waiting, key=lambda one: one.line.place)
        begun = time.perf_counter()
        picture.ahead_of(last, cap=declared_on(localdate(at)).cap)
        range_for(picture, last)
        shown.append((time.perf_counter() - begun) * 1000)
    return told, shown, read
