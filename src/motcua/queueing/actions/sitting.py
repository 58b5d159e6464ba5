"""Who sits at which counter: down, up, a break and its end. Each is an event of the counter."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from motcua.core.events import Actor, record
from motcua.people.access import ActingOfficial
from motcua.people.models import Role
from motcua.queueing.live import hall_changed
from motcua.queueing.models import Counter, Sitting
from motcua.queueing.states import CounterTaken, NotSitting, StillCalled
from motcua.queueing.tables import at_counter, waits_at

DESK = (Role.RECEIVER,)


def sit_down(counter_id: UUID, *, by: ActingOfficial, at: datetime) -> Sitting:
    """Take a counter of the own agency; the official leaves the one he sat at. Records `counter.taken`.

    Raises `CounterTaken`, `Counter.DoesNotExist`, and as `stand_up`.
    """
    counter = Counter.objects.select_related("hall").get(pk=counter_id, hall__agency_id=by.agency_id, is_open=True)
    sitting = sitting_of(by)
    if sitting is not None and sitting.counter_id == counter.id:
        return sitting
    try:
        with transaction.atomic():
            if sitting is not None:
                stand_up(by=by, at=at)
            new = Sitting.objects.create(counter=counter, official_id=by.id, began_at=at)
            tell_counter(counter, "taken", by=by.acting_for(*DESK), at=at)
    except IntegrityError as error:
        raise CounterTaken from error
    return new


def stand_up(*, by: ActingOfficial, at: datetime) -> None:
    """Leave the counter. Who is served there must be done with first. Records `counter.left`.

    Raises `NotSitting`, `StillCalled`.
    """
    with transaction.atomic():
        sitting = manned(by, on_break=True)
        if at_counter(sitting.counter_id):
            raise StillCalled
        Sitting.objects.filter(pk=sitting.pk).update(ended_at=at, break_since=None)
        tell_counter(sitting.counter, "left", by=by.acting_for(*DESK), at=at)


def rest(*, by: ActingOfficial, at: datetime) -> None:
    """A break: the counter calls nobody, the board says so. Records `counter.rested`. Raises `NotSitting`."""
    with transaction.atomic():
        sitting = manned(by)
        Sitting.objects.filter(pk=sitting.pk).update(break_since=at)
        tell_counter(sitting.counter, "rested", by=by.acting_for(*DESK), at=at)


def return_to_work(*, by: ActingOfficial, at: datetime) -> None:
    """The break is over. Records `counter.resumed`. Raises `NotSitting`."""
    with transaction.atomic():
        sitting = manned(by, on_break=True)
        if Sitting.objects.filter(pk=sitting.pk, break_since__isnull=False).update(break_since=None):
            tell_counter(sitting.counter, "resumed", by=by.acting_for(*DESK), at=at)


def sitting_of(by: ActingOfficial) -> Sitting | None:
    """Where the official sits now, if he does."""
    rows = Sitting.objects.filter(official_id=by.id, ended_at=None, counter__hall__agency_id=by.agency_id)
    return rows.select_related("counter__hall").first()


def manned(by: ActingOfficial, *, on_break: bool = False) -> Sitting:
    """The official's sitting under a row lock. Raises `NotSitting`, also during a break unless `on_break`."""
    rows = Sitting.objects.select_for_update(of=("self",)).select_related("counter__hall")
    sitting = rows.filter(official_id=by.id, ended_at=None, counter__hall__agency_id=by.agency_id).first()
    if sitting is None or (sitting.break_since is not None and not on_break):
        raise NotSitting
    return sitting


def tell_counter(counter: Counter, what: str, *, by: Actor, at: datetime) -> None:
    """Record `counter.<what>` with how many wait for it, and let the boards know."""
    hall = counter.hall
    waiting = waits_at(hall.id, counter.id, localdate(at))
    record(
        kind=f"counter.{what}", subject=("counter", counter.id), by=by, at=at,
        agency_id=hall.agency_id, after={"hall": hall.code, "counter": counter.number, "waiting": waiting},
    )  # fmt: skip
    hall_changed(hall.id)
