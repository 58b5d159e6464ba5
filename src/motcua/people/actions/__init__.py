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
)
from motcua.people.actions.officials import (
    OfficialRefused,
    appoint,
    end_employment,
    end_role,
    grant_role,
    one_time_password,
    renew_password,
)
from motcua.people.actions.parties import PartyFacts, keep_party

__all__ = [
    "AbsenceRefused",
    "LastAdministrator",
    "OfficeRefused",
    "OfficialRefused",
    "PartyFacts",
    "SubstituteRefused",
    "Substitution",
    "appoint",
    "change_contact",
    "close_unit",
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
]
