"""What a change of a calendar did: for the person who made it, for the event row, and for listeners."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

LOADED, DAY_MARKED, DAY_UNMARKED = "calendar.loaded", "calendar.day_marked", "calendar.day_unmarked"
HOURS_SET = "calendar.hours_set"
KINDS = (LOADED, DAY_MARKED, DAY_UNMARKED, HOURS_SET)
"""Every kind of event that changes what a due date depends on; each carries a `CalendarChanged`."""
RECALCULATED = "calendar.recalculated"
"""Told of a calendar by whoever moves open dossiers after a change: how many were looked at, later, earlier."""

Facts = dict[str, Any]
_DAYS, _HOURS, _YEARS = "days", "hours", "years"
_MOST_WORDS = 200


class Why(NamedTuple):
    """A change in a few words: the decisions and names of its days; `undone` when days were only taken away."""

    decision: str
    reason: str
    undone: bool

    def told(self) -> Facts:
        """For an event row: only what there is."""
        return {name: value for name, value in self._asdict().items() if value}


@dataclass(slots=True)
class LoadReport:
    """What a change did: labels of what was new, changed and removed, and how much stayed as it was.

    `before` and `after` keep the whole rows as JSON values, by part (calendar, hours, years, days), so that
    a date promised under the old calendar can be explained for ever.
    """

    code: str
    revision: int = 0
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    before: dict[str, list[Facts]] = field(default_factory=dict)
    after: dict[str, list[Facts]] = field(default_factory=dict)

    def note(self, part: str, label: str, old: Facts | None, new: Facts | None) -> None:
        """One row that is there now, was there before, or both."""
        if old is not None:
            self.before.setdefault(part, []).append(old)
        if new is not None:
            self.after.setdefault(part, []).append(new)
        (self.new if old is None else self.removed if new is None else self.changed).append(label)

    @property
    def touched(self) -> bool:
        """Whether anything a due date depends on is different now."""
        return bool(self.before or self.after)

    @property
    def hours_differ(self) -> bool:
        """Whether weekly hours were new, changed or removed."""
        return _HOURS in self.before or _HOURS in self.after

    @property
    def more_differs(self) -> bool:
        """Whether anything else than dated days and weekly hours is different: years, parent, cut-off."""
        return bool({*self.before, *self.after} - {_DAYS, _HOURS})

    def dates(self) -> list[date]:
        """The dated days that were new, changed or removed, in order."""
        rows = [*self.before.get(_DAYS, ()), *self.after.get(_DAYS, ())]
        return sorted({date.fromisoformat(row["date"]) for row in rows})

    def counts(self) -> dict[str, int]:
        """How many of each, for the event row and the command line."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "removed": len(self.removed),
            "unchanged": self.unchanged,
        }

    def why(self) -> Why:
        """The change in a few words."""
        undone = _DAYS not in self.after and _DAYS in self.before and not self.after
        rows = [row for part in (_DAYS, _YEARS) for row in (self.before if undone else self.after).get(part, ())]
        return Why(_words(row["decision"] for row in rows), _words(row.get("name", "") for row in rows), undone)


def _words(said: Iterable[str]) -> str:
    """Each said once, in order, no longer than a line."""
    words = "; ".join(word for word in dict.fromkeys(said) if word)
    return words if len(words) <= _MOST_WORDS else f"{words[: _MOST_WORDS - 1]}…"


@dataclass(frozen=True, slots=True)
class CalendarChanged:
    """Carried by the event: the calendar, its new revision, and the codes whose due dates may differ now.

    `touched` begins with `code`; an heir whose own word goes before everything that changed is left out.
    """

    code: str
    touched: tuple[str, ...]
    revision: int
    report: LoadReport = field(compare=False)
