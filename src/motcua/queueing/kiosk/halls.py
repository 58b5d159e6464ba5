"""A hall as those see it who come to take a number."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from motcua.queueing.models import Hall, Need
from motcua.queueing.queries.opening import Opening, opening_of


@dataclass(frozen=True, slots=True)
class Offered:
    """A need of the hall, and whether its line is open now."""

    need: Need
    opening: Opening


def hall_named(code: str) -> Hall:
    """The hall in use that an address names. Raises `Http404`."""
    hall = Hall.objects.select_related("agency__parent").filter(code=code, is_open=True).first()
    if hall is None:
        raise Http404
    return hall


def offered(hall: Hall, at: datetime) -> list[Offered]:
    """What people come for, in the order of the machine, each with its opening."""
    return [Offered(need, opening_of(need.pk, at)) for need in hall.needs.filter(is_open=True)]


def takes_bookings(rows: list[Offered]) -> bool:
    """Whether any of it can be had at an appointed time."""
    return any(row.need.takes_bookings for row in rows)


def all_closed(rows: list[Offered]) -> str:
    """The sentence that closes the whole hall, when every need is closed for the same reason; else nothing."""
    said = {row.opening.sentence for row in rows}
    return said.pop() if len(said) == 1 else ""
