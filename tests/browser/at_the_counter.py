"""An official types for somebody else: the card, the questions, the papers in hand."""

from playwright.sync_api import Page, expect

from tests.browser.citizens import answer as questions
from tests.browser.pages import BIRTH
from tests.browser.test_filing_from_home import CHOSEN, SAID

CARD = "001196012345||Nguyễn Thị Lan|08031996|Nữ|12 Phan Châu Trinh, Phường Tân Thạnh|01012024"


def begun(page: Page, *, evidence: str = "") -> None:
    """The card is read; with `evidence` he helps somebody file from afar."""
    page.goto(f"/assist/{BIRTH}/")
    page.fill("input[name=scanned]", CARD)
    if evidence:
        page.locator("#way-helped").check()
        page.fill("input[name=evidence]", evidence)
    page.locator("[data-main-submit]").click()
    page.wait_for_url("**/file/draft/**")


def asked(page: Page) -> None:
    """Every question answered, the required papers taken on paper; the check page is open."""
    questions(page, SAID, CHOSEN)
    for _paper in range(6):
        missing = page.locator("section.card:has(.required) button[name=on_paper][value=yes]")
        taken = page.locator("button[name=on_paper][value=yes]")
        here = missing if missing.count() else taken
        if not here.count():
            break
        here.first.click()
        expect(page.locator("button[name=on_paper][value=no]").first).to_be_visible()
    page.get_by_role("link", name="Tiếp tục").click()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
