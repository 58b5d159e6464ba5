"""A helper files for an old person, under his own name and with the ground on which he does; it is counted apart."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.at_the_counter import asked, begun
from tests.browser.reading import Visitors

pytestmark = pytest.mark.browser
ON_WHAT_GROUND = "Bà Lan nhờ Đoàn thanh niên tại nhà, có giấy ủy quyền ngày 02/11/2026"


def test_a_helper_files_for_an_old_person_and_is_counted_apart(visitors: Visitors):
    before = counts(visitors)
    with visitors.page("tiepnhan") as page:
        begun(page, evidence=ON_WHAT_GROUND)
        asked(page)
        expect(page.locator("main")).to_contain_text("Ông/bà nộp thay Nguyễn Thị Lan")
        expect(page.locator("main")).not_to_contain_text("Màn hình thứ hai")
        page.get_by_role("button", name="Nộp hồ sơ").click()
        expect(page.locator("h1")).to_have_text("Đã nộp hồ sơ")
        number = page.locator("b.code").inner_text()
        accepted(page, number)
    after = counts(visitors)
    assert (after["helped"], after["self"], after["officer"]) == (
        before["helped"] + 1, before["self"], before["officer"]
    )  # fmt: skip


def accepted(page: Page, number: str) -> None:
    """The desk sees who filed and for whom, and takes it in."""
    page.goto(f"/submissions/{number}/")
    helper = page.locator(".who b").first.inner_text()
    assert len(helper) > 5
    expect(page.locator("main")).to_contain_text("Nguyễn Thị Lan")
    expect(page.locator("main")).to_contain_text(helper)
    page.locator("button[data-key=C]").click()
    page.locator("dialog#confirm [value=yes]").click()
    page.wait_for_url("**/dossiers/**")


def counts(visitors: Visitors) -> dict[str, int]:
    """Of what came online this month, how much each filed himself, was helped with, or had typed by an official."""
    found = {}
    with visitors.page("lanhdao") as page:
        page.goto("/reports/ii06a/")
        for filed_by in ("self", "helped", "officer"):
            link = page.locator(f"main a[href*='filed_by={filed_by}']").first
            found[filed_by] = int(re.sub(r"\D", "", link.inner_text()) or "0")
    return found
