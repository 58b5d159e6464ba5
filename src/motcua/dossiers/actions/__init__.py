"""The only place that writes dossiers."""

from motcua.dossiers.actions.clock import ClockWentBack, Turned, set_last_day, turn_clock
from motcua.dossiers.actions.ending import ENDINGS, ending
from motcua.dossiers.actions.opening import (
    NewDossier,
    Opened,
    OpenedBefore,
    PaperHandedIn,
    open_dossier,
    opened_before,
)

__all__ = [
    "ENDINGS",
    "ClockWentBack",
    "NewDossier",
    "Opened",
    "OpenedBefore",
    "PaperHandedIn",
    "Turned",
    "ending",
    "open_dossier",
    "opened_before",
    "set_last_day",
    "turn_clock",
]
