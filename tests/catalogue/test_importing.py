"""Importing: every record accounted for, nothing silently dropped, twice is once."""

import json
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from motcua.catalogue.importing import ImportFault, import_catalogue
from motcua.catalogue.models import Component, Fee, Procedure, ProcedureVersion, Sector, VersionState
from motcua.core.models import Event
from tests.catalogue.conftest import AT, IMPORTER, ROW, TODAY, ImportRows

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)


def portal(tmp_path: Path, *rows: object):
    path = tmp_path / "portal.json"
    path.write_text(json.dumps({"procedures": rows}), "utf-8")
    return import_catalogue(path, by=IMPORTER, at=AT)


def bare(name: str) -> str:
    return " ".join(name.split()).lstrip("-+* ").strip()


def portal_row(**changed: object) -> dict[str, object]:
    return {
        "code": "3.000439",
        "name": "Giao khu vực biển",
        "field": "Biển và hải đảo",
        "level": ["commune"],
        "subjects": ["Công dân Việt Nam", "Người ngoài hành tinh"],
        "time_limit": {"number": 35, "unit": "working_day"},
        "fee": {"amount": None, "set_by_province": True, "portal_values": [0]},
        "components": [{"name": "Đơn đề nghị", "original": 1, "copy": 0, "group": None, "is_note": False}],
        "legal_basis": [{"number": "11/2021/NĐ-CP", "name": None}],
        "result": ["Quyết định"],
        "channels": ["counter"],
    } | changed


@pytest.mark.parametrize("name", ["procedures-commune.json", "catalogue-index.json"])
def test_the_national_files_are_accounted_for_and_twice_is_once(shared: Path, name: str):
    path = shared / "data" / name
    loaded = json.loads(path.read_text("utf-8"))
    records = loaded if isinstance(loaded, list) else loaded["procedures"]
    first = import_catalogue(path, by=IMPORTER, at=AT)
    assert first.records == len(records)
    assert len(first.new) == Procedure.objects.count()
    second = import_catalogue(path, by=IMPORTER, at=LATER)
    assert (second.new, second.changed, second.published, second.drafts) == ([], [], 0, [])
    assert second.unchanged == first.new
    assert second.rejected == first.rejected


def test_the_portal_file_publishes_what_is_complete_and_keeps_the_rest_as_drafts(shared: Path):
    path = shared / "data" / "procedures-commune.json"
    records = {row["code"]: row for row in json.loads(path.read_text("utf-8"))["procedures"]}
    report = import_catalogue(path, by=IMPORTER, at=AT)
    published = set(
        ProcedureVersion.objects.filter(state=VersionState.PUBLISHED).values_list("procedure__national_code", flat=True)
    )
    assert published == {code for code, row in records.items() if row["complete"]}
    assert {code for code, _why in report.drafts} == set(records) - published
    # A fee the province sets is never free, and a remark is never a paper.
    open_fees = [code for code, row in records.items() if row["fee"]["amount"] is None]
    assert not Fee.objects.filter(version__procedure__national_code__in=open_fees, amount__isnull=False).exists()
    kept = set(Component.objects.values_list("version__procedure__national_code", "name"))
    for code, row in records.items():
        papers = {bare(line["name"]) for line in row["components"] if not line["is_note"]}
        assert not any((code, bare(c["name"])) in kept for c in row["components"] if bare(c["name"]) not in papers)


def test_the_shipped_catalogue_is_published_whole(settings):
    report = import_catalogue(settings.MOTCUA_DATA / "procedures", by=IMPORTER, at=AT)
    assert (report.rejected, report.drafts) == ([], [])
    assert report.published == len(report.new) >= 40


