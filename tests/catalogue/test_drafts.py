"""Writing a draft in the browser: copied, corrected row by row without scripts, looked at, published."""

import re
from datetime import date, timedelta
from html import unescape
from itertools import chain
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from motcua.catalogue.actions import CatalogueFault, DraftMoved, correct_draft, draft_stamp, write_draft
from motcua.catalogue.contents import content_of
from motcua.catalogue.forms import DraftSheet
from motcua.catalogue.importing.own import read_own
from motcua.catalogue.importing.records import ProcedureRecord
from motcua.catalogue.models import Procedure, ProcedureVersion, VersionOrigin, VersionState
from motcua.catalogue.rules import differences
from motcua.core.models import Event
from tests.catalogue.conftest import AT, BIRTH, IMPORTER, TODAY, ImportRows

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(import_rows: ImportRows, offered: Procedure) -> ProcedureVersion:
    return ProcedureVersion.objects.get()


@pytest.fixture
def draft(published: ProcedureVersion) -> ProcedureVersion:
    return write_draft(published.procedure, BIRTH, origin=VersionOrigin.OFFICE, valid_from=TODAY, by=IMPORTER, at=AT)


def address(version: ProcedureVersion, page: str = "edit") -> str:
    return f"/catalogue/{version.pk}/{page}/"


def shown(client: Client, version: ProcedureVersion) -> dict[str, Any]:
    """What a browser would send back when nothing is changed on the page."""
    return sent_by(client.get(address(version)).text)


def sent_by(page: str) -> dict[str, Any]:
    main = page[page.index("<main") :]
    values: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", main):
        name, value = (re.search(rf'\b{part}="([^"]*)"', tag) for part in ("name", "value"))
        ticks = 'type="checkbox"' in tag
        if name and (not ticks or re.search(r"\bchecked\b", tag)):
            values.setdefault(name[1], []).append(unescape(value[1]) if value else "on" if ticks else "")
    for name, value in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', main, re.DOTALL):
        values[name] = [unescape(value).removeprefix("\n").removeprefix("\r\n")]
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', main, re.DOTALL):
        chosen = re.search(r'value="([^"]*)"[^>]*selected', options)
        values[name] = [chosen[1] if chosen else ""]
    return values


def test_a_draft_is_started_from_what_is_published(controller: Client, published: ProcedureVersion):
    answer = controller.post(address(published, "draft"))
    draft = ProcedureVersion.objects.get(state=VersionState.DRAFT)
    assert answer["Location"] == address(draft)
    assert (draft.origin, draft.fingerprint) == (VersionOrigin.OFFICE, published.fingerprint)
    assert controller.get(address(draft)).status_code == 200


def test_what_is_sent_back_unchanged_changes_nothing(controller: Client, draft: ProcedureVersion):
    stood, told = draft_stamp(draft), Event.objects.count()
    answer = controller.post(address(draft), shown(controller, draft) | {"save": "1"}, follow=True)
    assert "Nội dung đủ để công khai" in answer.text
    draft.refresh_from_db()
    assert (draft_stamp(draft), Event.objects.count()) == (stood, told)
    assert content_of(draft) == BIRTH


