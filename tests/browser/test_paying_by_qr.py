"""A guest files a certified extract from home and pays by the QR; the desk takes in, and books what the bank says."""

import io
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from motcua.payments.vietqr import Transfer, read_payload
from tests.browser.pages import begin_draft
from tests.browser.reading import PHONE, Visitors
from tests.browser.test_filing_from_home import questions
from tests.payments.scanning import scanned_picture

pytestmark = pytest.mark.browser
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
ACCOUNT = {"number": "0011012345678", "holder": "UBND PHUONG TAN THANH", "decision": "12/QĐ-UBND"}
SACOMBANK = "970403"
CHOSEN = {"kind": "marriage", "about": "self"}
SAID = {
    "copies": "2",
    "requester_name": "Phan Thị Bích Hạnh",
    "requester_personal_id": "049190012345",
    "requester_address": "Số 5 Trần Phú, phường Tân Thạnh",
    "requester_phone": "0905 700 801",
    "spouse_name": "Lê Quốc Toàn",
    "registered_at": "Ủy ban nhân dân phường Tân Thạnh",
    "registered_year": "2016",
}


def test_a_guest_pays_by_qr_and_the_desk_books_what_the_bank_says(visitors: Visitors):
    collecting(visitors)
    with visitors.page(size=PHONE) as page:
        number = filed(page)
        taken_in(visitors, number)
        pay_address = to_the_pay_page(page)
        asked = scanned_on(page)
        assert (asked.amount, asked.purpose[:2]) == (16_000, "MC")
        assert page.locator("main form, main input").count() == 0, "nothing here is for saying that one paid"
        assert fits(page)
        page.goto(f"{pay_address}?paid=1")
        expect(page.locator("#pay-state")).to_contain_text("Chờ ông/bà nộp")
        order = imported(visitors, asked)
        page.goto(pay_address)
        expect(page.locator("#pay-state")).to_contain_text("Đã nộp đủ")
        receipt = re.search(r"\d{4}-\d{7}", page.locator("#pay-state").inner_text())
        assert receipt, "the receipt's number stands on the guest's page"
        assert page.locator(".pay-qr").count() == 0
        assert fits(page)
    with visitors.page("tiepnhan") as desk:
        desk.goto(order)
        expect(desk.locator("main")).to_contain_text(receipt[0])
        expect(desk.locator("main")).to_contain_text("Đã nộp đủ")


def collecting(visitors: Visitors) -> None:
    """The ward has an account to collect in: one asks, another agrees. A demo that has one keeps it."""
    with visitors.page("quantri") as page:
        page.goto("/money/accounts/")
        if page.get_by_role("heading", name="Đang thu vào tài khoản").count():
            return
        page.select_option("select[name=bank]", SACOMBANK)
        for name, value in {**ACCOUNT, "valid_from": f"{datetime.now(HANOI):%d/%m/%Y}"}.items():
            page.fill(f"input[name={name}]", value)
        page.locator("main form [data-main-submit]").click()
        expect(page.locator("main")).to_contain_text("Chờ xác nhận")
    with visitors.page("lanhdao") as page:
        page.goto("/money/accounts/")
        page.get_by_role("button", name="Xác nhận").click()
        page.locator("dialog#confirm [value=yes]").click()
        expect(page.get_by_role("heading", name="Đang thu vào tài khoản")).to_be_visible()


def filed(page: Page) -> str:
    """The request for two copies, sent by a guest; its number."""
    begin_draft(page)
    for name, value in CHOSEN.items():  # the second question comes with the answer to the first
        page.locator(f"input[name={name}][value={value}]").check()
    questions(page, SAID, CHOSEN)
    page.get_by_role("link", name="Tiếp tục").click()
    expect(page.locator("main")).to_contain_text("16.000 đồng")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.locator("h1")).to_have_text("Đã nộp hồ sơ")
    return page.locator("b.code").first.inner_text()


def taken_in(visitors: Visitors, number: str) -> None:
    """The receiver looks at it and takes it in."""
    with visitors.page("tiepnhan") as desk:
        desk.goto(f"/submissions/{number}/")
        desk.locator("button[data-key=C]").click()
        desk.locator("dialog#confirm [value=yes]").click()
        desk.wait_for_url("**/dossiers/**")


def to_the_pay_page(page: Page) -> str:
    """From the acknowledgement to the pay page; its address."""
    page.get_by_role("link", name="Xem cách nộp").click()
    page.wait_for_url("**/pay/**")
    expect(page.locator("#pay-state")).to_contain_text("16.000 đồng")
    return page.url.split("?")[0]


def scanned_on(page: Page) -> Transfer:
    """What a camera reads off the screen; the picture to be saved says the same."""
    seen = read_payload(scanned_picture(picture_of(page.locator(".pay-qr svg"))))
    saved = page.request.get(page.get_by_role("link", name="Lưu ảnh mã QR").get_attribute("href") or "")
    assert read_payload(scanned_picture(Image.open(io.BytesIO(saved.body())))) == seen
    for fact in (seen.number, seen.purpose):
        expect(page.locator(".pay-facts")).to_contain_text(fact)
    return seen


def picture_of(part: Locator) -> Image.Image:
    part.scroll_into_view_if_needed()
    return Image.open(io.BytesIO(part.screenshot()))


def imported(visitors: Visitors, asked: Transfer) -> str:
    """The bank's sheet with this transfer, looked at and taken in at the desk; the order's address."""
    row = f'{datetime.now(HANOI):%d/%m/%Y %H:%M:%S},FT{asked.purpose},,"{asked.amount:,}",MBVCB.1.{asked.purpose}.CT'
    sheet = f"Ngày giao dịch,Số tham chiếu,Ghi nợ,Ghi có,Mô tả\n{row}\n".encode("utf-8-sig")
    with visitors.page("tiepnhan") as desk:
        desk.goto("/money/")
        order = desk.get_by_role("link", name=asked.purpose).get_attribute("href")
        assert order is not None
        desk.get_by_role("link", name="Nhập sao kê").click()
        upload = {"name": "sao ke.csv", "mimeType": "text/csv", "buffer": sheet}
        desk.locator("input[type=file]").set_input_files([upload])  # type: ignore[list-item]
        desk.get_by_role("button", name="Xem trước").click()
        expect(desk.locator("main")).to_contain_text("khớp khoản thu")
        desk.goto(order)
        expect(desk.locator("main")).to_contain_text("Chờ nộp")
        desk.go_back()
        desk.get_by_role("button", name="Nhập 1 dòng mới").click()
        expect(desk.locator("body")).to_contain_text("1 dòng khớp khoản thu")
        return order


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
