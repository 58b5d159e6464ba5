"""What the record makes of every table: the one screen that says which rows it guards, and why the others need none.

A guarded row changes only in a transaction that records an event of its subject; tests hold every action to that. A
test also holds this screen to the database: whoever makes a table says here what it is. docs/record.md shows it.
"""

from collections.abc import Mapping
from typing import Final

from motcua.config.touching import TOUCHING
from motcua.core.record.registry import Guarded, Through, guard, permit

_VERSION: Final = Through("version_id", "catalogue_procedureversion")
_BEARER: Final = Through("user_id", "people_official", "account_id")
_HOLDER: Final = Through("id", "people_official", "account_id")
_INSPECTION: Final = Through("inspection_id", "reform_inspection")
_CITIZEN: Final = Through("id", "people_citizen", "account_id")

RECORDED: Final[Mapping[str, tuple[Guarded, ...]]] = {
    "dossier": (
        Guarded("dossiers_dossier", "id"),
        Guarded("dossiers_clockentry", "dossier_id"),
        Guarded("dossiers_dossiercomponent", "dossier_id"),
        Guarded("documents_paperuse", "dossier_id"),
        Guarded("documents_issuedpaper", "dossier_id"),
        Guarded("intake_supplementrequest", "dossier_id"),
        Guarded("intake_demand", "dossier_id", Through("request_id", "intake_supplementrequest")),
        Guarded("payments_financialduty", "dossier_id"),
        Guarded("routing_step", "dossier_id"),
        Guarded("routing_consultation", "dossier_id"),
        Guarded("routing_apology", "dossier_id"),
        Guarded("routing_lateexception", "dossier_id"),
        Guarded("result_result", "dossier_id"),
        Guarded("result_delivery", "dossier_id"),
        Guarded("result_digitizingexception", "dossier_id"),
    ),
    "older": (Guarded("result_olderresult", "id"), Guarded("documents_issuedpaper", "older_id")),
    "bundle": (Guarded("routing_bundle", "id"), Guarded("routing_bundlemember", "bundle_id")),
    "submission": (Guarded("intake_submission", "id"), Guarded("documents_paperuse", "submission_id")),
    "order": (
        Guarded("payments_paymentorder", "id"),
        Guarded("payments_payment", "order_id"),
        Guarded("payments_moneyreceipt", "order_id"),
    ),
    "bank_line": (Guarded("payments_bankline", "id"),),
    "refund": (Guarded("payments_refund", "id"),),
    "statement": (Guarded("payments_statement", "id"),),
    "ticket": (Guarded("queueing_ticket", "id"),),
    # The telephone is forgotten some days after the appointed time.
    "booking": (Guarded("queueing_booking", "id", apart=frozenset({"phone"})),),
    "hall": (
        Guarded("queueing_hall", "id"),
        Guarded("queueing_need", "hall_id"),
        Guarded("queueing_slotplan", "hall_id", Through("need_id", "queueing_need")),
        Guarded("queueing_counter", "hall_id", apart=frozenset({"favoured_streak"})),
        Guarded(
            "queueing_counter_needs", "hall_id", Through("counter_id", "queueing_counter"), numbered=True
        ),
        Guarded("queueing_printer", "hall_id"),
    ),
    "counter": (Guarded("queueing_sitting", "counter_id"),),
    "rating": (Guarded("feedback_rating", "id"), Guarded("feedback_followup", "rating_id")),
    "reception_plan": (
        Guarded("feedback_receptionplan", "id"),
        Guarded("feedback_receptionchange", "plan_id"),
        Guarded("feedback_reception", "plan_id"),
    ),
    "plan": (Guarded("reform_plan", "id"), Guarded("reform_plantask", "plan_id")),
    "inspection_plan": (
        Guarded("reform_inspectionplan", "id"),
        Guarded("reform_inspection", "plan_id"),
        Guarded("reform_finding", "plan_id", _INSPECTION),
        Guarded("reform_admonition", "plan_id", _INSPECTION),
    ),
    "fault": (Guarded("routing_systemfault", "id"),),
    "certificate": (Guarded("signing_digitalcertificate", "id"),),
    "agency": (
        Guarded("people_agency", "id"),
        Guarded("people_agencycode", "agency_id"),
        Guarded("people_succession", "predecessor_id"),
        Guarded("routing_calendarproposal", "agency_id"),
        Guarded("payments_collectingaccount", "agency_id"),
    ),
    "unit": (Guarded("people_unit", "id"),),
    "party": (Guarded("people_party", "id"),),
    "citizen": (
        Guarded("people_citizen", "id"),
        Guarded("people_account", "id", _CITIZEN, apart=frozenset({"last_login"})),
    ),
    "mandate": (Guarded("people_mandate", "id"),),
    "official": (
        Guarded("people_official", "id"),
        Guarded("people_account", "id", _HOLDER, apart=frozenset({"last_login"})),
        Guarded("mfa_authenticator", "id", _BEARER, apart=frozenset({"last_used_at"}), numbered=True),
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


SEALED: Final[Mapping[str, str]] = {
    "core_event": "append-only; every event is a leaf of a seal",
    "core_leaf": "append-only; the leaves of a seal make its root",
    "core_seal": "append-only; each seal holds the hash of the one before, the newest stands outside",
    "core_imprint": "must hash to the newest leaf of its subject",
    "core_layout": "an imprint made by another layout than it says no longer agrees, and is named",
}
"""The record itself."""

HELD: Final[Mapping[str, str]] = {
    "core_numberseries": "the last number of each series is how many were given (number_checks)",
    "reporting_counted": "what the events add up to (motcua stats check)",
    "documents_storedfile": "named by the hash of its bytes; what was handed in is sealed by that name; none is alone",
    "reporting_daycount": "what the events add up to (motcua stats check)",
    "reporting_monthcount": "what the events add up to (motcua stats check)",
    "queueing_dayscore": "how many ranges told that day came true, by the tickets (score_checks)",
}
"""Not sealed, for it follows from what is: verify computes each anew and names the row that differs."""

REMADE: Final[Mapping[str, str]] = {
    "catalogue_searchentry": "words to find procedures by; made by import_catalogue",
    "catalogue_searchposting": "words to find procedures by; made by import_catalogue",
    "catalogue_searchrevision": "how new the words to find procedures by are",
    "catalogue_searchterm": "words to find procedures by; made by import_catalogue",
    "catalogue_sector": "the names of sectors; made by import_catalogue from the national index",
    "people_look": "when an account last looked at something; the looks themselves are events",
    "queueing_hallpace": "how wide told ranges are; learnt every night from tickets",
    "queueing_pace": "how long needs take where and when; learnt every night from tickets",
    "reporting_kept": "figures of days gone by, read once from dossiers; verify reads again those that are believed",
    "reporting_keptturn": "how often kept figures were thrown away",
    "routing_reminder": "who was reminded of what is due; made by the rule that warns, decides nothing",
}
"""Made anew by the program from guarded rows, events or files; no date or decision is read from them, and no figure
but what is kept of days gone by, which verify holds to the dossiers."""

APART: Final[Mapping[str, str]] = {
    "account_emailaddress": "of the log-in library; not written, officials have no address to log in by",
    "account_emailconfirmation": "of the log-in library; not written",
    "socialaccount_socialaccount": "of the log-in library; not written, a citizen's identity is in people_citizen",
    "socialaccount_socialapp": "of the log-in library; not written, the provider is in the settings",
    "socialaccount_socialtoken": "of the log-in library; not written",
    "auth_group": "of the framework; not read, rights are role grants",
    "auth_group_permissions": "of the framework; not read, rights are role grants",
    "auth_permission": "of the framework; not read, rights are role grants",
    "correspondence_attempt": "how often a carrier was asked to take a message, and what it answered",
    "correspondence_heard": "how far the events were heard; from lower down they are heard again, and said once",
    "correspondence_message": "what was said to people; why is the event it follows from, the desk's acts are events",
    "core_cache": "what pages were last computed to; made anew when it is gone",
    "core_rulerun": "when a recurring rule ran; the health page alone reads it",
    "core_throttle": "how often an address tried something in the running window",
    "documents_paper": "a citizen's own store: he adds and removes; what he hands in is sealed as documents_paperuse",
    "documents_upload": "half-sent; given up after a day",
    "django_content_type": "of the framework; not read",
    "django_migrations": "which migrations ran; without them the program does not start",
    "django_session": "who is logged in now; changes at each request, and what anybody does is an event",
    "intake_homesupplement": "laid at home against what was asked; what is sent is sealed as documents_paperuse",
    "intake_draft": "filled in at home, its owner changes it at will; what he sends is sealed with its submission",
    "intake_secondscreen": "a screen paired with a desk for a day; pairing, end, confirming are events",
    "people_contactcode": "codes on their way to a phone or an e-mail, gone a day later; what they opened is an event",
}
"""Nobody's evidence, and why."""


def keep_record() -> None:
    """Tell the sealer; called once when Django is ready."""
    guard(RECORDED)
    permit(TOUCHING)
