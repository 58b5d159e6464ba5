"""An office with dossiers in every state, committed in a database of its own and sealed."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import call_command
from django.db import DataError, IntegrityError, connection, transaction
from django.test import override_settings
from django.utils.timezone import localdate

from motcua.config.recorded import HELD
from motcua.core.record.registry import guarded_kinds
from motcua.core.record.sealing import seal
from motcua.demo.halls import HALL
from motcua.people.access import ActingOfficial, account_with_official
from motcua.people.actions.offices import open_agency, succeed
from motcua.people.actions.passwords import ask_renewal
from motcua.people.models import Account, Agency
from motcua.queueing.actions.booking import book
from motcua.queueing.actions.printers import set_printer
from motcua.queueing.models import Hall, Printer, PrinterWay
from motcua.queueing.queries.slots import bookable_days
from motcua.routing.confirmations.actions import propose
from motcua.routing.confirmations.proposals import read_proposal
from motcua.routing.faults.actions import declare_fault
from motcua.worktime.rules import VIETNAM
from tests.committed import django_on, own_database

RECORD = ("core_event", "core_seal", "core_leaf", "core_imprint")


@contextmanager
def sealed_office(*places: str) -> Iterator[str]:
    """The demo office in a database of its own, everything of it sealed, its witness beside it; its name.

    With `places`: and a year of each of these.
    """
    with (
        TemporaryDirectory() as folder,
        override_settings(MOTCUA_VAR=Path(folder)),
        own_database() as name,
        django_on(name),
    ):
        for command in ("load_calendar", "import_catalogue", "demo"):
            call_command(command, **({"quiet": True} if command == "import_catalogue" else {}))
        if places:
            call_command("demo", place=[*places])
        rare_acts()
        seal()
        yield name


def _acting(username: str) -> ActingOfficial:
    found = account_with_official(Account.objects.get(username=username).id, localdate())
    assert found is not None
    assert found[1] is not None
    return found[1]


def rare_acts() -> None:
    """What the demo office does not come to by itself, so that no guarded table is empty."""
    administrator, midnight = _acting("quantri"), datetime.combine(localdate(), time(0, 5), VIETNAM)
    holder = Account.objects.get(username="thuly")
    TOTP.activate(holder, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(holder)
    ask_renewal(_acting("thuly").id, by=administrator, at=midnight)
    said = {"change": "mark", "day": f"{localdate():%d/%m/%Y}", "kind": "closed", "name": "Nghỉ tránh bão",
            "decision": "12/TB-UBND", "sessions": ""}  # fmt: skip
    proposal = read_proposal(said, administrator.calendar_code, by=administrator.actor)
    propose(said, proposal, "12/TB-UBND", by=administrator, at=midnight)
    ended = open_agency(
        name="Ủy ban nhân dân xã đã sáp nhập", short_name="Xã đã sáp nhập", kind="peoples_committee", level="commune",
        valid_from=date(2020, 1, 1), valid_to=date(2025, 6, 30), by=administrator.actor, at=midnight,
    )  # fmt: skip
    heir = Agency.objects.get(pk=administrator.agency_id)
    succeed(ended, heir, from_date=date(2025, 7, 1), by=administrator.actor, at=midnight)
    fault_at = midnight - timedelta(days=1)
    declare_fault(
        first_at=fault_at, last_at=fault_at + timedelta(minutes=30), evidence="Biên bản 12/BB", by=administrator,
        at=midnight,
    )  # fmt: skip

    of_the_hall(administrator, midnight)


def of_the_hall(administrator: ActingOfficial, at: datetime) -> None:
    """A slip printer, and somebody with an appointment at the first time there is."""
    hall = Hall.objects.get(code=HALL)
    set_printer(hall, Printer(way=PrinterWay.DEVICE, device="phieu.bin"), by=administrator, at=at)
    need = hall.needs.filter(takes_bookings=True).select_related("hall__agency")[0]
    first = next(iter(bookable_days(need, at).values()))[0]
    book(need, first.at, phone="0905700800", at=at)


def guarded_tables() -> list[str]:
    """Every table that the record guards."""
    return sorted({one.table for tables in guarded_kinds().values() for one in tables})


def tables_that_matter() -> list[str]:
    """Every table that the record guards or holds to what it guards, its own among them."""
    return [*guarded_tables(), *HELD, *RECORD]


# Of bytes it is sealed which they are; how many pages were counted in them, and when they came, is only told.
# A score is a day of a hall; the key of its row means nothing, and how wide the ranges were is learnt anew.
TOLD = {"documents_storedfile": {"pages", "scanned_at", "stored_at"}, "queueing_dayscore": {"id", "below", "above"}}


def apart(table: str) -> set[str]:
    """The columns of a table that may change by themselves."""
    moving = {name for tables in guarded_kinds().values() for one in tables if one.table == table for name in one.apart}
    return moving | TOLD.get(table, set())


@contextmanager
def by_the_superuser() -> Iterator[None]:
    """What is done inside is done with every trigger off, and undone afterwards."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        transaction.set_rollback(True)