def test_every_element_can_be_changed(controller: Client, draft: ProcedureVersion):
    changed = shown(controller, draft) | {
        "name": " Khai  sinh ", "summary": "Tóm tắt khác", "decision": "9/QĐ-UBND", "cut_off": "15:00",
        "applicant_kinds": ["citizen", "enterprise"], "channels": ["post"], "online_level": "information",
        "supplement_rule": "resume", "supplement_days": "7", "results": "Giấy khai sinh\n\nBản sao\n",
        "how_to": "Bước 1", "conditions": "Có mặt", "remarks": "Lưu ý", "unverified": "fees: chưa rõ",
        "valid_from": "01/12/2026", "valid_to": "31/12/2027",
        "components-1-when": "", "components-0-copies": "2", "limits-1-number": "6", "fees-1-amount": "9000",
        "legal_bases-0-number": "61/2014/QH13", "route-1-name": "Ghi vào sổ", "route-1-share": "50",
        "route-2-share": "40",
    }  # fmt: skip
    assert controller.post(address(draft), changed).status_code == 302
    draft.refresh_from_db()
    content = content_of(draft)
    assert (content.name, content.summary, content.decision) == ("Khai sinh", "Tóm tắt khác", "9/QĐ-UBND")
    assert (content.applicant_kinds, content.channels) == (("citizen", "enterprise"), ("post",))
    assert (f"{content.cut_off:%H:%M}", content.supplement_rule, content.supplement_days) == ("15:00", "resume", 7)
    assert (content.results, content.how_to) == (("Giấy khai sinh", "Bản sao"), ("Bước 1",))
    assert (content.conditions, content.remarks, content.unverified) == (("Có mặt",), ("Lưu ý",), ("fees: chưa rõ",))
    assert (draft.valid_from, draft.valid_to) == (date(2026, 12, 1), date(2027, 12, 31))
    assert [(line.copies, line.when) for line in content.components] == [(2, ""), (0, "")]
    assert [line.number for line in content.limits] == [1, 6]
    assert [line.amount for line in content.fees] == [0, 9000]
    assert content.legal_bases[0].number == "61/2014/QH13"
    assert [(step.name, step.share) for step in content.route][1:3] == [("Ghi vào sổ", 50), ("Ký", 40)]
    told = Event.objects.get(kind="procedure.draft_corrected")
    assert {"name", "channels", "components", "route", "supplement_days"} <= set(told.after["elements"])


