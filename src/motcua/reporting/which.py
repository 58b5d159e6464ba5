"""Which dossiers a figure counts: the same value makes the number, its address, and the list behind it."""

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final, Self
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from motcua.catalogue.models import Channel, OnlineLevel
from motcua.dossiers.models import FiledBy, Source, Standing
from motcua.dossiers.rules import Timeliness
from motcua.dossiers.states import DossierOutcome
from motcua.reporting.rules.periods import is_told_of


class Kind(StrEnum):
    """What is counted of a period [first, until)."""

    RECEIVED = "received"
    SETTLED = "settled"
    """Ended, less reopened: a dossier ended, reopened and ended again counts once."""
    REOPENED = "reopened"
    RETURNED = "returned"
    CARRIED = "carried"
    """In hand when the period began."""
    IN_HAND = "in_hand"
    """Carried over and received."""
    OPEN = "open"
    """In hand when the period ended (or now)."""
    WITHIN = "within"
    OVERDUE = "overdue"
    """Open and past its date at that moment."""


WHOLE: Final = (Standing.SINGLE.value, Standing.LEAD.value)
"""What totals count: a bundle once, by its lead."""
PARTS: Final = (Standing.PART.value,)
DIRECT: Final = (Channel.COUNTER.value, Channel.POST.value)
_ALLOWED: Final[dict[str, frozenset[str]]] = {
    "channel": frozenset(Channel.values),
    "filed_by": frozenset(FiledBy.values),
    "source": frozenset(Source.values),
    "level": frozenset(OnlineLevel.values),
    "standing": frozenset(Standing.values),
    "timing": frozenset(Timeliness),
    "outcome": frozenset(DossierOutcome.values),
    "copy": frozenset({"with", "without", "excepted"}),
    "log": frozenset({"in_turn", "not_in_turn"}),
}


class NoSuchList(ValueError):
    """The address names no list of dossiers."""


@dataclass(frozen=True, slots=True)
class Which:
    """A selection of dossiers. An empty tuple or None: whatever it is. `first` None: since the beginning.

    `below`: also at every agency under this one; `at_level`: only those of this administrative level. `official`: ended
    by the work of this case officer; `unit`: in this unit (both only of what is settled). `copy`: whose result has an
    electronic copy, has none, or has a reason for none; `log`: whose steps were told as they were done, or not
    (`conditions`; both only of what happened in a period).
    """

    kind: Kind
    agency: UUID
    until: date
    first: date | None = None
    below: bool = False
    at_level: str = ""
    sector: str = ""
    procedure: UUID | None = None
    official: UUID | None = None
    unit: UUID | None = None
    channel: tuple[str, ...] = ()
    filed_by: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    standing: tuple[str, ...] = WHOLE
    timing: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    copy: tuple[str, ...] = ()
    log: tuple[str, ...] = ()

    def but(self, **changes: Any) -> Self:
        """The same with these parts changed."""
        return replace(self, **changes)

    @property
    def url(self) -> str:
        """Where the list of exactly these dossiers is."""
        said = {part.name: _said(getattr(self, part.name)) for part in fields(self)}
        return f"{reverse('counted')}?{urlencode({name: text for name, text in said.items() if text})}"

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """What an address asks for. Raises `NoSuchList`."""
        asked = {name: str(query[name]) for name in query}
        try:
            first = asked.get("first", "")
            values: dict[str, Any] = {
                "kind": Kind(asked["kind"]),
                "agency": UUID(asked["agency"]),
                "until": _day(asked["until"]),
                "first": _day(first) if first else None,
                "below": asked.get("below") == "1",
                "sector": asked.get("sector", "")[:60],
                "at_level": asked.get("at_level", "")[:10],
            }
            for name in ("procedure", "official", "unit"):
                values[name] = UUID(asked[name]) if asked.get(name) else None
        except (KeyError, ValueError) as fault:
            raise NoSuchList(str(fault)) from fault
        for name, allowed in _ALLOWED.items():
            chosen = tuple(part for part in asked.get(name, "").split(",") if part)
            if not allowed.issuperset(chosen):
                raise NoSuchList(name)
            values[name] = chosen
        return cls(**values)


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if not is_told_of(day):
        raise ValueError(text)
    return day


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, bool):
        return "1" if value else ""
    return "" if value is None else str(value)
