"""Bundles without an office: the shipped definitions, the merged list of papers, the sealed package."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue.queries import OfferedVersion
from motcua.catalogue.rules import ComponentLine, LimitLine, VersionContent
from motcua.core.ids import uuid7
from motcua.dossiers.actions import PaperHandedIn
from motcua.intake.actions import Filing
from motcua.people.actions import PartyFacts
from motcua.routing.bundles.definitions import MemberLine, NoSuchBundle, ProcedureBundle, bundle_in_force, read_bundles
from motcua.routing.bundles.packages import packed, sealed, unpacked
from motcua.routing.bundles.papers import merged, parts_of

DATA = Path(__file__).parents[2] / "data"
FORM, COPY = "Tờ khai", "Bản sao Giấy khai sinh"


def offer(code: str, *papers: ComponentLine) -> OfferedVersion:
    lines = tuple(replace(paper, id=uuid7()) for paper in papers)
    content = VersionContent(name=code, applicant_kinds=("citizen",), channels=("counter",), components=lines)
    return OfferedVersion(
        version_id=uuid7(), procedure_id=uuid7(), code=code, name=code, sector_code="s", sector_name="S", number=1,
        valid_from=date(2025, 7, 1), channels=("counter",), components=lines,
        limits=(LimitLine(1, "working_day"),), fees=(), route=(), cut_off=None, results=(), content=content,
    )  # fmt: skip


def definition(*members: MemberLine, same: tuple[frozenset[str], ...] = ()) -> ProcedureBundle:
    return ProcedureBundle("birth", "Nhóm", "Luật", date(2025, 7, 1), None, members, same)


TWO = definition(MemberLine(1, "a"), MemberLine(2, "b", after=1))


def a_filing(offered: OfferedVersion, *names: str, **changes) -> Filing:
    papers = tuple(PaperHandedIn(p.id, p.originals, p.copies) for p in offered.components if p.name in names)
    who = PartyFacts(kind="person", full_name="Nguyễn Thị Lan", birth_date=date(1984, 9, 5))
    return Filing(**({"submission_id": uuid4(), "channel": "counter", "applicant": who, "papers": papers} | changes))


def test_every_shipped_bundle_names_procedures_and_papers_of_the_catalogue():
    shipped = {
        procedure["code"]: procedure
        for path in (DATA / "procedures").glob("*.yaml")
        for procedure in yaml.safe_load(path.read_text())["procedures"]
    }
    bundles = read_bundles(DATA / "bundles.yaml")
    assert {bundle.code for bundle in bundles} == {"birth", "death"}
    for bundle in bundles:
        assert len(bundle.members) == 3
        for line in bundle.members:
            assert line.procedure in shipped, line
            assert line.supplied <= {paper["name"] for paper in shipped[line.procedure]["components"]}, line


def test_a_bundle_is_offered_from_its_first_day_to_its_last():
    assert bundle_in_force("birth", date(2025, 7, 1)).members[0].procedure == "1.001193"
    assert bundle_in_force("birth", date(2025, 6, 30)).valid_to == date(2025, 6, 30)
    with pytest.raises(NoSuchBundle):
        bundle_in_force("birth", date(2015, 6, 30))
    ended = replace(TWO, valid_to=date(2025, 7, 31))
    assert ended.in_force(date(2025, 7, 31))
    assert not ended.in_force(date(2025, 8, 1))


@pytest.mark.parametrize(
    ("fault", "change"),
    [
        ("the desk's own", {"members": [{"procedure": "a", "handled_by": {"kind": "police", "level": "commune",
                                         "or_here": True}, "after": None, "supplied": []}]}),
        ("before it", {"members": [{"procedure": "a", "handled_by": "here", "after": None, "supplied": []},
                                   {"procedure": "b", "handled_by": "here", "after": "b", "supplied": []}]}),
        ("supplied", {"members": [{"procedure": "a", "handled_by": "here", "after": None, "supplied": ["x"]}]}),
    ],
)  # fmt: skip
def test_a_faulty_table_is_refused(fault, change, tmp_path):
    row = {"code": "x", "name": "X", "legal_basis": "L", "valid_from": date(2025, 7, 1), "valid_to": None,
           "same_papers": []} | change  # fmt: skip
    table = tmp_path / "bundles.yaml"
    table.write_text(yaml.safe_dump({"bundles": [row]}))
    with pytest.raises(ValueError, match=fault):
        read_bundles(table)


def test_a_paper_asked_by_two_is_asked_once_and_reaches_both():
    offers = [offer("a", ComponentLine(FORM)), offer("b", ComponentLine(f"  {FORM.upper()}. "), ComponentLine("Ảnh"))]
    offered = merged(TWO, offers)
    assert [paper.name for paper in offered.components] == [FORM, "Ảnh"]
    first, second = parts_of(a_filing(offered, FORM, "Ảnh"), TWO, offers)
    assert [(paper.originals, paper.copies) for paper in first.papers] == [(1, 0)]
    assert [(paper.originals, paper.copies) for paper in second.papers] == [(0, 1), (1, 0)]
    assert {paper.component_id for paper in second.papers} == {paper.id for paper in offers[1].components}
    assert first.submission_id != second.submission_id


def test_two_names_of_one_paper_are_one_when_the_bundle_says_so():
    offers = [offer("a", ComponentLine("CT01")), offer("b", ComponentLine(FORM))]
    same = replace(TWO, same_papers=(frozenset({"CT01", FORM}),))
    assert len(merged(same, offers).components) == 1
    assert len(merged(TWO, offers).components) == 2


def test_a_paper_that_one_always_needs_is_asked_always():
    offers = [
        offer("a", ComponentLine(FORM, required=False, when="Làm thay")),
        offer("b", ComponentLine(FORM), ComponentLine("Ảnh", required=False)),
    ]
    first, second = merged(TWO, offers).components
    assert (first.name, first.required, first.when) == (FORM, True, "")
    assert (second.name, second.required) == ("Ảnh", False)


def test_a_supplied_paper_is_not_asked_and_counts_as_there():
    line = MemberLine(2, "b", after=1, supplied=frozenset({COPY}))
    bundle = definition(MemberLine(1, "a"), line)
    offers = [offer("a", ComponentLine(FORM)), offer("b", ComponentLine(COPY, originals=0, copies=1))]
    offered = merged(bundle, offers)
    assert [paper.name for paper in offered.components] == [FORM]
    _first, second = parts_of(a_filing(offered, FORM), bundle, offers)
    assert [(paper.originals, paper.copies) for paper in second.papers] == [(0, 0)]


def test_situations_go_to_the_members_that_know_them():
    offers = [offer("a", ComponentLine(FORM, required=False, when="Làm thay")), offer("b", ComponentLine("Ảnh"))]
    first, second = parts_of(a_filing(merged(TWO, offers), whens=("Làm thay",)), TWO, offers)
    assert (first.whens, second.whens) == (("Làm thay",), ())


names = st.text(min_size=1, max_size=40).filter(lambda text: "\x00" not in text)


@given(name=names, request=st.text(max_size=80), copies=st.integers(1, 99), birth=st.none() | st.dates())
def test_what_is_packed_is_what_is_unpacked(name, request, copies, birth):
    offered = offer("a", ComponentLine(FORM))
    who = PartyFacts(kind="person", full_name=name, birth_date=birth)
    filing = a_filing(offered, FORM, applicant=who, request=request, copies=copies)
    package = packed(filing, bundle="X", procedure="a", papers=offered.components)
    assert unpacked(package) == filing


def test_the_seal_knows_every_change_and_no_order():
    offered = offer("a", ComponentLine(FORM))
    package = packed(a_filing(offered, FORM), bundle="X", procedure="a", papers=offered.components)
    assert sealed(dict(reversed(package.items()))) == sealed(package)
    for key in package:
        assert sealed(package | {key: "khác"}) != sealed(package), key
    papers = [package["papers"][0] | {"originals": 2}]
    assert sealed(package | {"papers": papers}) != sealed(package)
