"""The shipped catalogue: its shape, and its facts against the portal records they were checked with.

The records live beside the repository (``../shared/data``); `tests.shared_data` says what if they are missing.
"""

import json
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.shared_data import shared_folder

ROOT = Path(__file__).parents[2]
PROCEDURES = ROOT / "data" / "procedures"

Entry = dict[str, Any]

REQUIRED = {
    "code", "name", "summary", "levels", "valid_from", "decision", "applicant_kinds", "channels",
    "online_level", "components", "time_limits", "fees", "legal_bases", "results", "conditions",
    "how_to", "route", "everyday_words", "source", "unverified",
}  # fmt: skip
OPTIONAL = {"cut_off"}
WORDS = {
    "levels": {"commune", "province", "district", "ministry"},
    "channels": {"counter", "online", "post"},
    "applicant_kinds": {
        "citizen", "overseas_vietnamese", "foreigner", "household", "enterprise", "cooperative",
        "organisation", "state_body",
    },
}  # fmt: skip
UNITS = {"one_stop", "justice", "land", "social", "economy", "police", "leaders", "records"}
ROLES = {"receiver", "case_officer", "approver", "records_clerk"}
PART_KEYS = {
    "components": {"name", "use", "original", "copy", "required", "case", "note"},
    "time_limits": {"number", "unit", "channel", "case"},
    "fees": {"kind", "name", "amount", "set_by_province", "case", "note"},
    "legal_bases": {"number", "name"},
    "route": {"name", "role", "unit", "share"},
}
LEAST_PER_SECTOR = {
    ("ho-tich",): 14,
    ("chung-thuc",): 7,
    ("cu-tru",): 6,
    ("dat-dai",): 6,
    ("xay-dung",): 4,
    ("bao-tro-xa-hoi", "nguoi-co-cong", "giam-ngheo"): 5,
    ("ho-kinh-doanh",): 4,
}
KIND_OF_SUBJECT = {
    "Công dân Việt Nam": "citizen",
    "Cán bộ": "citizen",
    "Người Việt Nam định cư ở nước ngoài": "overseas_vietnamese",
    "Người nước ngoài": "foreigner",
    "Tổ chức (không bao gồm doanh nghiệp": "organisation",
    "Tổ chức nước ngoài": "organisation",
    "Doanh nghiệp": "enterprise",
    "Hợp tác xã": "cooperative",
}


@cache
def shipped_files() -> dict[str, Entry]:
    return {path.stem: yaml.safe_load(path.read_text()) for path in sorted(PROCEDURES.glob("*.yaml"))}


@cache
def shipped() -> list[Entry]:
    return [procedure for content in shipped_files().values() for procedure in content["procedures"]]


@cache
def records() -> dict[str, Entry]:
    found = json.loads((shared_folder() / "data" / "procedures-commune.json").read_text())["procedures"]
    return named_only() | {record["code"]: record for record in found}


@cache
def named_only() -> dict[str, Entry]:
    """What is no procedure of the commune: the national index knows its name, who applies and who handles it."""
    index = json.loads((shared_folder() / "data" / "catalogue-index.json").read_text())
    return {
        record["code"]: {
            "name": record["name"], "decision": None, "online_level": None, "subjects": record["formalityTargetType"],
            "level": ["province"] if any("tỉnh" in one for one in record["departments"]) else [],
            "channels": ["counter", "online", "post"], "legal_basis": [], "time_by_channel": [], "time_by_case": [],
            "time_limit": {}, "fee": {"amount": None, "set_by_province": None, "portal_values": []},
        }
        for record in index
    }  # fmt: skip


def unverified(procedure: Entry, fact: str) -> bool:
    """Whether the file itself says that this fact is not stated by the source."""
    return any(line.split(":")[0].strip() == fact for line in procedure["unverified"])


