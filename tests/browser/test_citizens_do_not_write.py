"""The citizen does not write: the official types, she reads on a screen of her own, points, finds it right, signs."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.at_the_counter import asked, begun
from tests.browser.reading import PHONE, Visitors

pytestmark = pytest.mark.browser
TABLET = {"width": 820, "height": 1180}


@pytest.fixture
def desk(visitors: Visitors) -> Iterator[Page]:
    with visitors.page("tiepnhan") as page:
        yield page


@pytest.fixture
def screen(visitors: Visitors, desk: Page) -> Iterator[Page]:
    """A tablet on the counter, paired by the code that the official reads out."""
    with visitors.page(fresh=True, size=TABLET, has_touch=True) as page:
        desk.goto("/assist/screen/")
        desk.locator("main button[name=open]").click()
        code = desk.locator(".pairing-code").inner_text()
        page.goto("/screen/")
        page.fill("input[name=code]", code.lower())
        page.get_by_role("button", name="Ghép").tap()
        expect(page.locator("h1")).to_have_text("Mời ông/bà ngồi")
        expect(desk.locator("main")).to_contain_text("Đã ghép")
        yield page
        desk.goto("/assist/screen/")
        if desk.locator("button[name=end]").count():
            desk.locator("button[name=end]").click()


def test_she_reads_points_and_confirms_on_her_own_screen(desk: Page, screen: Page):
    begun(desk)
    expect(screen.locator("main")).to_contain_text("Nguyễn Thị Lan")
    asked(desk)
    expect(screen.locator("main")).to_contain_text("Trần Minh Anh")
    assert Axe().run(screen).response["violations"] == []
    assert "Nguyễn" not in screen.url
    assert "/draft/" not in screen.content()
    settled(screen)
    row = screen.locator(".screen-row", has_text="Trần Minh Anh").first
    row.get_by_role("button", name=re.compile("^Sửa")).tap()
    expect(screen.locator("main")).to_contain_text("Ông/bà đã báo cần sửa")
    told = desk.locator("section.card", has_text="Người dân muốn sửa")
    told.get_by_role("link").first.click()
    desk.fill("input[name=child_name]", "Trần Minh Ánh")
    desk.get_by_role("button", name="Lưu và tiếp tục").click()
    expect(screen.locator("main")).to_contain_text("Trần Minh Ánh")
    expect(screen.locator("main")).not_to_contain_text("Ông/bà đã báo cần sửa")
    desk.goto(re.sub(r"[^/]+/$", "check/", desk.url))
    screen.get_by_role("button", name="Đúng, tôi đã xem lại").tap()
    expect(screen.locator("main")).to_contain_text("Ông/bà đã xác nhận đúng")
    expect(desk.locator("main")).to_contain_text("Người dân xác nhận đúng lúc")
    printed(desk)
    desk.get_by_role("button", name="Nộp và tiếp nhận").click()
    desk.wait_for_url("**/dossiers/**")
    expect(desk.locator("main")).to_contain_text("Trần Minh Ánh")
    expect(screen.locator("h1")).to_have_text("Mời ông/bà ngồi")
    assert "Trần Minh Ánh" not in screen.content()


def settled(screen: Page) -> None:
    """What the desk did last is shown: an answer to what stood before it would not count."""
    seen = ""
    for _round in range(20):
        now = screen.locator("[hx-get]").first.get_attribute("hx-get") or ""
        if now == seen:
            return
        seen = now
        screen.wait_for_timeout(2_500)
    raise AssertionError("the screen does not come to rest")


def printed(desk: Page) -> None:
    """The sheet to sign: everything told, the place for the name, nothing of the desk."""
    desk.emulate_media(media="print")
    expect(desk.get_by_text("Người khai (ký, ghi rõ họ tên)")).to_be_visible()
    expect(desk.get_by_text("Màn hình thứ hai")).to_be_hidden()
    expect(desk.locator("main")).to_contain_text("Trần Minh Ánh")
    assert len(desk.pdf()) > 10_000
    desk.emulate_media(media="screen")


def test_the_screen_is_wiped_when_the_desk_takes_it_away(desk: Page, screen: Page):
    begun(desk)
    expect(screen.locator("main")).to_contain_text("Nguyễn Thị Lan")
    screen.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert screen.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    desk.get_by_role("button", name="Thôi hiện").click()
    expect(screen.locator("h1")).to_have_text("Mời ông/bà ngồi")
    desk.get_by_role("button", name="Hiện cho người dân xem").click()
    expect(screen.locator("main")).to_contain_text("Nguyễn Thị Lan")
    desk.goto("/assist/screen/")
    desk.locator("button[name=end]").click()
    expect(screen.locator("h1")).to_have_text("Ghép màn hình với quầy")
    screen.go_back()
    expect(screen.locator("body")).not_to_contain_text("Nguyễn Thị Lan")


def test_without_scripts_the_screen_still_follows(visitors: Visitors, desk: Page):
    with visitors.page(fresh=True, size=TABLET, java_script_enabled=False) as page:
        desk.goto("/assist/screen/")
        desk.locator("main button[name=open]").click()
        page.goto("/screen/")
        page.fill("input[name=code]", desk.locator(".pairing-code").inner_text())
        page.get_by_role("button", name="Ghép").click()
        begun(desk)
        expect(page.locator("main")).to_contain_text("Nguyễn Thị Lan", timeout=9_000)
        page.get_by_role("button", name=re.compile("^Sửa")).first.click()
        expect(page.locator("main")).to_contain_text("Ông/bà đã báo cần sửa")
