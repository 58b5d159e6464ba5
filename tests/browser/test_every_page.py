"""Every page, at a desk and on a phone: axe finds nothing, nothing runs off the side, the console stays silent."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page

from tests.browser.addresses import LIKE_OTHERS, MOVES, NO_PAGE, SEEN
from tests.browser.pages import STOPS, Stop
from tests.browser.reading import DESKTOP, PHONE, Visitors

pytestmark = pytest.mark.browser
AXE = Axe()
# Leftovers of libraries, which would be in English.
FOREIGN = ("Successfully", "Password", "Sign In", "Sign Out", "Current ", "Please ", "This field", "Forgot", "None")

# Live pieces, and the library that moves them; most public pages have neither.
ALIVE = """() => !!window.htmx || !document.querySelector("[hx-get], [hx-post]")"""


def faults_of(page: Page) -> list[str]:
    """What axe says of the page as it stands, one line per broken rule with its places."""
    violations = AXE.run(page).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: "
        + "; ".join(" ".join(map(str, node["target"])) for node in rule["nodes"][:4])
        for rule in violations
    ]


def off_the_side(page: Page) -> list[str]:
    """What reaches past the right edge, outside of boxes that scroll by themselves."""
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    if not wide:
        return []
    return page.evaluate(
        """() => [...document.querySelectorAll("body *")]
             .filter((item) => item.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
             .slice(0, 5).map((item) => item.tagName + "." + item.className)"""
    ) or ["the page itself"]


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name)
def test_a_page_is_fit_for_everybody(visitors: Visitors, stop: Stop):
    with visitors.page(stop.who) as page:
        stop.way(page)
        found = {"desk": faults_of(page)}
        if stop.name != "api":
            shown = page.locator("body").inner_text()
            assert not [word for word in FOREIGN if word in shown]
        assert page.locator("h1").count() == 1
        assert page.evaluate(ALIVE), "the page has live pieces and no script for them"
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        found["phone"] = faults_of(page)
        found["off the side"] = off_the_side(page)
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
        found["off the desk"] = off_the_side(page)
    assert not any(found.values()), found


def test_every_kind_of_page_is_on_the_list():
    """A page that is added must be looked at: its address has a stop here, or a reason not to."""
    written = set(_names(get_resolver()))
    assert written
    # Addresses of the log-in library: those this office closed, and its page for the second factor.
    library = {name for name, _module in written if name.startswith(("account_", "mfa_"))}
    ours = {name for name, module in written if module.startswith("motcua.") and name} - library
    api = {name for name, module in written if module.startswith("motcua.config.api") and name}
    assert ours - api - SEEN - LIKE_OTHERS - NO_PAGE - MOVES == set()


def _names(resolver: URLResolver) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found += _names(entry)
        elif isinstance(entry, URLPattern):
            found.append((entry.name or "", entry.callback.__module__))
    return found
