"""Pure rules of the way a dossier goes. No Django, no clock, no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


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


@dataclass(frozen=True, slots=True)
class PlannedLeg:
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
    stretches = [(start, end or due_at) for start, end in running]
    worked = [max(clock.elapsed(start, end), 0) for start, end in stretches]
    total = sum(worked)
    legs: list[PlannedLeg] = []
    used, stage, instant = 0, 0, due_at
    for position, leg in enumerate(route, start=1):
        if not leg.parallel or not legs:
            used, stage = used + leg.share, stage + 1
            whole = used >= 100 or total == 0
            instant = due_at if whole else min(_instant(stretches, worked, total * used // 100, clock), due_at)
        legs.append(PlannedLeg(position, stage, leg.name, leg.role, leg.function, instant))
    return legs


def _instant(
    stretches: Sequence[tuple[datetime, datetime]], worked: Sequence[int], minutes: int, clock: Clock
) -> datetime:
    """When so many minutes have run, walking over the time in which the clock stood still."""
    for (start, _end), length in zip(stretches[:-1], worked, strict=False):
        if minutes <= length:
            return clock.after(start, minutes)
        minutes -= length
    return clock.after(stretches[-1][0], minutes)


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
