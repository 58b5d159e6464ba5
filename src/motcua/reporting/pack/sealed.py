"""The frame of a pack: its bytes, its chain of seals, and whether a leaf lies under them. Standard library only."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from motcua.core.record.leaves import SealText, climbed, root
from motcua.reporting.pack.contents import FORMAT, LEAF_LINES, MANIFEST, MANIFEST_HASH, SEAL_LINES, csv_line, json_line
from motcua.reporting.pack.lateness import OfficeCalendar


class Broken(Exception):
    """The first place that does not fit, in a sentence."""


@dataclass
class Checked:
    """What was found so far."""

    folder: Path
    manifest: dict[str, Any] = field(default_factory=dict)
    roots: dict[int, str] = field(default_factory=dict)
    leaves_at: dict[int, int] = field(default_factory=dict)
    cached: dict[int, list[bytes]] = field(default_factory=dict)
    calendars: dict[str, OfficeCalendar] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)
    sampled: list[str] = field(default_factory=list)
    subjects: set[str] = field(default_factory=set)
    filed: set[str] = field(default_factory=set)
    packed: dict[str, Any] = field(default_factory=dict)
    differing: list[str] = field(default_factory=list)
    late: int = 0

    def read(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Every object of a `.jsonl`, with the number of its line."""
        with (self.folder / name).open(encoding="utf-8") as told:
            for number, line in enumerate(told, 1):
                try:
                    one = json.loads(line)
                except ValueError as fault:
                    raise Broken(f"{name}, dòng {number}: không đọc được.") from fault
                if json_line(one) != line:
                    raise Broken(f"{name}, dòng {number}: không viết theo đúng cách của gói.")
                yield number, one


def check_bytes(state: Checked) -> str:
    """Every file is there, and is what the manifest says; nothing else is."""
    folder = state.folder
    written = (folder / MANIFEST).read_bytes()
    if (folder / MANIFEST_HASH).read_bytes() != (hashlib.sha256(written).hexdigest() + "\n").encode():
        raise Broken(f"{MANIFEST}: không khớp với {MANIFEST_HASH}; một trong hai tệp đã bị sửa.")
    state.manifest = json.loads(written)
    if state.manifest["format"] != FORMAT:
        raise Broken(f"{MANIFEST}: gói viết theo khuôn {state.manifest['format']}, chương trình này đọc {FORMAT}.")
    contents = state.manifest["contents"]
    for name in sorted(contents):
        if not (folder / name).is_file():
            raise Broken(f"{name}: bị mất khỏi gói.")
        if _sum_of(folder / name) != contents[name]:
            raise Broken(f"{name}: nội dung đã bị sửa (dấu SHA-256 không khớp với {MANIFEST}).")
    there = {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}
    extra = sorted(one for one in there - set(contents) - {MANIFEST, MANIFEST_HASH} if "__pycache__" not in one)
    if extra:
        raise Broken(f"{extra[0]}: không thuộc gói, có người đặt thêm vào.")
    return f"{len(contents)} tệp đúng từng byte"


def _sum_of(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as content:
        for piece in iter(lambda: content.read(1 << 20), b""):
            found.update(piece)
    return found.hexdigest()


def check_seals(state: Checked) -> str:
    """Each seal is the hash of what it says, and names the one before."""
    before = None
    for number, one in state.read(SEAL_LINES):
        stored = one.pop("hash")
        seal = SealText(**one)
        if seal.hash() != stored:
            raise Broken(f"{SEAL_LINES}, dòng {number}: niêm phong số {seal.number} đã bị sửa.")
        if before is not None and (seal.number != before[0] + 1 or seal.previous != before[1]):
            raise Broken(f"{SEAL_LINES}, dòng {number}: niêm phong số {seal.number} không nối với niêm phong trước.")
        before = (seal.number, stored)
        state.roots[seal.number] = seal.root
    if before is None or list(before) != [state.manifest["seal"]["number"], state.manifest["seal"]["hash"]]:
        raise Broken(f"{SEAL_LINES}: niêm phong cuối không phải là niêm phong ghi trong {MANIFEST}.")
    return f"{len(state.roots)} niêm phong nối liền nhau"


def check_leaves(state: Checked) -> str:
    """Each whole list of leaves has the root of its seal."""
    with (state.folder / LEAF_LINES).open("rb") as told:
        place = 0
        for number, line in enumerate(told, 1):
            one = json.loads(line)
            if one["seal"] <= max(state.leaves_at, default=0):
                raise Broken(f"{LEAF_LINES}, dòng {number}: niêm phong số {one['seal']} đứng sai chỗ hoặc lặp lại.")
            if root(_hashes(one)).hex() != state.roots.get(one["seal"]):
                raise Broken(f"{LEAF_LINES}, dòng {number}: các lá không cho ra gốc của niêm phong số {one['seal']}.")
            state.leaves_at[one["seal"]] = place
            place += len(line)
    return f"{len(state.leaves_at)} cây niêm phong đủ lá"


def _hashes(one: dict[str, Any]) -> list[bytes]:
    packed = bytes.fromhex(one["hashes"])
    return [packed[start : start + 32] for start in range(0, len(packed), 32)]


def require_sealed(state: Checked, one: dict[str, Any], found: bytes, where: str) -> None:
    """The leaf lies in its seal: in its list of leaves, or by its way up to the root."""
    seal = one["seal"]
    if seal not in state.roots:
        raise Broken(f"{where}: niêm phong số {seal} không có trong gói.")
    if "way" in one:
        steps = [(side, bytes.fromhex(beside)) for side, beside in one["way"]]
        sound = climbed(found, steps).hex() == state.roots[seal]
    else:
        listed = _listed(state, seal)
        sound = 0 <= one["position"] < len(listed) and listed[one["position"]] == found
    if not sound:
        raise Broken(f"{where}: không khớp với niêm phong số {seal}; nội dung đã bị sửa sau khi niêm phong.")


def _listed(state: Checked, seal: int) -> list[bytes]:
    if seal not in state.leaves_at:
        raise Broken(f"{LEAF_LINES}: thiếu các lá của niêm phong số {seal}.")
    if seal not in state.cached:
        if len(state.cached) >= 64:
            state.cached.clear()
        with (state.folder / LEAF_LINES).open("rb") as told:
            told.seek(state.leaves_at[seal])
            state.cached[seal] = _hashes(json.loads(told.readline()))
    return state.cached[seal]


def same_lines(state: Checked, name: str, heads: Iterable[str], made: Iterable[str]) -> None:
    """A table that people read says what the sealed lines say, and nothing else."""
    with (state.folder / name).open(encoding="utf-8", newline="") as told:
        expected = chain([csv_line(heads)], made)
        for number, line in enumerate(told, 1):
            if line != next(expected, None):
                raise Broken(f"{name}, dòng {number}: khác với dữ liệu đã niêm phong.")
        if next(expected, None) is not None:
            raise Broken(f"{name}: thiếu dòng so với dữ liệu đã niêm phong.")
