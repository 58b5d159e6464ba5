"""A form in a browser with scripts: it saves itself, questions come and go with the answers, rows keep the focus."""

import re

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.reading import BY_HAND, CITIZEN, Visitors

pytestmark = pytest.mark.browser
MARITAL, HOUSE = "1.004873", "1.013225"


def begin(page: Page, code: str, number: int) -> None:
    page.goto(f"/file/{code}/")
    page.locator("[data-main-submit]").click()
    page.wait_for_url("**/file/draft/**")
    page.goto(re.sub(r"[^/]+/$", f"{number}/", page.url))


def saved(answer: Response) -> bool:
    return answer.request.method == "POST" and answer.status == 204


def test_what_is_typed_saves_itself(visitors: Visitors):
    with visitors.page(CITIZEN) as page:
        begin(page, HOUSE, 1)
        with page.expect_response(saved):
            page.fill("[name=owner_address]", "Số 7 Trần Cao Vân")
        expect(page.locator("[data-saved-words]")).to_have_text("Vừa lưu xong.")
        # Closed before the pause is over: it goes out all the same.
        page.fill("[name=owner_phone]", "0905 700 802")
        here = page.url
        page.goto("/tracking/")
        phone = page.locator("[name=owner_phone]")
        for _look in range(20):
            page.goto(here)
            if "0905700802" in phone.input_value().replace(" ", ""):
                break
            page.wait_for_timeout(200)
        expect(phone).to_have_value(re.compile(r"0905 ?700 ?802"))
        expect(page.locator("[name=owner_address]")).to_have_value("Số 7 Trần Cao Vân")


def test_questions_follow_the_answers_and_nothing_typed_is_lost(visitors: Visitors):
    with visitors.page(CITIZEN) as page:
        begin(page, MARITAL, 3)
        spouse, ended = page.locator("[name=spouse_name]"), page.locator("[name=ended_number]")
        expect(spouse).to_have_count(0)
        page.check("[name=status][value=divorced]")
        expect(spouse).to_be_visible()
        expect(ended).to_be_visible()
        expect(page.locator("[name=status][value=divorced]")).to_be_focused()
        spouse.fill("Phạm Văn Bảy")
        # By keyboard, one answer on: the judgment is no longer asked for, the name typed meanwhile stays.
        page.locator("[name=status][value=divorced]").focus()
        page.keyboard.press("ArrowUp")
        expect(ended).to_have_count(0)
        expect(spouse).to_have_value("Phạm Văn Bảy")
        expect(page.locator("[name=status][value=married]")).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(spouse).to_have_count(0)
        expect(page.locator("[name=status][value=never]")).to_be_checked()


@pytest.mark.parametrize("locale", ["vi-VN", "en-US"])
def test_a_sentence_stays_at_its_question_until_it_is_answered(visitors: Visitors, locale: str):
    with visitors.page(CITIZEN, locale=locale) as page:
        begin(page, HOUSE, 3)
        page.locator("[data-main-submit]").click()
        sentence, summary = page.locator("#f-footprint-fault"), page.locator(".govuk-error-summary")
        said = sentence.inner_text()
        listed = summary.locator("a").count()
        page.check("[name=basement][value=yes]")
        expect(page.locator("[name=basement_area]")).to_be_visible()
        expect(sentence).to_have_text(said)
        expect(summary.locator("a")).to_have_count(listed - 1)  # whether there is a basement is answered now
        page.fill("[name=footprint]", "85,5")
        page.check("[name=basement][value=no]")
        expect(page.locator("[name=basement_area]")).to_have_count(0)
        expect(sentence).to_have_count(0)
        expect(page.locator("[name=footprint]")).to_have_value("85,5")


def test_typing_goes_on_while_the_questions_change(visitors: Visitors):
    with visitors.page(CITIZEN, **BY_HAND) as page:
        begin(page, MARITAL, 3)
        page.check("[name=status][value=widowed]")
        spouse = page.locator("[name=spouse_name]")
        spouse.fill("Phạm Bảy")
        spouse.evaluate("(box) => box.setSelectionRange(5, 5)")
        page.route("**/file/draft/**", lambda route: (page.wait_for_timeout(300), route.continue_()))
        # Chosen by script, so that the focus stays in the box being typed in while the answer is on its way.
        page.evaluate("""() => { const one = document.querySelector("[name=status][value=divorced]");
          one.checked = true; one.dispatchEvent(new Event("change", { bubbles: true })); }""")
        page.keyboard.type("Văn ")
        page.wait_for_load_state("networkidle")
        page.unroute("**/file/draft/**")
        expect(spouse).to_be_focused()
        expect(spouse).to_have_value("Phạm Văn Bảy")


def test_rows_come_and_go_and_the_focus_stays_with_them(visitors: Visitors):
    with visitors.page(CITIZEN) as page:
        begin(page, HOUSE, 3)
        here, rows = page.url, page.locator(".eform-row")
        page.fill("[name=footprint]", "85,5")
        before = rows.count()
        for _turn in range(2):
            page.get_by_role("button", name="Thêm một tầng").press("Enter")
            expect(rows).to_have_count(before := before + 1)
            expect(rows.last.locator("input:not([type=hidden])").first).to_be_focused()
            page.keyboard.type(f"tầng {before}")
        expect(page.locator("[name=footprint]")).to_have_value("85,5")
        page.locator(".eform-row button").last.press("Enter")
        expect(rows).to_have_count(before - 1)
        expect(page.locator(".eform-repeat")).to_be_focused()
        expect(rows.last.locator("input:not([type=hidden])").first).to_have_value(f"tầng {before - 1}")
        assert page.url == here
        page.reload()
        expect(rows).to_have_count(before - 1)
        expect(rows.last.locator("input:not([type=hidden])").first).to_have_value(f"tầng {before - 1}")


def test_without_scripts_a_new_row_is_where_the_person_is(visitors: Visitors):
    with visitors.page(CITIZEN, java_script_enabled=False) as page:
        begin(page, HOUSE, 3)
        before = page.locator(".eform-row").count()
        page.get_by_role("button", name="Thêm một tầng").click()
        expect(page.locator(".eform-row")).to_have_count(before + 1)
        expect(page.locator(".eform-repeat")).to_be_in_viewport()
