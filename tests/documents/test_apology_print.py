"""Form 04: sorry for a promise that will not be kept, and the new one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.documents.prints import PrintedParty, render_apology
from tests.documents.cast import DUE_AT
from tests.documents.detours import APOLOGY
from tests.documents.reading import opened, pages, words


@pytest.mark.parametrize(
    "line",
    [
        "Mẫu số 04 (ban hành kèm theo Thông tư số 03/2025/TT-VPCP ngày 15/9/2025)",
        "Số: 5/PXL-UBND",
        "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
        "Kính gửi: ông/bà Nguyễn Thị Ánh Tuyết",
        "Ủy ban nhân dân phường Tân Mai đang giải quyết hồ sơ sau",
        "Thủ tục: Đăng ký khai sinh",
        "Chủ hồ sơ: Nguyễn Thị Ánh Tuyết",
        "Số định danh cá nhân: 001184012345",
        "Thời gian nhận hồ sơ: 09 giờ 15 phút, ngày 23 tháng 11 năm 2026",
        "Thời gian đã hẹn trả kết quả: 09 giờ 15 phút, ngày 24 tháng 11 năm 2026",
        "Lý do chưa trả kết quả đúng hẹn: Bệnh viện Phụ sản Hà Nội chưa trả lời",
        "xin lỗi ông/bà vì sự chậm trễ này, xin gia hạn thời gian giải quyết",
        "Thời gian hẹn trả mới: 09 giờ 15 phút, ngày 27 tháng 11 năm 2026 Hẹn lại lần thứ 1",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Lê Quang Minh",
    ],
)
def test_shows_every_value_of_form_04(line: str) -> None:
    assert line in words(render_apology(APOLOGY))


def test_the_title_is_cut_into_two_like_lines() -> None:
    [page] = opened(render_apology(APOLOGY)).pages
    lines = [line.strip() for line in page.extract_text().splitlines()]
    assert lines[lines.index("VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ") + 1] == "GIA HẠN THỜI GIAN GIẢI QUYẾT"


def test_a_second_new_date_says_that_it_is_the_second() -> None:
    assert "Hẹn lại lần thứ 2" in words(render_apology(replace(APOLOGY, reappointment=2)))


@pytest.mark.parametrize("shift", [timedelta(0), timedelta(minutes=-1)])
def test_a_new_date_that_is_not_later_is_refused(shift: timedelta) -> None:
    with pytest.raises(ValueError, match="after the promised one"):
        render_apology(replace(APOLOGY, new_due_at=DUE_AT + shift))


def test_an_organisation_is_written_to_as_one() -> None:
    company = PrintedParty(name="Hợp tác xã Tân Mai", is_organisation=True)
    text = words(render_apology(replace(APOLOGY, addressee=company, applicant=company)))
    assert "Kính gửi: Hợp tác xã Tân Mai" in text
    assert "xin lỗi quý tổ chức vì sự chậm trễ này" in text


def test_however_long_the_reason_the_new_date_is_on_the_page_that_is_signed() -> None:
    sentence = "Bệnh viện Phụ sản Hà Nội chưa trả lời về số Giấy chứng sinh. "
    for times in range(1, 50, 2):
        last = pages(render_apology(replace(APOLOGY, reason=sentence * times)))[-1]
        assert "Thời gian hẹn trả mới: 09 giờ 15 phút, ngày 27 tháng 11 năm 2026" in last
        assert "Lê Quang Minh" in last
        assert "Kiểm tra giấy này" in last
