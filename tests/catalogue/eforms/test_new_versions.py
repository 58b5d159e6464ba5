"""A version that was replaced while somebody was filling it in: what is kept, lost and newly asked."""

from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from motcua.catalogue.eforms.checking import check_eforms
from motcua.catalogue.eforms.loading import EFormFaulty, eform_from, read_eform
from motcua.catalogue.eforms.rules import changes, faults

TODAY = date(2026, 11, 20)
SHIPPED = Path(settings.MOTCUA_DATA) / "eforms" / "civil-status-extract" / "1.yaml"


@pytest.fixture
def written() -> dict:
    return yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))


def second(written: dict) -> dict:
    """The next version: no book number, an e-mail that must be there, a year that was renamed, a reason."""
    new = deepcopy(written)
    new["number"], new["valid_from"] = 2, date(2027, 1, 1)
    properties, required = new["schema"]["properties"], new["schema"]["required"]
    del properties["registered_number"]
    properties["registration_year"] = properties.pop("registered_year")
    properties["reason"] = {"type": "string", "minLength": 2, "maxLength": 300}
    properties["kind"] = {"enum": ["birth", "death", "other"]}
    required[required.index("registered_year")] = "registration_year"
    required += ["requester_email", "reason"]
    ask = new["pages"][2]["parts"][1]["ask"]
    new["pages"][2]["parts"][1]["ask"] = [one for one in ask if one["id"] != "registered_number"]
    new["pages"][2]["parts"][1]["ask"][1] |= {"id": "registration_year", "replaces": "registered_year"}
    new["pages"][2]["parts"][0]["ask"] = [
        one for one in new["pages"][2]["parts"][0]["ask"] if one["id"] != "spouse_name"
    ]
    del properties["spouse_name"]
    required.remove("spouse_name")
    kind = new["pages"][0]["parts"][0]["ask"][0]
    kind["choices"] = [one for one in kind["choices"] if one["value"] != "marriage"]
    words = {"vi": "Xin bản sao để làm gì?", "en": "What is it for?"}
    new["pages"][0]["parts"][0]["ask"].append({"id": "reason", "widget": "text", "label": words})
    return new


def test_a_draft_goes_on_under_the_new_version_and_is_told_what_changed(written: dict):
    old, new = eform_from(written, "1", {}), eform_from(second(written), "2", {})
    draft = {**old.samples["right"], "person_birth_date": "8 tháng 3"}
    carried = changes(old, new, draft, on=TODAY)
    assert carried.answers["registration_year"] == 2019, "the renamed question keeps its answer"
    assert carried.answers["person_birth_date"] == "8 tháng 3", "half typed stays half typed"
    assert carried.lost == (
        "“Loại giấy” nay hỏi cách khác: câu trả lời cũ “Trích lục kết hôn” không dùng được, ông/bà trả lời lại.",
        "Mẫu mới không còn hỏi “Họ, chữ đệm, tên vợ hoặc chồng” (ông/bà đã điền “Trần Văn Minh”).",
        "Mẫu mới không còn hỏi “Số, quyển số” (ông/bà đã điền “45, quyển 01/2019”).",
    )
    assert carried.asked_anew == (
        "Mẫu mới hỏi thêm “Xin bản sao để làm gì?”, cần trả lời.",
        "Mẫu mới hỏi thêm “Thư điện tử”, cần trả lời.",
    )
    open_questions = {fault.question for fault in faults(new, carried.answers, on=TODAY)}
    # Whose paper it is waits for the kind, and whose name follows from that.
    assert open_questions == {"kind", "reason", "requester_email", "person_name", "person_birth_date"}


def test_nothing_changes_between_a_version_and_itself(written: dict):
    same = eform_from(written, "1", {})
    carried = changes(same, same, same.samples["right"], on=TODAY)
    assert carried == type(carried)(dict(same.samples["right"]), (), ())


