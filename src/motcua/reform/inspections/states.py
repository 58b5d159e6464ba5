"""The life of an inspection as data, and the one way to move along it."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from motcua.reform.models import Inspection, InspectionState
from motcua.reform.refusals import StaleInspection

CHART: Final[Mapping[str, InspectionState]] = {
    InspectionState.HELD: InspectionState.PLANNED,
    InspectionState.CONCLUDED: InspectionState.HELD,
}
"""To each state the one it is reached from."""


def move(inspection_id: UUID, to: InspectionState, **columns: Any) -> None:
    """Raises `StaleInspection` when it is not where it comes from."""
    if Inspection.objects.filter(pk=inspection_id, state=CHART[to]).update(state=to, **columns) != 1:
        raise StaleInspection
