"""Rows as lines of COPY, gathered by table and written in one go."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final, cast

import psycopg
from django.db import connection
from psycopg.sql import SQL, Identifier

from motcua.core.events import COLUMNS
from motcua.core.ids import uuid7_text
from motcua.demo.places.pointing import referring, unchecked
from motcua.dossiers.rules import OFFICE_TIME

NULL: Final = "\\N"
_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
TABLES: Final[Mapping[str, str]] = {
    "people_party": "id, kind, full_name, personal_id, birth_date, gender, address, phone, email",
    "dossiers_dossier": "id, code, submission_id, tracking_token, agency_id, version_id, channel, filed_by, source, "
    "standing, state, applicant_id, applicant_kind, applicant_name, applicant_personal_id, applicant_birth_date, "
    "applicant_address, applicant_phone, applicant_email, submitter_name, submitter_personal_id, request, copies, "
    "return_method, limit_number, limit_unit, fee_total, received_at, received_by_id, promised_at, due_at, outcome, "
    "finished_at, returned_at",
    "dossiers_dossiercomponent": "id, dossier_id, component_id, originals, copies",
    "routing_step": "id, dossier_id, position, name, role, unit_id, official_id, on_behalf_of_id, started_at, due_at, "
    "finished_at, outcome, note",
    "result_result": "id, dossier_id, code, name, approved_by_id, approved_at",
    "result_delivery": "id, dossier_id, method, recipient_name, recipient_personal_id, confirmed, returned_at, "
    "returned_by_id, collected_at, evidence, collection_noted_by_id",
    "result_olderresult": "id, agency_id, title, number, issued_on, valid_until, holder_name, holder_id, state, "
    "listed_at, listed_by_id, copied_at, copied_by_id, decided_at, decided_by_id, refused_why",
    "documents_issuedpaper": "id, dossier_id, older_id, about_id, kind, number, issued_on, valid_until, stored_id, "
    "name, kept_at, kept_by_id",
    "intake_submission": "id, number, tracking_token, agency_id, version_id, channel, filed_by, source, state, "
    "applicant_kind, applicant_name, applicant_personal_id, applicant_birth_date, applicant_gender, "
    "applicant_address, applicant_phone, applicant_email, submitter_name, submitter_personal_id, request, copies, "
    "return_method, papers, whens, answers, submitted_at, answer_due_at, demands, asked_reason, decided_at, "
    "decided_by_id, reason, legal_basis, dossier_id",
    "routing_bundle": "id, code, submission_id, tracking_token, agency_id, definition, definition_from, name, "
    "received_at, received_by_id",
    "routing_bundlemember": "id, bundle_id, position, after, version_id, agency_id, state, package, sent_hash, "
    "received_hash, arrived_at, dossier_id, opened_at, ended_at, reason",
    "queueing_sitting": "id, counter_id, official_id, began_at, ended_at",
    "queueing_ticket": "id, agency_id, hall_id, need_id, day, number, place, turn, ground, since, way, state, "
    "key_hash, counter_id, official_id, calls, ahead, told_from, told_to, issued_at, first_called_at, called_at, "
    "began_at, ended_at",
    "feedback_reception": "id, plan_id, day, outcome, received_by, people, complaints, denunciations, "
    "recommendations, remarks, reason, entered_by_id, entered_at",
    "core_event": COLUMNS,
}  # fmt: skip
"""In the order in which they are written: a row after what it points to."""


class Sheets:
    """Lines by table; events are kept with their moment and written in the order of time."""

    __slots__ = ("_events", "_lines")

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = defaultdict(list)
        self._events: list[tuple[datetime, str]] = []

    def add(self, table: str, values: Iterable[object]) -> None:
        """One row: text without control characters, numbers, None."""
        self._lines[table].append("\t".join([NULL if value is None else str(value) for value in values]))

    def line(self, table: str, line: str) -> None:
        """One row whose values stand in its line already."""
        self._lines[table].append(line)

    def event(self, at: datetime, line: str) -> None:
        """One line of `core_event` after its id; of two at the same moment, the one told first stands first."""
        self._events.append((at, line))

    def write(self) -> int:
        """Write everything in the caller's transaction; the number of rows.

        Raises `IntegrityError` when a row points to one that is not there, now or at the end of the transaction.
        """
        self._events.sort(key=_moment)
        self._lines["core_event"] = [f"{uuid7_text()}\t{line}" for _at, line in self._events]
        tables = {table: columns for table, columns in TABLES.items() if self._lines.get(table)}
        written = 0
        with unchecked() as is_unchecked:
            for table, columns in tables.items():
                _copy(table, columns, self._lines[table])
                written += len(self._lines[table])
        if is_unchecked:
            referring({table: columns.split(", ") for table, columns in tables.items()}, self._lines)
        self._lines.clear()
        self._events.clear()
        return written


def _moment(told: tuple[datetime, str]) -> datetime:
    return told[0]


def _copy(table: str, columns: str, lines: list[str]) -> None:
    lines.append("")
    connection.ensure_connection()
    plain = cast("psycopg.Connection[tuple[Any, ...]]", connection.connection)
    names = SQL(", ").join(Identifier(name.strip()) for name in columns.split(","))
    copying = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table), names)
    with connection.wrap_database_errors, psycopg.Cursor(plain) as cursor, cursor.copy(copying) as copy:
        copy.write("\n".join(lines))
    lines.pop()


_MINUTES: Final = tuple(f" {minute // 60:02d}:{minute % 60:02d}:" for minute in range(1440))
_SECONDS: Final = tuple(f"{second:02d}+07:00" for second in range(60))


def instant(at: datetime) -> str:
    """A moment to the second as PostgreSQL reads it: `at.isoformat(" ")`, only sooner in office time."""
    if at.tzinfo is not OFFICE_TIME or at.microsecond:
        return at.isoformat(" ")
    return f"{_day(at.toordinal())}{_MINUTES[at.hour * 60 + at.minute]}{_SECONDS[at.second]}"


@lru_cache(maxsize=4096)
def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def told(values: Mapping[str, Any] | list[dict[str, Any]]) -> str:
    """A mapping as JSON in a line of COPY."""
    return _JSON.encode(values).replace("\\", "\\\\")


def text(words: str) -> str:
    """Words as they stand in a line of COPY."""
    return words.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ")
