"""Pure rules: the clock, lateness, the dossier's code, and its time ribbon. No Django, no clock, no database."""

from motcua.dossiers.rules.clock import ClockReading, Stretch, Terms, read_clock
from motcua.dossiers.rules.entries import BrokenLedger, Cause, Entry, Mark, as_counted, stops_of
from motcua.dossiers.rules.naming import code_prefix, new_tracking_token
from motcua.dossiers.rules.ribbon import Elapsed, RibbonPart, RibbonShape, Span, laid, ribbon
from motcua.dossiers.rules.timeliness import NEAR_MINUTES, OFFICE_TIME, Timeliness, timeliness

__all__ = [
    "NEAR_MINUTES",
    "OFFICE_TIME",
    "BrokenLedger",
    "Cause",
    "ClockReading",
    "Elapsed",
    "Entry",
    "Mark",
    "RibbonPart",
    "RibbonShape",
    "Span",
    "Stretch",
    "Terms",
    "Timeliness",
    "as_counted",
    "code_prefix",
    "laid",
    "new_tracking_token",
    "read_clock",
    "ribbon",
    "stops_of",
    "timeliness",
]
