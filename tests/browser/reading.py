"""A browser in front of the office: who is logged in, how wide the screen is, and what went wrong on the way."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, StorageState

from tests.browser.citizens import register

CITIZEN = "citizen"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
# As root, and in containers with a small /dev/shm.
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none", "--lang=vi"]
# What goes past the worker of a page is not seen by `page.route`: whoever holds a line in his hand works without one.
BY_HAND: Final[dict[str, Any]] = {"service_workers": "block"}
WITHOUT_WORKER = "Service Worker registration blocked by Playwright"
# A page answered with a fault on purpose; Chromium reports the bare status as a console error.
STATUS_ONLY = "Failed to load resource: the server responded with a status of"


def chromium() -> str:
    """The browser of this machine. Its absence is a failure with the cure, never a skip."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        raise AssertionError("Chromium is missing: run tools/setup test, or apt-get install chromium")
    return found


def launched(playwright: Playwright) -> Browser:
    """Chromium as a Vietnamese office has it: its own date pickers speak the language of the system."""
    spoken = {"LANGUAGE": "vi", "LANG": "vi_VN.UTF-8"}
    return playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS, env={**os.environ, **spoken})


@dataclass
class Visitors:
    """Pages of one office in one browser. A role logs in once; its later pages start from that session."""

    browser: Browser
    url: str
    faults: list[str] = field(default_factory=list)
    _sessions: dict[str, StorageState] = field(default_factory=dict)
    _kept: dict[str, BrowserContext] = field(default_factory=dict)

    @contextmanager
    def page(self, who: str = "", *, fresh: bool = False, **options: Any) -> Iterator[Page]:
        """A new tab, logged in as `who` when named; in a browser window of its own when `fresh` or with options.

        What its console complains of fails `no_faults`.
        """
        own = self.context(who, **options) if fresh or options else None
        page = self.watched(own or self._window(who))
        try:
            yield page
        finally:
            page.close()
            if own is not None:
                own.close()

    def _window(self, who: str) -> BrowserContext:
        """The window this person works in all day."""
        if who not in self._kept:
            self._kept[who] = self.context(who)
        return self._kept[who]

    def context(self, who: str = "", *, size: dict[str, int] | None = None, **options: Any) -> BrowserContext:
        viewport: Any = size or DESKTOP
        if who:
            options["storage_state"] = self._session(who)
        context = self.browser.new_context(
            base_url=self.url, viewport=viewport, timezone_id="Asia/Ho_Chi_Minh", **({"locale": "vi-VN"} | options)
        )
        context.set_default_timeout(20_000)
        return context

    def watched(self, context: BrowserContext) -> Page:
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        return page

    def no_faults(self) -> None:
        """Fails when a page's console complained: a script error, a refused style, a missing picture."""
        heard, self.faults = self.faults, []
        assert not heard, heard

    def _heard(self, message: ConsoleMessage) -> None:
        page = message.page
        own = page is not None and message.location.get("url", "").split("#")[0] == page.url.split("#")[0]
        if message.text == WITHOUT_WORKER:
            return  # as `BY_HAND` asked
        if message.type in {"error", "warning"} and not (own and message.text.startswith(STATUS_ONLY)):
            self.faults.append(f"{message.location.get('url')}: {message.text}")

    def _session(self, who: str) -> StorageState:
        if who not in self._sessions:
            context = self.context()
            page = context.new_page()
            if who == CITIZEN:
                register(page, "0905 700 900", "Trần Thị Bích")
            else:
                _log_in(page, who)
            self._sessions[who] = context.storage_state()
            context.close()
        return self._sessions[who]


def _log_in(page: Page, who: str) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", who)
    # As anybody trying the demo does: the page itself says the password.
    page.fill("input[name=password]", page.locator("aside code").first.inner_text())
    page.click("form[data-main] button[type=submit]")
    page.wait_for_url(re.compile("/(worklist|today)/$"))
