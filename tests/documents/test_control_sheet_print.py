"""Form 06: through whose hands a dossier went, on A4."""

from dataclasses import replace
from itertools import pairwise

import pytest

from motcua.documents.prints import PrintedFormKind, PrintedHandOver, form_for, render_control_sheet
from tests.documents.cast import RECEIVED_AT
from tests.documents.detours import control_sheet_of
from tests.documents.reading import pages, words

HEAD = ["STT", "Tên cơ quan, đơn vị", "Thời gian giao, nhận hồ sơ", "(trước hạn, đúng hạn, quá hạn)", "Ghi chú"]


@pytest.mark.parametrize(
    "line",
    [
        "Mẫu số 06 (ban hành kèm theo Thông tư số 03/2025/TT-VPCP ngày 15/9/2025)",
        "Số: 7/PKS",
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        "Mã hồ sơ: H26.12.34-261123-0007",
        "Thủ tục: Đăng ký khai sinh",
        "Chủ hồ sơ: Nguyễn Thị Ánh Tuyết",
        "Cơ quan giải quyết hồ sơ: UBND phường Tân Mai",
        "Cơ quan phối hợp giải quyết: Công an phường Tân Mai (hỏi lúc 10:15 23/11/2026; trả lời lúc 12:15 23/11/2026: "
        "đồng ý); Bảo hiểm xã hội cơ sở Hoàng Mai (chuyển lúc 09:15 23/11/2026: đang giải quyết)",
        "Thời gian nhận hồ sơ: 09 giờ 15 phút, ngày 23 tháng 11 năm 2026",
        "Thời gian hẹn trả kết quả: 09 giờ 15 phút, ngày 24 tháng 11 năm 2026",
        "Giao: Lãnh đạo UBND Nhận: Văn thư",
        "11 giờ 15 phút, ngày 23 tháng 11 năm 2026",
        "quá hạn Lãnh đạo đi công tác buổi sáng",
        "Người giao",
        "Lê Quang Minh",
        "Người nhận",
        "Ngô Thị Lan",
    ],
)
def test_shows_every_value_of_form_06(line: str) -> None:
    assert line in words(render_control_sheet(control_sheet_of(4)))


def test_every_hand_over_stands_whole_on_a_page_under_a_repeated_head() -> None:
    printed = pages(render_control_sheet(control_sheet_of(40)))
    assert len(printed) > 3
    for page in printed:
        assert all(head in page for head in HEAD)
        assert page.count("Giao: ") == page.count("Nhận: ") == page.count("Người giao") == page.count("Người nhận")
    assert sum(page.count("Giao: ") for page in printed) == 40


def test_hand_overs_are_numbered_in_the_order_they_happened() -> None:
    text = words(render_control_sheet(control_sheet_of(30)))
    places = [text.index(f" {n} Giao: ") for n in range(1, 31)]
    assert all(earlier < later for earlier, later in pairwise(places))


def test_an_empty_row_is_left_to_write_on() -> None:
    sheet = control_sheet_of(1)
    text = words(render_control_sheet(replace(sheet, hand_overs=(*sheet.hand_overs, PrintedHandOver()))))
    assert "2 Giao: ......" in text
    assert "Nhận: ......" in text


def test_no_coordinating_agency_is_said() -> None:
    text = words(render_control_sheet(replace(control_sheet_of(1), coordinating_agencies=())))
    assert "Cơ quan phối hợp giải quyết: không có" in text


def test_it_was_form_05_for_dossiers_received_before_15_september_2025() -> None:
    old = form_for(PrintedFormKind.CONTROL_SHEET, RECEIVED_AT.replace(year=2024).date())
    assert "Mẫu số 05 (" in words(render_control_sheet(replace(control_sheet_of(1), printed_form=old)))


def test_a_note_longer_than_a_page_is_not_cut() -> None:
    sheet = control_sheet_of(1)
    note = " ".join(f"ý{n}" for n in range(900))
    pdf = render_control_sheet(replace(sheet, hand_overs=(replace(sheet.hand_overs[0], note=note),)))
    text = words(pdf)
    assert all(f"ý{n}" in text for n in range(900))
