from motcua.people.citizens.models import Citizen, ContactCode, Mandate
from motcua.people.models.absences import Absence, AbsenceReason, StandIn
from motcua.people.models.accounts import Account, AccountManager
from motcua.people.models.agencies import (
    Agency,
    AgencyCode,
    AgencyKind,
    AgencyLevel,
    CodeScheme,
    Succession,
    Unit,
    UnitFunction,
)
from motcua.people.models.looks import Look
from motcua.people.models.officials import WORKERS, Official, Role, RoleGrant
from motcua.people.models.parties import Gender, Party, PartyKind
from motcua.people.models.renewals import PasswordRenewal

__all__ = [
    "WORKERS",
    "Absence",
    "AbsenceReason",
    "Account",
    "AccountManager",
    "Agency",
    "AgencyCode",
    "AgencyKind",
    "AgencyLevel",
    "Citizen",
    "CodeScheme",
    "ContactCode",
    "Gender",
    "Look",
    "Mandate",
    "Official",
    "Party",
    "PartyKind",
    "PasswordRenewal",
    "Role",
    "RoleGrant",
    "StandIn",
    "Succession",
    "Unit",
    "UnitFunction",
]
