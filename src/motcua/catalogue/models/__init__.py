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
from motcua.catalogue.search.index import SearchEntry, SearchPosting, SearchRevision, SearchTerm

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
    "SearchEntry",
    "SearchPosting",
    "SearchRevision",
    "SearchTerm",
    "Sector",
    "TimeLimit",
    "VersionOrigin",
    "VersionState",
]
