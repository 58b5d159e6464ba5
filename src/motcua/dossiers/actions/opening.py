"""Writing a dossier down when it is received."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, LiteralString
from uuid import UUID

from django.utils.timezone import localdate

from motcua.core.events import COLUMNS, EventRow
from motcua.core.ids import uuid7
from motcua.core.numbering import NEXT_NUMBER
from motcua.core.sql import fetch_one
from motcua.dossiers.rules import new_tracking_token
from motcua.dossiers.states import State


@dataclass(frozen=True, slots=True)
class NewDossier:
    """Everything a dossier starts with. Instants are aware, money is đồng."""

    id: UUID
    code_prefix: str
    submission_id: UUID
    agency_id: UUID
    version_id: UUID
    channel: str
    filed_by: str
    source: str
    standing: str
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
    return_address: str
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


# One statement, the last before the commit: the counter row that makes the codes gap-free is locked for no
# longer than it takes to write the rows that use the number.
_OPEN: Final[LiteralString] = f"""
WITH number AS ({NEXT_NUMBER}),
opened AS (
  INSERT INTO dossiers_dossier (id, code, submission_id, tracking_token, agency_id, version_id, channel,
    filed_by, source, standing, state,
    applicant_id, applicant_kind, applicant_name, applicant_personal_id, applicant_birth_date, applicant_address,
    applicant_phone, applicant_email, submitter_name, submitter_personal_id, request, copies, return_method,
    return_address, limit_number, limit_unit, fee_total, received_at, received_by_id, promised_at, due_at)
  SELECT %s::uuid, %s::text || lpad(number.last::text, greatest(4, length(number.last::text)), '0'),
    %s::uuid, %s, %s::uuid, %s::uuid, %s, %s, %s, %s, %s::int2, %s::uuid, %s, %s, %s, %s::date, %s, %s, %s, %s, %s, %s,
    %s::int2, %s, %s, %s::int2, %s, %s::int4, %s::timestamptz, %s::uuid, %s::timestamptz, %s::timestamptz
  FROM number RETURNING id, code
),
papers AS (
  INSERT INTO dossiers_dossiercomponent (id, dossier_id, component_id, originals, copies)
  SELECT p.id, opened.id, p.component_id, p.originals, p.copies
  FROM opened, unnest(%s::uuid[], %s::uuid[], %s::int2[], %s::int2[]) AS p (id, component_id, originals, copies)
),
told AS (
  INSERT INTO core_event ({COLUMNS})
  SELECT %s::uuid, %s, %s, %s::uuid, %s::uuid, %s::uuid, %s, %s::timestamptz, %s, %s::jsonb,
    %s::jsonb || jsonb_build_object('code', opened.code)
  FROM opened
)
SELECT code FROM opened
"""


def open_dossier(new: NewDossier, papers: Sequence[PaperHandedIn], told: EventRow) -> Opened:
    """Number and write a received dossier with its papers and its event, in the caller's transaction.

    The code is `code_prefix` and the agency's next number of the day, at least four digits; the event's
    `after` gets it too. Raises `django.db.IntegrityError` when the same submission was written before.
    """
    token = new_tracking_token()
    row = fetch_one(
        _OPEN,
        (
            new.agency_id, "dossier", localdate(new.received_at),
            new.id, new.code_prefix, new.submission_id, token, new.agency_id, new.version_id, new.channel,
            new.filed_by, new.source, new.standing, int(State.RECEIVED), new.applicant_id, new.applicant_kind,
            new.applicant_name,
            new.applicant_personal_id, new.applicant_birth_date, new.applicant_address, new.applicant_phone,
            new.applicant_email, new.submitter_name, new.submitter_personal_id, new.request, new.copies,
            new.return_method, new.return_address, new.limit_number, new.limit_unit, new.fee_total, new.received_at,
            new.received_by_id, new.promised_at, new.promised_at,
            [uuid7() for _ in papers], [p.component_id for p in papers], [p.originals for p in papers],
            [p.copies for p in papers],
            *told.values(),
        ),
    )  # fmt: skip
    if row is None:
        raise RuntimeError("the dossier was not written")
    return Opened(new.id, row[0], token)


@dataclass(frozen=True, slots=True)
class OpenedBefore:
    """A dossier that a submission opened earlier, with enough to tell whether it is the same filing."""

    opened: Opened
    procedure_code: str
    applicant_name: str


def opened_before(submission_id: UUID, agency_id: UUID) -> OpenedBefore | None:
    """The dossier that this very submission opened at this agency, if it did."""
    row = fetch_one(
        "SELECT d.id, d.code, d.tracking_token, p.national_code, d.applicant_name FROM dossiers_dossier d "
        "JOIN catalogue_procedureversion v ON v.id = d.version_id JOIN catalogue_procedure p ON p.id = v.procedure_id "
        "WHERE d.submission_id = %s AND d.agency_id = %s",
        (submission_id, agency_id),
    )
    return OpenedBefore(Opened(*row[:3]), row[3], row[4]) if row else None
