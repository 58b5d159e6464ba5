"""Pure rules of the way a dossier goes. No Django, no clock, no database."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol


class RouteLeg(Protocol):
    """A step of the route as the catalogue states it."""

    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def function(self) -> str: ...
    @property
    def share(self) -> int: ...
    @property
    def parallel(self) -> bool: ...


class Clock(Protocol):
    """What these rules need of a calendar."""

    def elapsed(self, start: datetime, end: datetime) -> int: ...
    def after(self, start: datetime, minutes: int) -> datetime: ...


Running = Sequence[tuple[datetime, datetime | None]]


class PlannedLeg(NamedTuple):
    """A step still to come, with the instant it should be finished by; legs of one stage run side by side."""

    position: int
    stage: int
    name: str
    role: str
    function: str
    due_at: datetime


def plan(route: Sequence[RouteLeg], *, running: Running, due_at: datetime, clock: Clock) -> list[PlannedLeg]:
    """When each step must be done: the shares laid end to end over the working time up to `due_at`.

    `running` are the stretches in which the clock ran, the last one perhaps lasting. The last step with a
    share ends exactly at `due_at`; steps without a share (returning the result) carry the due instant of the
    dossier (the law does not count them); a parallel step ends with the step it runs beside.
    """
    worked = _Worked(running, due_at, clock)
    legs: list[PlannedLeg] = []
    used, stage, instant = 0, 0, due_at
    for position, leg in enumerate(route, start=1):
        if not leg.parallel or not legs:
            used, stage = used + leg.share, stage + 1
            instant = worked.end_of(used)
        legs.append(PlannedLeg(position, stage, leg.name, leg.role, leg.function, instant))
    return legs


def due_of_leg(
    route: Sequence[RouteLeg], position: int, *, running: Running, due_at: datetime, clock: Clock
) -> datetime | None:
    """The instant that `plan` gives one step, without planning the others; None: the route has no such place."""
    if not 0 < position <= len(route):
        return None
    used = sum(leg.share for place, leg in enumerate(route[:position]) if not leg.parallel or not place)
    return _Worked(running, due_at, clock).end_of(used)


class _Worked:
    """The working time up to a due date, over which shares are laid."""

    __slots__ = ("_clock", "_due_at", "_lengths", "_stretches", "_total")

    def __init__(self, running: Running, due_at: datetime, clock: Clock) -> None:
        self._clock, self._due_at = clock, due_at
        self._stretches = [(start, end or due_at) for start, end in running]
        self._lengths = [max(clock.elapsed(start, end), 0) for start, end in self._stretches]
        self._total = sum(self._lengths)

    def end_of(self, used: int) -> datetime:
        """When so many hundredths of it have run."""
        if used >= 100 or self._total == 0:
            return self._due_at
        return min(self._after(self._total * used // 100), self._due_at)

    def _after(self, minutes: int) -> datetime:
        """When so many minutes have run, walking over the time in which the clock stood still."""
        for (start, _end), length in zip(self._stretches[:-1], self._lengths, strict=False):
            if minutes <= length:
                return self._clock.after(start, minutes)
            minutes -= length
        return self._clock.after(self._stretches[-1][0], minutes)


def stage_of(legs: Sequence[PlannedLeg], position: int) -> int:
    """The stage that a position of the route belongs to. Raises `LookupError` when the route has no such place."""
    for leg in legs:
        if leg.position == position:
            return leg.stage
    raise LookupError(position)


def legs_after(legs: Sequence[PlannedLeg], position: int) -> list[PlannedLeg]:
    """The legs of the next stage, empty after the last one."""
    following = stage_of(legs, position) + 1
    return [leg for leg in legs if leg.stage == following]
