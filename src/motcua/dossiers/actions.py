"""The only place that writes dossiers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from motcua.core.ids import uuid7
from motcua.core.sql import execute, fetch_one
from motcua.dossiers.rules import new_tracking_token
from motcua.dossiers.states import State


@dataclass(frozen=True, slots=True)
class NewDossier:
    """Everything a dossier starts with. Instants are aware, money is đồng."""

    code: str
    submission_id: UUID
    agency_id: UUID
    version_id: UUID
    channel: str
    applicant_id: UUID
    applicant_kind: str
    applicant_name: str
    applicant_personal_id: str
    applicant_birth_date: date | None
    applicant_address: str
    applicant_phone: str
    applicant_email: str
    submitter_name: str
    submitter_personal_id: str
    request: str
    copies: int
    return_method: str
    limit_number: int
    limit_unit: str
    fee_total: int | None
    received_at: datetime
    received_by_id: UUID
    promised_at: datetime


@dataclass(frozen=True, slots=True)
class PaperHandedIn:
    component_id: UUID
    originals: int
    copies: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A dossier just opened: what its receipt and its tracking page need."""

    id: UUID
    code: str
    tracking_token: str


_OPEN = """
INSERT INTO dossiers_dossier (id, code, submission_id, tracking_token, agency_id, version_id, channel, state,
  applicant_id, applicant_kind, applicant_name, applicant_personal_id, applicant_birth_date, applicant_address,
  applicant_phone, applicant_email, submitter_name, submitter_personal_id, request, copies, return_method,
  limit_number, limit_unit, fee_total, received_at, received_by_id, promised_at, due_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""

_WITH_PAPERS = f"""
WITH opened AS ({_OPEN} RETURNING id)
INSERT INTO dossiers_dossiercomponent (id, dossier_id, component_id, originals, copies)
SELECT p.id, opened.id, p.component_id, p.originals, p.copies
FROM opened, unnest(%s::uuid[], %s::uuid[], %s::int2[], %s::int2[]) AS p (id, component_id, originals, copies)
"""


def open_dossier(new: NewDossier, papers: Sequence[PaperHandedIn]) -> Opened:
    """Write a received dossier with its papers, in the caller's transaction; the caller records the event.

    Raises `django.db.IntegrityError` when the same submission was written before.
    """
    dossier_id, token = uuid7(), new_tracking_token()
    values = (
        dossier_id, new.code, new.submission_id, token, new.agency_id, new.version_id, new.channel,
        int(State.RECEIVED), new.applicant_id, new.applicant_kind, new.applicant_name,
        new.applicant_personal_id, new.applicant_birth_date, new.applicant_address, new.applicant_phone,
        new.applicant_email, new.submitter_name, new.submitter_personal_id, new.request, new.copies,
        new.return_method, new.limit_number, new.limit_unit, new.fee_total, new.received_at,
        new.received_by_id, new.promised_at, new.promised_at,
    )  # fmt: skip
    if papers:
        parts = (
            [uuid7() for _ in papers],
            [p.component_id for p in papers],
            [p.originals for p in papers],
            [p.copies for p in papers],
        )
        execute(_WITH_PAPERS, (*values, *parts))
    else:
        execute(_OPEN, values)
    return Opened(dossier_id, new.code, token)


def opened_before(submission_id: UUID, agency_id: UUID) -> Opened | None:
    """The dossier that this very submission opened at this agency, if it did."""
    row = fetch_one(
        "SELECT id, code, tracking_token FROM dossiers_dossier WHERE submission_id = %s AND agency_id = %s",
        (submission_id, agency_id),
    )
    return Opened(*row) if row else None
