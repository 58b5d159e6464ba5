"""Form 01 as a citizen takes it home: read back from the PDF, and its QR code scanned from the picture."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest
import zxingcpp

from motcua.documents.prints import (
    PaperSize,
    PrintedFormKind,
    PrintedMandate,
    PrintedPaper,
    PrintedParty,
    form_for,
    preview_receipt,
    render_receipt,
)
from tests.documents.cast import DUE_AT, NINETY_LETTERS, RECEIPT, RECEIVED_AT, TRACKING_URL, TUYET
from tests.documents.pictures import grey, scan
from tests.documents.reading import assert_archival, millimetres, opened, words


@pytest.mark.parametrize(
    "line",
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Mẫu số 01 (ban hành kèm theo Thông tư số 03/2025/TT-VPCP ngày 15/9/2025)",
        "UBND PHƯỜNG TÂN MAI",
        "Số: 27/TTPVHCC",
        "Tân Mai, ngày 23 tháng 11 năm 2026",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Mã hồ sơ: H26.12.34-261123-0007",
        "Tiếp nhận hồ sơ của ông/bà: Nguyễn Thị Ánh Tuyết",
        "Số định danh cá nhân: 001184012345",
        "Địa chỉ: Số 8, ngõ 12, phố Tân Mai, phường Tân Mai, thành phố Hà Nội",
        "Số điện thoại: 0912 345 678",
        "Thư điện tử: anhtuyet@example.vn",
        "Nội dung yêu cầu giải quyết: Đăng ký khai sinh",
        "1 Tờ khai đăng ký khai sinh 1",
        "3 Giấy chứng nhận kết hôn (xuất trình) 1",
        "Số lượng hồ sơ: 01 bộ",
        "Thời gian giải quyết theo quy định: 01 ngày làm việc",
        "Thời gian nhận hồ sơ: 09 giờ 15 phút, ngày 23 tháng 11 năm 2026",
        "Thời gian hẹn trả kết quả: 09 giờ 15 phút, ngày 24 tháng 11 năm 2026",
        "Nhận kết quả tại: Trung tâm Phục vụ hành chính công phường Tân Mai, quầy 5",
        "Bản sao trích lục 8.000 đồng; Chứng thực 16.000 đồng. Cộng: 24.000 đồng",
        "quyển số 01/2026, số thứ tự 1287",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
        "Trần Thu Hà",
        "trang mở ra phải thuộc địa chỉ motcua.tanmai.example.vn",
    ],
)
def test_shows_every_value_of_form_01(line: str) -> None:
    assert line in words(render_receipt(RECEIPT))


def test_prints_on_one_a5_sheet_without_page_numbers() -> None:
    pdf = render_receipt(RECEIPT)
    assert millimetres(pdf) == (148, 210)
    assert len(opened(pdf).pages) == 1
    assert "Trang 1" not in words(pdf)


def test_prints_on_a4_when_asked() -> None:
    pdf = render_receipt(RECEIPT, size=PaperSize.A4)
    assert millimetres(pdf) == (210, 297)
    assert len(opened(pdf).pages) == 1


def test_qr_on_the_paper_opens_the_tracking_page() -> None:
    [picture] = preview_receipt(RECEIPT)
    code = scan(grey(picture))
    assert code.text == TRACKING_URL
    assert code.format == zxingcpp.BarcodeFormat.QRCode


def test_qr_sits_bottom_right() -> None:
    [picture] = preview_receipt(RECEIPT)
    image = grey(picture)
    height, width = image.shape
    corner = scan(image).position.top_left
    assert corner.x > width * 0.7
    assert corner.y > height * 0.8


def test_long_names_and_forty_papers_end_on_the_second_page_with_numbers_and_code() -> None:
    papers = tuple(PrintedPaper(name=f"Bản vẽ mặt bằng công trình số {n}", originals=1, copies=1) for n in range(1, 41))
    pdf = render_receipt(replace(RECEIPT, filer=replace(TUYET, name=NINETY_LETTERS), papers=papers))
    first, second = (page.extract_text() for page in opened(pdf).pages)
    assert NINETY_LETTERS in " ".join(first.split())
    assert "Trang 1/2" in first
    assert "Trang 2/2" in second
    assert "Mã hồ sơ: H26.12.34-261123-0007" in second
    assert "Bản vẽ mặt bằng công trình số 40" in second


def test_a_signature_never_stands_on_a_page_without_the_promised_date() -> None:
    for count in (3, 7, 8, 9, 10, 11, 12, 25, 26, 27, 28):
        papers = tuple(PrintedPaper(name=f"Giấy tờ {n}", originals=1, copies=0) for n in range(count))
        *_, last = opened(render_receipt(replace(RECEIPT, papers=papers))).pages
        text = last.extract_text()
        assert "hẹn trả kết quả: " in text
        assert "NGƯỜI NỘP HỒ SƠ" in text
        assert "Kiểm tra giấy này" in text


def test_an_authorised_filer_and_the_principal_both_stand_on_it() -> None:
    company = PrintedParty(name="Công ty TNHH Hoàng Mai", is_organisation=True, identifier="0101234567")
    mandate = PrintedMandate(principal=company, paper="Giấy ủy quyền số 12/UQ")
    text = words(render_receipt(replace(RECEIPT, mandate=mandate)))
    assert "Nộp thay, theo ủy quyền của: Công ty TNHH Hoàng Mai" in text
    assert "Mã số định danh tổ chức: 0101234567" in text
    assert "Giấy tờ ủy quyền: Giấy ủy quyền số 12/UQ" in text


def test_an_organisation_is_named_as_one() -> None:
    company = PrintedParty(name="Hợp tác xã Tân Mai", is_organisation=True, identifier="0109876543")
    text = words(render_receipt(replace(RECEIPT, filer=company)))
    assert "Tiếp nhận hồ sơ của tổ chức: Hợp tác xã Tân Mai" in text


def test_missing_values_leave_dots_and_no_fee_says_so() -> None:
    text = words(render_receipt(replace(RECEIPT, filer=PrintedParty(name="Trần Văn Bình"), fees=())))
    assert "Địa chỉ: ......" in text
    assert "Phí, lệ phí: không phải nộp" in text


@pytest.mark.parametrize(
    "name",
    [
        '#read("/etc/passwd")',
        "*đậm* _nghiêng_ $x^2$ `mã` <nhãn> @nhắc",
        "#panic() // hết",
        '"]}; #import "x.typ"',
        "\\u{41} \\ -- ... 'a' \"b\"",
        "= Tiêu đề",
    ],
)
def test_what_people_type_is_printed_as_typed(name: str) -> None:
    receipt = replace(
        RECEIPT, filer=replace(TUYET, name=name), request=name, papers=(PrintedPaper(name=name, originals=1, copies=0),)
    )
    printed = words(render_receipt(receipt))
    assert printed.count(" ".join(name.split())) == 4


def test_signs_the_font_lacks_become_boxes_and_never_stop_the_paper() -> None:
    pdf = render_receipt(replace(RECEIPT, filer=replace(TUYET, name="An 😀 \x00\u202e漢 Tuye\u0302\u0301t")))
    assert "ông/bà: An □ □ Tuyết" in words(pdf)


def test_a_word_longer_than_the_line_breaks_and_loses_nothing() -> None:
    address = "a" * 150 + "@example.vn"
    pdf = render_receipt(replace(RECEIPT, filer=replace(TUYET, email=address)))
    assert address in words(pdf).replace(" ", "")


def test_is_archival_titled_and_in_vietnamese() -> None:
    pdf = render_receipt(RECEIPT)
    assert_archival(pdf)
    reader = opened(pdf)
    assert reader.metadata is not None
    assert reader.metadata.title == "Giấy tiếp nhận hồ sơ và hẹn trả kết quả H26.12.34-261123-0007"
    assert reader.metadata.creation_date == RECEIVED_AT


def test_the_same_receipt_prints_the_same_bytes_also_from_many_threads() -> None:
    once = render_receipt(RECEIPT)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: render_receipt(RECEIPT), range(12))) == {once}


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        render_receipt(replace(RECEIPT, due_at=datetime(2026, 11, 24, 9, 15)))  # noqa: DTZ001


def test_a_dossier_of_2024_bears_the_form_of_its_day() -> None:
    at = RECEIVED_AT.replace(year=2024)
    old = replace(
        RECEIPT,
        printed_form=form_for(PrintedFormKind.RECEIPT, at.date()),
        received_at=at,
        due_at=DUE_AT.replace(year=2024),
    )
    assert "Thông tư số 01/2018/TT-VPCP" in words(render_receipt(old))
