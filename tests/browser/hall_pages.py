"""The machine, a counter and a board of the hall in a browser: what the tests of this folder do over and over."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from tests.browser.reading import Visitors
from tests.browser.running import RunningOffice
from tests.browser.ticket_pages import HALL

BOARD = f"{HALL}board/"
TALL = {"width": 1080, "height": 1920}


@contextmanager
def the_machine(visitors: Visitors) -> Iterator[Page]:
    """The machine of the hall, opened by the address that officials read."""
    with visitors.page("quantri") as page:
        page.goto(f"{HALL}door/")
        address = page.locator("[data-kiosk-address]").inner_text()
    with visitors.page(fresh=True, size=TALL, has_touch=True) as page:
        page.goto(address)
        yield page


def sit(page: Page, number: int) -> None:
    """Sit at this counter, with nobody at it."""
    page.goto("/counter/")
    if page.locator(".counter-choice").count():
        page.keyboard.press(str(number))
    page.locator("#counter-now").wait_for()
    clear(page)


def clear(page: Page) -> None:
    """Whoever is still at the counter is done, and a break is over."""
    while page.locator(".at-counter-number").count():
        page.keyboard.press("v" if page.locator(".is-called").count() else "x")
        page.wait_for_load_state()
    if page.locator("#act-resume").count():
        page.keyboard.press("l")
        page.locator("#act-rest").wait_for()


def leave(page: Page) -> None:
    """Leave the counter for good."""
    page.goto("/counter/")
    clear(page)
    page.keyboard.press("e")
    page.locator(".counter-choice").first.wait_for()


def number(page: Page) -> str:
    """The number at the counter."""
    page.locator(".at-counter-number").first.wait_for()
    return page.locator(".at-counter-number").first.inner_text()


def kill_streams(office: RunningOffice) -> None:
    """The process of the streams dies at once; the office starts it again."""
    (pid,) = [pid for pid, command in office.processes().items() if " live --beside " in f"{command} "]
    os.kill(pid, signal.SIGKILL)
