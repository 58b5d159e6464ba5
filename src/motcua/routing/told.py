"""The way of a dossier as the holder of its receipt is told it: the steps, and what turned or ended it between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from motcua.routing.queries import StepRow
from motcua.routing.stories import StoryRow, events_of

# What ends a dossier without its result, and what takes it up again.
TURNS: Final = ("dossier.rejected", "dossier.withdrawn", "dossier.discontinued", "dossier.reopened")


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One line: a stay in a unit's hands (`step`), or what happened to the whole dossier (`turn`)."""

    at: datetime
    step: StepRow | None = None
    turn: StoryRow | None = None


def told_story(dossier_id: UUID, steps: Sequence[StepRow]) -> list[ToldLine]:
    """Both in the order of time; what happened comes before the step that began with it."""
    lines = [ToldLine(turn.at, turn=turn) for turn in events_of(dossier_id, *TURNS)]
    lines += [ToldLine(step.started_at, step=step) for step in steps]
    return sorted(lines, key=lambda line: line.at)
