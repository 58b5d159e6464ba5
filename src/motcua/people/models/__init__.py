from motcua.people.models.absences import Absence, AbsenceReason, StandIn
from motcua.people.models.accounts import Account, AccountManager
from motcua.people.models.agencies import Agency, AgencyCode, AgencyKind, AgencyLevel, CodeScheme, Unit, UnitFunction
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
    "CodeScheme",
    "Gender",
    "Look",
    "Official",
    "Party",
    "PartyKind",
    "PasswordRenewal",
    "Role",
    "RoleGrant",
    "StandIn",
    "Unit",
    "UnitFunction",
]
