"""Two dossiers go the whole way in a real browser: from a citizen's search to the returned result."""

import re
from collections import deque

import pytest
from playwright.sync_api import Page, expect

from tests.browser.counter import MR_QUANG, MRS_LAN, Intake, confirm, receive
from tests.browser.pages import BIRTH, LAND
from tests.browser.reading import Visitors
from tests.browser.receipts import ReadReceipt, read_receipt

pytestmark = pytest.mark.browser
HANDS = ("tiepnhan", "thuly", "lanhdao", "vanthu")
STEPS = 12


@pytest.mark.parametrize(
    ("procedure", "said", "card"),
    [(BIRTH, "lam giay khai sinh", MRS_LAN), (LAND, "cấp sổ đỏ lần đầu", MR_QUANG)],
    ids=["birth", "land"],
)
def test_from_the_search_to_the_returned_result(visitors: Visitors, procedure: str, said: str, card: str):
    name = look_up(visitors, procedure, said)
    with visitors.page("tiepnhan") as page:
        taken = at_the_counter(page, procedure, said, card)
        expect(page.locator("main")).to_contain_text(name)
        receipt = read_receipt(page.request.get(f"/dossiers/{taken.code}/receipt.pdf").body())
    check_receipt(receipt, taken, card, visitors.url)
    expect_tracking(visitors, receipt, name, "Trung tâm Phục vụ hành chính công")
    through_the_office(visitors, taken.code)
    expect_tracking(visitors, receipt, name, "chờ ông/bà đến nhận")
    hand_over(visitors, taken.code)
    expect_tracking(visitors, receipt, name, "Đã trả kết quả")


def look_up(visitors: Visitors, procedure: str, said: str) -> str:
    """A citizen asks in everyday words and reads what to bring; the procedure's name."""
    with visitors.page() as page:
        page.goto("/")
        page.locator("main input[type=search]").fill(said)
        page.keyboard.press("Enter")
        page.locator(f"main a[href*='/procedures/{procedure}/']").first.click()
        page.wait_for_url(f"**/procedures/{procedure}/**")
        for question in ("Mang theo", "Bao lâu"):
            expect(page.locator("main")).to_contain_text(question)
        return page.locator("main h1").inner_text()


def at_the_counter(page: Page, procedure: str, said: str, card: str) -> Intake:
    """The receiver takes the dossier in with the keyboard alone: T, words, arrows, Enter, card, papers, Ctrl+Enter."""
    page.goto("/worklist/")
    page.keyboard.press("t")
    page.wait_for_url("**/intake/")
    expect(page.locator("#procedure-q")).to_be_focused()
    page.keyboard.insert_text(said)
    hit = page.locator(f"#hits a[data-open][href='/intake/{procedure}/']")
    hit.wait_for()
    expect(page.locator(".htmx-request")).to_have_count(0)
    for _ in range(12):
        page.keyboard.press("ArrowDown")
        if hit.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/intake/{procedure}/")
    return receive(page, card)


def check_receipt(receipt: ReadReceipt, taken: Intake, card: str, office: str) -> None:
    hour, minute, day, month, year = re.match(r"(\d\d):(\d\d), .*?(\d\d)/(\d\d)/(\d{4})", taken.promised).groups()  # type: ignore[union-attr]
    assert receipt.pages == 1
    assert taken.code in receipt.text
    assert card.split("|")[2] in receipt.text
    assert f"{hour} giờ {minute} phút, ngày {day} tháng {month} năm {year}" in receipt.text
    assert re.fullmatch(rf"{re.escape(office)}/tracking/{taken.code}/[A-Z2-7]{{20}}/", receipt.code_opens)
    assert taken.fee


def expect_tracking(visitors: Visitors, receipt: ReadReceipt, name: str, standing: str) -> None:
    """The citizen scans the receipt: no log-in, where it stands, and never an official's name."""
    with visitors.page() as page:
        page.goto(receipt.code_opens)
        expect(page.locator("main h1")).to_have_text(name)
        expect(page.locator("main")).to_contain_text(standing)
        for official in ("Nguyễn Thị Mai", "Trần Thị Thu Hà", "Lê Văn Nam", "Phạm Quốc Bảo"):
            expect(page.locator("main")).not_to_contain_text(official)


def through_the_office(visitors: Visitors, code: str) -> None:
    """Hand to hand by keyboard until the result waits at the counter; the leader sends it back once."""
    hands, sent_back = deque(HANDS), False
    for _ in range(STEPS * len(HANDS)):
        with visitors.page(hands[0]) as page:
            page.goto(f"/dossiers/{code}/")
            if page.locator("[data-key=R]").count():
                assert sent_back, "the leader never saw it"
                return
            if page.locator("button[data-key=D]").count():
                leader_decides(page, agrees=sent_back)
                sent_back = True
            elif page.locator("button[data-key=C]").count():
                page.keyboard.press("c")
            else:
                hands.rotate(-1)
                continue
            page.wait_for_url("**/worklist/")
            expect(page.locator("main")).to_contain_text(code)
    raise AssertionError(f"{code} did not come to an end in {STEPS} steps")


def leader_decides(page: Page, *, agrees: bool) -> None:
    if agrees:
        page.keyboard.press("d")
        confirm(page)
    else:
        send_back(page)


def send_back(page: Page) -> None:
    page.keyboard.press("l")
    page.locator("#reason").fill("Dự thảo ghi sai ngày sinh, sửa lại rồi trình.")
    page.locator("form[action$='/send-back/'] button[type=submit]").click()


def hand_over(visitors: Visitors, code: str) -> None:
    """The receiver returns the result; without the recipient's confirmation it is refused."""
    with visitors.page("tiepnhan") as page:
        page.goto("/results/")
        page.locator(f"a[data-open][href='/dossiers/{code}/return/']").click()
        page.locator("input[name=recipient_name]").focus()
        page.keyboard.press("Control+Enter")
        expect(page.locator("#id_confirmed_error")).to_contain_text("xác nhận")
        page.locator("input[name=shown]").first.focus()
        page.keyboard.press("Space")
        page.locator("input[name=confirmed]").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Control+Enter")
        page.wait_for_url(f"**/dossiers/{code}/")
        expect(page.locator("main")).to_contain_text("Đã trả kết quả")
        expect(page.locator("main")).to_contain_text("sai ngày sinh")
