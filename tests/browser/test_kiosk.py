"""The shared screen and the television: fingers, the clock, the way back, a server that is away."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.browser.reading import PHONE, Visitors

pytestmark = pytest.mark.browser
KIOSK = {"width": 1080, "height": 1920}
TELEVISION = {"width": 1920, "height": 1080}
# Everything a finger may press that is lower than 48 px; links within a sentence keep to their line (WCAG 2.5.8).
TOO_SMALL = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary")]
  .filter((one) => one.getClientRects().length && getComputedStyle(one).pointerEvents !== "none")
  .map((one) => [Math.round(one.getBoundingClientRect().height), one.outerHTML.slice(0, 90)])
  .filter(([height]) => height < 48)"""
# The smallest letters on the shown slide, in hundredths of the screen's height.
SMALLEST = """() => Math.min(...[...document.querySelectorAll(".slide[data-on] *")]
  .filter((one) => [...one.childNodes].some((part) => part.nodeType === 3 && part.data.trim()))
  .filter((one) => !one.closest("svg"))
  .map((one) => parseFloat(getComputedStyle(one).fontSize) / innerHeight * 100))"""
SHOWN = """() => [...document.querySelectorAll(".slide")].findIndex((one) => one.hasAttribute("data-on"))"""
RUNS_OVER = """() => { const slide = document.querySelector(".slide[data-on]");
  return [slide.scrollHeight - slide.clientHeight, slide.scrollWidth - slide.clientWidth]; }"""


@pytest.fixture
def address(visitors: Visitors) -> str:
    """What makes a machine a kiosk: officials read it on their page."""
    with visitors.page("kiemsoat") as page:
        page.goto("/catalogue/notice-board/")
        return page.locator("[data-kiosk-address]").inner_text()


@pytest.fixture
def kiosk(visitors: Visitors, address: str) -> Iterator[Page]:
    with visitors.page(fresh=True, size=KIOSK, has_touch=True) as page:
        page.clock.install()
        page.goto(address)
        yield page


def press(page: Page, words: str) -> None:
    for letter in words:
        page.locator(f"[data-type='{'space' if letter == ' ' else letter}']").tap()


def test_a_finger_finds_a_procedure_by_need(kiosk: Page):
    press(kiosk, "ket hon")
    kiosk.clock.run_for(1_000)
    kiosk.locator(".kiosk-list a", has_text="Đăng ký kết hôn").first.tap()
    kiosk.wait_for_url("**/procedures/**")
    expect(kiosk.locator("[data-kiosk-left]")).to_be_visible()
    expect(kiosk.get_by_text("Đăng nhập")).to_be_hidden()


@pytest.mark.parametrize("where", ["/kiosk/", "/kiosk/?q=khai+sinh", "/procedures/1.001193/", "/tracking/"])
def test_everything_is_large_enough_for_a_finger_and_for_everybody(kiosk: Page, where: str):
    kiosk.goto(where)
    assert kiosk.evaluate(TOO_SMALL) == []
    assert Axe().run(kiosk).response["violations"] == []
    kiosk.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert kiosk.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_after_a_minute_untouched_all_is_gone_and_the_way_back_too(kiosk: Page):
    press(kiosk, "khai sinh")
    kiosk.clock.run_for(1_000)
    kiosk.locator(".kiosk-list a").first.tap()
    kiosk.wait_for_url("**/procedures/**")
    kiosk.clock.run_for(46_000)
    expect(kiosk.get_by_text("Ông/bà còn xem không?")).to_be_visible()
    kiosk.get_by_role("button", name="Tôi còn xem").tap()
    expect(kiosk.get_by_text("Ông/bà còn xem không?")).to_be_hidden()
    visit = kiosk.locator("meta[name=kiosk]").get_attribute("content")
    kiosk.clock.run_for(61_000)
    kiosk.wait_for_url("**/kiosk/")
    assert kiosk.locator("meta[name=kiosk]").get_attribute("content") != visit
    assert kiosk.locator("[data-kiosk-words]").input_value() == ""
    # Playwright waits for the page that history names; this one goes before it has come.
    kiosk.evaluate("history.back()")
    kiosk.wait_for_timeout(500)
    kiosk.wait_for_url("**/kiosk/")
    expect(kiosk.get_by_text("Ông/bà cần làm thủ tục gì?")).to_be_visible()


def test_real_keys_put_the_drawn_ones_away(kiosk: Page):
    expect(kiosk.locator("[data-keyboard]")).to_be_visible()
    kiosk.locator("[data-kiosk-words]").press("k")
    expect(kiosk.locator("[data-keyboard]")).to_be_hidden()
    kiosk.get_by_role("button", name="Hiện bàn phím trên màn hình").tap()
    expect(kiosk.locator("[data-keyboard]")).to_be_visible()


def test_without_scripts_the_keys_still_write(visitors: Visitors, address: str):
    with visitors.page(fresh=True, size=KIOSK, java_script_enabled=False) as page:
        page.goto(address)
        for key in "cccd":
            page.locator(f"[data-type='{key}']").click()
        assert page.locator("[data-kiosk-words]").input_value() == "cccd"
        page.get_by_role("button", name="Xong, xóa hết").click()
        assert page.locator("[data-kiosk-words]").input_value() == ""


def test_slides_are_read_from_eight_metres_and_none_runs_over(visitors: Visitors):
    with visitors.page(fresh=True, size=TELEVISION) as page:
        page.goto("/slides/H17.21/")
        for number in range(page.locator(".slide").count()):
            page.goto(f"/slides/H17.21/?n={number}")
            assert page.evaluate(SMALLEST) >= 4.4
            assert page.evaluate(RUNS_OVER) == [0, 0]


def test_slides_go_on_while_the_server_is_away_and_heal_themselves(visitors: Visitors):
    with visitors.page(fresh=True, size=TELEVISION) as page:
        page.clock.install()
        page.goto("/slides/H17.21/")
        away = page.get_by_text("Mất kết nối, đang tự nối lại")

        def refuse(route: Route) -> None:
            route.abort()

        page.route("**/slides/**", refuse)
        page.clock.run_for(31_000)
        expect(away).to_be_visible()
        before = page.evaluate(SHOWN)
        page.clock.run_for(12_000)
        assert page.evaluate(SHOWN) == before + 1
        page.unroute("**/slides/**", refuse)
        page.clock.run_for(61_000)
        expect(away).to_be_hidden()
    visitors.faults = [fault for fault in visitors.faults if "ERR_FAILED" not in fault]
    visitors.no_faults()