def test_rows_are_added_moved_and_removed_without_scripts(controller: Client, draft: ProcedureVersion):
    """Nothing is stored on the way, and nothing typed is lost."""
    typed = shown(controller, draft) | {"name": "Tên đang gõ", "fees-0-amount": "không phải số"}
    page = controller.post(address(draft), typed | {"add_route": "1"})
    assert page.status_code == 200
    again = sent_by(page.text)
    assert (again["name"], again["fees-0-amount"], again["route-count"]) == (["Tên đang gõ"], ["không phải số"], ["5"])
    assert again["components-0-required"] == ["on"]
    assert "components-1-required" not in again
    assert again["applicant_kinds"] == ["citizen"]
    again |= {"route-4-name": "Đóng dấu", "route-4-role": "records_clerk", "route-4-share": "0", "fees-0-amount": "0"}
    again = sent_by(controller.post(address(draft), again | {"up_route-4": "1"}).text)
    again = sent_by(controller.post(address(draft), again | {"remove_fees-1": "1"}).text)
    assert (again["route-3-name"], again["route-4-name"]) == (["Đóng dấu"], ["Trả kết quả"])
    assert not Event.objects.filter(kind="procedure.draft_corrected").exists()
    assert controller.post(address(draft), again | {"save": "1"}).status_code == 302
    draft.refresh_from_db()
    content = content_of(draft)
    assert [step.name for step in content.route] == ["Tiếp nhận", "Ghi sổ", "Ký", "Đóng dấu", "Trả kết quả"]
    assert (content.name, len(content.fees)) == ("Tên đang gõ", 1)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("name", " ", "Ghi tên thủ tục"),
        ("valid_from", "mai", "ngày/tháng/năm"),
        ("valid_to", "01/01/2020", "phải từ ngày bắt đầu"),
        ("cut_off", "ba giờ", "Nhập giờ theo dạng"),
        ("supplement_days", "0", "từ 1 đến 365"),
        ("online_level", "all", "Chọn một mục trong danh sách"),
        ("components-1-name", "", "Ghi tên giấy tờ"),
        ("components-0-originals", "-1", "từ 0 đến 500"),
        ("limits-0-number", "0", "từ 1 đến 3650"),
        ("limits-0-unit", "year", "Chọn một mục trong danh sách"),
        ("fees-0-amount", "tám nghìn", "từ 0 đến"),
        ("fees-0-set_by_province", "on", "bỏ một trong hai"),
        ("legal_bases-0-number", "", "Ghi số, ký hiệu văn bản"),
        ("route-0-share", "101", "từ 0 đến 100"),
        ("route-0-role", "king", "Chọn một mục trong danh sách"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_box(
    controller: Client, draft: ProcedureVersion, name: str, value: str, sentence: str
):
    typed = shown(controller, draft) | {"summary": "Đã gõ lại"}
    answer = controller.post(address(draft), typed | {name: value, "save": "1"})
    assert answer.status_code == 422
    told_at = "fees-0-amount" if name == "fees-0-set_by_province" else name
    note = re.search(rf'id="id_{told_at}_error">(.*?)</div>', answer.text, re.DOTALL)
    assert note is not None
    assert sentence in note[1]
    assert "Đã gõ lại" in answer.text
    draft.refresh_from_db()
    assert content_of(draft) == BIRTH


def test_the_summary_names_the_row(controller: Client, draft: ProcedureVersion):
    page = controller.post(address(draft), shown(controller, draft) | {"route-1-share": "x", "save": "1"}).text
    assert '<a href="#id_route-1-share">Bước 2, phần thời hạn (%): Nhập số nguyên từ 0 đến 100.</a>' in page


def test_an_incomplete_draft_is_stored_and_says_at_each_list_what_is_missing(
    controller: Client, draft: ProcedureVersion
):
    typed = shown(controller, draft) | {"route-1-share": "50", "results": "", "save": "1"}
    page = controller.post(address(draft), typed, follow=True).text
    assert "Còn 2 điều cần bổ sung trước khi công khai" in page
    at_route = page[page.index('id="at-route"') :]
    assert "tổng đang là 90 %" in at_route[: at_route.index('role="group"')]
    at_results = page[page.index('id="at-results"') :]
    assert "Chưa ghi kết quả giải quyết" in at_results[: at_results.index("<textarea")]
    assert "Chưa công khai được" in controller.get(f"/catalogue/{draft.pk}/").text


def test_the_last_step_takes_no_time(controller: Client, draft: ProcedureVersion):
    typed = shown(controller, draft) | {"route-2-share": "20", "route-3-share": "10", "save": "1"}
    assert "Bước trả kết quả không được chiếm thời hạn" in controller.post(address(draft), typed, follow=True).text


def test_two_at_once_do_not_overwrite_one_another_unseen(controller: Client, draft: ProcedureVersion):
    mine, yours = (shown(controller, draft) | {"save": "1", "summary": who} for who in ("Của tôi", "Của bạn"))
    assert controller.post(address(draft), yours).status_code == 302
    answer = controller.post(address(draft), mine)
    assert answer.status_code == 422
    assert "vừa được lưu ở nơi khác" in answer.text
    draft.refresh_from_db()
    assert draft.summary == "Của bạn"
    assert controller.post(address(draft), sent_by(answer.text) | {"save": "1"}).status_code == 302
    draft.refresh_from_db()
    assert draft.summary == "Của tôi"


def test_the_preview_is_the_public_page_of_the_draft(controller: Client, client: Client, draft: ProcedureVersion):
    typed = shown(controller, draft) | {"summary": "Câu mới chỉ thấy khi xem thử", "preview": "1"}
    page = controller.post(address(draft), typed, follow=True).text
    for said in ("Câu mới chỉ thấy khi xem thử", "Bản xem thử của dự thảo", "Giấy chứng sinh", address(draft)):
        assert said in page
    assert "Câu mới chỉ thấy khi xem thử" not in Client().get("/procedures/?q=khai+sinh").text


def test_an_empty_draft_can_be_looked_at(controller: Client, draft: ProcedureVersion):
    nothing = {"name": "Chỉ có tên", "valid_from": "01/12/2026", "online_level": "information",
               "supplement_rule": "restart", "seen": draft_stamp(draft), "preview": "1"}  # fmt: skip
    assert "Chỉ có tên" in controller.post(address(draft), nothing, follow=True).text


def test_from_the_draft_to_the_public_page(controller: Client, draft: ProcedureVersion, published: ProcedureVersion):
    controller.post(address(draft), shown(controller, draft) | {"summary": "Bản mới của cơ quan", "save": "1"})
    soon = timezone.localdate() + timedelta(days=3)
    controller.post(f"/catalogue/{draft.pk}/", {"valid_from": f"{soon:%d/%m/%Y}"})
    published.refresh_from_db()
    assert published.valid_to == soon - timedelta(days=1)
    assert "Bản mới của cơ quan" in Client().get("/procedures/1.001193/?version=2").text
    assert controller.get(address(draft))["Location"] == f"/catalogue/{draft.pk}/"
    assert controller.get(address(draft, "preview"))["Location"] == "/procedures/1.001193/"


@pytest.mark.parametrize("origin", [VersionOrigin.PORTAL, VersionOrigin.OWN])
def test_an_imported_draft_stays_as_its_source_had_it(
    controller: Client, published: ProcedureVersion, origin: VersionOrigin
):
    imported = write_draft(published.procedure, BIRTH, origin=origin, valid_from=TODAY, by=IMPORTER, at=AT)
    assert controller.get(address(imported))["Location"] == f"/catalogue/{imported.pk}/"
    assert "Lập dự thảo từ bản này" in controller.get(f"/catalogue/{imported.pk}/").text
    with pytest.raises(CatalogueFault, match="nguồn ngoài"):
        correct_draft(imported, BIRTH, valid_from=TODAY, valid_to=None, seen=draft_stamp(imported), by=IMPORTER, at=AT)


def test_the_action_itself_refuses(draft: ProcedureVersion, published: ProcedureVersion):
    kept: dict[str, Any] = {"valid_from": TODAY, "by": IMPORTER, "at": AT}
    with pytest.raises(DraftMoved):
        correct_draft(draft, BIRTH, valid_to=None, seen="another", **kept)
    with pytest.raises(CatalogueFault, match="từ ngày bắt đầu"):
        correct_draft(draft, BIRTH, valid_to=TODAY - timedelta(days=1), seen=draft_stamp(draft), **kept)
    with pytest.raises(CatalogueFault, match="đã công khai"):
        correct_draft(published, BIRTH, valid_to=None, seen=draft_stamp(published), **kept)


def test_only_the_controller_writes(receiver: Client, draft: ProcedureVersion, published: ProcedureVersion):
    for page in ("edit", "preview"):
        assert receiver.get(address(draft, page)).status_code == 403
    assert receiver.post(address(draft), {"name": "Của người khác"}).status_code == 403
    assert receiver.post(address(published, "draft")).status_code == 403
    draft.refresh_from_db()
    assert draft.name == BIRTH.name


def test_hostile_counts_are_no_rows(controller: Client, draft: ProcedureVersion):
    for count in ("-1", "99999999", "1e9", "٣", "x"):
        typed = shown(controller, draft) | {"fees-count": count, "add_fees": "1"}
        assert sent_by(controller.post(address(draft), typed).text)["fees-count"] == ["1"]


def test_every_shipped_procedure_passes_through_the_boxes_unchanged(settings):
    shipped = sorted((settings.MOTCUA_DATA / "procedures").glob("*.yaml"))
    records = list(chain.from_iterable(map(read_own, shipped)))
    assert len(records) > 40
    for record in records:
        assert isinstance(record, ProcedureRecord)
        assert record.content is not None
        sheet = DraftSheet.of(record.content, valid_from=TODAY, valid_to=None, seen="")
        boxes = "".join(str(box) for form in sheet.forms for box in form)
        counts = "".join(f'<input name="{group.element}-count" value="{len(group.rows)}">' for group in sheet.groups)
        sent = QueryDict(mutable=True)
        for name, values in sent_by(f"<main>{boxes}{counts}").items():
            sent.setlist(name, values)
        back = DraftSheet.checked(sent)
        assert back.is_valid(), (record.code, [form.errors for form in back.forms if form.errors])
        assert differences(record.content, back.content(record.content)) == [], record.code
