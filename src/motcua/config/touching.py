"""Which guarded tables an event of a kind may change: the screen beside `recorded.py`.

When the rows of a subject are sealed anew, whatever changed in a table that none of its events since may touch is
astray (`core/record/astray.py`). A kind that is not here touches nothing. Tests hold the acts to it.
"""

from collections.abc import Mapping
from typing import Final

_DOSSIER: Final = frozenset({"dossiers_dossier"})
_STEP: Final = frozenset({"routing_step"})
_USE: Final = frozenset({"documents_paperuse"})
_PAPERS: Final = frozenset(
    {"documents_paperuse", "dossiers_dossiercomponent", "intake_supplementrequest", "intake_demand"}
)
_CLOCK: Final = _DOSSIER | _STEP | {"dossiers_clockentry"}
_MONEY: Final = frozenset({"payments_financialduty"})
_COPY: Final = frozenset({"documents_issuedpaper", "result_digitizingexception"})
_RESULT: Final = _COPY | {"result_result", "result_delivery"}
_LETTER: Final = frozenset({"routing_apology"})
_BUNDLE: Final = frozenset({"routing_bundle", "routing_bundlemember"})
_VERSION: Final = frozenset({
    "catalogue_procedure", "catalogue_procedureversion", "catalogue_component", "catalogue_timelimit", "catalogue_fee",
    "catalogue_legalbasis", "catalogue_routestep",
})  # fmt: skip
_CALENDAR: Final = frozenset({"worktime_calendarday", "worktime_calendaryear", "worktime_weeklyhours"})
_ABSENCE: Final = frozenset({"people_absence", "people_standin"})


