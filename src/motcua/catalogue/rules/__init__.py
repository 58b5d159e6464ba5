"""What a procedure asks and promises, as plain values: no database, no clock."""

from motcua.catalogue.rules.choosing import (
    Checklist,
    checklist,
    choose_limit,
    fee_lines,
    fee_total,
    papers_for,
    situations,
)
from motcua.catalogue.rules.content import (
    BasisLine,
    ComponentLine,
    FeeLine,
    LimitLine,
    StepLine,
    VersionContent,
    fingerprint,
)
from motcua.catalogue.rules.differences import Difference, differences
from motcua.catalogue.rules.faults import faults, faults_by_element
from motcua.catalogue.rules.periods import Period, PeriodTaken, make_room

__all__ = [
    "BasisLine",
    "Checklist",
    "ComponentLine",
    "Difference",
    "FeeLine",
    "LimitLine",
    "Period",
    "PeriodTaken",
    "StepLine",
    "VersionContent",
    "checklist",
    "choose_limit",
    "differences",
    "faults",
    "faults_by_element",
    "fee_lines",
    "fee_total",
    "fingerprint",
    "make_room",
    "papers_for",
    "situations",
]
