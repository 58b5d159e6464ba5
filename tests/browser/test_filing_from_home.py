"""A citizen with a phone registers a birth from home with two photos, gets the result on it, and rates the office."""

import re
from collections import deque
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.citizens import answer as questions
from tests.browser.citizens import photos, register
from tests.browser.counter import confirm
from tests.browser.pages import BIRTH
from tests.browser.reading import Visitors
from tests.documents.papers.sent import pdf
from tests.documents.reading import words

pytestmark = pytest.mark.browser
HANDS, STEPS = ("tiepnhan", "thuly", "lanhdao", "vanthu"), 12
RESULT = pdf(3)
PHONE = {"width": 390, "height": 844}
BORN = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")) - timedelta(days=9)
SAID = {
    "requester_personal_id": "001196012345",
    "requester_address": "Số 12 Phan Châu Trinh, phường Tân Thạnh",
    "requester_phone": "0905 700 800",
    "child_name": "Trần Minh Anh",
    "child_birth_date": f"{BORN:%d/%m/%Y}",
    "child_ethnicity": "Kinh",
    "child_hometown": "Phường Tân Thạnh, thành phố Đà Nẵng",
    "birth_place": "Bệnh viện Đa khoa Quảng Nam",
    "mother_birth_year": "1996",
    "mother_ethnicity": "Kinh",
    "copies": "0",
}
CHOSEN = {
    "relation": "mother", "child_gender": "female", "birth_place_kind": "medical", "child_situation": "usual",
    "father_declared": "no",
}  # fmt: skip


def test_a_birth_is_registered_from_a_phone(visitors: Visitors):
    with visitors.page(size=PHONE) as page:
        register(page, "0905 700 800", "Nguyễn Thị Lan", f"/procedures/{BIRTH}/")
        page.goto(f"/procedures/{BIRTH}/")
        page.get_by_role("link", name="Nộp từ nhà").click()
        page.get_by_role("button", name="Bắt đầu").click()
        questions(page, SAID, CHOSEN)
        choose_photos(page, 2)
        page.get_by_role("link", name="Tiếp tục").click()  # what is chosen is sent, though no other button was pressed
        page.wait_for_url("**/check/", timeout=40_000)
        expect(page.locator("main")).to_contain_text("Trần Minh Anh")
        expect(page.locator("main")).to_contain_text("2 trang")
        expect(page.locator(".govuk-error-summary")).to_have_count(0)
        page.get_by_label("Trực tuyến").check()
        page.get_by_role("button", name="Nộp hồ sơ").click()
        expect(page.locator("h1")).to_have_text("Đã nộp hồ sơ")
        number = page.locator("b.code").inner_text()
        expect_fit(page)
        with page.expect_download() as kept:
            page.get_by_role("link", name="Tải giấy xác nhận đã nộp").click()
        assert number in words(kept.value.path().read_bytes())
        code = accepted(visitors, number)
        page.goto("/me/filings/")
        expect(page.locator("main")).to_contain_text(code)
        expect(page.get_by_role("button", name="Tải kết quả về")).to_have_count(0)
        worked_off(visitors, code)
        opened_for_download(visitors, code)
        download_and_rate(page, code)


def expect_fit(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing hangs out of the phone"


def worked_off(visitors: Visitors, code: str) -> None:
    """Hand to hand until the result lies ready; the records clerk attaches its copy."""
    hands = deque(HANDS)
    for _ in range(STEPS * len(HANDS)):
        with visitors.page(hands[0]) as page:
            page.goto(f"/dossiers/{code}/")
            if page.locator("[data-key=R]").count():
                return
            if page.locator("button[data-key=D]").count():
                page.keyboard.press("d")
                confirm(page)
            elif page.locator("button[data-key=C]").count():
                if hands[0] == "vanthu":
                    attach(page, code)
                page.locator("button[data-key=C]").click()
            else:
                hands.rotate(-1)
                continue
            page.wait_for_url("**/worklist/")
    raise AssertionError(f"{code} did not come to an end in {STEPS} steps")


def attach(page: Page, code: str) -> None:
    page.get_by_role("link", name="Bản điện tử của kết quả").click()
    page.set_input_files("input[type=file]", {"name": "ket-qua.pdf", "mimeType": "application/pdf", "buffer": RESULT})
    page.check("[name=kind][value=scanned]")
    page.check("[name=validity][value=for_good]")
    page.locator("[data-main-submit]").click()
    expect(page.locator("main")).to_contain_text("3 trang")
    page.goto(f"/dossiers/{code}/")


def opened_for_download(visitors: Visitors, code: str) -> None:
    """The receiver returns the result the way she chose."""
    with visitors.page("tiepnhan") as page:
        page.goto(f"/dossiers/{code}/return/")
        expect(page.get_by_label("Trực tuyến")).to_be_checked()
        page.locator("[data-main-submit]").click()
        page.wait_for_url(f"**/dossiers/{code}/")
        expect(page.locator("main")).to_contain_text("Đã trả kết quả")


def download_and_rate(page: Page, code: str) -> None:
    """On her phone: the very bytes of the result, then one rating."""
    page.goto("/me/filings/")
    with page.expect_download() as kept:
        page.get_by_role("button", name="Tải kết quả về").click()
    assert kept.value.path().read_bytes() == RESULT
    page.get_by_role("link", name="Đăng ký khai sinh").first.click()
    expect(page.locator("main")).to_contain_text("Trả trực tuyến lúc")
    expect_fit(page)
    page.get_by_role("link", name="Đánh giá việc giải quyết hồ sơ").click()
    page.locator("fieldset").first.locator("input[type=radio]").first.check()
    page.locator("[data-main-submit]").click()
    expect(page.locator("h1")).to_have_text("Cảm ơn ông/bà")
    expect_fit(page)


def choose_photos(page: Page, number: int) -> None:
    """As many photos of the first paper, chosen and not sent yet."""
    card = page.locator("section.card:has(input[type=file])").first
    card.locator("input[type=file]").set_input_files(photos(number))


def accepted(visitors: Visitors, number: str) -> str:
    """The receiver looks at what came and takes it in; the dossier's code."""
    with visitors.page("tiepnhan") as page:
        page.goto(f"/submissions/{number}/")
        expect(page.locator("main")).to_contain_text("Trần Minh Anh")
        expect(page.locator("main")).to_contain_text("2 trang")
        page.locator("button[data-key=C]").click()
        page.locator("dialog#confirm [value=yes]").click()
        page.wait_for_url("**/dossiers/**")
        expect(page.locator("main")).to_contain_text("Trần Minh Anh")
        return re.findall(r"/dossiers/([^/?]+)", page.url)[0]
