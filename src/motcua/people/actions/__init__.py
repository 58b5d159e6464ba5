"""The only place that writes parties, agencies, units and officials. Each move records its event."""

from motcua.people.actions.absences import (
    AbsenceRefused,
    SubstituteRefused,
    Substitution,
    end_absence,
    record_absence,
)
from motcua.people.actions.offices import give_code, open_agency, open_unit
from motcua.people.actions.officials import appoint, grant_role
from motcua.people.actions.parties import PartyFacts, keep_party

__all__ = [
    "AbsenceRefused",
    "PartyFacts",
    "SubstituteRefused",
    "Substitution",
    "appoint",
    "end_absence",
    "give_code",
    "grant_role",
    "keep_party",
    "open_agency",
    "open_unit",
    "record_absence",
]
