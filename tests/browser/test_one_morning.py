"""One morning in the hall: a machine, two counters, a board and a phone at once, and every number accounted for."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from time import time
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.deeds import told
from tests.browser.hall_pages import BOARD, leave, number, sit, the_machine
from tests.browser.reading import PHONE, Visitors
from tests.browser.running import RunningOffice
from tests.browser.test_kiosk import TELEVISION

pytestmark = pytest.mark.browser
FOLLOWS = 15_000
PRESS_AT = "(at) => setTimeout(() => document.getElementById('act-next').click(), at - Date.now())"


@dataclass(frozen=True)
class Morning:
    """Every screen of the hall."""

    machine: Page
    first: Page
    second: Page
    board: Page
    phone: Page

    def take(self) -> str:
        """Somebody presses the machine for the first need, without priority."""
        self.machine.locator("a.take-choice").first.tap()
        self.machine.locator("button.take-first").tap()
        self.machine.locator(".taken-number").wait_for()
        return self.machine.locator(".taken-number").inner_text().split()[-1]

    def follow(self) -> None:
        """The phone reads the code that stands on the machine."""
        picture = Image.open(BytesIO(self.machine.locator(".taken-qr").screenshot()))
        (code,) = zxingcpp.read_barcodes(picture)
        self.phone.goto(urlsplit(code.text).path)

    def called(self, label: str, counter: int) -> None:
        """The board shows that this number is called there."""
        place = self.board.locator(".place.new", has=self.board.locator(f".counter b:text-is('{counter}')"))
        expect(place.locator(".number")).to_have_text(label, timeout=FOLLOWS)

    def phone_says(self, words: str) -> None:
        expect(self.phone.locator(".ticket-stands")).to_contain_text(words, timeout=FOLLOWS)


@pytest.fixture
def morning(visitors: Visitors, office: RunningOffice) -> Iterator[Morning]:
    told(office, "open_doors")
    with ExitStack() as opened:
        first, second = (opened.enter_context(visitors.page(who, fresh=True)) for who in ("tiepnhan", "tiepnhan2"))
        sit(first, 1)
        sit(second, 2)
        told(office, "empty")
        board = opened.enter_context(visitors.page(fresh=True, size=TELEVISION))
        board.goto(BOARD)
        phone = opened.enter_context(visitors.page(fresh=True, size=PHONE))
        yield Morning(opened.enter_context(the_machine(visitors)), first, second, board, phone)
        leave(first)
        leave(second)


def pressed(page: Page, key: str, then: str) -> None:
    """Press a key of the counter, and wait until the screen shows what comes of it."""
    page.keyboard.press(key)
    expect(page.locator(then).first).to_be_visible(timeout=FOLLOWS)


def test_every_number_of_a_morning_is_called_once_and_accounted_for(morning: Morning, office: RunningOffice):
    first, second = morning.first, morning.second
    labels = []
    for _person in range(3):
        labels.append(morning.take())
        if len(labels) < 3:
            morning.machine.get_by_role("link", name="Xong").tap()
    one, two, three = labels
    assert len({*labels}) == 3
    morning.follow()
    morning.phone_says("Trước ông/bà còn 2 người")

    for counter in (first, second):
        counter.reload()
    at_once = (time() + 1) * 1000
    for counter in (first, second):
        counter.evaluate(PRESS_AT, at_once)
    absent, sent = number(first), number(second)
    assert {absent, sent} == {one, two}, "two who call at the same moment call two"
    morning.called(absent, 1)
    morning.called(sent, 2)
    morning.phone_says("Sắp đến lượt ông/bà")

    pressed(first, "v", "#act-next")
    pressed(first, "n", ".is-called")
    assert number(first) == three
    morning.phone_says("Mời ông/bà đến quầy 1")
    morning.called(three, 1)
    pressed(first, "b", ".is-served")
    pressed(first, "g", "[id^=act-take-up]")
    morning.phone_says("đang tạm giữ")
    first.locator("[id^=act-take-up]").click()
    morning.phone_says("đang được phục vụ ở quầy 1")

    pressed(second, "b", ".is-served")
    pressed(second, "c", "#send-to")
    to_first = second.locator("#send-to option", has_text="Quầy 1").get_attribute("value")
    second.select_option("#send-to", to_first)
    second.get_by_role("button", name="Chuyển", exact=True).click()
    expect(second.locator(".notices")).to_contain_text("Đã chuyển")
    pressed(first, "n", ".is-called")
    assert number(first) == sent, "he waits for that counter alone, and is called before others"
    morning.called(sent, 1)
    morning.phone_says("Đã xong")
    pressed(first, "b", ".is-served")
    pressed(first, "x", "#act-next")

    ends = dict(entry.split("=") for entry in told(office, "accounts").split())
    assert {ends[label] for label in (sent, three)} == {"done"}
    assert ends[absent] == "absent"
    assert not {"waiting", "called", "serving", "held"} & {*ends.values()}
    given = sorted(int(label[1:]) for label in ends if label[0] == one[0])
    assert given == list(range(1, len(given) + 1)), "no number is missing"
