"""What a dossier's page shows of the opinions asked for."""

from collections.abc import Sequence
from datetime import datetime

from motcua.dossiers.models import Dossier
from motcua.dossiers.states import OPEN, PAUSED, State
from motcua.people.access import ActingOfficial
from motcua.people.queries import serves_now
from motcua.routing.queries import StepRow


def asking_step(by: ActingOfficial, found: Dossier, steps: Sequence[StepRow], at: datetime) -> StepRow | None:
    """The open step from which he may ask: his own, or one he may take, of a dossier in work."""
    if State(found.state) not in OPEN or State(found.state) in PAUSED:
        return None
    mine = [step for step in steps if step.finished_at is None and by.serves(step.unit_id, step.role)]
    for step in sorted(mine, key=lambda step: step.official_id != by.id):
        if step.official_id in (None, by.id) or not serves_now(step.official_id, step.unit_id, step.role, at):
            return step
    return None
