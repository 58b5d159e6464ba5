"""Photos sent from a phone over a line that breaks: they arrive, and nothing is sent twice."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser.citizens import register
from tests.browser.reading import BY_HAND, PHONE, Visitors

pytestmark = pytest.mark.browser
PIECE = 256 * 1024


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Two that take several pieces each."""
    paths = [tmp_path / f"IMG_{number}.jpg" for number in (1, 2)]
    for number, path in enumerate(paths):
        Image.effect_noise((1600, 1200), 40 + number).save(path, quality=85)
        assert path.stat().st_size > 2 * PIECE
    return paths


class Line:
    """Lets so many pieces through, then breaks for the next ones; remembers what began."""

    def __init__(self, through: int, broken: int) -> None:
        self.through, self.broken, self.pieces, self.begun = through, broken, 0, 0

    def carry(self, route: Route) -> None:
        self.begun += route.request.method == "POST"
        if route.request.method == "PATCH":
            self.pieces += 1
            if self.through < self.pieces <= self.through + self.broken:
                route.abort("connectionreset")
                return
        route.continue_()


def choose(page: Page, name: str, photos: list[Path]) -> None:
    page.fill("#name", name)
    page.set_input_files("#parts", photos)
    page.click("[data-main-submit]")


def kept(page: Page, name: str, pages: str) -> None:
    """The paper stands in the store, whole."""
    paper = page.locator("main section, main li, main article", has=page.locator("h2 a", has_text=name))
    expect(paper.first).to_contain_text(pages, timeout=60_000)


def test_a_line_that_breaks_and_a_page_that_is_closed(visitors: Visitors, photos: list[Path]):
    with visitors.page(size=PHONE, **BY_HAND) as page:
        register(page, "0905 700 111", "Nguyễn Thị Lan", "/me/papers/")
        page.goto("/me/papers/")

        line = Line(through=1, broken=2)
        page.route("**/papers/uploads/**", line.carry)
        choose(page, "Giấy chứng sinh", photos)
        kept(page, "Giấy chứng sinh", "2 trang")
        assert line.begun == 2, "each photo was announced once"
        page.unroute("**/papers/uploads/**")

        dead = Line(through=1, broken=1_000)
        page.route("**/papers/uploads/**", dead.carry)
        choose(page, "Sổ", photos[:1])
        expect(page.locator("[data-progress]:visible output")).to_contain_text("Mất mạng")
        page.unroute("**/papers/uploads/**")
        page.reload()
        again = Line(through=1_000, broken=0)
        page.route("**/papers/uploads/**", again.carry)
        choose(page, "Sổ", photos[:1])
        kept(page, "Sổ", "1 trang")
        assert again.begun == 0, "it goes on where it stopped"
        page.unroute("**/papers/uploads/**")
    visitors.faults.clear()  # what the console says of the broken line was meant to be said
