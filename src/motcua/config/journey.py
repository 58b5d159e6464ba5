"""What follows what: the one screen that says which action listens to which event.

A listener runs in the transaction of the event; if it raises, the whole move is undone. Counting stands last:
its rows are shared by everybody, so they are locked for the shortest time.
"""

from motcua.core.events import Listener, listen
from motcua.correspondence.codes import send_code
from motcua.documents.papers.access import owners_by
from motcua.dossiers.looking import find_task_by
from motcua.feedback.receptions.slides import reception_slides
from motcua.intake.mandates import mandates_sent_to
from motcua.intake.online.access import papers_asked_for
from motcua.intake.online.views.supplement import papers_of_supplement
from motcua.intake.screens.following import carry_confirmation, follow_desks
from motcua.payments.refunds.actions import ask_no_more
from motcua.people.citizens.codes import deliver_by
from motcua.people.citizens.mandates import mandates_sent_by
from motcua.people.second_factor import follow_second_factors
from motcua.queueing.actions.taking_in import link_dossier
from motcua.queueing.boards.turns import show_slides_of
from motcua.reform.figures import PRESS
from motcua.reporting.counting import count_ended, count_received, count_reopened, count_returned
from motcua.reporting.indicators.by_receipt.days import touch_day, touch_day_paid
from motcua.reporting.indicators.keeping import forget_reopened, forget_returned
from motcua.reporting.press.computing import hand_in
from motcua.result.actions import prepare as prepare_result
from motcua.result.actions import prepare_refusal, supersede_results
from motcua.result.told import told_of_result
from motcua.routing.actions import pass_on_own, replan
from motcua.routing.actions import start as start_route
from motcua.routing.apologies.following import reconsider_draft, settle_letters
from motcua.routing.apologies.slides import late_slides
from motcua.routing.bundles.following import member_finished, member_refused, member_reopened, member_stopped
from motcua.routing.closed_units import require_taken_over
from motcua.routing.consultations.closing import close_with_dossier
from motcua.routing.recalculation import recalculate
from motcua.routing.tasks import task_in_hand
from motcua.routing.views.tracking import tell_more_by
from motcua.worktime.changes import KINDS as CALENDAR_CHANGES

JOURNEY: dict[str, tuple[Listener, ...]] = {
    "submission.submitted": (carry_confirmation,),
    **dict.fromkeys(("submission.refused", "submission.withdrawn"), (ask_no_more,)),
    "dossier.received": (start_route, link_dossier, count_received),
    "dossier.certified": (pass_on_own,),
    "dossier.approved": (prepare_result, touch_day),
    "dossier.finished": (settle_letters, member_finished, touch_day, count_ended),
    "dossier.rejected": (prepare_refusal, settle_letters, member_refused, close_with_dossier, touch_day, count_ended),
    "dossier.withdrawn": (settle_letters, member_stopped, close_with_dossier, touch_day, count_ended),
    "dossier.discontinued": (settle_letters, member_stopped, close_with_dossier, touch_day, count_ended),
    "dossier.paused": (reconsider_draft, touch_day),
    "dossier.resumed": (replan, reconsider_draft, touch_day),
    "dossier.restarted": (replan, reconsider_draft, touch_day),
    "dossier.pause_voided": (replan, reconsider_draft),
    "dossier.extended": (replan, reconsider_draft),
    "dossier.reappointed": (replan,),
    "dossier.reopened": (supersede_results, member_reopened, forget_reopened, touch_day, count_reopened),
    **dict.fromkeys(
        ("dossier.result_attached", "dossier.copy_excepted", "dossier.supplement_sent", "dossier.supplement_faulted"),
        (touch_day,),
    ),
    **dict.fromkeys(
        ("order.opened", "order.paid", "order.money_counted", "order.money_taken_back", "order.cancelled"),
        (touch_day_paid,),
    ),
    "unit.closed": (require_taken_over,),
    "dossier.returned": (forget_returned, count_returned),
    **dict.fromkeys(CALENDAR_CHANGES, (recalculate,)),
}


def follow() -> None:
    """Register every listener, what tells of second factors, who finds the task of a look, what boards show too,
    and the figures of reform that newspapers print.

    Called once when Django is ready.
    """
    find_task_by(task_in_hand)
    owners_by(papers_asked_for)
    owners_by(papers_of_supplement)
    deliver_by(send_code)
    mandates_sent_by(mandates_sent_to)
    follow_second_factors()
    tell_more_by(told_of_result)
    show_slides_of(late_slides)
    show_slides_of(reception_slides)
    follow_desks()
    hand_in(PRESS)
    for kind, listeners in JOURNEY.items():
        for listener in listeners:
            listen(kind, listener)
