"""A stop: one page as somebody comes to it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

Way = Callable[[Page], None]


@dataclass(frozen=True)
class Stop:
    """One page: its name (of the picture), who is logged in ("" for a guest), and the way to it."""

    name: str
    who: str
    way: Way


def at(address: str) -> Way:
    def way(page: Page) -> None:
        page.goto(address)

    return way
