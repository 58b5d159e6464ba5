"""Form 02: what a dossier lacks, asked once."""

from dataclasses import replace

import pytest

from motcua.documents.prints import PrintedDemand, PrintedParty, render_supplement_request
from tests.documents.detours import SUPPLEMENT
from tests.documents.reading import pages, words


@pytest.mark.parametrize(
    "line",
    [
        "Mẫu số 02 (ban hành kèm theo Thông tư số 03/2025/TT-VPCP ngày 15/9/2025)",
        "Số: 12/PBS-TTPVHCC",
        "Tân Mai, ngày 23 tháng 11 năm 2026",
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "Hồ sơ của ông/bà: Nguyễn Thị Ánh Tuyết",
        "Số định danh cá nhân: 001184012345",
        "Địa chỉ: Số 8, ngõ 12, phố Tân Mai, phường Tân Mai, thành phố Hà Nội",
        "Số điện thoại: 0912 345 678",
        "Thư điện tử: anhtuyet@example.vn",
        "Nội dung yêu cầu giải quyết: Đăng ký khai sinh",
        "1 Giấy chứng sinh Thiếu chữ ký của người đỡ đẻ",
        "Ngoài danh mục đã công bố, yêu cầu theo: Điều 16 Luật Hộ tịch",
        "Lý do: Giấy tờ đã nộp chưa đủ căn cứ",
        "Thời hạn giải quyết tính lại từ đầu, kể từ khi ông/bà nộp đủ giấy tờ",
        "đề nghị nộp trước 17 giờ 00 phút, ngày 14 tháng 12 năm 2026",
        "ông/bà liên hệ bà Trần Thu Hà, số điện thoại 024 3864 0000",
        "NGƯỜI HƯỚNG DẪN",
        "Cơ quan chỉ được yêu cầu bổ sung, hoàn thiện hồ sơ một lần.",
    ],
)
def test_shows_every_value_of_form_02(line: str) -> None:
    assert line in words(render_supplement_request(SUPPLEMENT))


def test_only_a_demand_outside_the_list_gives_its_legal_reason() -> None:
    listed = tuple(replace(demand, legal_reason="") for demand in SUPPLEMENT.demands)
    assert "Ngoài danh mục" not in words(render_supplement_request(replace(SUPPLEMENT, demands=listed)))


def test_an_organisation_is_spoken_to_as_one() -> None:
    company = PrintedParty(name="Hợp tác xã Tân Mai", is_organisation=True, identifier="0109876543")
    text = words(render_supplement_request(replace(SUPPLEMENT, applicant=company)))
    assert "Hồ sơ của tổ chức: Hợp tác xã Tân Mai" in text
    assert "Mã số định danh tổ chức: 0109876543" in text
    assert "Đề nghị quý tổ chức bổ sung, hoàn thiện" in text


def test_forty_demands_stay_numbered_under_a_repeated_head() -> None:
    demands = tuple(PrintedDemand(paper=f"Bản vẽ số {n}", fault="Thiếu dấu của chủ đầu tư") for n in range(1, 41))
    printed = pages(render_supplement_request(replace(SUPPLEMENT, demands=demands)))
    text = " ".join(printed)
    assert all(f"{n} Bản vẽ số {n} Thiếu dấu" in text for n in range(1, 41))
    assert len(printed) == 2
    assert all("Nội dung cần bổ sung, hoàn thiện" in page for page in printed)


def test_the_signature_never_stands_without_what_to_do_next_and_the_code() -> None:
    for count in range(1, 31):
        demands = tuple(PrintedDemand(paper=f"Giấy tờ {n}", fault="Chưa nộp") for n in range(count))
        last = pages(render_supplement_request(replace(SUPPLEMENT, demands=demands)))[-1]
        assert "đề nghị nộp trước" in last
        assert "NGƯỜI HƯỚNG DẪN" in last
        assert "quét mã bên phải" in last
