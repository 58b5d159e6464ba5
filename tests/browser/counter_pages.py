"""The pages of who calls numbers, certifies copies and arranges the halls."""

from playwright.sync_api import Page

from tests.browser.stops import Stop, at


def at_a_counter(page: Page) -> None:
    """The screen of the counter where one sits, or sits down now."""
    page.goto("/counter/")
    if page.locator(".counter-choice").count():
        page.locator(".counter-choice:not([disabled])").first.click()
    page.locator("#counter-now").wait_for()


def certify_refused(page: Page) -> None:
    page.goto("/certify/")
    page.locator("[data-main-submit]").click()
    page.locator(".govuk-error-summary").wait_for()


def copies_certified(page: Page) -> None:
    page.goto("/certify/")
    for name, value in {"documents_0": "1", "pages_0": "2", "copies_0": "3", "full_name": "Nguyễn Thị Lan"}.items():
        page.fill(f"[name={name}]", value)
    page.locator("[name=preview]").click()
    page.locator("#price .promised").wait_for()
    page.locator("[data-main-submit]").click()
    page.locator("a[href^='/money/receipts/']").wait_for()


def hall_arranged(page: Page) -> None:
    page.goto("/halls/")
    page.locator("main a[href$='/arrange/']").first.click()
    page.locator("form.hall-plan").wait_for()


COUNTER_STOPS = (
    Stop("counter-choose", "tiepnhan", at("/counter/")),
    Stop("counter", "tiepnhan2", at_a_counter),
    Stop("certify", "tiepnhan", at("/certify/")),
    Stop("certify-refused", "tiepnhan", certify_refused),
    Stop("certified", "tiepnhan", copies_certified),
    Stop("halls", "quantri", at("/halls/")),
    Stop("arrange-hall", "quantri", hall_arranged),
    Stop("new-hall", "quantri", at("/halls/arrange/new/")),
)
