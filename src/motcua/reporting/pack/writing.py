"""Making a pack: told to the log, sealed, then read in one snapshot and sent while it is written."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from django.db import transaction

from motcua.core.events import Actor, record
from motcua.core.ids import uuid7
from motcua.core.record.leaves import SealText, moment
from motcua.core.record.reading import one_snapshot
from motcua.core.record.sealing import seal
from motcua.core.record.witness import Disagrees
from motcua.core.record.witness import told as seal_told
from motcua.core.sql import fetch_all
from motcua.people.looking import Purpose, Task, look
from motcua.reporting.pack import reading
from motcua.reporting.pack.contents import (
    CALENDARS,
    CLOCK_HEADS,
    CLOCKS,
    COUNTERS,
    DOSSIER_HEADS,
    DOSSIERS,
    EVENT_LINES,
    FORMAT,
    LEAF_LINES,
    LOOK_HEADS,
    LOOKS,
    MANIFEST,
    MANIFEST_HASH,
    POPULATION,
    ROW_LINES,
    SEAL_LINES,
    Kept,
    csv_line,
    is_look,
    json_line,
    listed_digest,
    look_line,
)
from motcua.reporting.pack.lateness import OfficeCalendar, micros
from motcua.reporting.pack.proving import Ways
from motcua.reporting.pack.sampling import Chosen, PackOrder, choose
from motcua.reporting.pack.shipping import verify_py
from motcua.reporting.pack.zipping import Aside, StreamedZip

KINDS: Final = ["dossier", "submission", "pack"]
CHANGING = "đang được xử lý đúng lúc lấy gói nên chưa niêm phong kịp"
FIRST_WORDS = """Gói kiểm tra của Một Cửa

Mở cửa sổ lệnh trong thư mục này và chạy:   python3 verify.py
Không cần mạng, không cần máy chủ. Chương trình báo gói có nguyên vẹn không và nêu chỗ đầu tiên bị sửa.

dossiers.csv   hồ sơ, hạn ghi trong sổ và hạn tính lại
clock.csv      sổ thời hạn: tạm dừng, tiếp tục, gia hạn
looks.csv      ai đã xem hồ sơ nào, lúc nào, vì việc gì
events.jsonl   mọi sự kiện của hồ sơ, có chỗ của nó trong niêm phong
rows.jsonl     các dòng dữ liệu đúng như đã niêm phong (có dữ liệu cá nhân: giữ kín)
seals.jsonl    chuỗi niêm phong; leaves.jsonl là các lá của nó
counters.csv   số đếm của kỳ; calendars.json là lịch làm việc; population.txt là mọi hồ sơ của kỳ
"""
_COUNTERS: Final[LiteralString] = """
SELECT agency_id, day, procedure_id, sector, channel, filed_by, source, level, standing, measure, timing, outcome, count
FROM reporting_daycount WHERE agency_id = ANY(%s::uuid[]) AND day BETWEEN %s AND %s
ORDER BY agency_id, day, measure, procedure_id, id
"""
_COUNTER_HEADS: Final = ("agency_id", "day", "procedure_id", "sector", "channel", "filed_by", "source", "level",
                         "standing", "measure", "timing", "outcome", "count")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was asked for and told to the log: what it is of, and what it holds."""

    id: UUID
    order: PackOrder
    population: list[str]
    chosen: list[Chosen]
    at: datetime
    by: str
    sealed: int
    witness: str = ""

    @property
    def name(self) -> str:
        """The name of its folder, and of the ZIP before its ending."""
        return f"goi-kiem-tra-{self.order.first:%Y%m%d}-{self.order.last:%Y%m%d}-{str(self.id)[-6:]}"


def begin(order: PackOrder, *, by: Actor, agency_id: UUID | None, desk: str, at: datetime) -> Pack:
    """Choose the sample and tell the log: a look at every dossier that goes in, then `record.packed`.

    That event, sealed like all others, says what the pack holds (how many dossiers and events, one hash over the
    events, one over the names of all dossiers of the period), so that nothing can be left out afterwards. Raises
    `CalendarGap` for a sign that needs a year which is not loaded. What the witness says against the seals of this
    machine is told in the pack.
    """
    population, chosen = choose(order, at)
    pack_id, task = uuid7(), Task(Purpose.INSPECTION, desk=desk)
    with transaction.atomic():
        for batch in reading.batches((one.id for one in chosen), 5_000):
            look("dossier", batch, by=by, agency_id=agency_id, task=task, at=at)
    witness = _seal_now()
    sealed, _stored = reading.last_seal()
    with transaction.atomic():
        reading.set_subjects(key for one in chosen for key in (one.id, one.submission_id))
        events, leaves = reading.digest_of(KINDS, sealed)
        held = {"events": events, "leaves": leaves, "population": listed_digest(population), "seal": sealed}
        record(
            kind="record.packed", subject=("pack", pack_id), by=by, at=at, agency_id=agency_id,
            after={**order.told(), "dossiers": len(chosen), "of": len(population), **held},
        )  # fmt: skip
    return Pack(pack_id, order, population, chosen, at, by.name, sealed, _seal_now() or witness)


def _seal_now() -> str:
    """Seal all there is; what the witness says against it."""
    try:
        seal(wait=True)
    except Disagrees as fault:
        return str(fault)
    return ""


