"""One month of the duty roster, ready to be shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from motcua.people.models import Absence, Role
from motcua.people.phrases import period_words
from motcua.people.queries import Uncovered, uncovered_duties


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty of an absent official: who does it meanwhile, and when nobody does."""

    words: str
    substitute: str
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """An absence as the month shows it; `band` is drawn like a ribbon."""

    absence: Absence
    period: str
    duties: tuple[DutyRow, ...]
    band: dict[str, Any]
    running: bool
    over: bool


def month_bounds(month: date) -> tuple[datetime, datetime]:
    """From the first moment of the month until the first of the next."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    zone = get_default_timezone()
    return datetime.combine(month.replace(day=1), time(), zone), datetime.combine(following, time(), zone)


def month_rows(agency_id: UUID, month: date, at: datetime) -> tuple[list[AbsenceRow], list[Uncovered]]:
    """The absences of the month and every stretch of it in which a duty has nobody."""
    first, last = month_bounds(month)
    gaps = uncovered_duties(agency_id, first, last)
    absences = (
        Absence.objects.filter(official__unit__agency_id=agency_id, first_at__lt=last, last_at__gt=first)
        .select_related("official__unit")
        .prefetch_related("stand_ins__substitute", "official__grants__unit")
        .order_by("first_at", "official__full_name")
    )
    return [_row(absence, gaps, (first, last), at) for absence in absences], gaps


def spoken_gaps(gaps: Iterable[Uncovered]) -> list[tuple[str, str]]:
    """Each gap as duty and time."""
    return [(f"{Role(gap.role).label} · {gap.unit}", period_words(gap.first, gap.last)) for gap in gaps]


def _row(absence: Absence, gaps: list[Uncovered], month: tuple[datetime, datetime], at: datetime) -> AbsenceRow:
    substitutes = {(one.unit_id, one.role): one.substitute.full_name for one in absence.stand_ins.all()}
    duties, uncovered = [], []
    seen = {(grant.unit_id, grant.role): grant for grant in absence.official.grants.all()}
    for duty, grant in seen.items():
        mine = [
            (max(gap.first, absence.first_at), min(gap.last, absence.last_at))
            for gap in gaps
            if (gap.unit_id, gap.role) == duty and gap.first < absence.last_at and gap.last > absence.first_at
        ]
        uncovered += mine
        words = f"{Role(grant.role).label} · {grant.unit.name}"
        duties.append(DutyRow(words, substitutes.get(duty, ""), tuple(period_words(*gap) for gap in mine)))
    return AbsenceRow(
        absence, period_words(absence.first_at, absence.last_at), tuple(duties),
        _band(absence, uncovered, month, at), absence.first_at <= at < absence.last_at, absence.last_at <= at,
    )  # fmt: skip


def _band(
    absence: Absence, gaps: list[tuple[datetime, datetime]], month: tuple[datetime, datetime], at: datetime
) -> dict[str, Any]:
    """The month as a band: away and stood in for, away with nobody (vermilion), there."""
    first, last = month
    begins, ends = max(absence.first_at, first), min(absence.last_at, last)
    edges = sorted({first, begins, ends, last, *(edge for gap in gaps for edge in gap if begins < edge < ends)})
    length = (last - first).total_seconds()
    segments = []
    for left, right in pairwise(edges):
        bare = any(gap[0] <= left and right <= gap[1] for gap in gaps)
        kind = "rest" if not begins <= left < ends else "over" if bare else "hand-1"
        segments.append({"kind": kind, "width": round((right - left).total_seconds() * 100 / length, 3), "label": ""})
    now = round((at - first).total_seconds() * 100 / length, 3) if first <= at < last else None
    text = _("Vắng mặt %(period)s") % {"period": period_words(absence.first_at, absence.last_at)}
    return {"segments": segments, "now": now, "due": None, "text": text, "reason_url": ""}
