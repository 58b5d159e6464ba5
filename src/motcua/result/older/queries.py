"""Older results found, listed, and counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, LiteralString
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import now

from motcua.core.sql import fetch_one
from motcua.people.access import ActingOfficial
from motcua.people.looking import Purpose, Task, look_as
from motcua.result.older.access import SUBJECT
from motcua.result.older.models import OlderResult
from motcua.result.older.states import WITH_COPY, OlderState
from motcua.result.rules import holder_number

MOST_FOUND: Final = 50


@dataclass(frozen=True, slots=True)
class OlderCount:
    """Of the older results of an office that are valid on a day: how many are digitized, how many there are."""

    digitized: int
    listed: int


# What was listed or digitized after the day is not told of it; a scan that was refused later stood on that day, and
# nothing kept says so: it is told as it is now.
_COUNT: Final[LiteralString] = """
SELECT count(*) FILTER (WHERE state IN ('digitized', 'checked') AND EXISTS (SELECT 1 FROM documents_issuedpaper i
         WHERE i.older_id = o.id AND (i.kept_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= %(day)s))::int,
       count(*)::int
FROM result_olderresult o WHERE o.agency_id = ANY (%(agencies)s::uuid[])
  AND (o.listed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= %(day)s
  AND (o.valid_until IS NULL OR o.valid_until >= %(day)s)
"""


def older_count(agencies: Sequence[UUID], day: date) -> OlderCount:
    """Digitized out of listed and still valid on this day."""
    row = fetch_one(_COUNT, {"agencies": list(agencies), "day": day})
    return OlderCount(*row) if row else OlderCount(0, 0)


def counted_in(rows: QuerySet[OlderResult], day: date, *, digitized: bool) -> QuerySet[OlderResult]:
    """Exactly those that `older_count` counts today: still valid, and when `digitized` those with a standing scan."""
    valid = rows.filter(Q(valid_until=None) | Q(valid_until__gte=day))
    if digitized:
        valid = valid.filter(state__in=WITH_COPY)
    return valid.order_by("-listed_at", "-id")


def of_state(rows: QuerySet[OlderResult], state: OlderState | None) -> QuerySet[OlderResult]:
    """Those in this state (None: all), the newest in the register first."""
    return (rows if state is None else rows.filter(state=state)).order_by("-listed_at", "-id")


def find_older(rows: QuerySet[OlderResult], text: str, *, by: ActingOfficial) -> list[OlderResult]:
    """By number, whose number, or the words of a name or title in any case and without marks. Each shown is a look."""
    words = text.split()[:6]
    if not words:
        return []
    wanted = Q(number__iexact=" ".join(words))
    if number := holder_number(text):
        wanted |= Q(holder_id=number)
    named, titled = Q(), Q()
    for word in words:
        named &= Q(holder_name__unaccent__icontains=word)
        titled &= Q(title__unaccent__icontains=word)
    found = list(rows.filter(wanted | named | titled).order_by("-issued_on", "-id")[:MOST_FOUND])
    look_as(by, SUBJECT, (one.id for one in found), task=Task(Purpose.SEARCH), at=now())
    return found