@dataclass(slots=True)
class _Writer:
    """A pack being written."""

    pack: Pack
    zip: StreamedZip
    kept: list[Chosen] = field(default_factory=list)
    left_out: list[dict[str, str]] = field(default_factory=list)
    lowest: int = 0


def stream(pack: Pack) -> Iterator[bytes]:
    """The pack as a ZIP, a piece at a time, all of it read in one snapshot."""
    writer = _Writer(pack, StreamedZip(pack.name, pack.at))
    with one_snapshot():
        changing = reading.unsealed(one.id for one in pack.chosen)
        writer.kept = [one for one in pack.chosen if one.id not in changing]
        writer.left_out = [{"code": one.code, "why": CHANGING} for one in pack.chosen if one.id in changing]
        yield from _entries(writer)
    yield writer.zip.end()


def _entries(writer: _Writer) -> Iterator[bytes]:
    pack, entry = writer.pack, writer.zip.entry
    yield from entry("DOC-TRUOC.txt", [FIRST_WORDS])
    yield from entry("verify.py", [verify_py()])
    yield from entry(POPULATION, (f"{code}\n" for code in pack.population))
    reading.set_subjects([pack.id, *(key for one in pack.chosen for key in (one.id, one.submission_id))])
    seals = reading.seals_of(KINDS, pack.sealed)
    ways = Ways(seals)
    with Aside(csv_line(LOOK_HEADS)) as looks:
        yield from entry(EVENT_LINES, _events(pack, seals, ways, looks))
        yield from entry(LOOKS, looks.lines())
    known = _known(writer)
    yield from entry(CALENDARS, [known])
    with Aside(csv_line(DOSSIER_HEADS)) as dossiers, Aside(csv_line(CLOCK_HEADS)) as clocks:
        yield from entry(ROW_LINES, _rows(writer, ways, json.loads(known), dossiers, clocks))
        yield from entry(DOSSIERS, dossiers.lines())
        yield from entry(CLOCKS, clocks.lines())
    yield from entry(LEAF_LINES, ways.lines())
    number, stored = reading.last_seal()
    first = min([writer.lowest or number, *(one[0] for one in seals)])
    yield from entry(SEAL_LINES, (_seal(row) for row in reading.seals_from(first, number)))
    yield from entry(COUNTERS, _counters(pack.order))
    manifest = json.dumps(_manifest(writer, number, stored), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    yield from entry(MANIFEST, [manifest])
    yield from entry(MANIFEST_HASH, [hashlib.sha256(manifest.encode()).hexdigest() + "\n"])


def _events(pack: Pack, seals: list[tuple[int, int, int]], ways: Ways, looks: Aside) -> Iterator[str]:
    for told in reading.events_in(seals, KINDS, pack.sealed):
        if is_look(told):
            looks.write(look_line(told))
        yield json_line(ways.proven(told))


def _known(writer: _Writer) -> str:
    """What due dates are counted by, of the agencies and versions of these dossiers."""
    versions = {
        row[0]
        for batch in reading.batches(one.id for one in writer.kept)
        for row in fetch_all("SELECT DISTINCT version_id FROM dossiers_dossier WHERE id = ANY(%s::uuid[])", (batch,))
    }
    agencies = [(one.id, one.name, one.calendar_code) for one in writer.pack.order.agencies]
    return reading.calendars_told(agencies, versions)


def _rows(writer: _Writer, ways: Ways, known: dict[str, Any], dossiers: Aside, clocks: Aside) -> Iterator[str]:
    """The rows of every dossier and of its filing; the readable tables grow beside them."""
    calendars = {code: OfficeCalendar(told) for code, told in known["calendars"].items()}
    made_at = micros(moment(writer.pack.at))
    for batch in reading.batches(writer.kept):
        for kind, keys in (
            ("dossier", [one.id for one in batch]),
            ("submission", [one.submission_id for one in batch]),
        ):
            for told in reading.rows_of(kind, keys):
                writer.lowest = min(writer.lowest or told["seal"], told["seal"])
                if kind == "dossier":
                    dossier = Kept(told, known)
                    dossiers.write(dossier.table_line(calendars, made_at))
                    for line in dossier.clock_lines():
                        clocks.write(line)
                yield json_line(ways.proven(told))


def _seal(row: tuple[Any, ...]) -> str:
    number, previous, leaves, root, first, last, floor, at, stored = row
    return json_line(seal_told(SealText(number, previous, leaves, root, first, last, floor, moment(at)), stored))


def _counters(order: PackOrder) -> Iterable[str]:
    yield csv_line(_COUNTER_HEADS)
    for row in fetch_all(_COUNTERS, ([one.id for one in order.agencies], order.first, order.last)):
        yield csv_line(row)


def _manifest(writer: _Writer, number: int, stored: str) -> dict[str, Any]:
    pack = writer.pack
    return {
        "format": FORMAT, "id": str(pack.id), "made_at": moment(pack.at), "made_by": pack.by,
        **pack.order.told(), "names": [one.name for one in pack.order.agencies],
        "dossiers": len(writer.kept), "of": len(pack.population), "left_out": writer.left_out, "witness": pack.witness,
        "seal": {"number": number, "hash": stored}, "contents": dict(sorted(writer.zip.hashes.items())),
    }  # fmt: skip
