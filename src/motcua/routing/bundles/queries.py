"""Reads of bundles: one timeline, what is held up, what the statistics count."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, LiteralString
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils.timezone import get_default_timezone

from motcua.core.sql import fetch_all, fetch_one
from motcua.dossiers.states import COMPLETION, State
from motcua.people.access import ActingOfficial
from motcua.routing.bundles.models import Bundle, BundleMember


@dataclass(frozen=True, slots=True)
class BundleCounts:
    """What an agency received in a period. A dossier that is part of a bundle is no filing of its own.

    `alone`: dossiers that belong to no bundle. `bundles`: filings of bundles at this desk. `parts`: bundles this
    agency has at least one opened part of, by the first one's day of receipt.
    """

    alone: int
    bundles: int
    parts: int

    @property
    def filings(self) -> int:
        """What people filed at this desk, a bundle once; sums over all agencies count nothing twice."""
        return self.alone + self.bundles


_COUNTS: Final[LiteralString] = """
SELECT (SELECT count(*) FROM dossiers_dossier d WHERE d.agency_id = %(agency)s
          AND d.received_at >= %(first)s AND d.received_at < %(after)s
          AND NOT EXISTS (SELECT 1 FROM routing_bundlemember m WHERE m.dossier_id = d.id)),
       (SELECT count(*) FROM routing_bundle b WHERE b.agency_id = %(agency)s
          AND b.received_at >= %(first)s AND b.received_at < %(after)s),
       (SELECT count(*) FROM (SELECT m.bundle_id FROM routing_bundlemember m
          JOIN dossiers_dossier d ON d.id = m.dossier_id WHERE m.agency_id = %(agency)s
          GROUP BY m.bundle_id HAVING min(d.received_at) >= %(first)s AND min(d.received_at) < %(after)s) AS part)
"""


def counts(agency_id: UUID, first: date, last: date) -> BundleCounts:
    """The agency's figures for days of receipt from `first` to `last`, both included. One query."""
    zone = get_default_timezone()
    values = {
        "agency": agency_id,
        "first": datetime.combine(first, time(), zone),
        "after": datetime.combine(last + timedelta(days=1), time(), zone),
    }
    return BundleCounts(*(fetch_one(_COUNTS, values) or (0, 0, 0)))


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline. `what`: filed, opened, step, refused, stopped, done; `text` the step or the reason."""

    at: datetime
    position: int
    what: str
    place: str
    text: str
    ended_at: datetime | None = None


_STEPS: Final[LiteralString] = """
SELECT s.started_at, m.position, 'step', u.name, s.name, s.finished_at
FROM routing_bundlemember m JOIN routing_step s ON s.dossier_id = m.dossier_id JOIN people_unit u ON u.id = s.unit_id
WHERE m.bundle_id = %s ORDER BY s.started_at, m.position, s.id
"""
# Of what happens at the same instant, what caused it stands first.
_ORDER: Final = {"filed": 0, "done": 1, "refused": 1, "stopped": 1, "opened": 2, "step": 3}


def timeline(bundle: Bundle, members: Sequence[BundleMember]) -> list[Moment]:
    """Everything that happened to all parts, in order of time; hands by their unit, never by a person's name."""
    found = [Moment(bundle.received_at, 0, "filed", bundle.agency.short_name, "")]
    for member in members:
        place = member.agency.short_name if member.agency else ""
        if member.opened_at is not None:
            found.append(Moment(member.opened_at, member.position, "opened", place, ""))
        if member.ended_at is not None:
            found.append(Moment(member.ended_at, member.position, str(member.state), place, member.reason))
    found += [Moment(*row) for row in fetch_all(_STEPS, (bundle.id,))]
    return sorted(found, key=lambda moment: (moment.at, _ORDER[moment.what], moment.position))


def members_of(bundle: Bundle) -> list[BundleMember]:
    """The parts in order, each with its procedure, agency, dossier and refusal."""
    return list(
        bundle.members.select_related("version__procedure", "agency", "dossier", "refusal").order_by("position")
    )


def bundle_for(by: ActingOfficial, code: str) -> Bundle:
    """The bundle with this code, for its receiving desk and the agencies of its parts; else `Http404` alike."""
    found = (
        Bundle.objects.select_related("agency", "received_by__unit")
        .filter(Q(agency_id=by.agency_id) | Q(members__agency_id=by.agency_id), code=code[:60])
        .distinct()
        .first()
    )
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class BundleRow:
    """A bundle as the list shows it. `held_up`: how many of its parts something stands in the way of."""

    code: str
    name: str
    applicant: str
    received_at: datetime
    parts: int
    ended: int
    held_up: int


def recent_bundles(agency_id: UUID, limit: int = 50) -> list[BundleRow]:
    """The desk's bundles: those held up first, then the latest."""
    rows = fetch_all(
        "SELECT b.code, b.name, COALESCE((SELECT d.applicant_name FROM routing_bundlemember f "
        "JOIN dossiers_dossier d ON d.id = f.dossier_id WHERE f.bundle_id = b.id AND f.position = 1), ''), "
        "b.received_at, count(*), count(*) FILTER (WHERE m.ended_at IS NOT NULL), "
        "count(*) FILTER (WHERE m.state = 'waiting' AND m.reason <> '') AS held_up "
        "FROM routing_bundle b JOIN routing_bundlemember m ON m.bundle_id = b.id WHERE b.agency_id = %s "
        "GROUP BY b.id ORDER BY count(*) FILTER (WHERE m.state = 'waiting' AND m.reason <> '') > 0 DESC, "
        "b.received_at DESC, b.code DESC LIMIT %s",
        (agency_id, limit),
    )
    return [BundleRow(*row) for row in rows]


def held_up(agency_id: UUID) -> int:
    """How many parts of this desk's bundles wait because something stands in the way."""
    row = fetch_one(
        "SELECT count(*) FROM routing_bundlemember m JOIN routing_bundle b ON b.id = m.bundle_id "
        "WHERE b.agency_id = %s AND m.state = 'waiting' AND m.reason <> ''",
        (agency_id,),
    )
    return int(row[0]) if row else 0


def tracked_bundle(code: str, token: str) -> Bundle | None:
    """The bundle whose receipt bears this code and key, compared in constant time."""
    found = Bundle.objects.select_related("agency").filter(code=code[:60]).first()
    expected = found.tracking_token if found else "A" * 20
    matches = hmac.compare_digest(expected.encode(), token.encode())
    return found if matches else None


def completion_of_bundle(code: str) -> int | None:
    """How far the bundle with this code is, in hundredths: the mean of its parts; None when there is none."""
    rows = fetch_all(
        "SELECT m.ended_at IS NOT NULL, d.state FROM routing_bundle b "
        "JOIN routing_bundlemember m ON m.bundle_id = b.id "
        "LEFT JOIN dossiers_dossier d ON d.id = m.dossier_id WHERE b.code = %s",
        (code[:60],),
    )
    if not rows:
        return None
    return sum(_far(ended, state) for ended, state in rows) // len(rows)


def _far(ended: bool, state: int | None) -> int:
    if state is not None:
        return COMPLETION[State(state)]
    return 100 if ended else 0
