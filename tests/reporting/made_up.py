"""Small made-up counters of past months, written as the counters are kept."""

from datetime import date
from uuid import UUID

from motcua.reporting.models import DayCount, MonthCount

NO_PROCEDURE = UUID(int=1)
PLAIN = {
    "sector": "ho-tich", "channel": "counter", "filed_by": "officer", "source": "office", "level": "full",
    "standing": "single", "timing": "", "outcome": "",
}  # fmt: skip


def counted(
    agency: UUID, day: date, measure: str, count: int, procedure_id: UUID = NO_PROCEDURE, **how: str
) -> None:  # fmt: skip
    """So many on this day; the day's row and the month's."""
    what = {**PLAIN, "agency_id": agency, "measure": measure, **how}
    if measure in ("ended", "reopened"):
        what["outcome"] = what["outcome"] or "resolved"
    DayCount.objects.create(day=day, procedure_id=procedure_id, count=count, **what)
    month, _new = MonthCount.objects.get_or_create(month=day.replace(day=1), defaults={"count": 0}, **what)
    MonthCount.objects.filter(pk=month.pk).update(count=month.count + count)


def settled_year(agency: UUID, year: int, *, months: int = 12, late: int = 0) -> None:
    """Every month the same: 60 received in two sectors by several ways, 50 of them settled; `late` more in March."""
    for month in range(1, months + 1):
        day = date(year, month, 5)
        counted(agency, day, "received", 20, channel="online", filed_by="self")
        counted(agency, day, "received", 10, channel="online", filed_by="helped")
        counted(agency, day, "received", 30, sector="dat-dai")
        counted(agency, day, "ended", 30, timing="early")
        counted(agency, day, "ended", 20, timing="on_time", sector="dat-dai")
        if late and month == 3:
            counted(agency, day, "ended", late, timing="late")
