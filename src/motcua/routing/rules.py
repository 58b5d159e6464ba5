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


class Clock(Protocol):
    """What these rules need of a calendar."""

    def elapsed(self, start: datetime, end: datetime) -> int: ...
    def after(self, start: datetime, minutes: int) -> datetime: ...


@dataclass(frozen=True, slots=True)
class PlannedLeg:
    """A step still to come, with the instant it should be finished by."""

    position: int
    name: str
    role: str
    function: str
    due_at: datetime


def plan(route: Sequence[RouteLeg], *, received_at: datetime, due_at: datetime, clock: Clock) -> list[PlannedLeg]:
    """When each step must be done: the shares laid end to end over the working time up to `due_at`.

    The last step with a share ends exactly at `due_at`; steps without a share (returning the result) carry
    the due instant of the dossier (the law does not count them).
    """
    total = clock.elapsed(received_at, due_at)
    legs: list[PlannedLeg] = []
    used = 0
    for position, leg in enumerate(route, start=1):
        used += leg.share
        whole = used >= 100 or total == 0
        instant = due_at if whole else min(clock.after(received_at, total * used // 100), due_at)
        legs.append(PlannedLeg(position, leg.name, leg.role, leg.function, instant))
    return legs
