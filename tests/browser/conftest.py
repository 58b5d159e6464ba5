"""One office and one browser for all tests of this folder; both are closed before the next folder's tests begin."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.reading import Visitors, launched
from tests.browser.running import RunningOffice, prepared


@pytest.fixture(scope="session")
def opened_once(of_this_run: Path) -> Path:
    """The folder of an office that all workers of this run copy theirs from."""
    return prepared(of_this_run)


@pytest.fixture(scope="package")
def office(opened_once: Path) -> Iterator[RunningOffice]:
    running = RunningOffice(like=opened_once)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="package")
def all_visitors(office: RunningOffice) -> Iterator[Visitors]:
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield Visitors(browser, office.url)
        browser.close()


@pytest.fixture
def visitors(all_visitors: Visitors) -> Iterator[Visitors]:
    """The browser; a test fails when the console of one of its pages complained."""
    all_visitors.faults.clear()
    yield all_visitors
    all_visitors.no_faults()
