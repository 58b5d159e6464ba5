"""The pages behind a citizen's log-in, and every step of a filing: stops as those of `pages.py`."""

import re

from playwright.sync_api import Page, expect

from tests.browser.citizens import answer, photos
from tests.browser.money_pages import ask_fee
from tests.browser.reading import CITIZEN
from tests.browser.receipts import read_receipt
from tests.browser.stops import Stop, Way, at

EXTRACT, HOUSE, MARITAL = "2.000635", "1.013225", "1.004873"
SAID = {
    "copies": "2", "requester_name": "Trần Thị Bích", "requester_personal_id": "001196012345",
    "requester_address": "Số 12 Phan Châu Trinh, phường Tân Thạnh", "requester_phone": "0905 700 900",
    "person_birth_date": "08/03/1996", "registered_at": "Ủy ban nhân dân phường Nhân Chính", "registered_year": "2019",
}  # fmt: skip
CHOSEN = {"kind": "birth", "about": "self"}


def begin(page: Page, code: str) -> None:
    """A new draft, at its first page."""
    page.goto(f"/file/{code}/")
    page.locator("[data-main-submit]").click()
    page.wait_for_url("**/file/draft/**")


def draft_of(code: str, part: str) -> Way:
    """A page of a new draft of the citizen's own."""

    def way(page: Page) -> None:
        begin(page, code)
        page.goto(re.sub(r"[^/]+/$", f"{part}/", page.url))

    return way


def refused_of(code: str, part: str) -> Way:
    """The same page sent on without an answer."""

    def way(page: Page) -> None:
        draft_of(code, part)(page)
        page.locator("[data-main-submit]").click()
        page.locator(".govuk-error-summary").wait_for()

    return way


def with_a_row(page: Page) -> None:
    draft_of(HOUSE, "3")(page)
    page.get_by_role("button", name="Thêm một tầng").click()
    expect(page.locator(".eform-row").nth(1)).to_be_visible()


def answered(page: Page) -> None:
    """Everything said; what the last page shows before it is sent."""
    begin(page, EXTRACT)
    answer(page, SAID, CHOSEN)
    page.goto(re.sub(r"[^/]+/$", "check/", page.url))
    expect(page.locator("main")).to_contain_text("Trần Thị Bích")


def sent(page: Page) -> None:
    answered(page)
    page.get_by_role("button", name="Nộp hồ sơ").click()
    page.wait_for_url("**/done/")


def own_filings(page: Page) -> None:
    sent(page)
    begin(page, MARITAL)
    page.goto("/me/filings/")


def with_a_paper(page: Page) -> None:
    page.goto("/me/papers/")
    page.fill("#name", "Giấy chứng sinh")
    page.set_input_files("#parts", photos(2))
    page.locator("[data-main-submit]").click()
    expect(page.locator("main h2", has_text="Giấy chứng sinh").first).to_be_visible(timeout=30_000)


def paper_opened(page: Page) -> None:
    with_a_paper(page)
    page.locator("main details summary").first.click()


def with_a_mandate(page: Page) -> None:
    page.goto("/me/mandates/new/")
    page.check("[name=kind][value=parent]")
    page.fill("[name=full_name]", "Trần Văn Hòa")
    page.fill("[name=personal_id]", "001060012345")
    page.fill("[name=evidence]", "Giấy khai sinh của tôi ghi tên cha là ông Hòa")
    page.locator("[data-main-submit]").click()
    page.wait_for_url("**/me/mandates/")
    expect(page.locator("main")).to_contain_text("Trần Văn Hòa")


def mandate_refused(page: Page) -> None:
    page.goto("/me/mandates/new/")
    page.locator("[data-main-submit]").click()
    page.locator(".govuk-error-summary, .govuk-error-message").first.wait_for()


def password_refused(page: Page) -> None:
    page.goto("/me/password/")
    page.fill("[name=current]", "khong-phai-mat-khau-nay")
    page.fill("[name=password]", "mot-cau-that-de-nho")
    page.locator("[data-main-submit]").click()
    page.locator(".govuk-error-summary, .govuk-error-message").first.wait_for()


def to_pay(page: Page) -> None:
    """What a citizen pays with: the desk asks for a fee, and the tracking page of her receipt leads there."""
    receipt = read_receipt(page.request.get(f"{ask_fee(page)}receipt.pdf").body())
    page.goto(receipt.code_opens)
    page.locator("main a[href*='/pay/']").first.click()
    page.wait_for_url("**/pay/**")


CITIZEN_STOPS = (
    Stop("own-filings", CITIZEN, own_filings),
    Stop("profile", CITIZEN, at("/me/profile/")),
    Stop("add-contact", CITIZEN, at("/me/contacts/new/")),
    Stop("change-citizen-password", CITIZEN, at("/me/password/")),
    Stop("change-citizen-password-refused", CITIZEN, password_refused),
    Stop("mandates", CITIZEN, with_a_mandate),
    Stop("new-mandate", CITIZEN, at("/me/mandates/new/")),
    Stop("new-mandate-refused", CITIZEN, mandate_refused),
    Stop("papers", CITIZEN, with_a_paper),
    Stop("papers-opened", CITIZEN, paper_opened),
    Stop("my-messages", CITIZEN, at("/me/messages/")),
    Stop("file-known", CITIZEN, at(f"/file/{EXTRACT}/")),
    Stop("step-owner", CITIZEN, draft_of(HOUSE, "1")),
    Stop("step-rows", CITIZEN, with_a_row),
    Stop("step-rows-refused", CITIZEN, refused_of(HOUSE, "3")),
    Stop("step-status", CITIZEN, draft_of(MARITAL, "3")),
    Stop("step-papers", CITIZEN, draft_of(HOUSE, "papers")),
    Stop("step-check-lacking", CITIZEN, draft_of(HOUSE, "check")),
    Stop("step-check", CITIZEN, answered),
    Stop("step-done", CITIZEN, sent),
    Stop("pay", "tiepnhan", to_pay),
)
