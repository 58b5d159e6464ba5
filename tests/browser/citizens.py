"""A citizen with an account: how she comes to it, and what she leaves behind in her own pages."""

import io
import re

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload, Page

PASSWORD = "mot-cau-de-nho-2026"


def register(page: Page, phone: str, name: str, onward: str = "/me/profile/") -> None:
    """An account of her own; the demo shows the code that it does not send."""
    page.goto(f"/me/register/?next={onward}")
    page.fill("input[name=contact]", phone)
    page.locator("[data-main-submit]").click()
    shown = page.locator(".govuk-inset-text b").inner_text()
    page.fill("input[name=code]", shown)
    page.locator("[data-main-submit]").click()
    page.fill("input[name=full_name]", name)
    page.fill("input[name=password]", PASSWORD)
    page.locator("[data-main-submit]").click()
    page.wait_for_url(lambda url: "register" not in url)


def answer(page: Page, said: dict[str, str], chosen: dict[str, str]) -> None:
    """Every page of questions from the one that is open, until one that asks none."""
    for _page in range(12):
        if not re.search(r"/file/draft/[^/]+/\d+/$", page.url):
            return
        here = page.url
        for name, value in chosen.items():
            choice = page.locator(f"input[name={name}][value={value}]")
            if choice.count() and not choice.is_checked():
                choice.check()
                # An answer may bring questions of its own.
                page.wait_for_load_state("networkidle")
        for name, value in said.items():
            box = page.locator(f"input[name={name}]:visible, textarea[name={name}]:visible")
            if box.count():
                box.fill(value)
        if page.locator("input[name=truthful]").count():
            page.locator("input[name=truthful]").check()
        page.get_by_role("button", name="Lưu và tiếp tục").click()
        page.wait_for_url(lambda url, here=here: url != here)
    raise AssertionError(f"the questions do not end: {page.url}")


def photo(number: int) -> bytes:
    """A photo of a sheet of paper; another one for each number."""
    sheet = Image.new("RGB", (1200, 1600), "white")
    ImageDraw.Draw(sheet).rectangle((0, 0, 1200, 100 + 50 * number), fill="black")
    out = io.BytesIO()
    sheet.save(out, "JPEG")
    return out.getvalue()


def photos(number: int) -> list[FilePayload]:
    """As many photos as a phone sends them."""
    return [{"name": f"IMG_{one}.jpg", "mimeType": "image/jpeg", "buffer": photo(one)} for one in range(number)]