def rows_of(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def name_of(table: str) -> str:
    """How findings call a row `t` of this table, in SQL."""
    return {
        "core_numberseries": "t.agency_id || '/' || t.series || '/' || t.day",
        "core_event": "t.sequence::text", "core_seal": "t.number::text",
        "core_leaf": "t.seal || '/' || t.position", "core_imprint": "t.subject_kind || '/' || t.subject_id",
        "reporting_counted": "t.event_id::text", "documents_storedfile": "t.sha256",
        "queueing_dayscore": "(SELECT h.code FROM queueing_hall h WHERE h.id = t.hall_id) || '/' || t.day",
    }.get(table, "t.id::text")  # fmt: skip


class Forger:
    """Changes, takes out or puts in one random row of a table; `row` is how a finding calls it."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.row = chance, ""

    def tamper(self, table: str, how: str) -> str:
        """The column changed, if any. Raises `LookupError` when the tables' rules let nothing of this kind through."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT ctid::text, {name_of(table)} FROM {table} t ORDER BY md5(ctid::text || %s) LIMIT 1",
                [str(self.chance.random())],
            )
            place, self.row = cursor.fetchone()
        if how == "DELETE":
            self._run(f"DELETE FROM {table} WHERE ctid = '{place}'")
            return ""
        columns = self._columns(table)
        if how == "INSERT":
            return self._insert(table, place, columns)
        self.chance.shuffle(columns)
        for name, kind, nullable in columns:
            if name in apart(table):
                continue
            for value in self._others(name, kind, nullable):
                if self._run(f'UPDATE {table} SET "{name}" = {value} WHERE ctid = \'{place}\' '
                             f'AND "{name}" IS DISTINCT FROM {value}'):  # fmt: skip
                    return name
        raise LookupError(table)

    def _insert(self, table: str, place: str, columns: list[tuple[str, str, bool]]) -> str:
        """A row as another one, but for what must be its own."""
        unique = [name for name, kind, _nullable in columns if kind in {"uuid", "bigint", "smallint", "integer"}]
        texts = [name for name, kind, _nullable in columns if kind.startswith("character")]
        for own in (unique[:1], unique, [*unique, *texts], [*unique[:1], *texts]):
            values = ", ".join(
                next(iter(self._others(name, kind, False))) if name in own else f't."{name}"'
                for name, kind, _nullable in columns
            )
            names = ", ".join(f'"{name}"' for name, _kind, _nullable in columns)
            if self._run(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} t WHERE ctid = '{place}' "
                         f"RETURNING {name_of(table).replace('t.', '')}"):  # fmt: skip
                return ""
        raise LookupError(table)

    def _others(self, name: str, kind: str, nullable: bool) -> list[str]:
        column = f'"{name}"'
        new = {
            "uuid": ["gen_random_uuid()"], "boolean": [f"NOT {column}"], "date": [f"{column} + 1", "date '2026-01-05'"],
            "timestamp with time zone": [f"{column} - interval '1 microsecond'", "timestamptz '2026-01-05 08:00+07'"],
            "jsonb": ["'{\"forged\": true}'::jsonb"], "bytea": [f"set_byte({column}, 0, get_byte({column}, 0) # 1)"],
            "smallint": [f"{column} + 1", f"{column} + 100", "7"], "integer": [f"{column} + 1", "7"],
            "bigint": [f"{column} + 1", f"{column} + 100000"],
            "ARRAY": ["'{z}'"], "numeric": [f"{column} + 1"],
            "time without time zone": [f"{column} + interval '1 minute'"],
        }.get(kind, [f"overlay({column}::text placing 'z' from 1 for 1)", f"{column} || 'z'", "'z'"])  # fmt: skip
        return [*new, *(["NULL"] if nullable else [])]

    def _run(self, statement: str) -> bool:
        """Whether it touched a row; a rule of the table that refuses it undoes it alone."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
                if " RETURNING " in statement and cursor.rowcount == 1:
                    (self.row,) = cursor.fetchone()
                return cursor.rowcount == 1
        except (IntegrityError, DataError):
            return False

    def _columns(self, table: str) -> list[tuple[str, str, bool]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT column_name, data_type, is_nullable = 'YES' FROM information_schema.columns "
                "WHERE table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
                [table],
            )
            return [(name, kind, nullable) for name, kind, nullable in cursor.fetchall()]


def witness_in(folder: Path, settings: Any) -> Path:
    """Let the witness be kept here."""
    settings.MOTCUA_VAR = folder
    return folder / "seals.jsonl"
