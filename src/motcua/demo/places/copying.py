"""Rows as lines of COPY, gathered by table and written in one go."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final, cast

import psycopg
from django.db import connection
from psycopg.sql import SQL, Identifier

from motcua.core.events import COLUMNS

NULL: Final = "\\N"
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
    "returned_by_id",
    "intake_submission": "id, number, tracking_token, agency_id, version_id, channel, filed_by, source, state, "
    "applicant_kind, applicant_name, applicant_personal_id, applicant_birth_date, applicant_gender, "
    "applicant_address, applicant_phone, applicant_email, submitter_name, submitter_personal_id, request, copies, "
    "return_method, papers, whens, answers, submitted_at, answer_due_at, demands, asked_reason, decided_at, "
    "decided_by_id, reason, legal_basis, dossier_id",
    "routing_bundle": "id, code, submission_id, tracking_token, agency_id, definition, definition_from, name, "
    "received_at, received_by_id",
    "routing_bundlemember": "id, bundle_id, position, after, version_id, agency_id, state, package, sent_hash, "
    "received_hash, arrived_at, dossier_id, opened_at, ended_at, reason",
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

    def event(self, at: datetime, line: str) -> None:
        """One line of `core_event`; of two at the same moment, the one told first stands first."""
        self._events.append((at, line))

    def write(self) -> int:
        """Write everything in the caller's transaction; the number of rows."""
        self._events.sort(key=_moment)
        self._lines["core_event"] = [line for _at, line in self._events]
        written = 0
        for table, columns in TABLES.items():
            lines = self._lines.get(table)
            if lines:
                _copy(table, columns, lines)
                written += len(lines)
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


def told(values: Mapping[str, Any] | list[dict[str, Any]]) -> str:
    """A mapping as JSON in a line of COPY."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).replace("\\", "\\\\")


def text(words: str) -> str:
    """Words as they stand in a line of COPY."""
    return words.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ")
