"""The inspector's pack: whole as it was made, and every altered byte or row is found and named."""

import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from motcua.core.models import Event
from motcua.dossiers.models import Dossier
from motcua.reporting.pack.contents import rank
from motcua.reporting.pack.sampling import SampleKind
from motcua.reporting.pack.verifier import verify
from tests.cast import Cast
from tests.reporting.pack_stories import an_office, checked, ordered, packed


@pytest.fixture
def folder(cast: Cast, tmp_path: Path) -> Path:
    an_office(cast)
    return packed(ordered(cast), cast, tmp_path)


def said(folder: Path) -> tuple[int, list[str]]:
    lines: list[str] = []
    return verify(folder, lines.append), lines


def signed_again(folder: Path) -> None:
    """What a clever hand would do: make the manifest fit what was altered."""
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for name in told["contents"]:
        told["contents"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    (folder / "manifest.sha256").write_text(hashlib.sha256(text.encode()).hexdigest() + "\n", encoding="utf-8")


def test_a_pack_is_whole_and_says_so(folder: Path):
    code, words = checked(folder)
    assert code == 0, words
    assert "NGUYÊN VẸN" in words
    assert "8 hồ sơ trên 8 hồ sơ của kỳ" in words
    assert "1 hồ sơ trễ" in words


def test_what_is_in_it(folder: Path, cast: Cast):
    codes = set(Dossier.objects.values_list("code", flat=True))
    dossiers = (folder / "dossiers.csv").read_text(encoding="utf-8").splitlines()
    assert {line.split(",")[0] for line in dossiers[1:]} == codes
    looks = (folder / "looks.csv").read_text(encoding="utf-8")
    assert cast.records_clerk.name in looks
    assert looks.count("inspection") == len(codes)
    events = [json.loads(line) for line in (folder / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {event["kind"] for event in events} >= {
        "dossier.received", "dossier.paused", "dossier.reopened", "dossier.viewed", "submission.accepted",
        "record.packed",
    }  # fmt: skip
    assert len(events) == Event.objects.filter(subject_kind__in=("dossier", "submission", "pack")).count()


def test_a_random_sample_is_what_its_seed_gives(cast: Cast, tmp_path: Path):
    an_office(cast)
    folder = packed(ordered(cast, SampleKind.RANDOM, number=3, seed="thanh-tra-17"), cast, tmp_path)
    codes = sorted(Dossier.objects.values_list("code", flat=True), key=lambda code: rank("thanh-tra-17", code))
    told = (folder / "dossiers.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert {line.split(",")[0] for line in told} == set(codes[:3])
    assert said(folder)[0] == 0
    manifest = (folder / "manifest.json").read_text(encoding="utf-8")
    (folder / "manifest.json").write_text(manifest.replace("thanh-tra-17", "thanh-tra-18"), encoding="utf-8")
    signed_again(folder)
    code, lines = said(folder)
    assert code == 1
    assert "“sample” khác với sự kiện lấy gói đã niêm phong" in lines[-2]


def test_a_sample_of_the_late_and_of_those_a_sign_points_to(cast: Cast, tmp_path: Path):
    an_office(cast)
    late = packed(ordered(cast, SampleKind.LATE), cast, tmp_path / "late")
    by_sign = packed(ordered(cast, SampleKind.SIGN, sign="dated_backwards"), cast, tmp_path / "sign")
    none = packed(ordered(cast, SampleKind.SIGN, sign="many_steps_at_once"), cast, tmp_path / "none")
    for folder in (late, by_sign, none):
        assert said(folder)[0] == 0, said(folder)[1]
    assert len((none / "dossiers.csv").read_text(encoding="utf-8").splitlines()) == 1


def altered_bytes(folder: Path, how_many: int, dice: random.Random) -> Iterator[str]:
    """One random byte of the whole pack after another, each time made another byte, then put back."""
    names = sorted(one for one in folder.iterdir() if one.is_file())
    sizes = [one.stat().st_size for one in names]
    for _ in range(how_many):
        path = dice.choices(names, sizes)[0]
        content = path.read_bytes()
        place = dice.randrange(len(content))
        changed = bytearray(content)
        changed[place] ^= dice.randrange(1, 256)
        path.write_bytes(bytes(changed))
        yield f"{path.name} byte {place}"
        path.write_bytes(content)


def test_every_altered_byte_is_found(folder: Path):
    dice = random.Random(20261122)
    missed = [what for what in altered_bytes(folder, 100, dice) if said(folder)[0] != 1]
    assert not missed
    assert said(folder)[0] == 0


def test_an_altered_byte_is_found_by_the_shipped_verifier_on_its_own(folder: Path):
    for what in altered_bytes(folder, 8, random.Random(7)):
        assert checked(folder)[0] != 0, what


LINES = ("events.jsonl", "rows.jsonl", "seals.jsonl", "leaves.jsonl", "dossiers.csv", "clock.csv", "looks.csv")


def altered_rows(folder: Path, how_many: int, dice: random.Random) -> Iterator[str]:
    """One row changed, taken out, put in twice or moved, and everything signed again."""
    for turn in range(how_many):
        path = folder / LINES[turn % len(LINES)]
        before = {one: (folder / one).read_bytes() for one in (path.name, "manifest.json", "manifest.sha256")}
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        place = dice.randrange(len(lines))
        how = dice.choice(["change", "change", "drop", "twice"])
        if how == "change":
            lines[place] = other_value(lines[place], dice)
        elif how == "drop":
            del lines[place]
        else:
            lines.insert(place, lines[place])
        path.write_text("".join(lines), encoding="utf-8")
        signed_again(folder)
        yield f"{path.name} line {place + 1}: {how}"
        for name, content in before.items():
            (folder / name).write_bytes(content)


def other_value(line: str, dice: random.Random) -> str:
    """The line with one of its letters or digits another one."""
    places = [place for place, letter in enumerate(line) if letter.isalnum()]
    place = dice.choice(places)
    letter = dice.choice([one for one in "0123456789abcdef" if one != line[place].lower()])
    return line[:place] + letter + line[place + 1 :]


def test_every_altered_row_is_found_though_the_manifest_was_made_to_fit(folder: Path):
    dice = random.Random(20261122)
    missed = [what for what in altered_rows(folder, 100, dice) if said(folder)[0] != 1]
    assert not missed
    assert said(folder)[0] == 0


def test_a_missing_part_and_one_put_beside_are_said(folder: Path):
    for name in ("events.jsonl", "verify.py", "manifest.sha256", "population.txt"):
        content = (folder / name).read_bytes()
        (folder / name).unlink()
        assert said(folder)[0] == 1
        (folder / name).write_bytes(content)
    (folder / "ket-luan.txt").write_text("đúng", encoding="utf-8")
    code, lines = said(folder)
    assert code == 1
    assert "ket-luan.txt" in lines[0]


def test_a_row_changed_in_the_database_is_named(cast: Cast, tmp_path: Path):
    """The pack tells what is there now; the seal knows what was there."""
    an_office(cast)
    packed(ordered(cast), cast, tmp_path / "before")
    code = Dossier.objects.order_by("code").values_list("code", flat=True)[2]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_dossier SET due_at = due_at + interval '3 days' WHERE code = %s", [code])
    folder = packed(ordered(cast), cast, tmp_path / "after")
    found, lines = said(folder)
    assert found == 1
    assert str(Dossier.objects.get(code=code).pk) in lines[-2]
    assert "bị sửa sau khi niêm phong" in lines[-2]


def test_a_calendar_changed_after_the_end_is_a_difference_not_a_forgery(folder: Path):
    """Every date is counted by the calendar that is shipped; the office's own table of the pack is made of it too."""
    told = json.loads((folder / "calendars.json").read_text(encoding="utf-8"))
    for calendar in told["calendars"].values():
        calendar["cut_off"] = 0
    (folder / "calendars.json").write_text(json.dumps(told), encoding="utf-8")
    signed_again(folder)
    code, lines = said(folder)
    assert code == 1
    assert "dossiers.csv" in lines[-2]
