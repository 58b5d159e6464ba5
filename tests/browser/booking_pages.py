"""The pages of an appointment, for the citizen and for the office, and how one comes to them."""

from playwright.sync_api import Page

from tests.browser.stops import Stop, Way, at

HALL = "/halls/tan-thanh/"
PHONES = iter(f"0905 71{number // 1000} {number % 1000:03d}" for number in range(1, 10_000))


def asked(page: Page) -> None:
    """A time is chosen; the telephone is asked for."""
    page.goto(f"{HALL}book/?need=B")
    page.locator(".slots a").last.click()
    page.locator("input[name=phone]").wait_for()


def of_booking(then: str = "") -> Way:
    """The page of an appointment made just now, and from there an address below it."""

    def way(page: Page) -> None:
        asked(page)
        page.fill("input[name=phone]", next(PHONES))
        page.locator("[data-main-submit]").click()
        page.wait_for_url("**/bookings/**")
        if then:
            page.goto(page.url + then)

    return way


BOOKING_STOPS = (
    Stop("choose-slot", "", at(f"{HALL}book/?need=B")),
    Stop("choose-slot-need", "", at(f"{HALL}book/")),
    Stop("choose-slot-phone", "", asked),
    Stop("booking", "", of_booking()),
    Stop("move-booking", "", of_booking("move/")),
    Stop("arrive-booked", "", at(f"{HALL}booked/")),
    Stop("booked-today", "tiepnhan", at(f"{HALL}bookings/")),
    Stop("slot-plans", "quantri", at(f"{HALL}slots/")),
)
