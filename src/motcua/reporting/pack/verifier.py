"""Kiểm tra gói hồ sơ kiểm tra của Một Cửa: chạy `python3 verify.py` ngay trong thư mục đã giải nén, không cần mạng.

Chỉ cần Python từ 3.9. Kết quả 0: nguyên vẹn; 1: có chỗ bị sửa, nêu chỗ đầu tiên; 2: không chỗ nào bị sửa nhưng có hạn
trả tính lại khác với sổ. Chữ và mã ở dưới đọc được; ai cũng có thể viết lại chương trình này theo docs/record.md.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from motcua.core.record.leaves import EventText, actor_digest, leaf, row_hash, rows_preimage, told_digest
from motcua.reporting.pack.contents import (
    CALENDARS,
    CLOCK_HEADS,
    CLOCKS,
    DOSSIER_HEADS,
    DOSSIERS,
    EVENT_LINES,
    LOOK_HEADS,
    LOOKS,
    MANIFEST,
    POPULATION,
    ROW_LINES,
    Kept,
    is_look,
    listed_digest,
    look_line,
    rank,
)
from motcua.reporting.pack.lateness import CannotTell, OfficeCalendar, in_words, micros
from motcua.reporting.pack.sealed import (
    Broken,
    Checked,
    check_bytes,
    check_leaves,
    check_seals,
    require_sealed,
    same_lines,
)

SHOWN = 20
PACKED = "record.packed"


def check_events(state: Checked) -> str:
    """Each event hashes to its leaf, none is missing; the table of looks is made of them."""
    counted = looks = 0
    before = (0, -1)
    leaves = hashlib.sha256()

    def made() -> Iterator[str]:
        nonlocal counted, looks, before
        for number, one in state.read(EVENT_LINES):
            where = f"{EVENT_LINES}, dòng {number}, sự kiện {one['sequence']} ({one['kind']})"
            found = leaf(event_text(one).preimage())
            require_sealed(state, one, found, where)
            if (one["seal"], one["position"]) <= before:
                raise Broken(f"{where}: đứng sai chỗ hoặc lặp lại.")
            before = (one["seal"], one["position"])
            if one["kind"] == PACKED and one["subject_id"] == state.manifest["id"]:
                state.packed = json.loads(one["after"])
                continue
            counted += 1
            leaves.update(found)
            if one["subject_kind"] == "submission":
                state.filed.add(one["subject_id"])
            if is_look(one):
                looks += 1
                yield look_line(one)

    same_lines(state, LOOKS, LOOK_HEADS, made())
    if (state.packed.get("events"), state.packed.get("leaves")) != (counted, leaves.hexdigest()):
        raise Broken(f"{EVENT_LINES}: thiếu hoặc thừa sự kiện so với lúc lấy gói.")
    return f"{counted} sự kiện, trong đó {looks} lần xem, không thiếu sự kiện nào"


def event_text(one: dict[str, Any]) -> EventText:
    """An event of the pack as its leaf knows it."""
    return EventText(
        one["sequence"], one["id"], one["kind"], one["subject_kind"], one["subject_id"], one["agency_id"] or "",
        one["at"], one["recorded_at"], actor_digest(one["actor_id"] or "", one["actor_name"], one["request_id"]),
        told_digest(one["request_id"], one["before"], one["after"]),
    )  # fmt: skip


def rows_leaf(one: dict[str, Any]) -> bytes:
    """The leaf of the rows of one subject of the pack."""
    columns = {table["table"]: table["columns"] for table in one["layout"]}
    if [*columns] != sorted({table for table, _key, _text in one["rows"]}):
        raise ValueError("các bảng không khớp với các dòng")
    hashed = [(table, key, row_hash(table, columns[table], text)) for table, key, text in one["rows"]]
    return leaf(rows_preimage(one["subject_kind"], one["subject_id"], hashed))


def check_rows(state: Checked) -> str:
    """The rows of each subject hash to its leaf; due dates and lateness are counted again from them."""
    state.known = json.loads((state.folder / CALENDARS).read_text(encoding="utf-8"))
    state.calendars = {code: OfficeCalendar(told) for code, told in state.known["calendars"].items()}
    made_at = micros(state.manifest["made_at"])

    def made() -> Iterator[str]:
        for number, one in state.read(ROW_LINES):
            where = f"{ROW_LINES}, dòng {number}, {one['subject_kind']} {one['subject_id']}"
            require_sealed(state, one, rows_leaf(one), where)
            if one["subject_id"] in state.subjects:
                raise Broken(f"{where}: lặp lại.")
            state.subjects.add(one["subject_id"])
            if one["subject_kind"] == "dossier":
                dossier = Kept(one, state.known)
                state.sampled.append(dossier.text("code"))
                judge(state, dossier, made_at)
                yield dossier.table_line(state.calendars, made_at)

    same_lines(state, DOSSIERS, DOSSIER_HEADS, made())
    if state.filed - state.subjects:
        raise Broken(f"{ROW_LINES}: thiếu các dòng của submission {min(state.filed - state.subjects)}.")
    return f"các dòng của {len(state.subjects)} đối tượng, trong đó {len(state.sampled)} hồ sơ"


def judge(state: Checked, dossier: Kept, made_at: int) -> None:
    """Count the due date again; a difference is told, for a calendar may have changed after the end."""
    code, due = dossier.text("code"), dossier.at("due_at")
    try:
        ledger = dossier.ledger(state.calendars)
    except (CannotTell, TypeError, ValueError) as fault:
        state.differing.append(f"Hồ sơ {code}: không tính lại được hạn ({fault}).")
        return
    state.late += ledger.is_late(made_at)
    if ledger.due != due:
        stored = in_words(due) if due is not None else "?"
        state.differing.append(f"Hồ sơ {code}: sổ ghi hạn {stored}, tính lại là {in_words(ledger.due)}.")


def check_clock(state: Checked) -> str:
    """The table of clock entries is made of the sealed rows."""

    def made() -> Iterator[str]:
        for _number, one in state.read(ROW_LINES):
            if one["subject_kind"] == "dossier":
                yield from Kept(one, state.known).clock_lines()

    same_lines(state, CLOCKS, CLOCK_HEADS, made())
    return f"{len(state.sampled) - len(state.differing)} hồ sơ tính lại hạn đúng như sổ; {state.late} hồ sơ trễ"


def check_sample(state: Checked) -> str:
    """The dossiers are those that the sealed event of the pack says, and a random sample is the one its seed gives."""
    sealed, manifest, sample = state.packed, state.manifest, state.packed["sample"]
    for name in ("agencies", "first", "last", "sample", "of"):
        if sealed[name] != manifest[name]:
            raise Broken(f"{MANIFEST}: “{name}” khác với sự kiện lấy gói đã niêm phong.")
    population = (state.folder / POPULATION).read_text(encoding="utf-8").splitlines()
    if listed_digest(population) != sealed["population"]:
        raise Broken(f"{POPULATION}: không phải danh sách hồ sơ của kỳ lúc lấy gói.")
    left_out = {one["code"] for one in manifest["left_out"]}
    inside = set(state.sampled) | left_out
    if len(inside) != sealed["dossiers"] or not inside <= set(population):
        raise Broken(f"{ROW_LINES}: có {len(inside)} hồ sơ, lúc lấy gói là {sealed['dossiers']}.")
    if sample["kind"] == "random":
        drawn = sorted(population, key=lambda code: rank(sample["seed"], code))[: sample["number"]]
        if inside != set(drawn):
            raise Broken(f"{ROW_LINES}: các hồ sơ trong gói không phải là mẫu mà chuỗi chọn mẫu cho ra.")
    return f"{len(state.sampled)} hồ sơ trên {len(population)} hồ sơ của kỳ"


CHECKS: tuple[tuple[str, Callable[[Checked], str]], ...] = (
    ("Các tệp của gói", check_bytes),
    ("Chuỗi niêm phong", check_seals),
    ("Lá niêm phong", check_leaves),
    ("Sự kiện và lần xem", check_events),
    ("Dòng dữ liệu", check_rows),
    ("Sổ thời hạn, trễ hạn", check_clock),
    ("Mẫu đã chọn", check_sample),
)


def verify(folder: Path, say: Callable[[str], Any] = print) -> int:
    """Check a pack and say what was found: 0 whole, 1 altered, 2 whole but counted differently."""
    state = Checked(folder)
    for title, check in CHECKS:
        try:
            found = check(state)
        except Broken as place:
            say(f"SAI  {title}: {place}")
            say("KẾT LUẬN: gói này ĐÃ BỊ SỬA. Chỗ đầu tiên không khớp ghi ở trên.")
            return 1
        except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as fault:
            say(f"SAI  {title}: không đọc được ({type(fault).__name__}: {fault}).")
            say("KẾT LUẬN: gói này ĐÃ BỊ SỬA hoặc giải nén hỏng.")
            return 1
        say(f"ĐÚNG {title}: {found}.")
    return _conclude(state, say)


def _conclude(state: Checked, say: Callable[[str], Any]) -> int:
    seal = state.manifest["seal"]
    say(f"Niêm phong cuối: số {seal['number']}, dấu {seal['hash']}.")
    say("Hãy so dấu này với trang công khai /record/ của cơ quan, hoặc bản mà người khác đã giữ từ trước.")
    if state.manifest["witness"]:
        say(f"CHÚ Ý: {state.manifest['witness']}")
    for one in state.manifest["left_out"]:
        say(f"Để ngoài gói: hồ sơ {one['code']}, {one['why']}.")
    for sentence in state.differing[:SHOWN]:
        say("KHÁC " + sentence)
    if len(state.differing) > SHOWN:
        say(f"… và {len(state.differing) - SHOWN} hồ sơ nữa.")
    if state.differing:
        say("KẾT LUẬN: không byte nào bị sửa, nhưng có hồ sơ tính lại khác với sổ (lịch có thể đã đổi sau đó).")
        return 2
    say("KẾT LUẬN: gói NGUYÊN VẸN, không byte nào bị sửa.")
    return 0


if __name__ == "__main__":
    sys.exit(verify(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent)))