def test_a_shipped_folder_is_faultless():
    folder = Path(settings.MOTCUA_DATA)
    checked = check_eforms(folder / "eforms", folder / "procedures")
    assert checked.sentences == ()
    served = {code for one in checked.eforms for code in one.procedures}
    assert served >= {"1.001193", "1.004873", "2.000635", "1.004222", "1.001612", "1.013225"}


def spoil(written: dict, change) -> tuple[str, ...]:
    spoiled = deepcopy(written)
    change(spoiled)
    with pytest.raises(EFormFaulty) as raised:
        eform_from(spoiled, "2.000635", {})
    return raised.value.sentences


def first_question(written: dict) -> dict:
    return written["pages"][0]["parts"][0]["ask"][0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda one: one.update(colour="red"), "không có khóa nào tên “colour”"),
        (lambda one: one.pop("title"), "thiếu “title”"),
        (lambda one: first_question(one)["label"].pop("en"), "cả hai thứ tiếng"),
        (lambda one: first_question(one).update(widget="slider"), "không có cách hỏi nào tên “slider”"),
        (lambda one: first_question(one).update(id="kinds"), "câu hỏi “kinds” không có trong lược đồ"),
        (lambda one: first_question(one).update(when={"question": "copies", "is": 1}), "phải đứng trước nó"),
        (lambda one: first_question(one).update(when={"question": "copies"}), "không hiểu điều kiện"),
        (lambda one: one["schema"]["properties"]["copies"].update(type="heap"), "Lược đồ JSON sai tại"),
        (lambda one: one["schema"]["properties"].update(lonely={}), "không có trên trang nào"),
        (lambda one: one["rules"].append({"different": ["nobody"], "sentence": {"vi": "a", "en": "b"}}), "“nobody”"),
        (lambda one: one.update(valid_from="hôm nay"), "phải là ngày"),
    ],
)
def test_a_file_that_is_wrong_says_where(written: dict, change, said: str):
    assert any(said in sentence for sentence in spoil(written, change)), spoil(written, change)


def test_the_check_finds_what_only_samples_and_neighbours_show(tmp_path: Path, written: dict):
    folder = tmp_path / "civil-status-extract"
    folder.mkdir()
    newer = second(written)
    newer["schema"]["properties"]["copies"] = {"type": "string"}
    newer["circumstances"].append({"when": {"question": "kind", "is": "death"}, "says": "Trường hợp không có"})
    newer["stands_for"] = ["Tờ khai không có"]
    (folder / "1.yaml").write_text(yaml.safe_dump(written, allow_unicode=True), encoding="utf-8")
    (folder / "2.yaml").write_text(yaml.safe_dump(newer, allow_unicode=True), encoding="utf-8")
    (folder / "3.yaml").write_text("code: [", encoding="utf-8")
    said = "\n".join(check_eforms(tmp_path, Path(settings.MOTCUA_DATA) / "procedures").sentences)
    assert "2.yaml: Câu trả lời mẫu đúng lại bị coi là sai tại /kind" in said
    assert "2.yaml: câu hỏi “copies”: lược đồ phải có type: integer." in said
    assert "Trường hợp “Trường hợp không có” không có trong giấy tờ" in said
    assert "Thành phần hồ sơ “Tờ khai không có” (stands_for, sent_only_with)" in said
    assert "mã “copies” trước đây là câu hỏi kiểu khác" in said
    assert "civil-status-extract/1 và civil-status-extract/2 cùng hiệu lực cho thủ tục 2.000635." in said
    assert "3.yaml: YAML sai ở dòng" in said


def test_a_later_version_is_read_from_its_own_file(tmp_path: Path, written: dict):
    path = tmp_path / "civil-status-extract" / "2.yaml"
    path.parent.mkdir()
    path.write_text(yaml.safe_dump(second(written), allow_unicode=True), encoding="utf-8")
    assert read_eform(path).key == ("civil-status-extract", 2)
