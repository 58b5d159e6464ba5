"""The lists of letters and exceptions, for officials and for the public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, LiteralString
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localdate

from motcua.core.sql import fetch_all, fetch_one
from motcua.dossiers.rules import Entry, Mark
from motcua.routing.apologies.models import AWAITING, Apology, LateException
from motcua.routing.apologies.naming import is_unpublished, public_name
from motcua.routing.apologies.reasons import reason_words
from motcua.routing.queries import OPEN_STATES
from motcua.routing.stories import StoryRow


def awaiting(agency_id: UUID) -> QuerySet[Apology]:
    """Drafts that wait for a signature, the oldest first."""
    return _letters(agency_id).filter(AWAITING).order_by("drafted_at", "id")


def issued(agency_id: UUID) -> QuerySet[Apology]:
    """Signed letters, the newest first."""
    return _letters(agency_id).filter(signed_at__isnull=False).order_by("-signed_at", "id")


def _letters(agency_id: UUID) -> QuerySet[Apology]:
    return Apology.objects.filter(agency_id=agency_id).select_related("dossier__version", "unit", "signed_by")


def exceptions(agency_id: UUID) -> QuerySet[LateException]:
    """Recorded exceptions, the newest first."""
    rows = LateException.objects.filter(agency_id=agency_id).select_related("dossier__version", "recorded_by")
    return rows.order_by("-recorded_at", "id")


def awaiting_count(agency_id: UUID) -> int:
    """How many drafts wait for a signature."""
    row = fetch_one(
        "SELECT count(*) FROM routing_apology WHERE agency_id = %s AND signed_at IS NULL AND withdrawn_at IS NULL",
        (agency_id,),
    )
    return int(row[0]) if row else 0


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter of a dossier as its pages show it; `number` None while it is a draft."""

    id: UUID
    ordinal: int
    number: int | None
    year: int | None
    reason: str
    unit: str
    promised_at: datetime
    new_due_at: datetime
    drafted_at: datetime
    signed_at: datetime | None


def letters_in(dossier_id: UUID, story: Iterable[StoryRow]) -> list[LetterRow]:
    """The letters of a dossier for officials, drafts too; nothing is asked when its story knows of none."""
    return _letters_of(dossier_id, drafts=True) if any(row.kind.startswith("apology.") for row in story) else []


def told_letters(dossier_id: UUID, entries: Iterable[Entry]) -> list[LetterRow]:
    """The signed letters for the applicant; nothing is asked when its clock knows of no re-appointment."""
    if not any(entry.mark is Mark.REAPPOINTED for entry in entries):
        return []
    return _letters_of(dossier_id, drafts=False)


def _letters_of(dossier_id: UUID, *, drafts: bool) -> list[LetterRow]:
    """The newest first."""
    rows = fetch_all(
        "SELECT l.id, l.ordinal, l.number, l.year, l.reason_code, l.reason, u.name, l.promised_at, l.new_due_at, "
        "l.drafted_at, l.signed_at FROM routing_apology l JOIN people_unit u ON u.id = l.unit_id "
        "WHERE l.dossier_id = %s AND l.withdrawn_at IS NULL AND (%s OR l.signed_at IS NOT NULL) "
        "ORDER BY l.ordinal DESC, l.drafted_at DESC",
        (dossier_id, drafts),
    )
    return [LetterRow(*[*row[:4], reason_words(row[4], row[5]), *row[6:]]) for row in rows]


@dataclass(frozen=True, slots=True)
class PublicLateRow:
    """A late dossier as anybody may read it: no person's name in full, nothing else of the person.

    Where nobody may be named (`naming.is_unpublished`) `name` is empty and `procedure` is the sector's name.
    """

    code: str
    name: str
    procedure: str
    unit: str
    promised_at: datetime
    new_due_at: datetime | None
    number: int | None
    year: int | None


_PUBLIC: Final[LiteralString] = (
    "FROM dossiers_dossier d WHERE d.agency_id = %(agency)s AND d.state IN " + OPEN_STATES + " AND d.due_at < %(at)s "
    "AND COALESCE(d.paused_at, %(at)s) > d.due_at "
)


def public_late_count(agency_id: UUID, at: datetime) -> int:
    """How many open dossiers of the agency are past their limit."""
    row = fetch_one("SELECT count(*) " + _PUBLIC, {"agency": agency_id, "at": at})
    return int(row[0]) if row else 0


def public_late(agency_id: UUID, at: datetime, *, limit: int, offset: int) -> list[PublicLateRow]:
    """Open dossiers past their limit, the longest first, with the letter that apologised for it."""
    rows = fetch_all(
        "SELECT c.sector_id, c.national_code, f.name, p.code, p.applicant_name, p.applicant_kind, v.name, "
        "COALESCE(s.unit, ''), p.due_at, p.appointed_at, l.number, l.year FROM (SELECT d.* "
        + _PUBLIC
        + " ORDER BY d.due_at, d.code LIMIT %(limit)s OFFSET %(offset)s) p "
        "JOIN catalogue_procedureversion v ON v.id = p.version_id "
        "JOIN catalogue_procedure c ON c.id = v.procedure_id JOIN catalogue_sector f ON f.code = c.sector_id "
        "LEFT JOIN LATERAL (SELECT u.name AS unit FROM routing_step o JOIN people_unit u ON u.id = o.unit_id "
        "  WHERE o.dossier_id = p.id AND o.finished_at IS NULL ORDER BY o.position LIMIT 1) s ON true "
        "LEFT JOIN LATERAL (SELECT a.number, a.year FROM routing_apology a "
        "  WHERE a.dossier_id = p.id AND a.signed_at IS NOT NULL ORDER BY a.ordinal DESC LIMIT 1) l ON true "
        "ORDER BY p.due_at, p.code",
        {"agency": agency_id, "at": at, "limit": limit, "offset": offset},
    )
    day = localdate(at)
    return [
        PublicLateRow(code, "", sector_name, *rest)
        if is_unpublished(sector, procedure, day)
        else PublicLateRow(code, public_name(name, kind, day), words, *rest)
        for sector, procedure, sector_name, code, name, kind, words, *rest in rows
    ]