def test_an_unknown_unit_is_named_and_the_rest_goes_on(tmp_path: Path):
    report = portal(
        tmp_path, portal_row(time_limit={"number": 5, "unit": "OTHER"}), portal_row(code="3.000440"), "lạ", {"code": 7}
    )
    assert report.new == ["3.000440"]
    assert [code for code, _why in report.rejected] == ["3.000439", "dòng 3", "7"]
    assert "OTHER" in report.rejected[0][1]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"time_limit": None}, "Thiếu thời hạn chung"),
        ({"time_limit": {"number": None, "unit": None, "conflict": "x"}}, "mâu thuẫn"),
        ({"components": [{"name": "Lưu ý", "is_note": True}]}, "Thiếu thành phần hồ sơ"),
        ({"valid_to": "2026-01-01", "valid_from": "2025-01-01"}, None),
        ({"valid_to": "2026-01-01"}, "đã hết hiệu lực"),
    ],
)
def test_an_incomplete_portal_record_becomes_a_draft_with_its_reason(tmp_path: Path, changed, reason):
    report = portal(tmp_path, portal_row(**changed))
    assert report.new == ["3.000439"]
    if reason is None:
        assert report.drafts == []
    else:
        assert reason in report.drafts[0][1]
        assert ProcedureVersion.objects.get().state == VersionState.DRAFT


def test_what_the_portal_leaves_open_is_said(tmp_path: Path):
    portal(tmp_path, portal_row(fee={"amount": 45, "portal_values": [45]}))
    version = ProcedureVersion.objects.get()
    assert version.applicant_kinds == ["citizen"]
    assert any("Người ngoài hành tinh" in doubt for doubt in version.unverified)
    fee = version.fees.get()
    assert fee.amount is None
    assert "45 đồng" in fee.note


def test_a_code_twice_in_a_file_is_refused_the_second_time(import_rows: ImportRows):
    report = import_rows(ROW, ROW | {"name": "Tên khác"})
    assert (report.new, [code for code, _why in report.rejected]) == (["1.001193"], ["1.001193"])
    assert Procedure.objects.get().name == "Đăng ký khai sinh"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"code": "abc"}, "mã không đúng dạng"),
        ({"name": ""}, "name"),
        ({"time_limits": [{"number": 1, "unit": "OTHER"}]}, "OTHER"),
        ({"time_limits": [{"number": -1, "unit": "day"}]}, "number"),
        ({"components": "một tờ giấy"}, "components"),
        ({"fees": [{"kind": "fee", "name": "Phí", "amount": 5, "set_by_province": True}]}, "set_by_province"),
        ({"valid_from": "hôm nay"}, "valid_from"),
        ({"channels": ["fax"]}, "fax"),
        ({"cut_off": "ba giờ"}, "cut_off"),
    ],
)
def test_a_malformed_record_is_named_with_its_fault(import_rows: ImportRows, changed, said: str):
    report = import_rows(ROW | changed, ROW | {"code": "1.000894"})
    assert report.new == ["1.000894"]
    assert said in report.rejected[0][1]


def test_a_changed_record_becomes_the_next_version_and_ends_the_one_before(import_rows: ImportRows):
    import_rows(ROW)
    changed = deepcopy(ROW) | {"valid_from": date(2026, 12, 1)}
    changed["time_limits"] = [{"number": 2, "unit": "working_day"}]
    report = import_rows(changed)
    assert (report.changed, report.published) == (["1.001193"], 1)
    old, new = ProcedureVersion.objects.order_by("number")
    assert (old.valid_to, new.valid_from, new.number) == (date(2026, 11, 30), date(2026, 12, 1), 2)
    assert import_rows(changed).unchanged == ["1.001193"]


def test_a_change_without_a_later_day_waits_as_a_draft(import_rows: ImportRows):
    import_rows(ROW)
    report = import_rows(ROW | {"summary": "Khác"})
    assert report.changed == ["1.001193"]
    assert "01/02/2026" in report.drafts[0][1]
    assert ProcedureVersion.objects.get(state=VersionState.PUBLISHED).valid_to is None


