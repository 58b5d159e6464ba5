"""The hall's television: a call is shown and spoken once, and whatever breaks on the way is said and heals itself."""

import re
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.deeds import told
from tests.browser.hall_pages import BOARD, kill_streams
from tests.browser.reading import Visitors
from tests.browser.relay import Relay
from tests.browser.running import RunningOffice
from tests.browser.test_kiosk import TELEVISION

pytestmark = pytest.mark.browser
SAID = 15_000
"""Milliseconds within which a lost line is said."""
HEALED = 40_000
STREAM = re.compile(r'data-stream="http://127\.0\.0\.1:(\d+)/')
# The page listens there instead of where it was told.
THROUGH = """window.EventSource = class extends window.EventSource {
  constructor(address) { const other = new URL(address); other.port = %d; super(other); }
};"""
# Of each slide, when it is shown: how far it reaches out of its place, below and at the right.
RUNS_OVER = """() => { const slides = [...document.querySelectorAll(".slide")];
  return slides.map((slide) => {
    slides.forEach((one) => one.toggleAttribute("data-on", one === slide));
    const place = slide.parentElement.getBoundingClientRect();
    const shown = [...slide.querySelectorAll("*")].filter((one) => one.getClientRects().length)
      .map((one) => one.getBoundingClientRect());
    return [Math.max(...shown.map((one) => one.bottom - place.bottom)),
            Math.max(...shown.map((one) => one.right - place.right)), slide.innerText];
  }).filter(([low, wide]) => low > 1 || wide > 1); }"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll("main *")]
  .filter((one) => one.getClientRects().length && !one.closest("svg"))
  .filter((one) => [...one.childNodes].some((part) => part.nodeType === 3 && part.data.trim()))
  .map((one) => parseFloat(getComputedStyle(one).fontSize) / innerHeight * 100))"""


@pytest.fixture
def relay(office: RunningOffice) -> Iterator[Relay]:
    """The line between the board and the process of the streams."""
    told(office, "come")
    with urllib.request.urlopen(f"{office.url}{BOARD}") as page:
        port = STREAM.search(page.read().decode())
    assert port is not None
    line = Relay(int(port[1]))
    yield line
    line.close()


@pytest.fixture
def board(visitors: Visitors, relay: Relay) -> Iterator[Page]:
    """The television, listening through the relay, with the sound on."""

    with visitors.page(fresh=True, size=TELEVISION, bypass_csp=True) as page:
        page.add_init_script(THROUGH % relay.port)
        page.goto(BOARD)
        page.get_by_role("button", name="Bật tiếng").click()
        expect(page.get_by_role("button", name="Bật tiếng")).to_be_hidden()
        expect(lost(page)).to_have_count(0)
        page.wait_for_timeout(3_000)
        expect(lost(page)).to_have_count(0)
        yield page
    visitors.faults = [fault for fault in visitors.faults if "net::ERR_" not in fault]


def shown(board: Page, label: str) -> Locator:
    return board.locator(".place.new .number", has_text=label)


def spoken(board: Page) -> list[str]:
    return (board.locator("body").get_attribute("data-spoken") or "").split()


def lost(board: Page) -> Locator:
    """The sign of a lost line, whichever of its sentences."""
    return board.locator("header [role=status]:visible")


def test_a_call_is_shown_and_spoken_once_through_a_line_cut_in_a_word(board: Page, relay: Relay, office: RunningOffice):
    first = told(office, "call")
    expect(shown(board, first)).to_be_visible()
    expect(board.locator("body")).to_have_attribute("data-spoken", first, timeout=HEALED)
    relay.cut_within(200)
    second = told(office, "call")
    expect(shown(board, second)).to_be_visible(timeout=HEALED)
    expect(lost(board)).to_have_count(0, timeout=HEALED)
    expect(board.locator("body")).to_have_attribute("data-spoken", f"{first} {second}", timeout=HEALED)
    relay.cut()
    board.wait_for_timeout(4_000)
    assert spoken(board) == [first, second], "each once, however often the board hears of it"


def test_a_line_that_says_nothing_any_more_is_said_to_be_lost(board: Page, relay: Relay, office: RunningOffice):
    first = told(office, "call")
    expect(shown(board, first)).to_be_visible()
    relay.hold()
    expect(lost(board)).to_have_text("Đang nối lại", timeout=SAID)
    second = told(office, "call")
    expect(shown(board, second)).to_be_visible(timeout=SAID)  # asked for, while the line is away
    expect(lost(board)).to_be_visible()
    board.route("**/board/now/**", lambda route: route.abort())
    expect(lost(board)).to_have_text("Đang nối lại, số có thể chưa mới", timeout=2 * SAID)
    third = told(office, "call")
    expect(shown(board, second)).to_be_visible()  # the last picture stays
    relay.go_on()
    expect(shown(board, third)).to_be_visible(timeout=HEALED)
    expect(lost(board)).to_have_count(0)
    expect(board.locator("body")).to_have_attribute("data-spoken", re.compile(third), timeout=HEALED)
    assert spoken(board) == [first, second, third]


def test_the_process_of_the_streams_dies_and_comes_back(board: Page, office: RunningOffice):
    first = told(office, "call")
    expect(shown(board, first)).to_be_visible()
    kill_streams(office)
    expect(lost(board)).to_be_visible(timeout=SAID)
    expect(shown(board, first)).to_be_visible()
    second = told(office, "call")
    expect(shown(board, second)).to_be_visible(timeout=HEALED)
    expect(lost(board)).to_have_count(0, timeout=HEALED)
    expect(board.locator("body")).to_have_attribute("data-spoken", f"{first} {second}", timeout=HEALED)
    third = told(office, "call")
    expect(shown(board, third)).to_be_visible(timeout=2_000)


def test_what_stands_beside_the_numbers_is_read_from_afar_and_none_runs_over(visitors: Visitors):
    with visitors.page(fresh=True, size=TELEVISION) as page:
        page.goto(BOARD)
        assert page.locator(".slide", has_text="trễ hẹn").count() == 1, "the late list has its turn"
        assert page.locator(".slide", has_text="Lãnh đạo tiếp công dân").count() == 1, "so has the next reception day"
        assert page.evaluate(RUNS_OVER) == []
        assert page.evaluate(SMALLEST) >= 3.6
