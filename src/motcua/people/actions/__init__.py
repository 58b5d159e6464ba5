"""The only place that writes parties, agencies, units and officials. Each move records its event."""

from motcua.people.actions.absences import (
    AbsenceRefused,
    SubstituteRefused,
    Substitution,
    end_absence,
    record_absence,
)
from motcua.people.actions.guards import LastAdministrator
from motcua.people.actions.offices import (
    OfficeRefused,
    change_contact,
    close_unit,
    end_code,
    give_code,
    open_agency,
    open_unit,
    succeed,
)
from motcua.people.actions.officials import (
    OfficialRefused,
    appoint,
    end_employment,
    end_role,
    grant_role,
)
from motcua.people.actions.parties import PartyFacts, keep_party
from motcua.people.actions.passwords import (
    RenewalRefused,
    ask_renewal,
    confirm_renewal,
    drop_renewal,
    one_time_password,
    renew_password,
)

__all__ = [
    "AbsenceRefused",
    "LastAdministrator",
    "OfficeRefused",
    "OfficialRefused",
    "PartyFacts",
    "RenewalRefused",
    "SubstituteRefused",
    "Substitution",
    "appoint",
    "ask_renewal",
    "change_contact",
    "close_unit",
    "confirm_renewal",
    "drop_renewal",
    "end_absence",
    "end_code",
    "end_employment",
    "end_role",
    "give_code",
    "grant_role",
    "keep_party",
    "one_time_password",
    "open_agency",
    "open_unit",
    "record_absence",
    "renew_password",
    "succeed",
]
