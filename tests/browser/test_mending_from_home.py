"""The desk asks again for a blurred photo and a wrong name; the citizen mends exactly these on her phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.citizens import answer as questions
from tests.browser.citizens import photos, register
from tests.browser.counter import confirm
from tests.browser.pages import BIRTH
from tests.browser.reading import Visitors
from tests.browser.test_every_page import faults_of
from tests.browser.test_filing_from_home import CHOSEN, PHONE, SAID, choose_photos, expect_fit

pytestmark = pytest.mark.browser
HER_PHONE = "0905 700 811"


def test_a_blurred_paper_and_a_wrong_name_are_mended_from_home(visitors: Visitors):
    with visitors.page(size=PHONE) as page:
        number = filed(page)
        asked_again(visitors, number)
        mended(page)
        taken(visitors, number)


def filed(page: Page) -> str:
    """She files with two copies asked for, and is told what they cost; the number of her filing."""
    register(page, HER_PHONE, "Nguyễn Thị Lan", f"/procedures/{BIRTH}/")
    page.goto(f"/procedures/{BIRTH}/")
    expect_fit(page)
    page.get_by_role("link", name="Nộp từ nhà").click()
    page.get_by_role("button", name="Bắt đầu").click()
    questions(page, SAID | {"requester_phone": "84905700811", "copies": "2"}, CHOSEN)
    expect(page.get_by_text("Chưa chọn tệp nào").first).to_be_visible()
    choose_photos(page, 1)
    expect(page.get_by_text("IMG_0.jpg").first).to_be_visible()
    expect_fit(page)
    page.get_by_role("link", name="Tiếp tục").click()
    page.wait_for_url("**/check/", timeout=40_000)
    expect(page.locator("main")).to_contain_text("16.000 đồng")
    expect(page.locator("main")).not_to_contain_text("Không thu phí")
    assert not faults_of(page)
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.locator("h1")).to_have_text("Đã nộp hồ sơ")
    return page.locator("b.code").inner_text()


def asked_again(visitors: Visitors, number: str) -> None:
    with visitors.page("tiepnhan") as page:
        page.goto(f"/submissions/{number}/")
        page.locator("[data-key=Y]").click()
        expect(page.locator("h1")).to_have_text("Yêu cầu bổ sung, sửa đổi")
        page.get_by_label(re.compile("Bản đã nộp không dùng được vì: Giấy chứng sinh")).fill("ảnh mờ")
        page.get_by_text("Trẻ được khai sinh").click()
        page.locator("[name=ask-answer-child_name]").fill("thiếu chữ đệm")
        page.locator("[name=ask-reason]").fill("Chưa kiểm tra được")
        expect_fit(page)
        assert not faults_of(page)
        page.locator("[data-main-submit]").click()
        confirm(page)
        expect(page.locator("main")).to_contain_text("Chờ giấy tờ bổ sung")


def mended(page: Page) -> None:
    """What was asked for, and nothing else, is answered and photographed anew."""
    page.goto("/me/filings/")
    page.get_by_role("link", name="Bổ sung hồ sơ").click()
    expect(page.locator("main")).to_contain_text("thiếu chữ đệm")
    expect(page.locator("#answers-form input:visible, #answers-form textarea:visible")).to_have_count(1)
    page.locator("[name=child_name]").fill("Trần Ngọc Minh Anh")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Giữ câu trả lời").click()
    page.locator("input[type=file]").set_input_files(photos(2)[1:])
    page.get_by_role("button", name="Thêm giấy tờ này").click()
    expect(page.get_by_role("button", name="Bỏ “Giấy chứng sinh”")).to_be_visible(timeout=40_000)
    expect(page.locator("[name=child_name]")).to_have_value("Trần Ngọc Minh Anh")
    expect_fit(page)
    assert not faults_of(page)
    page.get_by_role("button", name="Gửi bổ sung").click()
    expect(page.locator("main")).to_contain_text("Đã gửi lúc")


def taken(visitors: Visitors, number: str) -> None:
    with visitors.page("tiepnhan") as page:
        page.goto(f"/submissions/{number}/")
        expect(page.locator(".notice")).to_contain_text("Trước đó: Trần Minh Anh")
        page.get_by_role("button", name="Nhận phần đã bổ sung").click()
        expect(page.locator("main")).to_contain_text("Trước đó: Trần Minh Anh")
        assert not faults_of(page)
        expect_fit(page)
        page.locator("button[data-key=C]").click()
        confirm(page)
        page.wait_for_url("**/dossiers/**")
        expect(page.locator("main")).to_contain_text("Trần Ngọc Minh Anh")
        expect(page.locator("main")).to_contain_text("Người nộp không có mặt")
