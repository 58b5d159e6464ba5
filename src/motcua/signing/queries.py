"""Reads of the register: by agency with the leaders who lack one, what everybody may see, how many hold one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, LiteralString
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from motcua.core.sql import fetch_all, fetch_one
from motcua.people.models import Agency, Official, Role
from motcua.signing.limits import notice_days
from motcua.signing.models import DigitalCertificate, WithdrawalReason
from motcua.signing.rules import notice_at
from motcua.signing.states import CertificateState, state_at


@dataclass(frozen=True, slots=True)
class Entry:
    """A certificate as it stands at a moment. `notice`: ends within so many days; None while there is time."""

    row: DigitalCertificate
    state: CertificateState
    notice: int | None
    days_left: int

    @property
    def in_force(self) -> bool:
        return self.state is CertificateState.IN_FORCE


@dataclass(frozen=True, slots=True)
class Held:
    """What one holder has, the newest first. `official` is None for the agency itself."""

    official: Official | None
    entries: tuple[Entry, ...]
    is_leader: bool = False

    @property
    def lacks(self) -> bool:
        """Whether nothing of it is in force, though an agency and a leader should hold one."""
        return (self.official is None or self.is_leader) and not any(one.in_force for one in self.entries)


def entry_of(row: DigitalCertificate, at: datetime) -> Entry:
    """Where this certificate stands at that moment."""
    state = state_at(at, valid_from=row.valid_from, valid_to=row.valid_to, withdrawn_at=row.withdrawn_at)
    due = notice_at(at, row.valid_to, notice_days(localdate(at))) if state is CertificateState.IN_FORCE else None
    return Entry(row, state, due, max(0, (row.valid_to - at).days))


def kept_in(agency_ids: Sequence[UUID], at: datetime) -> dict[UUID, list[Held]]:
    """Of each agency: its own, its leaders with or without one, then everybody else who had one. Two queries."""
    rows = (
        DigitalCertificate.objects.filter(agency_id__in=agency_ids)
        .defer("der")
        .select_related("official")
        .order_by("-valid_from", "-registered_at")
    )
    entries: dict[tuple[UUID, UUID | None], list[Entry]] = defaultdict(list)
    people: dict[UUID, dict[UUID, Official]] = defaultdict(dict)
    for row in rows:
        entries[row.agency_id, row.official_id].append(entry_of(row, at))
        if row.official is not None:
            people[row.agency_id][row.official.pk] = row.official
    leading: dict[UUID, dict[UUID, Official]] = defaultdict(dict)
    for official in leaders_of(agency_ids, at):
        leading[official.unit.agency_id][official.pk] = official
    found = {}
    for agency in agency_ids:
        others = [one for key, one in people[agency].items() if key not in leading[agency]]
        found[agency] = [
            Held(None, tuple(entries[agency, None])),
            *(Held(one, tuple(entries[agency, one.pk]), is_leader=True) for one in leading[agency].values()),
            *(Held(one, tuple(entries[agency, one.pk])) for one in others),
        ]
    return found


def leaders_of(agency_ids: Iterable[UUID], at: datetime) -> QuerySet[Official]:
    """Who serves there on that day and approves: leaders, by their place in the office."""
    day = localdate(at)
    on_day = Q(grants__valid_to=None) | Q(grants__valid_to__gte=day)
    return (
        serving(agency_ids, at)
        .filter(on_day, grants__role=Role.APPROVER, grants__valid_from__lte=day)
        .distinct()
    )  # fmt: skip


def serving(agency_ids: Iterable[UUID], at: datetime) -> QuerySet[Official]:
    """Who serves in these agencies on that day."""
    day = localdate(at)
    rows = Official.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=day), unit__agency__in=agency_ids, valid_from__lte=day
    )
    return rows.select_related("unit").order_by("unit__name", "full_name", "pk")


def shown_to_all(agency_id: UUID, at: datetime) -> list[Entry]:
    """What is in force of an agency and of those who serve it now: the agency's own first, then by position."""
    rows = DigitalCertificate.objects.filter(
        Q(official=None) | Q(official__in=serving([agency_id], at).order_by()), agency_id=agency_id,
        withdrawn_at=None, valid_from__lte=at, valid_to__gte=at,
    ).select_related("official")  # fmt: skip
    found = sorted(rows.defer("der"), key=lambda row: (row.official_id is not None, row.position, row.valid_from))
    return [entry_of(row, at) for row in found]


