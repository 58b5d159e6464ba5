"""Reads of ratings: the figures of offices and months, remarks to settle, follow-ups to do."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from motcua.core.named import Named
from motcua.core.sql import fetch_all, fetch_one
from motcua.feedback.models import FollowUp, Rating, RemarkState
from motcua.feedback.scales import OVERALL, Degree, Scale, least_answers, scale_on

_MONTH = """
SELECT r.agency_id, g.short_name, a.key, a.value, count(*)
FROM feedback_rating r JOIN people_agency g ON g.id = r.agency_id CROSS JOIN LATERAL jsonb_each_text(r.answers) a
WHERE r.month = %s AND (%s::uuid IS NULL OR r.agency_id = %s)
GROUP BY 1, 2, 3, 4 ORDER BY 2, 1
"""


@dataclass(frozen=True, slots=True)
class Line:
    """How one question was answered: number of answers and, for each degree, whole per cent; None when too few."""

    asked: Named
    count: int | None
    percents: tuple[int, ...] | None
    degrees: tuple[Degree, ...] = ()

    @property
    def shares(self) -> list[tuple[Degree, int]]:
        """Each degree with its per cent; empty when nothing is told."""
        return list(zip(self.degrees, self.percents or (), strict=False))


@dataclass(frozen=True, slots=True)
class OfficeFigures:
    """The ratings of one office in one month. `overall.count` is None when fewer answered than may be told."""

    agency_id: UUID
    agency: str
    overall: Line
    criteria: tuple[Line, ...]


def figures(month: date, *, least: int | None = None, agency_id: UUID | None = None) -> list[OfficeFigures]:
    """Each office that was rated in the month that begins on this day, by name. `least`: tell fewer answers too."""
    scale, bound = scale_on(month), least_answers(month) if least is None else least
    names: dict[UUID, str] = {}
    counts: dict[UUID, dict[str, Counter[str]]] = {}
    for agency, name, asked, degree, number in fetch_all(_MONTH, (month, agency_id, agency_id)):
        names[agency] = name
        counts.setdefault(agency, {}).setdefault(asked, Counter())[degree] = number
    return [
        OfficeFigures(
            agency, names[agency], _line(scale.overall, said.get(OVERALL, Counter()), scale, bound),
            tuple(_line(one, said.get(one.code, Counter()), scale, bound) for one in scale.criteria),
        )
        for agency, said in counts.items()
    ]  # fmt: skip


def _line(asked: Named, said: Mapping[str, int], scale: Scale, least: int) -> Line:
    total = sum(said.values())
    if total < max(least, 1):
        return Line(asked, None, None)
    return Line(asked, total, tuple(round(100 * said.get(one.code, 0) / total) for one in scale.degrees), scale.degrees)


def rated_months(until: date, *, most: int = 24) -> list[date]:
    """Months with any rating that begin before `until`, the newest first."""
    rows = fetch_all(
        "SELECT DISTINCT month FROM feedback_rating WHERE month < %s ORDER BY 1 DESC LIMIT %s", (until, most)
    )
    return [row[0] for row in rows]


def shown_remarks(agency_id: UUID, month: date, *, most: int = 50) -> list[str]:
    """What people wrote and everybody may read; for a month whose figures are told."""
    found = Rating.objects.filter(agency_id=agency_id, month=month, remark_state=RemarkState.SHOWN)
    return list(found.order_by("pk").values_list("remark", flat=True)[:most])


def remarks_to_settle(agency_id: UUID) -> QuerySet[Rating]:
    """Remarks nobody looked at, the oldest first. Whose dossier it is does not matter, and is not read."""
    return Rating.objects.filter(agency_id=agency_id, remark_state=RemarkState.WAITING).order_by("rated_at")


def follow_ups_to_do(agency_id: UUID) -> QuerySet[FollowUp]:
    """What the head still owes bad ratings, the oldest first."""
    found = FollowUp.objects.filter(agency_id=agency_id, done_at=None).select_related("rating__dossier__version")
    return found.order_by("opened_at")


def follow_up_count(agency_id: UUID) -> int:
    """How many follow-ups wait in an office."""
    row = fetch_one("SELECT count(*) FROM feedback_followup WHERE agency_id = %s AND done_at IS NULL", (agency_id,))
    return int(row[0]) if row else 0
