"""The pages of who takes a number, at the machine of the hall and on a phone, and how one comes to them."""

from playwright.sync_api import Page

from tests.browser.stops import Stop, Way, at

HALL = "/halls/tan-thanh/"


def chosen(page: Page) -> None:
    """A need that is open now, or the hall's page when none is: the round is made at any hour."""
    page.goto(HALL)
    needs = page.locator("a.take-choice")
    if needs.count():
        needs.first.click()
    page.locator("main h1").wait_for()


def of_number(then: str = "") -> Way:
    """The page of a number taken just now, and from there an address below it."""

    def way(page: Page) -> None:
        chosen(page)
        first = page.locator("button.take-first")
        if first.count():
            first.click()
            page.locator("main h1").wait_for()
        if then and "/tickets/" in page.url:
            page.goto(page.url + then)

    return way


TICKET_STOPS = (
    Stop("hall", "", at(HALL)),
    Stop("hall-rule", "", at(f"{HALL}rule/")),
    Stop("hall-door", "quantri", at(f"{HALL}door/")),
    Stop("take-number", "", chosen),
    Stop("collect-result", "", at(f"{HALL}take/?need=T")),
    Stop("ticket", "", of_number()),
    Stop("leave-ticket", "", of_number("leave/")),
)
