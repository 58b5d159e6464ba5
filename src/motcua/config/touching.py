"""Which guarded tables an event of a kind may change: the screen beside `recorded.py`.

When the rows of a subject are sealed anew, whatever changed in a table that none of its events since may touch is
astray (`core/record/astray.py`). A kind that is not here touches nothing. Tests hold the acts to it.
"""

from collections.abc import Mapping
from typing import Final

_DOSSIER: Final = frozenset({"dossiers_dossier"})
_STEP: Final = frozenset({"routing_step"})
_PAPERS: Final = frozenset({"dossiers_dossiercomponent", "intake_supplementrequest", "intake_demand"})
_CLOCK: Final = _DOSSIER | _STEP | {"dossiers_clockentry"}
_MONEY: Final = frozenset({"payments_financialduty"})
_RESULT: Final = frozenset({"result_result", "result_delivery"})
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
    "dossier.received": _CLOCK | _MONEY | {"dossiers_dossiercomponent"},
    **_each("dossier: paused resumed restarted", _CLOCK | _PAPERS),
    **_each("dossier: pause_voided extended reappointed", _CLOCK),
    **_each("dossier: recalculated finished", _CLOCK),
    **_each("dossier: withdrawn discontinued", _CLOCK | {"intake_supplementrequest"}),
    "dossier.approved": frozenset({"result_result"}),
    "dossier.rejected": _CLOCK | _RESULT,
    "dossier.reopened": _CLOCK | _RESULT,
    "dossier.returned": _DOSSIER | _STEP | {"result_delivery"},
    "step.passed_on": _DOSSIER | _STEP,
    **_each("step: started taken released sent_back reassigned forwarded", _STEP),
    **_each("duty: demanded settled cancelled", _MONEY),
    **_each("consultation: asked answered withdrawn silent", frozenset({"routing_consultation"})),
    **_each("apology: drafted revised signed sent withdrawn", _LETTER),
    "apology.excepted": _LETTER | {"routing_lateexception"},
    **_each("bundle: opened held_up package_mismatch received member_done member_reopened "
            "member_refused member_stopped", _BUNDLE),
    **_each("submission: submitted accepted refused withdrawn papers_asked papers_added answer_moved",
            frozenset({"intake_submission"})),
    **_each("fault: declared confirmed withdrawn", frozenset({"routing_systemfault"})),
    **_each("agency: opened contact_changed", frozenset({"people_agency"})),
    **_each("agency: code_given code_ended", frozenset({"people_agencycode"})),
    **_each("agency: calendar_change_asked calendar_change_settled", frozenset({"routing_calendarproposal"})),
    **_each("unit: opened closed", frozenset({"people_unit"})),
    "official.appointed": frozenset({"people_official", "people_account"}),
    "official.left": frozenset({"people_official"}),
    "official.password_renewed": frozenset({"people_account", "people_passwordrenewal"}),
    **_each("official: password_renewal_asked password_renewal_dropped", frozenset({"people_passwordrenewal"})),
    **_each("official: password_chosen password_rehashed", frozenset({"people_account"})),
    **_each("official: absent back", _ABSENCE),
    **_each("role: granted ended", frozenset({"people_rolegrant"})),
    **_each("procedure: drafted draft_corrected published", _VERSION),
    **_each("procedure: posted withdrawn", frozenset({"catalogue_posting"})),
    "calendar.loaded": _CALENDAR | {"worktime_calendar"},
    **_each("calendar: day_marked day_unmarked hours_set", _CALENDAR),
}  # fmt: skip
