"""Reads of the counter, and of what waits to be received."""

import hmac
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, LiteralString
from uuid import UUID

from django.http import Http404
from django.utils.timezone import now

from motcua.core.sql import fetch_all, fetch_one
from motcua.dossiers.states import COMPLETION, State
from motcua.intake.models import Submission
from motcua.people.access import ActingOfficial
from motcua.people.id_card import IdCard
from motcua.people.looking import Purpose, Task, look_as

# The desk owes an answer: nobody was asked for papers yet, or the papers came.
_OWED: Final[LiteralString] = "s.state = 1 AND (s.asked_at IS NULL OR s.papers_came_at IS NOT NULL)"
_KINDS: Final[dict[str, LiteralString]] = {
    "waiting": _OWED + " ORDER BY s.answer_due_at, s.number",
    "asked": "s.state = 1 AND s.asked_at IS NOT NULL AND s.papers_came_at IS NULL ORDER BY s.asked_at, s.number",
    "refused": "s.state = 3 ORDER BY s.decided_at DESC, s.number DESC",
}


@dataclass(frozen=True, slots=True)
class RecentProcedure:
    code: str
    name: str
    sector: str


def recent_procedures(agency_id: UUID, limit: int = 8) -> list[RecentProcedure]:
    """What this office received most among its last 500 dossiers: the counter's shortlist."""
    rows = fetch_all(
        "SELECT p.national_code, v.name, s.name FROM (SELECT version_id, received_at FROM dossiers_dossier "
        "WHERE agency_id = %s ORDER BY received_at DESC LIMIT 500) d "
        "JOIN catalogue_procedureversion v ON v.id = d.version_id JOIN catalogue_procedure p ON p.id = v.procedure_id "
        "JOIN catalogue_sector s ON s.code = p.sector_id "
        "GROUP BY 1, 2, 3 ORDER BY count(*) DESC, max(d.received_at) DESC LIMIT %s",
        (agency_id, limit),
    )
    return [RecentProcedure(*row) for row in rows]


def known_contact(agency_id: UUID, card: IdCard) -> tuple[str, str, UUID | None]:
    """Phone and e-mail from the last dossier this office itself received from the holder of this card, and which it is.

    Only when name and birth date are those of that dossier: the string on a card is no proof of who shows it.
    """
    row = fetch_one(
        "SELECT applicant_phone, applicant_email, id FROM dossiers_dossier "
        "WHERE agency_id = %s AND applicant_personal_id = %s "
        "AND lower(applicant_name) = lower(%s) AND applicant_birth_date = %s ORDER BY received_at DESC LIMIT 1",
        (agency_id, card.personal_id, card.full_name, card.birth_date),
    )
    return (row[0], row[1], row[2]) if row else ("", "", None)


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """A filing before intake as the list shows it."""

    number: str
    applicant: str
    procedure: str
    channel: str
    submitted_at: datetime
    answer_due_at: datetime
    asked_at: datetime | None
    decided_at: datetime | None
    reason: str


def submissions(by: ActingOfficial, kind: str, *, limit: int = 50, offset: int = 0) -> list[SubmissionRow]:
    """The agency's filings before intake: `waiting` for the desk's answer (the most urgent first), `asked` for
    papers that have not come, or `refused` (the latest first). Raises KeyError for another kind.
    """
    rows = fetch_all(
        "SELECT s.number, s.applicant_name, v.name, s.channel, s.submitted_at, s.answer_due_at, s.asked_at, "
        "s.decided_at, s.reason FROM intake_submission s JOIN catalogue_procedureversion v ON v.id = s.version_id "
        "WHERE s.agency_id = %s AND " + _KINDS[kind] + " LIMIT %s OFFSET %s",
        (by.agency_id, limit, offset),
    )
    return [SubmissionRow(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class SubmissionCounts:
    """How many filings the desk still owes an answer, how many of those too late, how many wait for papers.

    `from_home`: how often papers were sent from home and nobody looked yet, to filings and to dossiers.
    """

    waiting: int
    late: int
    asked: int
    from_home: int = 0


def submission_counts(agency_id: UUID, *, at: datetime) -> SubmissionCounts:
    """Counted over the partial index of what waits."""
    row = fetch_one(
        "SELECT count(*) FILTER (WHERE " + _OWED + "), count(*) FILTER (WHERE " + _OWED + " AND s.answer_due_at < %s), "
        "count(*) FILTER (WHERE s.asked_at IS NOT NULL AND s.papers_came_at IS NULL), "
        "(SELECT count(*) FROM intake_homesupplement h LEFT JOIN dossiers_dossier d ON d.id = h.dossier_id "
        "LEFT JOIN intake_submission w ON w.id = h.submission_id WHERE h.sent_at IS NOT NULL AND h.taken_at IS NULL "
        "AND COALESCE(d.agency_id, w.agency_id) = %s) "
        "FROM intake_submission s WHERE s.agency_id = %s AND s.state = 1",
        (at, agency_id, agency_id),
    )
    return SubmissionCounts(*(row or (0, 0, 0)))


def submission_for(by: ActingOfficial, number: str) -> Submission:
    """The agency's submission with this number, or `Http404` alike for a foreign and a missing one."""
    found = (
        Submission.objects.select_related(
            "agency__parent", "version__procedure__sector", "registered_by", "asked_by__unit", "decided_by__unit",
            "dossier",
        )
        .filter(agency_id=by.agency_id, number=number[:60])
        .first()
    )  # fmt: skip
    if found is None:
        raise Http404
    look_as(by, "submission", (found.id,), task=Task(Purpose.DESK), at=now())
    return found


def tracked_submission(number: str, token: str) -> Submission | None:
    """The submission whose acknowledgement bears this number and key, compared in constant time."""
    found = (
        Submission.objects.select_related("agency", "version__procedure__sector", "dossier")
        .filter(number=number[:60])
        .first()
    )
    expected = found.tracking_token if found else "A" * 20
    matches = hmac.compare_digest(expected.encode(), token.encode())
    return found if matches else None


def completion_of_submission(number: str) -> int | None:
    """How far the filing with this number is, in hundredths, as its dossier once there is one; None: no such number."""
    row = fetch_one(
        "SELECT COALESCE(d.state, s.state) FROM intake_submission s "
        "LEFT JOIN dossiers_dossier d ON d.id = s.dossier_id WHERE s.number = %s",
        (number[:60],),
    )
    return COMPLETION[State(row[0])] if row else None


@dataclass(frozen=True, slots=True)
class AddressedDesk:
    """The office a filing from outside is addressed to (`submissions.Desk`)."""

    agency_id: UUID
    agency_code: str
    calendar_code: str


def desk_of(agency_id: UUID, on: date) -> AddressedDesk | None:
    """The desk of an agency on a day, its code empty when none is in force; None when there is no such agency."""
    row = fetch_one(
        "SELECT g.id, COALESCE((SELECT c.code FROM people_agencycode c WHERE c.agency_id = g.id "
        "AND c.valid_from <= %(day)s AND (c.valid_to IS NULL OR c.valid_to >= %(day)s) "
        "ORDER BY c.scheme = 'qd20' DESC, c.valid_from DESC LIMIT 1), ''), g.calendar_code "
        "FROM people_agency g WHERE g.id = %(agency)s",
        {"agency": agency_id, "day": on},
    )
    return AddressedDesk(*row) if row else None
