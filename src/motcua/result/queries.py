"""Results waiting to be fetched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localdate

from motcua.core.sql import fetch_all, fetch_one
from motcua.dossiers.states import State
from motcua.people.access import ActingOfficial
from motcua.result.carriers import carrier_named


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How a result left the office, and whether it arrived. `follow`: the carrier's page of the letter, or ""."""

    method: str
    returned_at: datetime
    carrier: str
    tracking_number: str
    follow: str
    collected_at: datetime | None
    on_its_way: bool


@dataclass(frozen=True, slots=True)
class WaitingResult:
    code: str
    applicant: str
    procedure: str
    result_code: str
    finished_at: datetime
    due_at: datetime
    return_method: str

    def days_waiting(self) -> int:
        """Calendar days since it lies ready."""
        return (localdate() - localdate(self.finished_at)).days


@dataclass(frozen=True, slots=True)
class SentResult:
    """A result that left the office and of which nobody knows yet whether it arrived."""

    code: str
    applicant: str
    procedure: str
    method: str
    carrier: str
    tracking_number: str
    returned_at: datetime

    def days_waiting(self) -> int:
        """Calendar days since it left."""
        return (localdate() - localdate(self.returned_at)).days

    def carrier_name(self) -> str:
        """The carrier in words."""
        known = carrier_named(self.carrier)
        return known.name if known else self.carrier


def waiting_results(by: ActingOfficial, *, limit: int = 50, offset: int = 0) -> Sequence[WaitingResult]:
    """Finished dossiers of the agency whose result nobody has fetched, the earliest promise first."""
    rows = fetch_all(
        "SELECT d.code, d.applicant_name, v.name, "
        "COALESCE((SELECT r.code FROM result_result r WHERE r.dossier_id = d.id AND r.superseded_at IS NULL), ''), "
        "d.finished_at, d.due_at, d.return_method "
        "FROM dossiers_dossier d JOIN catalogue_procedureversion v ON v.id = d.version_id "
        "WHERE d.agency_id = %s AND d.state = %s ORDER BY d.due_at, d.code LIMIT %s OFFSET %s",
        (by.agency_id, int(State.FINISHED), limit, offset),
    )
    return [WaitingResult(*row) for row in rows]


_ON_ITS_WAY = "v.superseded_at IS NULL AND v.method <> 'counter' AND v.collected_at IS NULL AND NOT v.confirmed"


def sent_results(by: ActingOfficial, *, limit: int = 50, offset: int = 0) -> Sequence[SentResult]:
    """What went by post or was opened for download and has not arrived as far as the office knows, longest first."""
    rows = fetch_all(
        "SELECT d.code, d.applicant_name, p.name, v.method, v.carrier, v.tracking_number, v.returned_at "
        "FROM result_delivery v JOIN dossiers_dossier d ON d.id = v.dossier_id "
        "JOIN catalogue_procedureversion p ON p.id = d.version_id WHERE d.agency_id = %s AND " + _ON_ITS_WAY +
        " ORDER BY v.returned_at, d.code LIMIT %s OFFSET %s",
        (by.agency_id, limit, offset),
    )  # fmt: skip
    return [SentResult(*row) for row in rows]


def handed_over(dossier_id: UUID) -> HandedOver | None:
    """How the result of this dossier left the office; None while it has not."""
    row = fetch_one(
        "SELECT v.method, v.returned_at, v.carrier, v.tracking_number, v.collected_at, " + _ON_ITS_WAY +
        " FROM result_delivery v WHERE v.dossier_id = %s AND v.superseded_at IS NULL",
        (dossier_id,),
    )  # fmt: skip
    if row is None:
        return None
    carrier = carrier_named(row[2])
    return HandedOver(
        row[0], row[1], carrier.name if carrier else row[2], row[3],
        carrier.page_of(row[3]) if carrier and row[3] else "", row[4], row[5],
    )  # fmt: skip
