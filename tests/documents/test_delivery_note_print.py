"""The note signed when a result is handed over."""

import io

import pypdf

from motcua.documents.prints import render_delivery_note
from motcua.documents.prints.delivery_note import preview_delivery_note
from tests.documents.cast import NOTE, TRACKING_URL
from tests.documents.pictures import grey, scan


def text_of(pdf: bytes) -> str:
    [page] = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(page.extract_text().replace("\u200b", "").split())


def test_names_result_recipient_and_both_times() -> None:
    text = text_of(render_delivery_note(NOTE))
    assert "GIẤY BIÊN NHẬN TRẢ KẾT QUẢ" in text
    assert "1 Giấy khai sinh 87/2026 1" in text
    assert "Người nhận kết quả: Nguyễn Thị Ánh Tuyết" in text
    assert "Thời gian hẹn trả: 09 giờ 15 phút, ngày 24 tháng 11 năm 2026" in text
    assert "Thời gian trả: 08 giờ 15 phút, ngày 24 tháng 11 năm 2026 (trước hạn)" in text
    assert "Giấy tờ bản chính trả lại: Giấy chứng sinh" in text


def test_bears_no_form_number_because_no_circular_gives_one() -> None:
    assert "Mẫu số" not in text_of(render_delivery_note(NOTE))


def test_its_qr_opens_the_tracking_page() -> None:
    [picture] = preview_delivery_note(NOTE)
    assert scan(grey(picture)).text == TRACKING_URL
