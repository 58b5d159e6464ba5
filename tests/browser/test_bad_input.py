"""What goes wrong at a counter: each fault says so in its place, nothing typed is lost, nothing is half-saved."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Page, expect

from tests.browser.counter import MRS_LAN, Poster, received_dossier, scan, tick_mandatory_papers, values_typed
from tests.browser.pages import BIRTH
from tests.browser.reading import Visitors

pytestmark = pytest.mark.browser
TYPED = {
    "full_name": "Nguyễn Thị Lan",
    "personal_id": "049184001234",
    "birth_date": "05/09/1984",
    "phone": "0905 123 456",
    "address": "12 Phan Châu Trinh",
    "request": "Đăng ký khai sinh cho con",
    "copies": "2",
}


def fill(page: Page, **changes: str) -> dict[str, str]:
    values = TYPED | changes
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)
    return values


def tick_papers(page: Page, count: int | None = None) -> None:
    boxes = page.locator("#papers .govuk-checkboxes__item:not(:has(.optional)) input")
    for place in range(boxes.count() if count is None else count):
        boxes.nth(place).check()


def refused(page: Page, field: str, sentence: str, typed: dict[str, str]) -> None:
    """The sentence stands at the field, the summary links there, and everything typed is still there."""
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text(sentence)
    expect(page.locator(f"#id_{field}_error")).to_contain_text(sentence)
    summary.locator("a", has_text=sentence).first.click()
    expect(page.locator(f"[name={field}]")).to_be_focused()
    assert values_typed(page) == typed


@pytest.fixture
def intake(visitors: Visitors):
    with visitors.page("tiepnhan") as page:
        page.goto(f"/intake/{BIRTH}/")
        yield page


@pytest.mark.parametrize(
    ("card", "sentence"),
    [
        ("khong|phai|the", "Đây không phải mã QR của thẻ căn cước"),
        (MRS_LAN.replace("049184001234", "0491840012"), "phải đủ 12 chữ số"),
        (MRS_LAN.replace("05091984", "31021984"), "không phải là một ngày có thật"),
        (MRS_LAN.replace("|Nữ|", "|Nam|"), "không khớp với giới tính"),
    ],
    ids=["not-a-card", "short-number", "no-such-day", "other-gender"],
)
def test_a_malformed_card_says_so_at_the_card_and_keeps_what_was_typed(intake: Page, card: str, sentence: str):
    typed = fill(intake)
    intake.locator("#scanned").focus()
    scan(intake, card)
    expect(intake.locator("#scanned-error")).to_contain_text(sentence)
    assert values_typed(intake) == typed
    assert "/intake/" in intake.url


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("birth_date", "31/12/2099", "Ngày sinh phải trước hôm nay"),
        ("birth_date", "31/02/1984", "dạng ngày/tháng/năm"),
        ("personal_id", "12345", "đúng 12 chữ số"),
        ("phone", "12", "Số điện thoại chưa đúng"),
        ("full_name", "   ", "nhập họ tên chủ hồ sơ"),
        ("copies", "0", "Số bộ hồ sơ ít nhất là 1"),
    ],
)
def test_a_wrong_value_says_so_at_its_field(intake: Page, field: str, value: str, sentence: str):
    typed = fill(intake, **{field: value})
    tick_papers(intake)
    intake.keyboard.press("Control+Enter")
    refused(intake, field, sentence, typed | ({"full_name": value} if field == "full_name" else {}))


def test_a_missing_mandatory_paper_is_named_and_nothing_is_received(intake: Page, visitors: Visitors):
    before = newest_dossiers(visitors)
    scan(intake, MRS_LAN)
    expect(intake.locator("input[name=full_name]")).to_have_value("Nguyễn Thị Lan")
    [missing] = tick_mandatory_papers(intake, leave_out=1)
    intake.keyboard.press("Control+Enter")
    expect(intake.locator(".govuk-error-summary")).to_contain_text("Còn thiếu")
    expect(intake.locator("#papers .govuk-error-message")).to_contain_text(missing)
    expect(intake.locator("input[name=full_name]")).to_have_value("Nguyễn Thị Lan")
    assert intake.locator("#papers input:checked").count() > 0
    assert newest_dossiers(visitors) == before


@pytest.mark.parametrize("code", ["9.999999", "khong-phai-ma"])
def test_a_procedure_not_offered_here_says_so_and_where_to_go(visitors: Visitors, code: str):
    with visitors.page("tiepnhan") as page:
        answer = page.goto(f"/intake/{code}/")
        assert answer is not None
        assert answer.status == 404
        expect(page.locator("main h1")).to_contain_text("Chưa tiếp nhận được")
        expect(page.locator("main a[href='/intake/']")).to_be_visible()


def test_two_quick_presses_make_one_dossier(intake: Page, visitors: Visitors):
    before = newest_dossiers(visitors)
    fill(intake)
    tick_papers(intake)
    intake.locator("[data-main-submit]").dblclick(no_wait_after=True)
    intake.wait_for_url(re.compile("/dossiers/"))
    code = intake.url.split("/dossiers/")[1].split("/")[0]
    assert set(newest_dossiers(visitors)) - set(before) == {code}


def test_the_same_form_sent_again_finds_the_first_dossier(visitors: Visitors):
    """Replayed as a browser does after a torn connection: the same fields, five times at once."""
    with visitors.page("tiepnhan") as page:
        page.goto(f"/intake/{BIRTH}/")
        fill(page)
        tick_papers(page)
        body = page.evaluate("new URLSearchParams(new FormData(document.querySelector('form[data-main]'))).toString()")
        cookie = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())
        agent = Poster(page.url, body + "&receive=1", cookie)
        with ThreadPoolExecutor(5) as pool:
            addresses = {address.split("?")[0] for address in pool.map(agent, range(5))}
        assert len(addresses) == 1, addresses
        page.goto(addresses.pop())
        expect(page.locator("main h1")).to_contain_text("Nguyễn Thị Lan")


def test_a_stale_page_moves_nothing_and_says_what_happened(visitors: Visitors):
    with visitors.page("tiepnhan") as first, visitors.page("tiepnhan", fresh=True) as second:
        code = received_dossier(first, BIRTH)
        for page in (first, second):
            page.goto(f"/dossiers/{code}/")
        first.keyboard.press("c")
        first.wait_for_url("**/worklist/")
        second.keyboard.press("c")
        expect(second.locator("main")).to_contain_text("vừa được người khác xử lý")
        assert second.url.endswith(f"/dossiers/{code}/")
        expect(second.locator("button[data-key=C]")).to_have_count(0)
        assert second.locator("ol.story li", has_text="Chuyển sang bước").count() == 1


def test_a_dossier_is_sent_back_only_with_a_reason(visitors: Visitors):
    with visitors.page("tiepnhan") as page:
        code = received_dossier(page, BIRTH)
        page.goto(f"/dossiers/{code}/")
        page.keyboard.press("c")
        page.wait_for_url("**/worklist/")
    with visitors.page("thuly") as page:
        page.goto(f"/dossiers/{code}/")
        page.keyboard.press("l")
        form = page.locator("form[action$='/send-back/']")
        form.evaluate("form => form.noValidate = true")
        form.locator("button[type=submit]").click()
        expect(page.locator("main")).to_contain_text("ghi rõ lý do")
        assert page.locator("ol.story li", has_text="Trả lại").count() == 0


def test_a_code_guessed_by_a_stranger_shows_only_how_far(visitors: Visitors):
    code = newest_dossiers(visitors)[-1]
    with visitors.page() as page:
        page.goto(f"/tracking/?code={code}")
        expect(page.locator("main")).to_contain_text("%")
        for secret in ("Nguyễn", "Hẹn trả", "khai sinh"):
            expect(page.locator("main .card")).not_to_contain_text(secret)
        answer = page.goto(f"/tracking/{code}/AAAAAAAAAAAAAAAAAAAA/")
        assert answer is not None
        assert answer.status == 404


def test_a_year_nobody_has_loaded_is_said_not_guessed(visitors: Visitors):
    with visitors.page() as page:
        page.goto("/due-date/?from=2031-04-24T15:00&amount=5&unit=working_day")
        expect(page.locator("main")).to_contain_text("2031")
        expect(page.locator("main .govuk-error-summary")).to_be_visible()


def test_the_register_takes_days_as_people_write_them(visitors: Visitors):
    with visitors.page("tiepnhan") as page:
        page.goto("/register/")
        page.locator("#from").fill("01/11/2026")
        page.locator("#to").fill("30/11/2026")
        page.locator("#to").press("Enter")
        assert page.locator("#from").input_value() == "01/11/2026"
        assert page.locator("tr[data-row]").count() > 0
        page.locator("#to").fill("31/02/2027")
        page.locator("#to").press("Enter")
        expect(page.locator("main .govuk-error-message")).to_contain_text("Ngày chưa đúng")


def newest_dossiers(visitors: Visitors) -> list[str]:
    """The codes on the register's last page, in the order in which they came."""
    with visitors.page("tiepnhan") as page:
        page.goto("/register/?page=9999")
        return page.locator("tr[data-row] .code").all_inner_texts()
