"""Arranging a hall: its name and needs, its counters and what each takes. One event says how it stood after."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from motcua.core.events import Actor, record
from motcua.people.models import Unit
from motcua.queueing.live import hall_changed
from motcua.queueing.models import Counter, Hall, Need, Sitting, Ticket
from motcua.queueing.models.halls import EVERY_DAY
from motcua.queueing.models.tickets import IN_HALL


@dataclass(frozen=True, slots=True)
class PlannedNeed:
    """A need as it is to be: as `models.Need`."""

    letter: str
    name: str
    explained: str = ""
    sectors: tuple[str, ...] = ()
    is_collecting: bool = False
    takes_bookings: bool = False
    weekdays: tuple[int, ...] = EVERY_DAY
    usual_minutes: int = 10
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class PlannedCounter:
    """A counter as it is to be. `letters`: the needs it takes."""

    number: int
    letters: str
    name: str = ""
    usual_official_id: UUID | None = None
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class PlannedHall:
    """A hall as it is to be. Needs and counters that are not named stand no longer, their numbers are kept."""

    code: str
    name: str
    needs: Sequence[PlannedNeed]
    counters: Sequence[PlannedCounter]
    early_minutes: int = 30
    takes_phones: bool = True
    announcement: str = ""
    is_open: bool = field(default=True)


def arrange(plan: PlannedHall, *, unit: Unit, by: Actor, at: datetime) -> Hall:
    """Bring a hall to this plan; it is made when there is none of this code. Records `hall.arranged`.

    Raises `ValidationError` with a sentence when the plan contradicts itself, `IntegrityError` when another agency's
    hall has this code.
    """
    with transaction.atomic():
        hall = Hall.objects.select_for_update().filter(agency_id=unit.agency_id, code=plan.code).first()
        hall = hall or Hall(agency_id=unit.agency_id, code=plan.code)
        hall.unit, hall.name, hall.early_minutes = unit, plan.name, plan.early_minutes
        hall.takes_phones, hall.announcement, hall.is_open = plan.takes_phones, plan.announcement, plan.is_open
        hall.full_clean()
        hall.save()
        needs = _needs(hall, plan.needs)
        _counters(hall, plan.counters, needs)
        _require_nobody_lost(hall)
        record(
            kind="hall.arranged", subject=("hall", hall.id), by=by, at=at, agency_id=hall.agency_id, after=_told(plan)
        )
        hall_changed(hall.id)
    return hall


def _needs(hall: Hall, planned: Sequence[PlannedNeed]) -> dict[str, Need]:
    kept = {need.letter: need for need in hall.needs.all()}
    for position, plan in enumerate(planned):
        need = kept.get(plan.letter) or Need(hall=hall, letter=plan.letter)
        for name, value in asdict(plan).items():
            setattr(need, name, list(value) if isinstance(value, tuple) else value)
        need.position = position
        need.full_clean()
        need.save()
        kept[plan.letter] = need
    named = {plan.letter for plan in planned}
    hall.needs.exclude(letter__in=named).update(is_open=False)
    return {letter: need for letter, need in kept.items() if letter in named}


def _counters(hall: Hall, planned: Sequence[PlannedCounter], needs: dict[str, Need]) -> None:
    kept = {counter.number: counter for counter in hall.counters.all()}
    for plan in planned:
        counter = kept.get(plan.number) or Counter(hall=hall, number=plan.number)
        counter.name, counter.usual_official_id, counter.is_open = plan.name, plan.usual_official_id, plan.is_open
        counter.full_clean()
        counter.save()
        counter.needs.set(needs[letter] for letter in plan.letters if letter in needs)
    hall.counters.exclude(number__in=[plan.number for plan in planned]).update(is_open=False)


def _require_nobody_lost(hall: Hall) -> None:
    """A hall in use loses nobody: whoever holds a number can still be called, whoever sits keeps his counter.

    Raises `ValidationError`.
    """
    waiting = Ticket.objects.filter(hall=hall, state__in=IN_HALL)
    taken = Need.objects.filter(counters__is_open=True, counters__hall=hall)
    lost = (
        waiting.exclude(need__in=taken)
        .values_list("need__letter", "need__name")
        .annotate(Count("id"))
        .order_by("need__letter")
    )
    if found := lost.first():
        said = {"letter": found[0], "name": found[1], "people": found[2]}
        raise ValidationError(
            _("Còn %(people)d người giữ số %(letter)s (%(name)s) mà không quầy nào nhận. Phục vụ xong rồi hãy bỏ.")
            % said
        )
    if not hall.is_open and waiting.exists():
        raise ValidationError(_("Sảnh còn người giữ số. Phục vụ xong rồi hãy thôi dùng sảnh."))
    sat = Sitting.objects.filter(ended_at=None, counter__hall=hall, counter__is_open=False)
    if number := sat.values_list("counter__number", flat=True).first():
        raise ValidationError(
            _("Quầy %(number)d đang có người ngồi. Người ấy rời quầy rồi hãy bỏ.") % {"number": number}
        )


def _told(plan: PlannedHall) -> dict[str, object]:
    counters = [
        {"number": counter.number, "letters": counter.letters, "open": counter.is_open} for counter in plan.counters
    ]
    needs = [{"letter": need.letter, "name": need.name, "weekdays": list(need.weekdays)} for need in plan.needs]
    return {"code": plan.code, "name": plan.name, "needs": needs, "counters": counters}
