"""Every form works without JavaScript: taking a dossier in, moving it, following it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.counter import MRS_LAN
from tests.browser.pages import BIRTH
from tests.browser.reading import Visitors
from tests.browser.receipts import read_receipt

pytestmark = pytest.mark.browser


def test_intake_moves_and_tracking_without_scripts(visitors: Visitors):
    with visitors.page("tiepnhan", java_script_enabled=False) as page:
        page.goto("/intake/")
        page.locator("#procedure-q").fill("khai sinh")
        page.locator("#procedure-q").press("Enter")
        page.locator(f"a[href='/intake/{BIRTH}/']").click()

        page.locator("#scanned").fill(MRS_LAN)
        page.locator("#scanned").press("Enter")
        expect(page.locator("input[name=full_name]")).to_have_value("Nguyễn Thị Lan")
        boxes = page.locator("#papers .govuk-checkboxes__item:not(:has(.optional)) input")
        for place in range(boxes.count()):
            boxes.nth(place).check()
        expect(page.locator("#live time").first).to_be_visible()
        page.locator("[data-main-submit]").click()
        page.wait_for_url(re.compile("/dossiers/"))
        code = page.url.split("/dossiers/")[1].split("/")[0]

        receipt = read_receipt(page.request.get(f"/dossiers/{code}/receipt.pdf").body())
        page.locator("form[action$='/pass-on/'] button").click()
        page.wait_for_url("**/worklist/")
        expect(page.locator("main")).to_contain_text(code)

        page.locator(".find-form [name=q]").fill(code)
        page.locator(".find-form [name=q]").press("Enter")
        expect(page.locator("main")).to_contain_text("Nguyễn Thị Lan")

    with visitors.page(java_script_enabled=False) as page:
        page.goto(receipt.code_opens)
        expect(page.locator("main")).to_contain_text("Tư pháp")
        page.goto("/tracking/")
        page.locator("#code").fill(code)
        page.locator("#code").press("Enter")
        expect(page.locator("main")).to_contain_text("%")


def test_a_malformed_card_without_scripts(visitors: Visitors):
    with visitors.page("tiepnhan", java_script_enabled=False) as page:
        page.goto(f"/intake/{BIRTH}/")
        page.locator("[name=address]").fill("12 Phan Châu Trinh")
        page.locator("#scanned").fill("khong|phai|the")
        page.locator("#scanned").press("Enter")
        expect(page.locator("#scanned-error")).to_contain_text("không phải mã QR của thẻ căn cước")
        expect(page.locator("[name=address]")).to_have_value("12 Phan Châu Trinh")


def test_public_search_without_scripts(visitors: Visitors):
    with visitors.page(java_script_enabled=False) as page:
        page.goto("/")
        page.locator("main input[type=search]").fill("dawng ky khai sinh")
        page.locator("main input[type=search]").press("Enter")
        expect(page.locator(f"main a[href*='/procedures/{BIRTH}/']").first).to_be_visible()