def texts(value: Any) -> list[str]:
    """Every text inside a nested value."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for part in parts for text in texts(part)]


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def by_code(procedures: list[Entry]) -> Any:
    return pytest.mark.parametrize("procedure", procedures, ids=lambda procedure: procedure["code"])


every_procedure = by_code(shipped())


def test_files_name_their_sector_and_codes_are_unique() -> None:
    for stem, content in shipped_files().items():
        assert set(content) == {"sector", "procedures"}, stem
        assert content["sector"]["code"] == stem
    repeated = [code for code, times in Counter(p["code"] for p in shipped()).items() if times > 1]
    assert repeated == []
    assert len(shipped()) >= 48


def test_every_required_sector_is_covered() -> None:
    counts = {stem: len(content["procedures"]) for stem, content in shipped_files().items()}
    for stems, least in LEAST_PER_SECTOR.items():
        assert sum(counts[stem] for stem in stems) >= least, stems


@every_procedure
def test_keys_and_words(procedure: Entry) -> None:
    assert set(procedure) >= REQUIRED
    assert set(procedure) <= REQUIRED | OPTIONAL
    for field, words in WORDS.items():
        assert procedure[field], field
        assert set(procedure[field]) <= words
    for field, keys in PART_KEYS.items():
        assert procedure[field], field
        for part in procedure[field]:
            assert set(part) <= keys
            assert keys - set(part) <= {"set_by_province"}
    assert procedure["online_level"] in {"full", "partial", "information"}
    assert isinstance(procedure["valid_from"], date)
    assert re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", procedure.get("cut_off", "15:00"))
    assert procedure["results"]
    assert 3 <= len(procedure["how_to"]) <= 6
    assert 5 <= len({plain(word) for word in procedure["everyday_words"]}) <= 12


@every_procedure
def test_papers_are_a_clean_checklist(procedure: Entry) -> None:
    papers = procedure["components"]
    assert any(paper["required"] for paper in papers) or all(paper["case"] for paper in papers)
    for paper in papers:
        assert paper["use"] in {"submit", "show"}
        assert paper["original"] + paper["copy"] > 0, paper["name"]
        assert paper["required"] == (paper["case"] is None), paper["name"]
        assert len(paper["name"]) <= 120, paper["name"]
    requirement = [paper["required"] for paper in papers]
    names = [paper["name"] for paper in papers]
    assert len(set(names)) == len(names)
    assert requirement == sorted(requirement, reverse=True), "required papers come first"


@every_procedure
def test_route_starts_and_ends_at_the_counter(procedure: Entry) -> None:
    route = procedure["route"]
    assert 4 <= len(route) <= 7
    assert sum(step["share"] for step in route) == 100
    assert {step["unit"] for step in route} <= UNITS
    assert {step["role"] for step in route} <= ROLES
    assert (route[0]["role"], route[0]["unit"]) == ("receiver", "one_stop")
    assert 0 < route[0]["share"] <= 20
    assert (route[-1]["role"], route[-1]["unit"], route[-1]["share"]) == ("receiver", "one_stop", 0)
    assert any(step["role"] == "approver" for step in route)
    assert all(step["share"] > 0 for step in route[:-1])


@every_procedure
def test_identity_agrees_with_the_source(procedure: Entry) -> None:
    record = records()[procedure["code"]]
    official = re.sub(r"^Thủ tục ", "", record["name"]).rstrip(" .:").lower()
    assert procedure["name"].lower() == official
    assert procedure["decision"]["number"] == record["decision"]
    assert set(procedure["levels"]) <= set(record["level"])
    assert set(procedure["channels"]) <= set(record["channels"])
    if not unverified(procedure, "online_level"):
        assert procedure["online_level"] == record["online_level"]
    kinds = {kind for subject in record["subjects"] for words, kind in KIND_OF_SUBJECT.items()
             if subject.startswith(words)}  # fmt: skip
    assert set(procedure["applicant_kinds"]) <= kinds or unverified(procedure, "applicant_kinds")


def stated_limits(record: Entry) -> set[tuple[int, str]]:
    rows = [record["time_limit"], *(record["time_by_channel"] or []), *(record["time_by_case"] or [])]
    found = {(row["number"], row["unit"]) for row in rows if row.get("number") and row.get("unit")}
    prose = "\n".join(texts(record))
    return found | {(int(n), "working_day") for n in re.findall(r"\b(\d+) ngày làm việc", prose)}


@every_procedure
def test_time_limits_are_the_source_s(procedure: Entry) -> None:
    stated = stated_limits(records()[procedure["code"]])
    for limit in procedure["time_limits"]:
        assert limit["number"] > 0
        assert limit["unit"] in {"working_hour", "working_day", "day"}
        assert limit["channel"] in {None, "counter", "online", "post"}
        known = (limit["number"], limit["unit"]) in stated
        assert known or unverified(procedure, "time_limits"), limit
    assert procedure["time_limits"][0]["case"] is None, "the first limit is the general one"


@every_procedure
def test_fees_are_the_source_s(procedure: Entry) -> None:
    record = records()[procedure["code"]]
    stated = {record["fee"]["amount"], *record["fee"]["portal_values"]}
    for fee in procedure["fees"]:
        assert fee["kind"] in {"fee", "charge"}
        assert (fee["amount"] is None) == bool(fee.get("set_by_province")), fee["name"]
        known = fee["amount"] is None or fee["amount"] in stated
        assert known or unverified(procedure, "fees"), fee
    if record["fee"]["set_by_province"]:
        assert any(fee.get("set_by_province") for fee in procedure["fees"])


@every_procedure
def test_legal_bases_are_the_source_s(procedure: Entry) -> None:
    pattern = r"[\d.]+/\d{4}/[\w-]+"
    cited = {n for basis in records()[procedure["code"]]["legal_basis"]
             for n in re.findall(pattern, basis["number"] or "")}  # fmt: skip
    for basis in procedure["legal_bases"]:
        number = basis["number"]
        assert re.fullmatch(pattern, number)
        assert number in cited or unverified(procedure, f"legal_bases {number}"), number
        assert basis["name"]


@every_procedure
def test_facts_called_unverified_are_fields_of_the_file(procedure: Entry) -> None:
    for line in procedure["unverified"]:
        fact, _, reason = line.partition(":")
        assert fact.split()[0] in REQUIRED, line
        assert reason.strip(), line


@by_code([procedure for procedure in shipped() if "commune" not in procedure["levels"]])
def test_what_the_index_does_not_know_is_called_unverified(procedure: Entry) -> None:
    for fact in ("valid_from", "decision", "channels", "online_level", "components", "time_limits", "fees", "results"):
        assert unverified(procedure, fact), fact


@cache
def source_prose() -> str:
    return " ¶ ".join(plain(text) for text in texts(list(records().values())))


def copied(passages: list[str], least_words: int) -> list[str]:
    sentences = [plain(piece) for text in passages for piece in re.split(r"[.;:\n]", text)]
    return [one for one in sentences if len(one.split()) >= least_words and one in source_prose()]


@every_procedure
def test_no_sentence_is_copied(procedure: Entry) -> None:
    """Prose is ours from 12 words on; titles of papers and results are names, ours only from 20 on."""
    papers = [{key: paper[key] for key in ("case", "note")} for paper in procedure["components"]]
    titled = {"name", "results", "legal_bases"}
    prose = [value for key, value in procedure.items() if key not in titled | {"components"}]
    assert copied(texts([prose, papers]), 12) == []
    titles = [paper["name"] for paper in procedure["components"]] + procedure["results"]
    assert copied(titles, 20) == []


def test_same_day_promises_have_a_cut_off() -> None:
    for procedure in shipped():
        same_day = procedure["time_limits"][0]["unit"] == "working_hour"
        assert same_day == ("cut_off" in procedure), procedure["code"]
