"""What follows what: the one screen that says which action listens to which event.

A listener runs in the transaction of the event; if it raises, the whole move is undone. Counting stands last:
its rows are shared by everybody, so they are locked for the shortest time.
"""

from motcua.core.events import Listener, listen
from motcua.dossiers.looking import find_task_by
from motcua.reporting.counting import count_ended, count_received, count_reopened, count_returned
from motcua.result.actions import prepare as prepare_result
from motcua.result.actions import prepare_refusal, supersede_results
from motcua.routing.actions import replan
from motcua.routing.actions import start as start_route
from motcua.routing.apologies.following import reconsider_draft, settle_letters
from motcua.routing.bundles.following import member_finished, member_refused, member_reopened, member_stopped
from motcua.routing.closed_units import require_taken_over
from motcua.routing.consultations.closing import close_with_dossier
from motcua.routing.recalculation import recalculate
from motcua.routing.tasks import task_in_hand
from motcua.worktime.changes import KINDS as CALENDAR_CHANGES

JOURNEY: dict[str, tuple[Listener, ...]] = {
    "dossier.received": (start_route, count_received),
    "dossier.approved": (prepare_result,),
    "dossier.finished": (settle_letters, member_finished, count_ended),
    "dossier.rejected": (prepare_refusal, settle_letters, member_refused, close_with_dossier, count_ended),
    "dossier.withdrawn": (settle_letters, member_stopped, close_with_dossier, count_ended),
    "dossier.discontinued": (settle_letters, member_stopped, close_with_dossier, count_ended),
    "dossier.paused": (reconsider_draft,),
    "dossier.resumed": (replan, reconsider_draft),
    "dossier.restarted": (replan, reconsider_draft),
    "dossier.pause_voided": (replan, reconsider_draft),
    "dossier.extended": (replan, reconsider_draft),
    "dossier.reappointed": (replan,),
    "dossier.reopened": (supersede_results, member_reopened, count_reopened),
    "unit.closed": (require_taken_over,),
    "dossier.returned": (count_returned,),
    **dict.fromkeys(CALENDAR_CHANGES, (recalculate,)),
}


def follow() -> None:
    """Register every listener, and who finds the task of a look; called once when Django is ready."""
    find_task_by(task_in_hand)
    for kind, listeners in JOURNEY.items():
        for listener in listeners:
            listen(kind, listener)
