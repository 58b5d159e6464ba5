"""Form 03: a filing that is not taken, and a dossier whose answer is no."""

from dataclasses import replace

import pytest

from motcua.documents.prints import PrintedParty, preview_refusal, render_refusal
from tests.documents.cast import TRACKING_URL
from tests.documents.detours import REFUSAL
from tests.documents.reading import pages, words


@pytest.mark.parametrize(
    "line",
    [
        "Mẫu số 03 (ban hành kèm theo Thông tư số 03/2025/TT-VPCP ngày 15/9/2025)",
        "Số: 3/PTC-TTPVHCC",
        "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
        "Hồ sơ của ông/bà: Nguyễn Thị Ánh Tuyết",
        "Số định danh cá nhân: 001184012345",
        "Địa chỉ: Số 8, ngõ 12",
        "Số điện thoại: 0912 345 678",
        "Thư điện tử: anhtuyet@example.vn",
        "Nội dung yêu cầu giải quyết: Đăng ký khai sinh",
        "Qua xem xét, Trung tâm Phục vụ hành chính công phường Tân Mai thông báo không tiếp nhận, giải quyết hồ sơ này",
        "1. Trẻ đã được đăng ký khai sinh",
        "2. Người nộp không phải cha, mẹ",
        "Căn cứ pháp lý: Điều 15 Luật Hộ tịch số 60/2014/QH13",
        "ông/bà nộp yêu cầu cấp bản sao Trích lục khai sinh tại quầy 3",
        "NGƯỜI NỘP HỒ SƠ (Ký và ghi rõ họ tên) Nguyễn Thị Ánh Tuyết",
        "NGƯỜI TIẾP NHẬN HỒ SƠ (Ký và ghi rõ họ tên) Trần Thu Hà",
    ],
)
def test_shows_every_value_of_form_03(line: str) -> None:
    assert line in words(render_refusal(REFUSAL))


def test_a_filing_refused_at_the_counter_has_no_code_and_nothing_to_look_up() -> None:
    text = words(render_refusal(REFUSAL))
    assert "Mã hồ sơ" not in text
    assert "quét mã" not in text
    [picture] = preview_refusal(REFUSAL, ppi=72)
    assert picture.startswith(b"\x89PNG")


def test_on_the_merits_it_says_that_the_dossier_was_examined() -> None:
    refusal = replace(REFUSAL, dossier_code="H26.12.34-261123-0007", tracking_url=TRACKING_URL, on_merits=True)
    text = words(render_refusal(refusal))
    assert "Qua xem xét, thẩm định hồ sơ" in text
    assert "thông báo không giải quyết hồ sơ này" in text
    assert "Mã hồ sơ: H26.12.34-261123-0007" in text
    assert "không tiếp nhận" not in text


def test_one_reason_bears_no_number_and_several_bases_do() -> None:
    bases = ("Điều 15 Luật Hộ tịch", "Điều 4 Nghị định số 123/2015/NĐ-CP")
    text = words(render_refusal(replace(REFUSAL, reasons=("Không thuộc thẩm quyền.",), legal_bases=bases)))
    assert "như sau: Không thuộc thẩm quyền." in text
    assert "Căn cứ pháp lý: 1. Điều 15 Luật Hộ tịch 2. Điều 4 Nghị định" in text


def test_the_bearer_of_an_organisation_writes_his_own_name() -> None:
    company = PrintedParty(name="Hợp tác xã Tân Mai", is_organisation=True)
    assert words(render_refusal(replace(REFUSAL, applicant=company))).count("Hợp tác xã Tân Mai") == 1


def test_signatures_share_the_last_page_and_without_code_the_foot_names_the_paper() -> None:
    for count in range(1, 25):
        reasons = ("Không có giấy tờ chứng minh quyền sử dụng đất đối với thửa đất số 12, tờ bản đồ số 7.",) * count
        printed = pages(render_refusal(replace(REFUSAL, reasons=reasons)))
        assert "NGƯỜI NỘP HỒ SƠ (Ký" in printed[-1]
        assert "NGƯỜI TIẾP NHẬN HỒ SƠ (Ký" in printed[-1]
        assert "để ông/bà được biết" in printed[-1]
        assert len(printed) == 1 or all("Số: 3/PTC-TTPVHCC" in page for page in printed)
