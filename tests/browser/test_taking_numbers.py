"""A number pressed at the machine, printed, and followed on a phone while a counter calls it."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.deeds import told
from tests.browser.hall_pages import TALL, the_machine
from tests.browser.reading import PHONE, Visitors
from tests.browser.running import RunningOffice
from tests.browser.test_kiosk import TOO_SMALL
from tests.browser.ticket_pages import HALL

pytestmark = pytest.mark.browser
TABLET = {"width": 1280, "height": 800}
RUNS_OVER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def machine(visitors: Visitors, office: RunningOffice) -> Iterator[Page]:
    """The machine of the hall at an hour when numbers are given."""
    told(office, "open_doors")
    with the_machine(visitors) as page:
        yield page


def fits(page: Page) -> list[object]:
    """What a finger would miss, what axe finds, what runs off the side of a machine, a tablet and a phone."""
    found: list[object] = [*page.evaluate(TOO_SMALL), *Axe().run(page).response["violations"]]
    for size in (TABLET, PHONE, TALL):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        if page.evaluate(RUNS_OVER):
            found.append(size)
    return found


def test_from_the_need_to_the_number_and_back_to_the_start(machine: Page):
    assert fits(machine) == []
    machine.locator("a.take-choice").first.tap()
    expect(machine.get_by_role("heading", level=1)).to_have_text("Ông/bà có thuộc diện ưu tiên không?")
    assert fits(machine) == []
    machine.locator("button.take-first").dblclick()
    number = machine.locator(".taken-number")
    expect(number).to_contain_text("A0")
    assert fits(machine) == []
    assert number.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)") >= 150
    label = number.inner_text()
    machine.get_by_role("link", name="Xong").tap()
    expect(machine.get_by_role("heading", level=1)).to_have_text("Ông/bà đến làm việc gì?")
    machine.evaluate("history.back()")
    machine.wait_for_timeout(500)
    expect(machine.get_by_text(label)).to_have_count(0)


def test_a_phone_follows_its_number_until_it_is_called(machine: Page, visitors: Visitors, office: RunningOffice):
    with visitors.page(fresh=True, size=PHONE) as phone:
        phone.goto(HALL)
        phone.locator("a.take-choice").first.click()
        phone.locator("button.take-first").click()
        number = phone.locator("#ticket").get_attribute("data-ticket")
        assert Axe().run(phone).response["violations"] == []
        assert not phone.evaluate(RUNS_OVER)
        phone.evaluate("navigator.vibrate = (shake) => (window.shaken = shake, true)")
        phone.locator("[data-ring]").click()
        assert told(office, "call_on") == number
        expect(phone.locator(".ticket-stands")).to_have_text("Mời ông/bà đến quầy 2")
        expect(phone).to_have_title(f"{number} · Mời ông/bà đến quầy 2")
        assert phone.evaluate("window.shaken.length") > 0
        phone.get_by_role("link", name="Bỏ số này").click()
        phone.get_by_role("button", name="Bỏ số này").click()
        expect(phone.locator(".ticket-stands")).to_have_text("Ông/bà đã bỏ số này")


@pytest.mark.parametrize("asked", ["?need=T", "?booked=yes"])
def test_the_drawn_keys_stand_on_a_low_screen_without_scrolling(machine: Page, asked: str):
    machine.goto(f"{HALL}take/{asked}")
    assert fits(machine) == []
    machine.set_viewport_size(TABLET)  # type: ignore[arg-type]
    assert machine.evaluate("document.documentElement.scrollHeight") <= TABLET["height"]
    machine.locator("[data-type='2']").tap()
    assert machine.locator("[data-kiosk-words]").input_value() == "2"


def test_without_scripts_a_number_is_taken_all_the_same(machine: Page, visitors: Visitors):
    with visitors.page(fresh=True, size=PHONE, java_script_enabled=False) as phone:
        phone.goto(HALL)
        phone.locator("a.take-choice").first.click()
        phone.locator("button.take-first").click()
        expect(phone.locator(".ticket-stands")).to_contain_text("ông/bà")
