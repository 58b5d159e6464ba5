"""No mouse: from the first page a procedure is found and the first page of its form is filed; focus is always seen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reading import DESKTOP, Visitors

pytestmark = pytest.mark.browser
MOST_STEPS = 60
HERE = """() => {
  const box = document.activeElement;
  if (!box || box === document.body) return null;
  const place = (box.closest("label") || box).getBoundingClientRect();
  const [x, y] = [place.x + place.width / 2, place.y + Math.min(place.height, 40) / 2];
  const top = document.elementFromPoint(x, y);
  const label = box.labels && box.labels[0];
  return {
    words: (box.innerText || (label && label.innerText) || box.getAttribute("aria-label") || box.name || "").trim(),
    name: box.name || "", value: box.value || "", tag: box.tagName, main: !!box.closest("main"),
    x: place.x, y: place.y, width: place.width, height: place.height,
    bare: !!top && (top === box || box.contains(top) || [...(box.labels || [])].some((one) => one.contains(top))),
  };
}"""
AWAY = "() => { window.had = document.activeElement; window.had.blur(); }"
BACK = "() => window.had.focus({ preventScroll: true })"


class Keyboard:
    """Goes from stop to stop as a person does who presses Tab, and sees to it that each stop shows itself."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, *, words: str = "", name: str = "", value: str = "", main: bool = True) -> None:
        """Press Tab until the focus is on what has these words or this name."""
        passed = []
        for _step in range(MOST_STEPS):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(HERE)
            if here is None:
                continue
            self._seen(here)
            passed.append(here["words"] or here["name"])
            right = words in here["words"] and name in {"", here["name"]} and value in {"", here["value"]}
            if right and (here["main"] or not main):
                return
        raise AssertionError(f"Tab never came to {words or name}: {passed}")

    def press(self, key: str = "Enter") -> None:
        self.page.keyboard.press(key)

    def _seen(self, here: dict[str, object]) -> None:
        """The stop is on the screen, nothing lies over it, and it looks otherwise than without focus."""
        x, y, width, height = (float(str(here[side])) for side in ("x", "y", "width", "height"))
        assert -width < x < DESKTOP["width"], f"off the screen: {here}"
        assert -height < y < DESKTOP["height"], f"off the screen: {here}"
        assert here["bare"], f"something lies over it: {here}"
        left, top = max(0, x - 6), max(0, y - 6)
        clip = {"x": left, "y": top, "width": width + 12, "height": min(height + 12, DESKTOP["height"] - top)}
        focused = self.page.screenshot(clip=clip, animations="disabled", caret="hide")  # type: ignore[arg-type]
        self.page.evaluate(AWAY)
        plain = self.page.screenshot(clip=clip, animations="disabled", caret="hide")  # type: ignore[arg-type]
        self.page.evaluate(BACK)
        assert focused != plain, f"no sign of the focus: {here}"


@pytest.fixture
def keyboard(visitors: Visitors) -> Iterator[Keyboard]:
    with visitors.page(fresh=True) as page:
        page.goto("/", wait_until="networkidle")
        yield Keyboard(page)


def test_the_first_stop_leads_past_the_menu(keyboard: Keyboard):
    keyboard.to(words="Đến nội dung chính", main=False)
    keyboard.press()
    keyboard.page.keyboard.press("Tab")
    assert keyboard.page.evaluate(HERE)["main"], "the next stop is in the content"


def test_a_procedure_is_found_and_the_first_page_filed(keyboard: Keyboard):
    page = keyboard.page
    keyboard.to(name="q")
    page.keyboard.type("trích lục hộ tịch")
    keyboard.press()
    page.wait_for_url("**/procedures/?*")
    keyboard.to(words="Cấp bản sao Trích lục hộ tịch")
    keyboard.press()
    page.wait_for_url("**/procedures/2.000635/")
    keyboard.to(words="Nộp từ nhà")
    keyboard.press()
    page.wait_for_url("**/file/2.000635/")
    keyboard.to(words="Bắt đầu")
    keyboard.press()
    page.wait_for_url("**/file/draft/**")
    first = page.url
    # Sent on empty: the sentences stand above, and the first of them is one key away.
    keyboard.to(words="Lưu và tiếp tục")
    keyboard.press()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    told = summary.locator("a").first.inner_text()
    keyboard.to(words=told, main=False)
    keyboard.press()
    assert page.evaluate("document.activeElement.matches('input, select, textarea')"), "the sentence leads to its box"
    _answer(keyboard)
    keyboard.to(words="Lưu và tiếp tục")
    keyboard.press()
    page.wait_for_url(lambda url: url != first and "/file/draft/" in url)
    expect(page.locator(".govuk-error-summary")).to_have_count(0)


def _answer(keyboard: Keyboard) -> None:
    """The questions of the first page, from the first of them on: the space bar chooses, the rest is typed."""
    page = keyboard.page
    page.keyboard.press("Space")
    expect(page.locator("[name=kind][value=birth]")).to_be_checked()
    # The answer brought a question of its own, and the focus stayed.
    expect(page.locator("[name=about]")).to_have_count(2)
    keyboard.to(name="about")
    page.keyboard.press("Space")
    expect(page.locator("[name=about][value=self]")).to_be_checked()
    keyboard.to(name="copies")
    page.keyboard.press("Control+a")
    page.keyboard.type("2")
