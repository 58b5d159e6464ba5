"""The office on a phone's home screen, and what it says when the line is gone."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import begin_draft
from tests.browser.reading import PHONE, Visitors

pytestmark = pytest.mark.browser
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url).pathname);
  return found;
}"""


def worker_at_work(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.wait_for_function("() => navigator.serviceWorker.controller")


def test_chromium_finds_nothing_that_hinders_installing(visitors: Visitors):
    with visitors.page(size=PHONE) as page:
        page.goto("/")
        worker_at_work(page)
        wire = page.context.new_cdp_session(page)
        found = wire.send("Page.getAppManifest")
        assert found["errors"] == []
        # A window without history, as the tests' are, may install nothing; nothing else is wrong.
        errors = {one["errorId"] for one in wire.send("Page.getInstallabilityErrors")["installabilityErrors"]}
        assert errors <= {"in-incognito"}, errors
        said = json.loads(found["data"])
        assert (said["start_url"], said["scope"], said["lang"]) == ("/", "/", "vi")
        assert "Phường Tân Thạnh" in said["name"]
        assert {(icon["sizes"], icon["purpose"]) for icon in said["icons"]} == {
            ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
        }  # fmt: skip
        for icon in said["icons"]:
            width, height = (int(side) for side in icon["sizes"].split("x"))
            picture = page.request.get(icon["src"])
            assert picture.headers["content-type"] == "image/png"
            body = picture.body()
            assert (int.from_bytes(body[16:20]), int.from_bytes(body[20:24])) == (width, height)


def test_without_a_line_the_office_says_so_itself(visitors: Visitors):
    with visitors.page(size=PHONE) as page:
        page.goto("/")
        worker_at_work(page)
        page.context.set_offline(True)
        page.goto("/procedures/")
        expect(page.locator("h1")).to_have_text("Mất mạng")
        expect(page.locator("main")).to_contain_text("Những gì đã lưu vẫn còn")
        assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Be Vietnam Pro\"'))")
        assert page.evaluate("getComputedStyle(document.querySelector('.btn')).borderRadius") != "0px"
        page.context.set_offline(False)
        page.get_by_role("link", name="Thử lại").click()
        expect(page.locator("h1")).to_have_text("Tìm thủ tục")
        visitors.faults = [fault for fault in visitors.faults if "ERR_INTERNET_DISCONNECTED" not in fault]


def test_nothing_of_a_person_is_kept_for_the_day_without_a_line(visitors: Visitors):
    with visitors.page(size=PHONE) as page:
        page.goto("/")
        worker_at_work(page)
        begin_draft(page)
        page.goto("/file/mine/")
        page.goto("/me/login/")
        kept = page.evaluate(KEPT)
        assert "/offline/" in kept
        assert [path for path in kept if path != "/offline/" and not re.match("/static/motcua/", path)] == []


def test_a_shared_screen_keeps_no_worker(visitors: Visitors):
    with visitors.page("kiemsoat") as page:
        page.goto("/catalogue/notice-board/")
        address = page.locator("[data-kiosk-address]").inner_text()
    with visitors.page(fresh=True) as page:
        page.goto(address, wait_until="networkidle")
        page.goto("/procedures/", wait_until="networkidle")
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
        assert page.evaluate(KEPT) == []
