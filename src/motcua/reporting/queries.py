"""What reports, exports, the API and the open figures read. Stable: build on these, not on the tables.

A report is a `Table` (groups, heads, lines, total, notes) of `Figure`s. A `Figure` has `label`, `value` (int, Decimal
or None for "nothing to divide by"), `unit` ("dossier", "percent", "minute", "procedure", "point"), `url` (the list of
exactly what it counts) and, for a share, `numerator` and `denominator`. To make a figure of your own:

    which = Which(Kind.SETTLED, agency, until=period.until, first=period.first, timing=("late",))
    Figure(label, count_of(which, now=now), url=which.url)

`count_of` reads the counters (but OVERDUE, WITHIN and `official`/`unit`, which read dossiers); `lines_of` gives the
dossiers, page by page; the two agree. `tally(agencies, first, until, by=..., only=...)` sums the counters by any of
`COLUMNS` (by procedure and day: `DAILY`) over days [first, until): use it when many figures are wanted at once.
`Which.standing` is `WHOLE` (a bundle once) unless you ask for `PARTS`. `period(span, year, number, cut)` and
`days(first, last)` make a `Period`; `before()` is the one it is compared with. Rights are the caller's to ask
(`people.overseeing.overseen_by`); nothing here names a citizen.
"""

from motcua.reporting.cutoffs import cutoffs
from motcua.reporting.lists import Line, count_of, lines_of, scope
from motcua.reporting.reading import COLUMNS, DAILY, by_month, known_days, midnight, moment_of, overdue, tally
from motcua.reporting.rules.figures import Figure, share
from motcua.reporting.rules.periods import (
    CALENDAR,
    CutOff,
    NoSuchPeriod,
    Period,
    Span,
    TurnedRound,
    cut_in_force,
    days,
    period,
    period_of,
)
from motcua.reporting.tables import Table, TableLine, filed_figures, ii06a, ii07a, sector_names
from motcua.reporting.which import DIRECT, PARTS, WHOLE, Kind, NoSuchList, Which

__all__ = [
    "CALENDAR",
    "COLUMNS",
    "DAILY",
    "DIRECT",
    "PARTS",
    "WHOLE",
    "CutOff",
    "Figure",
    "Kind",
    "Line",
    "NoSuchList",
    "NoSuchPeriod",
    "Period",
    "Span",
    "Table",
    "TableLine",
    "TurnedRound",
    "Which",
    "by_month",
    "count_of",
    "cut_in_force",
    "cutoffs",
    "days",
    "filed_figures",
    "ii06a",
    "ii07a",
    "known_days",
    "lines_of",
    "midnight",
    "moment_of",
    "overdue",
    "period",
    "period_of",
    "scope",
    "sector_names",
    "share",
    "tally",
]
