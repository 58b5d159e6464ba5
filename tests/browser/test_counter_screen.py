"""Two counters at work in one hall, by keyboard: numbers, the screen that follows, the card, copies in no time."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.deeds import told
from tests.browser.hall_pages import leave, number, sit
from tests.browser.reading import Visitors
from tests.browser.running import RunningOffice

pytestmark = pytest.mark.browser
CARD = "001184012345|012345678|Nguyễn Thị Ánh Tuyết|05091984|Nữ|Số 8, ngõ 12 Tân Mai, Hoàng Mai, Hà Nội|10052021"


class Keys:
    """A keyboard that counts how often it is pressed; what the card reader types is one press of the reader."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> "Keys":
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1
        return self

    def read_card(self) -> "Keys":
        self.page.keyboard.type(CARD)
        self.page.keyboard.press("Enter")
        self.pressed += 1
        return self


@pytest.fixture
def counters(office: RunningOffice, visitors: Visitors) -> Iterator[tuple[Page, Page]]:
    """Counter 1 and counter 2, with nobody at them and six people in the line."""
    told(office, "come")
    with visitors.page("tiepnhan", fresh=True) as first, visitors.page("tiepnhan2", fresh=True) as second:
        for page, number in ((first, 1), (second, 2)):
            sit(page, number)
        yield first, second
        for page in (first, second):
            leave(page)


def test_two_counters_call_two_people_and_see_each_other(counters: tuple[Page, Page]) -> None:
    first, second = counters
    waiting = second.locator("#waiting-here .soft")
    before = int(waiting.inner_text())
    first.keyboard.press("n")
    expect(first.locator(".is-called")).to_be_visible()
    expect(waiting).to_have_text(str(before - 1), timeout=15_000)
    second.keyboard.press("n")
    assert number(first) != number(second)
    first.keyboard.press("r")
    expect(first.locator(".notices")).to_contain_text("Đã gọi lần 2")
    first.keyboard.press("Enter")
    expect(first.locator(".is-served")).to_be_visible()
    first.keyboard.press("p")
    first.locator("#together-number").fill("A9")
    second.keyboard.press("b")
    expect(second.locator(".is-served")).to_be_visible()
    second.keyboard.press("n")  # who was served is done, the next is called, and the first screen follows
    waits = first.locator("#waiting-here .soft")
    expect(waits).to_have_text(str(before - 3), timeout=15_000)
    assert first.locator("#together-number").input_value() == "A9", "what is typed stays"
    assert first.evaluate("document.activeElement.id") == "together-number", "and so does the place"


def test_the_keys_are_listed_and_the_card_goes_to_its_box(counters: tuple[Page, Page]) -> None:
    page, _second = counters
    page.keyboard.press("n")
    page.locator(".is-called").wait_for()
    page.keyboard.press("b")
    page.locator(".is-served").wait_for()
    page.keyboard.press("?")
    keys = page.locator("dialog#keys[open] dt").all_inner_texts()
    assert {"N", "X", "G", "C", "P", "L", "E", "Q", "S"} <= set(keys)
    page.keyboard.press("Escape")
    Keys(page).read_card().press("Enter")
    page.locator("#id_full_name").wait_for()
    assert page.input_value("#id_full_name") == "Nguyễn Thị Ánh Tuyết"
    assert "Tuy" not in page.url
    assert re.search(r"Số A\d{3}", page.inner_text(".over-title"))


def test_copies_are_certified_within_twenty_seconds_by_keyboard(counters: tuple[Page, Page]) -> None:
    page, _second = counters
    page.keyboard.press("n")
    page.locator(".is-called").wait_for()
    began, keys = time.monotonic(), Keys(page)
    keys.press("b")
    page.locator(".is-served").wait_for()
    keys.read_card().press("s")
    page.locator("#id_pages_0").wait_for()
    keys.press("3", "Enter", "2")
    expect(page.locator("input[name=amount]")).to_have_value("10000")
    keys.press("Control+Enter")
    page.locator("a[href^='/money/receipts/']").wait_for()
    seconds = time.monotonic() - began
    assert keys.pressed <= 8
    assert seconds < 20
    assert "Nguyễn Thị Ánh Tuyết" in page.inner_text("main")
    keys.press("n")
    expect(page.locator(".is-called")).to_be_visible()
