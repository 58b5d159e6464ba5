"""What follows what: the one screen that says which action listens to which event.

A listener runs in the transaction of the event; if it raises, the whole move is undone.
"""

from motcua.core.events import Listener, listen
from motcua.result.actions import prepare as prepare_result
from motcua.result.actions import prepare_refusal, supersede_results
from motcua.routing.actions import replan
from motcua.routing.actions import start as start_route
from motcua.routing.recalculation import recalculate
from motcua.worktime.changes import KINDS as CALENDAR_CHANGES

JOURNEY: dict[str, tuple[Listener, ...]] = {
    "dossier.received": (start_route,),
    "dossier.approved": (prepare_result,),
    "dossier.rejected": (prepare_refusal,),
    "dossier.resumed": (replan,),
    "dossier.restarted": (replan,),
    "dossier.extended": (replan,),
    "dossier.reappointed": (replan,),
    "dossier.reopened": (supersede_results,),
    **dict.fromkeys(CALENDAR_CHANGES, (recalculate,)),
}


def follow() -> None:
    """Register every listener; called once when Django is ready."""
    for kind, listeners in JOURNEY.items():
        for listener in listeners:
            listen(kind, listener)
