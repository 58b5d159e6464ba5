"""What lies in a pack, line by line: shared by who writes it and by the verifier inside it. Standard library only."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from motcua.core.record.leaves import digest
from motcua.reporting.pack.lateness import CannotTell, Ledger, OfficeCalendar, in_words, micros, read_ledger

FORMAT = "motcua-pack-1"
MANIFEST, MANIFEST_HASH = "manifest.json", "manifest.sha256"
SEAL_LINES, LEAF_LINES, EVENT_LINES, ROW_LINES = "seals.jsonl", "leaves.jsonl", "events.jsonl", "rows.jsonl"
CALENDARS, POPULATION, COUNTERS = "calendars.json", "population.txt", "counters.csv"
DOSSIERS, CLOCKS, LOOKS = "dossiers.csv", "clock.csv", "looks.csv"

DOSSIER_HEADS = (
    "ma_ho_so", "co_quan", "kenh_nop", "trang_thai", "ket_cuc", "nhan_luc", "hen_tra_dau", "han_ghi_so", "xong_luc",
    "tra_luc", "han_tinh_lai", "tre",
)  # fmt: skip
CLOCK_HEADS = ("ma_ho_so", "thu_tu", "viec", "luc", "ly_do", "them", "don_vi")
LOOK_HEADS = ("ho_so", "luc", "ai", "noi_lam", "viec")


def fields_of(text: str) -> list[str | None]:
    """The values of a row as PostgreSQL prints it: quoted where it must be, quotes doubled, empty for no value."""
    values: list[str | None] = []
    place, end = 1, len(text) - 1
    while place <= end:
        value, place = _value(text, place, end)
        values.append(value)
    return values


def _value(text: str, place: int, end: int) -> tuple[str | None, int]:
    """One value and where the next one begins."""
    said: list[str] = []
    quoted = was_quoted = False
    while place < end and (quoted or text[place] != ","):
        letter = text[place]
        if letter == '"':
            if quoted and text[place + 1 : place + 2] == '"':
                said.append('"')
                place += 1
            else:
                quoted = not quoted
                was_quoted = True
        elif letter == "\\":
            place += 1
            said.append(text[place])
        else:
            said.append(letter)
        place += 1
    return ("".join(said) if said or was_quoted else None), place + 1


def named(columns: Iterable[str], text: str) -> dict[str, str | None]:
    """A row by its columns. Raises `ValueError` when they do not fit."""
    values, names = fields_of(text), list(columns)
    if len(values) != len(names):
        raise ValueError("số cột không khớp")
    return dict(zip(names, values))  # noqa: B905 (runs alone on old Pythons too)


def csv_line(values: Iterable[Any]) -> str:
    """One line of a table; what a spreadsheet would take for a formula is told apart."""
    return ",".join(_cell("" if value is None else str(value)) for value in values) + "\n"


def _cell(text: str) -> str:
    text = "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\n\r') else text


def json_line(told: Any) -> str:
    """One object a line, always written the same."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


class Kept:
    """A dossier as its sealed rows have it."""

    def __init__(self, told: dict[str, Any], known: dict[str, Any]) -> None:
        columns = {table["table"]: table["columns"] for table in told["layout"]}
        rows: dict[str, list[dict[str, str | None]]] = {}
        for table, _key, text in told["rows"]:
            rows.setdefault(table, []).append(named(columns[table], text))
        self.row = rows["dossiers_dossier"][0]
        entries = rows.get("dossiers_clockentry", [])
        self.entries = sorted(entries, key=lambda line: int(line["position"] or 0))
        self.agency = known["agencies"][self.row["agency_id"]]
        self.version = known["versions"][self.row["version_id"]]

    def text(self, name: str) -> str:
        """A column that is never empty."""
        return self.row[name] or ""

    def at(self, name: str) -> int | None:
        """A moment of the dossier."""
        text = self.row[name]
        return micros(text) if text else None

    def ledger(self, calendars: dict[str, OfficeCalendar]) -> Ledger:
        """Its clock, read anew. Raises `CannotTell`."""
        lines: list[dict[str, Any]] = [
            {
                "mark": line["mark"], "at": micros(line["at"] or ""), "cause": line["cause"],
                "number": int(line["amount_number"] or 0), "unit": line["amount_unit"],
                "void_from": micros(line["void_from"]) if line["void_from"] else None,
                "void_to": micros(line["void_to"]) if line["void_to"] else None,
            }
            for line in self.entries
        ]  # fmt: skip
        settled, returned = self.at("finished_at"), self.at("returned_at")
        lines += [{"mark": "settled", "at": settled}] if settled is not None else []
        lines += [{"mark": "returned", "at": returned}] if returned is not None else []
        calendar = calendars.get(self.agency["calendar"])
        if calendar is None:
            raise CannotTell("gói không có lịch của cơ quan này")
        received = micros(self.text("received_at"))
        number, unit = int(self.text("limit_number")), self.text("limit_unit")
        return read_ledger(received, lines, number, unit, self.version["cut_off"], calendar)

    def judged(self, calendars: dict[str, OfficeCalendar], made_at: int) -> tuple[str, str]:
        """The due date recounted and whether it was missed, as the table has them; "?" when nobody can tell."""
        try:
            ledger = self.ledger(calendars)
        except CannotTell:
            return "?", "?"
        return in_words(ledger.due), "tre" if ledger.is_late(made_at) else "khong"

    def table_line(self, calendars: dict[str, OfficeCalendar], made_at: int) -> str:
        """Its line of `dossiers.csv`."""
        shown = [self._words(name) for name in ("received_at", "promised_at", "due_at", "finished_at", "returned_at")]
        return csv_line([
            self.text("code"), self.agency["name"], self.text("channel"), self.text("state"), self.row["outcome"],
            *shown, *self.judged(calendars, made_at),
        ])  # fmt: skip

    def clock_lines(self) -> Iterator[str]:
        """Its lines of `clock.csv`."""
        for line in self.entries:
            yield csv_line([
                self.text("code"), line["position"], line["mark"], in_words(micros(line["at"] or "")), line["cause"],
                line["amount_number"], line["amount_unit"],
            ])  # fmt: skip

    def _words(self, name: str) -> str:
        at = self.at(name)
        return in_words(at) if at is not None else ""


def look_line(event: dict[str, Any]) -> str:
    """The line of `looks.csv` that a look becomes."""
    told = json.loads(event["after"] or "{}")
    return csv_line([event["subject_id"], in_words(micros(event["at"])), event["actor_name"], told.get("desk"),
                     told.get("task")])  # fmt: skip


def is_look(event: dict[str, Any]) -> bool:
    """Whether this event is somebody's look."""
    return str(event["kind"]).endswith(".viewed")


def listed_digest(codes: Iterable[str]) -> str:
    """One hash over the codes of all dossiers of the period, in their order."""
    return digest("".join(code + "\n" for code in codes).encode())


def rank(seed: str, code: str) -> str:
    """Where a dossier stands in a random sample: the lowest are taken. Anybody can compute it again."""
    return digest((seed + ":" + code).encode())
