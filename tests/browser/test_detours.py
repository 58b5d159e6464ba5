"""A dossier that leaves the plain way, in a real browser: papers asked for and brought, then refused by the leader."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.counter import MRS_LAN, received_dossier
from tests.browser.pages import BIRTH
from tests.browser.reading import DESKTOP, PHONE, Visitors
from tests.browser.receipts import read_receipt
from tests.browser.test_every_page import faults_of, off_the_side
from tests.documents.reading import words

pytestmark = pytest.mark.browser
REASON = "Giấy chứng sinh chưa có dấu của cơ sở y tế"
REFUSED = "Trẻ đã được đăng ký khai sinh ở phường khác"
LAW = "Luật Hộ tịch, Điều 15"


def test_papers_asked_brought_and_the_dossier_refused_by_letter(visitors: Visitors):
    with visitors.page("tiepnhan") as page:
        code = received_dossier(page, BIRTH, MRS_LAN)
        tracking = read_receipt(page.request.get(f"/dossiers/{code}/receipt.pdf").body()).code_opens
        pass_on(page, code)
    ask_for_a_paper(visitors, code)
    expect_tracking(visitors, tracking, "Thời hạn tạm dừng từ")
    bring_it(visitors, code)
    expect_tracking(visitors, tracking, "Đang xử lý", but_not="Thời hạn tạm dừng")
    with visitors.page("thuly") as page:
        pass_on(page, code)
    reject(visitors, code)
    hand_over_the_letter(visitors, code)
    expect_tracking(visitors, tracking, "Đã trả kết quả")


def pass_on(page: Page, code: str) -> None:
    page.goto(f"/dossiers/{code}/")
    page.keyboard.press("c")
    page.wait_for_url("**/worklist/")


def turn_off(page: Page, code: str, title: str) -> None:
    """From the dossier by its keyboard key to the form of the detour; the form is fit for everybody."""
    page.goto(f"/dossiers/{code}/")
    page.keyboard.press("x")
    page.get_by_role("link", name=title, exact=True).click()
    expect(page.locator("main h1")).to_have_text(title)
    expect_fit(page)


def expect_fit(page: Page) -> None:
    """Neither at the desk nor on a phone does axe find anything or anything run off the side."""
    found: dict[str, list[str]] = {}
    for name, size in (("phone", PHONE), ("desk", DESKTOP)):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        found |= {name: faults_of(page), f"off the {name}": off_the_side(page)}
    assert not any(found.values()), (page.url, found)


def send(page: Page, code: str, done: str) -> None:
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**/dossiers/{code}/")
    expect(page.locator("body")).to_contain_text(done)


def ask_for_a_paper(visitors: Visitors, code: str) -> None:
    """Without a paper chosen it is refused at the field; then one is asked for, and form 02 can be printed."""
    with visitors.page("thuly") as page:
        turn_off(page, code, "Yêu cầu bổ sung giấy tờ")
        page.locator("textarea[name=reason]").fill(REASON)
        page.locator("main form button[type=submit]").click()
        expect(page.locator(".govuk-error-summary")).to_contain_text("ít nhất một giấy tờ")
        expect(page.locator("textarea[name=reason]")).to_have_value(REASON)
        expect_fit(page)
        page.locator("input[name=papers]").first.check()
        send(page, code, "Đã yêu cầu bổ sung; thời hạn tạm dừng.")
        expect(page.locator("main")).to_contain_text("chờ người nộp")
        expect(page.get_by_role("link", name="In phiếu yêu cầu bổ sung")).to_be_visible()
        expect_fit(page)
        paper = words(page.request.get(f"/dossiers/{code}/supplement-request.pdf").body())
    assert REASON in paper
    assert code in paper


def bring_it(visitors: Visitors, code: str) -> None:
    with visitors.page("tiepnhan") as page:
        turn_off(page, code, "Nhận giấy tờ bổ sung")
        for box in page.locator("input[name=brought]").all():
            box.check()
        send(page, code, "Đã nhận giấy tờ bổ sung.")
        expect(page.locator("main")).to_contain_text("Đủ giấy tờ, thời hạn tính lại từ đầu")


def reject(visitors: Visitors, code: str) -> None:
    with visitors.page("lanhdao") as page:
        turn_off(page, code, "Từ chối giải quyết")
        page.locator("textarea[name=reason]").fill(REFUSED)
        page.locator("input[name=legal_basis]").fill(LAW)
        send(page, code, "Đã từ chối giải quyết hồ sơ.")


def hand_over_the_letter(visitors: Visitors, code: str) -> None:
    """The refusal letter lies at the desk like any result, and is handed over like one."""
    with visitors.page("tiepnhan") as page:
        page.goto("/results/")
        page.locator(f"a[data-open][href='/dossiers/{code}/return/']").click()
        expect(page.locator("main")).to_contain_text("Phiếu từ chối")
        page.locator("input[name=shown]").first.check()
        page.locator("input[name=confirmed]").check()
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_url(re.compile(rf"/dossiers/{code}/$"))
        expect(page.get_by_role("link", name="In phiếu từ chối")).to_be_visible()
        letter = words(page.request.get(f"/dossiers/{code}/refusal.pdf").body())
        sheet = words(page.request.get(f"/dossiers/{code}/control-sheet.pdf").body())
    assert REFUSED in letter
    assert LAW in letter
    assert "Đã từ chối giải quyết" in sheet


def expect_tracking(visitors: Visitors, address: str, says: str, *, but_not: str = "") -> None:
    with visitors.page() as page:
        page.goto(address)
        expect(page.locator("main")).to_contain_text(says)
        if but_not:
            expect(page.locator("main")).not_to_contain_text(but_not)
        expect_fit(page)
