from motcua.catalogue.models.content import Component, ComponentUse, Fee, FeeKind, LegalBasis, LimitUnit, RouteStep, TimeLimit
from motcua.catalogue.models.procedures import (
    ApplicantKind,
    Channel,
    OnlineLevel,
    Posting,
    Procedure,
    ProcedureVersion,
    Sector,
    VersionOrigin,
    VersionState,
)

__all__ = [
    "ApplicantKind",
    "Channel",
    "Component",
    "ComponentUse",
    "Fee",
    "FeeKind",
    "LegalBasis",
    "LimitUnit",
    "OnlineLevel",
    "Posting",
    "Procedure",
    "ProcedureVersion",
    "RouteStep",
    "Sector",
    "TimeLimit",
    "VersionOrigin",
    "VersionState",
]
