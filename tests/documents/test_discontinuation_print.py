"""Form 05: a dossier stopped at its applicant's wish."""

from dataclasses import replace

import pytest

from motcua.documents.prints import PrintedFormKind, form_for, render_discontinuation
from tests.documents.cast import RECEIVED_AT
from tests.documents.detours import CHAIR, STOP
from tests.documents.reading import pages, words


@pytest.mark.parametrize(
    "line",
    [
        "Mẫu số 05 (ban hành kèm theo Thông tư số 03/2025/TT-VPCP ngày 15/9/2025)",
        "Số: 2/TBD-TTPVHCC",
        "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
        "Kính gửi: ông/bà Nguyễn Thị Ánh Tuyết",
        "Theo đề nghị của ông/bà, Trung tâm Phục vụ hành chính công phường Tân Mai thông báo dừng giải quyết",
        "Thủ tục: Đăng ký khai sinh",
        "Chủ hồ sơ: Nguyễn Thị Ánh Tuyết",
        "Số định danh cá nhân: 001184012345",
        "Thời gian nhận hồ sơ: 09 giờ 15 phút, ngày 23 tháng 11 năm 2026",
        "Người đề nghị dừng: Nguyễn Thị Ánh Tuyết",
        "Thời gian đề nghị: 12 giờ 15 phút, ngày 23 tháng 11 năm 2026",
        "Hình thức đề nghị: trực tiếp tại quầy",
        "Tình trạng hồ sơ khi đề nghị: Đang xử lý, chưa trình ký",
        "Thời gian dừng giải quyết: 13 giờ 15 phút, ngày 23 tháng 11 năm 2026",
        "chưa ban hành quyết định, kết quả giải quyết đối với hồ sơ này",
        "Giấy tờ trả lại: 1. Giấy chứng sinh (01 bản chính) 2. Tờ khai đăng ký khai sinh",
        "Phí, lệ phí hoàn trả: Bản sao trích lục 8.000 đồng",
        "GIÁM ĐỐC Vũ Thị Hòa",
        "Hồ sơ đã dừng không được giải quyết tiếp.",
    ],
)
def test_shows_every_value_of_form_05(line: str) -> None:
    assert line in words(render_discontinuation(STOP))


def test_nothing_to_give_back_is_said() -> None:
    text = words(render_discontinuation(replace(STOP, returned_papers=(), returned_fees=())))
    assert "Giấy tờ trả lại: không có" in text
    assert "Phí, lệ phí hoàn trả: không có" in text


def test_a_dossier_of_2024_is_stopped_by_a_notice_without_form_number() -> None:
    printed_form = form_for(PrintedFormKind.DISCONTINUATION, RECEIVED_AT.replace(year=2024).date())
    text = words(render_discontinuation(replace(STOP, printed_form=printed_form)))
    assert "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ" in text
    assert "Mẫu số" not in text
    assert "Số: 2/TBD-TTPVHCC" in text


def test_the_signature_stays_with_the_last_words_and_the_qr() -> None:
    for count in range(41):
        papers = tuple(f"Giấy tờ số {n}" for n in range(count))
        printed = pages(render_discontinuation(replace(STOP, returned_papers=papers, signatory=CHAIR)))
        assert len(printed) <= 2
        assert "để ông/bà được biết" in printed[-1]
        assert "CHỦ TỊCH Lê Quang Minh" in printed[-1]
        assert "quét mã bên phải" in printed[-1]
