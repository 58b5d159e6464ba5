"""What is owed: of one dossier, and in the whole agency."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localdate

from motcua.core.sql import fetch_all, fetch_one
from motcua.payments.models import OWED, FinancialDuty


@dataclass(frozen=True, slots=True)
class OpenDuty:
    """A sum that is waited for. `waited_days` since it was asked for; `overdue` once its last day has passed."""

    id: UUID
    dossier_code: str
    applicant: str
    procedure: str
    what: str
    amount: int
    payee: str
    asked_at: datetime
    asked_by: str
    due_on: date | None
    waited_days: int
    overdue: bool


@dataclass(frozen=True, slots=True)
class DutyCounts:
    """Of an agency: sums waited for, those past their last day, dossiers that stand still for them, đồng in all."""

    open: int
    overdue: int
    dossiers: int
    amount: int


def duties_of(dossier_id: UUID, *, at: datetime) -> list[FinancialDuty]:
    """Every sum of a dossier in the order it was asked for; each carries `overdue`, as of the day of `at`."""
    past = OWED & Q(due_on__isnull=False, due_on__lt=localdate(at))
    return list(
        FinancialDuty.objects.filter(dossier_id=dossier_id)
        .select_related("asked_by", "settled_by", "cancelled_by")
        .annotate(overdue=past)
        .order_by("asked_at", "id")
    )


def open_duties(agency_id: UUID, *, at: datetime, limit: int = 50, offset: int = 0) -> Sequence[OpenDuty]:
    """The sums that dossiers of this agency wait for, the oldest first."""
    rows = fetch_all(
        "SELECT f.id, d.code, d.applicant_name, v.name, f.what, f.amount, f.payee, f.asked_at, o.full_name, f.due_on "
        "FROM payments_financialduty f JOIN dossiers_dossier d ON d.id = f.dossier_id "
        "JOIN catalogue_procedureversion v ON v.id = d.version_id JOIN people_official o ON o.id = f.asked_by_id "
        "WHERE d.agency_id = %s AND f.settled_at IS NULL AND f.cancelled_at IS NULL "
        "ORDER BY f.asked_at, f.id LIMIT %s OFFSET %s",
        (agency_id, limit, offset),
    )
    return [OpenDuty(*_waiting(row, localdate(at))) for row in rows]


def _waiting(row: tuple[Any, ...], today: date) -> tuple[Any, ...]:
    """The row with how many days it has waited, and whether its last day has passed."""
    asked_at, due_on = row[7], row[9]
    return *row, (today - localdate(asked_at)).days, due_on is not None and due_on < today


def duty_counts(agency_id: UUID, *, at: datetime) -> DutyCounts:
    """The head figures of the list."""
    row = fetch_one(
        "SELECT count(*), count(*) FILTER (WHERE f.due_on < %s), count(DISTINCT f.dossier_id), "
        "COALESCE(sum(f.amount), 0)::bigint "
        "FROM payments_financialduty f JOIN dossiers_dossier d ON d.id = f.dossier_id "
        "WHERE d.agency_id = %s AND f.settled_at IS NULL AND f.cancelled_at IS NULL",
        (localdate(at), agency_id),
    )
    return DutyCounts(*(row or (0, 0, 0, 0)))
