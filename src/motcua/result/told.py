"""What the holder of a receipt is told of the result, on the tracking page."""

from collections.abc import Mapping
from typing import Any

from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.result.collection import copy_ready
from motcua.result.queries import handed_over


def told_of_result(dossier: Dossier) -> Mapping[str, Any]:
    """How it left the office, and whether a copy can be downloaded; nothing before it was handed over."""
    if dossier.state != State.RETURNED:
        return {}
    return {"left": handed_over(dossier.id), "has_copy": copy_ready(dossier.id)}
