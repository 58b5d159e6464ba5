"""The calendar of receiving citizens: stops as those of `pages.py`."""

from playwright.sync_api import Page

from tests.browser.stops import Stop, Way, at


def from_desk(link: str) -> Way:
    """The first such link of the desk."""

    def way(page: Page) -> None:
        page.goto("/receptions/desk/")
        page.locator(f"main {link}").first.click()
        page.locator("main form[data-main]").wait_for()

    return way


def plan_refused(page: Page) -> None:
    """No office is open on a Sunday, and a range turned round."""
    page.goto("/receptions/plans/new/")
    page.fill("[name=receiver]", "Trưởng ban Tiếp công dân")
    page.fill("[name=place]", "Phòng Tiếp công dân")
    page.check("[name=weekdays][value='7']")
    page.select_option("[name=part]", "morning")
    page.locator("[data-main-submit]").click()
    page.locator(".govuk-error-summary").wait_for()


def entry_refused(page: Page) -> None:
    from_desk("tr[data-row] a[data-open]")(page)
    page.check("[name=outcome][value=not_held]")
    page.locator("[data-main-submit]").click()
    page.locator(".govuk-error-summary").wait_for()


RECEPTION_STOPS = (
    Stop("receptions", "", at("/receptions/")),
    Stop("receptions-desk", "vanthu", at("/receptions/desk/")),
    Stop("new-reception-plan", "vanthu", at("/receptions/plans/new/")),
    Stop("reception-plan-refused", "vanthu", plan_refused),
    Stop("end-reception-plan", "lanhdao", from_desk("a[href$='/end/']")),
    Stop("add-reception-day", "lanhdao", from_desk("a[href$='/add/']")),
    Stop("change-reception-day", "lanhdao", from_desk("a[href$='/change/']")),
    Stop("enter-reception", "vanthu", from_desk("tr[data-row] a[data-open]")),
    Stop("entry-refused", "vanthu", entry_refused),
)
