"""The money notice as a citizen takes it home: every sum, whom to pay, and what it does to the promised date."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from motcua.documents.prints import MoneyNoticePrint, PrintedDuty, preview_money_notice, render_money_notice
from tests.documents.cast import HEAD, NINETY_LETTERS, RECEIPT, RECEIVED_AT, TRACKING_URL, TUYET
from tests.documents.pictures import grey, scan
from tests.documents.reading import assert_archival, millimetres, opened, words

REGISTRATION = PrintedDuty(
    what="Lệ phí trước bạ", amount=2_500_000, payee="Kho bạc Nhà nước khu vực I", account="7111.0.1053614",
    legal_basis="Nghị định 10/2022/NĐ-CP", due_on=date(2026, 12, 10),
)  # fmt: skip
NOTICE = MoneyNoticePrint(
    head=HEAD,
    dossier_code=RECEIPT.dossier_code,
    procedure="Đăng ký đất đai, cấp Giấy chứng nhận lần đầu",
    applicant=TUYET,
    duties=(REGISTRATION,),
    asked_at=RECEIVED_AT,
    official="Lê Văn Minh",
    tracking_url=TRACKING_URL,
    paused_at=RECEIVED_AT,
)


@pytest.mark.parametrize(
    "line",
    [
        "UBND PHƯỜNG TÂN MAI",
        "Tân Mai, ngày 23 tháng 11 năm 2026",
        "THÔNG BÁO NGHĨA VỤ TÀI CHÍNH",
        "Mã hồ sơ: H26.12.34-261123-0007",
        "Kính gửi: ông/bà Nguyễn Thị Ánh Tuyết",
        "Đăng ký đất đai, cấp Giấy chứng nhận lần đầu",
        "Lệ phí trước bạ",
        "2.500.000 đồng",
        "Nộp cho: Kho bạc Nhà nước khu vực I",
        "Tài khoản: 7111.0.1053614",
        "Căn cứ thu: Nghị định 10/2022/NĐ-CP",
        "Nộp đến hết: ngày 10 tháng 12 năm 2026",
        "tạm dừng từ 09 giờ 15 phút, ngày 23 tháng 11 năm 2026",
        "Lê Văn Minh",
        "trang mở ra phải thuộc địa chỉ motcua.tanmai.example.vn",
    ],
)
def test_shows_what_is_owed_to_whom_and_why(line: str) -> None:
    assert line.lower() in words(render_money_notice(NOTICE)).lower()


def test_is_one_archival_a5_sheet_with_a_code_that_opens_the_tracking_page() -> None:
    pdf = render_money_notice(NOTICE)
    assert millimetres(pdf) == (148, 210)
    assert len(opened(pdf).pages) == 1
    assert_archival(pdf)
    [picture] = preview_money_notice(NOTICE)
    assert scan(grey(picture)).text == TRACKING_URL


def test_several_sums_are_added_up_and_one_is_not() -> None:
    land_use = replace(REGISTRATION, what="Tiền sử dụng đất", amount=3_456_000_000, account="", due_on=None)
    text = words(render_money_notice(replace(NOTICE, duties=(REGISTRATION, land_use))))
    assert "Cộng: 3.458.500.000" in text
    assert text.count("Tài khoản:") == text.count("Nộp đến hết:") == 1
    assert "Cộng:" not in words(render_money_notice(NOTICE))


def test_ten_sums_and_a_long_name_run_on_and_lose_nothing() -> None:
    many = tuple(replace(REGISTRATION, what=f"Khoản thu số {number}") for number in range(1, 11))
    pdf = render_money_notice(replace(NOTICE, applicant=replace(TUYET, name=NINETY_LETTERS), duties=many))
    text = words(pdf)
    assert NINETY_LETTERS in text
    assert all(f"Khoản thu số {number}" in text for number in range(1, 11))
    assert f"Trang 1/{len(opened(pdf).pages)}" in text


def test_an_organisation_is_spoken_to_as_one_and_a_running_clock_is_not_called_stopped() -> None:
    company = replace(TUYET, name="Công ty TNHH Hoàng Mai", is_organisation=True)
    text = words(render_money_notice(replace(NOTICE, applicant=company, paused_at=None)))
    assert "Kính gửi: Công ty TNHH Hoàng Mai" in text
    assert "quý tổ chức" in text
    assert "ông/bà" not in text
    assert "tạm dừng" not in text


@pytest.mark.parametrize("typed", ['#read("/etc/passwd")', "*đậm* _nghiêng_ $x^2$", "#panic()"])
def test_what_people_type_is_printed_as_typed(typed: str) -> None:
    hostile = replace(REGISTRATION, what=typed, payee=typed, account=typed, legal_basis=typed)
    assert words(render_money_notice(replace(NOTICE, procedure=typed, duties=(hostile,)))).count(typed) == 5


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        render_money_notice(replace(NOTICE, asked_at=datetime(2026, 11, 24, 9, 15)))  # noqa: DTZ001
