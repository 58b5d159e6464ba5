"""Which rows the record guards: the one screen that says, for every kind of subject, where its rows are.

A row here changes only in a transaction that records an event of its subject; a test holds every action to that.
What is not here is made anew from what is (counters, search, reminders) or is nobody's evidence (sessions, passwords).
"""

from collections.abc import Mapping
from typing import Final

from motcua.config.touching import TOUCHING
from motcua.core.record.registry import Guarded, Through, guard, permit

_VERSION: Final = Through("version_id", "catalogue_procedureversion")
_HOLDER: Final = Through("id", "people_official", "account_id")

RECORDED: Final[Mapping[str, tuple[Guarded, ...]]] = {
    "dossier": (
        Guarded("dossiers_dossier", "id"),
        Guarded("dossiers_clockentry", "dossier_id"),
        Guarded("dossiers_dossiercomponent", "dossier_id"),
        Guarded("intake_supplementrequest", "dossier_id"),
        Guarded("intake_demand", "dossier_id", Through("request_id", "intake_supplementrequest")),
        Guarded("payments_financialduty", "dossier_id"),
        Guarded("routing_step", "dossier_id"),
        Guarded("routing_consultation", "dossier_id"),
        Guarded("routing_apology", "dossier_id"),
        Guarded("routing_lateexception", "dossier_id"),
        Guarded("result_result", "dossier_id"),
        Guarded("result_delivery", "dossier_id"),
    ),
    "bundle": (Guarded("routing_bundle", "id"), Guarded("routing_bundlemember", "bundle_id")),
    "submission": (Guarded("intake_submission", "id"),),
    "fault": (Guarded("routing_systemfault", "id"),),
    "agency": (
        Guarded("people_agency", "id"),
        Guarded("people_agencycode", "agency_id"),
        Guarded("routing_calendarproposal", "agency_id"),
    ),
    "unit": (Guarded("people_unit", "id"),),
    "official": (
        Guarded("people_official", "id"),
        Guarded("people_account", "id", _HOLDER, apart=frozenset({"last_login"})),
        Guarded("people_passwordrenewal", "official_id"),
        Guarded("people_rolegrant", "official_id"),
        Guarded("people_absence", "official_id"),
        Guarded("people_standin", "official_id"),
    ),
    # A procedure's own words follow its newest version and the index; what binds is in its versions.
    "procedure": (
        Guarded("catalogue_procedure", "id", apart=frozenset(
            {"name", "sector_id", "levels", "everyday_words", "promulgated_by", "source"})),
        Guarded("catalogue_procedureversion", "procedure_id"),
        Guarded("catalogue_component", "procedure_id", _VERSION),
        Guarded("catalogue_timelimit", "procedure_id", _VERSION),
        Guarded("catalogue_fee", "procedure_id", _VERSION),
        Guarded("catalogue_legalbasis", "procedure_id", _VERSION),
        Guarded("catalogue_routestep", "procedure_id", _VERSION),
        Guarded("catalogue_posting", "procedure_id"),
    ),
    "calendar": (
        Guarded("worktime_calendar", "id", apart=frozenset({"revision"})),
        Guarded("worktime_weeklyhours", "calendar_id"),
        Guarded("worktime_calendaryear", "calendar_id"),
        Guarded("worktime_calendarday", "calendar_id"),
    ),
}  # fmt: skip


def keep_record() -> None:
    """Tell the sealer; called once when Django is ready."""
    guard(RECORDED)
    permit(TOUCHING)