def _each(kinds: str, tables: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """The same of several kinds: `subject: one two`."""
    subject, _colon, several = kinds.partition(": ")
    return {f"{subject}.{one}": tables for one in several.split()}


TOUCHING: Final[Mapping[str, frozenset[str]]] = {
    "dossier.received": _CLOCK | _MONEY | _USE | {"dossiers_dossiercomponent"},
    **_each("dossier: paused resumed restarted", _CLOCK | _PAPERS),
    **_each("dossier: pause_voided extended reappointed", _CLOCK),
    **_each("dossier: recalculated finished", _CLOCK),
    **_each("dossier: withdrawn discontinued", _CLOCK | {"intake_supplementrequest"}),
    "dossier.approved": _COPY | {"result_result"},
    "dossier.result_attached": _COPY,
    "dossier.copy_excepted": frozenset({"result_digitizingexception"}),
    **_each("older: listed corrected checked refused", frozenset({"result_olderresult"})),
    "older.digitized": frozenset({"result_olderresult", "documents_issuedpaper"}),
    "dossier.collected": frozenset({"result_delivery"}),
    **_each("dossier: supplement_sent supplement_faulted", _USE),
    **_each("submission: supplement_sent supplement_faulted", _USE),
    "dossier.rejected": _CLOCK | _RESULT,
    "dossier.reopened": _CLOCK | _RESULT,
    "dossier.returned": _DOSSIER | _STEP | {"result_delivery"},
    "step.passed_on": _DOSSIER | _STEP,
    **_each("step: started taken released sent_back reassigned forwarded", _STEP),
    **_each("duty: demanded settled cancelled", _MONEY),
    **_each("order: opened let_go cancelled", frozenset({"payments_paymentorder"})),
    **_each("order: money_counted money_taken_back", frozenset({"payments_paymentorder", "payments_payment"})),
    "order.paid": frozenset({"payments_paymentorder", "payments_moneyreceipt"}),
    "order.receipt_voided": frozenset({"payments_moneyreceipt"}),
    **_each("bank_line: came numbered counted assigned waiting refund_noted refunded set_aside",
            frozenset({"payments_bankline"})),
    **_each("refund: noted done", frozenset({"payments_refund"})),
    **_each("statement: seen imported dropped", frozenset({"payments_statement"})),
    **_each("ticket: issued called called_again begun done absent held taken_up sent_on back left unserved "
            "taken_in",
            frozenset({"queueing_ticket"})),
    "hall.arranged": frozenset(
        {"queueing_hall", "queueing_need", "queueing_counter", "queueing_counter_needs"}),
    **_each("hall: printer_set printer_troubled printer_mended", frozenset({"queueing_printer"})),
    **_each("hall: slots_opened slots_ended", frozenset({"queueing_slotplan"})),
    **_each("booking: made moved cancelled called_off arrived reminded missed", frozenset({"queueing_booking"})),
    **_each("counter: taken left rested resumed", frozenset({"queueing_sitting"})),
    **_each("plan: drafted corrected issued", frozenset({"reform_plan"})),
    **_each("plan: tasks_added task_corrected task_removed task_reported task_done task_dropped task_reopened",
            frozenset({"reform_plantask"})),
    **_each("inspection_plan: drafted issued", frozenset({"reform_inspectionplan"})),
    **_each("inspection_plan: targets_added target_removed held concluded", frozenset({"reform_inspection"})),
    **_each("inspection_plan: found finding_corrected remedied", frozenset({"reform_finding"})),
    **_each("inspection_plan: admonished admonition_taken_back", frozenset({"reform_admonition"})),
    "rating.given": frozenset({"feedback_rating", "feedback_followup"}),
    "rating.remark_settled": frozenset({"feedback_rating"}),
    "rating.followed_up": frozenset({"feedback_followup"}),
    "reception_plan.begun": frozenset({"feedback_receptionplan"}),
    "reception_plan.ended": frozenset({"feedback_receptionplan", "feedback_receptionchange"}),
    **_each("reception_plan: day_moved day_cancelled day_added change_undone", frozenset({"feedback_receptionchange"})),
    **_each("reception_plan: reception_entered reception_corrected reception_undone",
            frozenset({"feedback_reception"})),
    **_each("agency: account_asked account_confirmed account_dropped account_ended",
            frozenset({"payments_collectingaccount"})),
    **_each("consultation: asked answered withdrawn silent", frozenset({"routing_consultation"})),
    **_each("apology: drafted revised signed sent withdrawn", _LETTER),
    "apology.excepted": _LETTER | {"routing_lateexception"},
    **_each("bundle: opened held_up package_mismatch received member_done member_reopened "
            "member_refused member_stopped", _BUNDLE),
    **_each("submission: submitted papers_added", frozenset({"intake_submission"}) | _USE),
    **_each("submission: accepted refused withdrawn papers_asked answer_moved", frozenset({"intake_submission"})),
    **_each("certificate: registered withdrawn", frozenset({"signing_digitalcertificate"})),
    **_each("fault: declared confirmed withdrawn", frozenset({"routing_systemfault"})),
    **_each("agency: opened contact_changed", frozenset({"people_agency"})),
    "agency.succeeded": frozenset({"people_succession"}),
    **_each("agency: code_given code_ended", frozenset({"people_agencycode"})),
    **_each("agency: calendar_change_asked calendar_change_settled", frozenset({"routing_calendarproposal"})),
    **_each("unit: opened closed", frozenset({"people_unit"})),
    **_each("party: met changed", frozenset({"people_party"})),
    "citizen.registered": frozenset({"people_citizen", "people_account"}),
    **_each("citizen: contact_proved changed identified", frozenset({"people_citizen"})),
    **_each("citizen: password_chosen password_rehashed", frozenset({"people_account"})),
    **_each("mandate: made confirmed revoked restored", frozenset({"people_mandate"})),
    "official.appointed": frozenset({"people_official", "people_account"}),
    "official.left": frozenset({"people_official"}),
    "official.password_renewed": frozenset({"people_account", "people_passwordrenewal"}),
    **_each("official: password_renewal_asked password_renewal_dropped", frozenset({"people_passwordrenewal"})),
    **_each("official: password_chosen password_rehashed", frozenset({"people_account"})),
    **_each("official: second_factor_set second_factor_changed second_factor_removed",
            frozenset({"mfa_authenticator"})),
    **_each("official: absent back", _ABSENCE),
    **_each("role: granted ended", frozenset({"people_rolegrant"})),
    **_each("procedure: drafted draft_corrected published", _VERSION),
    **_each("procedure: posted withdrawn", frozenset({"catalogue_posting"})),
    "calendar.loaded": _CALENDAR | {"worktime_calendar"},
    **_each("calendar: day_marked day_unmarked hours_set", _CALENDAR),
}  # fmt: skip
