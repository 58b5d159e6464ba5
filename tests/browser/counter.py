"""Working at the counter with the keyboard alone: what the tests of this folder do over and over."""

import re
import urllib.request
from dataclasses import dataclass

from playwright.sync_api import Page, expect

MRS_LAN = "049184001234||Nguyễn Thị Lan|05091984|Nữ|12 Phan Châu Trinh, Phường Tân Thạnh|01052021"
MR_QUANG = "049075004321|205123456|Võ Đình Quang|01021975|Nam|7 Trần Phú, Phường Tân Thạnh|15062022"
TABS = 120


@dataclass(frozen=True)
class Intake:
    """What the page promised before saving, and the dossier's code after it."""

    code: str
    promised: str
    fee: str


def scan(page: Page, card: str) -> None:
    """As a card reader does: the whole string at once into the waiting field, then Enter."""
    expect(page.locator("#scanned")).to_be_focused()
    page.keyboard.insert_text(card)
    page.keyboard.press("Enter")


def tick_mandatory_papers(page: Page, *, leave_out: int = 0) -> list[str]:
    """Tab from field to field and press Space on every paper without "if …"; the names of those left unticked."""
    wanted = page.locator("#papers .govuk-checkboxes__item:not(:has(.optional)) label").all_inner_texts()
    left = wanted[len(wanted) - leave_out :]
    ticked = 0
    for _ in range(TABS):
        if ticked == len(wanted) - leave_out:
            break
        page.keyboard.press("Tab")
        name = page.evaluate(
            """() => {
                 const box = document.activeElement;
                 const optional = box.closest(".govuk-checkboxes__item")?.querySelector(".optional");
                 return box.name === "papers" && !optional ? box.labels[0].innerText : "";
               }"""
        )
        if name in wanted and name not in left:
            page.keyboard.press("Space")
            ticked += 1
    assert ticked == len(wanted) - leave_out, f"only {ticked} of {len(wanted)} papers reached by keyboard"
    return left


def receive(page: Page, card: str) -> Intake:
    """From the open intake page to the dossier, without the mouse."""
    scan(page, card)
    expect(page.locator("input[name=full_name]")).to_have_value(card.split("|")[2])
    tick_mandatory_papers(page)
    live = page.locator("#live")
    promised = " ".join(live.locator("time").first.inner_text().split())
    fee = " ".join(live.locator("dl").inner_text().split())
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/dossiers/[^/]+/(\?.*)?$"))
    return Intake(page.url.split("/dossiers/")[1].split("/")[0], promised, fee)


def received_dossier(page: Page, procedure: str, card: str = MRS_LAN) -> str:
    """A fresh dossier of this procedure; its code."""
    page.goto(f"/intake/{procedure}/")
    return receive(page, card).code


def confirm(page: Page) -> None:
    """Answer the question that stands open with yes, by keyboard."""
    page.locator("dialog#confirm[open]").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def values_typed(page: Page) -> dict[str, str]:
    """Everything a person put into the intake form."""
    names = ("full_name", "personal_id", "birth_date", "phone", "address", "request", "copies")
    return {name: page.locator(f"[name={name}]").input_value() for name in names}


class Poster:
    """Posts one form body again and again, outside of the browser; gives back where it is sent on to."""

    def __init__(self, url: str, body: str, cookie: str) -> None:
        self._request = urllib.request.Request(
            url, body.encode(), {"Cookie": cookie, "Referer": url, "Content-Type": "application/x-www-form-urlencoded"}
        )

    def __call__(self, _turn: int) -> str:
        with urllib.request.urlopen(self._request, timeout=20) as answer:
            return str(answer.url)