def offices_shown(at: datetime) -> list[Agency]:
    """The agencies of which something is in force now, by name."""
    in_force = DigitalCertificate.objects.filter(withdrawn_at=None, valid_from__lte=at, valid_to__gte=at)
    return list(Agency.objects.filter(pk__in=in_force.values("agency")).order_by("short_name", "pk"))


def copy_of(fingerprint: str) -> DigitalCertificate | None:
    """The registered certificate with this fingerprint; a wrong entry is none."""
    rows = DigitalCertificate.objects.exclude(withdrawal_reason=WithdrawalReason.WRONG_ENTRY)
    return rows.filter(fingerprint=fingerprint).select_related("agency", "official").first()


_ENDING: Final[LiteralString] = """
SELECT count(*)::int FROM signing_digitalcertificate c WHERE c.agency_id = %(agency)s AND c.withdrawn_at IS NULL
  AND c.valid_from <= %(at)s AND c.valid_to >= %(at)s AND c.valid_to <= %(until)s
  AND NOT EXISTS (SELECT FROM signing_digitalcertificate n WHERE n.agency_id = c.agency_id AND n.withdrawn_at IS NULL
    AND n.official_id IS NOT DISTINCT FROM c.official_id AND n.valid_to > %(until)s)
"""


def ending_soon(agency_id: UUID, at: datetime) -> int:
    """How many of an agency's certificates end within the widest notice and have no successor yet."""
    until = at + timedelta(days=max(notice_days(localdate(at)), default=0))
    return int((fetch_one(_ENDING, {"agency": agency_id, "at": at, "until": until}) or (0,))[0])


# Holders: every agency in force on the day, and who approves there and serves. Held: registered, begun, not over, not
# withdrawn when the day ends.
_HOLDING: Final[LiteralString] = """
WITH holder (agency_id, official_id) AS (
  SELECT a.id, NULL::uuid FROM people_agency a WHERE a.id = ANY (%(agencies)s) AND a.valid_from <= %(day)s
    AND (a.valid_to IS NULL OR a.valid_to >= %(day)s)
  UNION
  SELECT u.agency_id, o.id FROM people_rolegrant g
  JOIN people_official o ON o.id = g.official_id AND o.valid_from <= %(day)s
    AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
  JOIN people_unit u ON u.id = o.unit_id AND u.agency_id = ANY (%(agencies)s)
  WHERE g.role = 'approver' AND g.valid_from <= %(day)s AND (g.valid_to IS NULL OR g.valid_to >= %(day)s)
)
SELECT count(*)::int, count(*) FILTER (WHERE EXISTS (SELECT FROM signing_digitalcertificate c
  WHERE c.agency_id = holder.agency_id AND c.official_id IS NOT DISTINCT FROM holder.official_id
    AND c.registered_at < %(end)s AND c.valid_from < %(end)s AND c.valid_to >= %(end)s
    AND (c.withdrawn_at IS NULL OR (c.withdrawn_at >= %(end)s AND c.withdrawal_reason <> 'wrong_entry'))))::int
FROM holder
"""


def holding_at(agency_ids: Sequence[UUID], end: datetime) -> tuple[int, int]:
    """Of these agencies and their leaders when a day ends: how many held a certificate in force, of how many."""
    day = localdate(end - timedelta(microseconds=1))
    (every, holding) = fetch_all(_HOLDING, {"agencies": list(agency_ids), "end": end, "day": day})[0]
    return holding, every