def test_an_import_never_ends_a_version_in_the_past(import_rows: ImportRows):
    """Dossiers were received under it until today; the controller chooses from which day the new one applies."""
    import_rows(ROW)
    late = ROW | {"summary": "Khác", "valid_from": TODAY - timedelta(days=1)}
    report = import_rows(late)
    assert "không áp dụng lùi ngày; chọn từ ngày 20/11/2026" in report.drafts[0][1]
    assert ProcedureVersion.objects.get(state=VersionState.PUBLISHED).valid_to is None
    assert import_rows(late | {"summary": "Khác nữa", "valid_from": TODAY}).drafts == []
    old, new = ProcedureVersion.objects.filter(state=VersionState.PUBLISHED).order_by("number")
    assert (old.valid_to, new.valid_from) == (TODAY - timedelta(days=1), TODAY)


@pytest.mark.parametrize(("begins", "shown"), [(date(2026, 12, 1), "Đăng ký khai sinh"), (TODAY, "Ghi khai sinh")])
def test_an_imported_name_is_shown_when_its_version_starts(
    import_rows: ImportRows, monkeypatch: pytest.MonkeyPatch, begins: date, shown: str
):
    monkeypatch.setattr("motcua.catalogue.search.upkeep.localdate", lambda: TODAY)
    import_rows(ROW)
    renamed = ROW | {"name": "Ghi khai sinh", "valid_from": begins}
    assert import_rows(renamed).changed == ["1.001193"]
    assert Procedure.objects.get().name == shown
    assert import_rows(renamed).unchanged == ["1.001193"]
    assert import_rows(renamed | {"everyday_words": ["khai sinh cho bé"]}).changed == ["1.001193"]
    assert Procedure.objects.get().name == shown


def test_everyday_words_change_without_a_new_version(import_rows: ImportRows):
    import_rows(ROW)
    assert import_rows(ROW | {"everyday_words": ["khai sinh cho bé"]}).changed == ["1.001193"]
    assert ProcedureVersion.objects.count() == 1
    assert Procedure.objects.get().everyday_words == ["khai sinh cho bé"]


def test_another_source_never_overrules_ours(import_rows: ImportRows, tmp_path: Path):
    import_rows(ROW)
    report = portal(tmp_path, portal_row(code="1.001193", name="Thủ tục đăng ký khai sinh", field="Hộ tịch"))
    assert "nguồn khác" in report.drafts[0][1]
    assert Procedure.objects.get().name == "Đăng ký khai sinh"
    index = tmp_path / "index.json"
    entry = {"code": "1.001193", "name": "Tên trong danh mục", "categories": ["Hộ tịch"], "state": "ACTIVE"}
    index.write_text(json.dumps([entry, entry | {"code": "1.009999", "state": "DELETED"}, 5]))
    report = import_catalogue(index, by=IMPORTER, at=AT)
    assert (report.unchanged, len(report.rejected)) == (["1.001193"], 2)
    assert import_rows(ROW).unchanged == ["1.001193"]


def test_the_import_is_an_event_with_its_report(import_rows: ImportRows):
    import_rows(ROW, ROW | {"code": "xyz"})
    told = Event.objects.get(kind="catalogue.imported").after
    assert (told["records"], told["new"], told["rejected"][0][0]) == (2, 1, "xyz")
    assert Event.objects.filter(kind="procedure.published").count() == 1
    assert Sector.objects.get().code == "ho-tich"
    assert ProcedureVersion.objects.get().valid_from < TODAY


@pytest.mark.parametrize("content", ["{", '{"a": 1}', '"x"'])
def test_a_file_of_no_known_shape_is_refused_whole(tmp_path: Path, content: str):
    path = tmp_path / "x.json"
    path.write_text(content)
    with pytest.raises(ImportFault, match=r"x\.json"):
        import_catalogue(path, by=IMPORTER, at=AT)
    assert not Event.objects.exists()


def test_a_sector_name_cut_by_a_comma_is_refused(tmp_path: Path):
    path = tmp_path / "cu-tru.yaml"
    path.write_text("sector: {code: cu-tru, name: Đăng ký, quản lý cư trú}\nprocedures: []\n")
    with pytest.raises(ImportFault, match="ngoặc kép"):
        import_catalogue(path, by=IMPORTER, at=AT)
