"""Every page a person meets, each with who meets it and how he gets there: looked at, measured, photographed."""

import re

from playwright.sync_api import Page

from tests.browser.booking_pages import BOOKING_STOPS
from tests.browser.citizen_pages import CITIZEN_STOPS, EXTRACT, begin
from tests.browser.counter_pages import COUNTER_STOPS
from tests.browser.money_pages import MONEY_STOPS
from tests.browser.receipts import read_receipt
from tests.browser.reception_pages import RECEPTION_STOPS
from tests.browser.reform_pages import REFORM_STOPS
from tests.browser.result_pages import RESULT_STOPS
from tests.browser.signing_pages import SIGNING_STOPS
from tests.browser.stops import Stop, Way, at
from tests.browser.ticket_pages import TICKET_STOPS

BIRTH, LAND = "1.001193", "1.013978"


def first_of(address: str, then: str = "") -> Way:
    """The first row of a list, and from there an address below it."""

    def way(page: Page) -> None:
        page.goto(address)
        link = page.locator("tr[data-row] a[data-open]").first.get_attribute("href")
        assert link is not None, f"{address} is empty"
        page.goto(link + then)

    return way


def log_in_refused(page: Page) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", "nguoi-la")
    page.fill("input[name=password]", "khong-dung-mat-khau")
    page.click("form[data-main] button[type=submit]")
    page.locator(".govuk-error-summary, .govuk-error-message").first.wait_for()


def intake_refused(page: Page) -> None:
    page.goto(f"/intake/{BIRTH}/")
    page.fill("input[name=birth_date]", "31/12/2099")
    page.locator("[data-main-submit]").click()
    page.locator(".govuk-error-summary").wait_for()


def found_by_name(page: Page) -> None:
    page.goto("/dossiers/")
    box = page.locator("[data-find]")
    box.fill("Nguyễn")
    box.press("Enter")
    page.locator("main h1").wait_for()


def keys(page: Page) -> None:
    page.goto("/worklist/")
    page.keyboard.press("?")
    page.locator("dialog#keys[open]").wait_for()


def begin_draft(page: Page) -> None:
    begin(page, EXTRACT)


def draft_at(part: str) -> Way:
    """A page of a guest's new draft."""

    def way(page: Page) -> None:
        begin_draft(page)
        page.goto(re.sub(r"[^/]+/$", f"{part}/", page.url))

    return way


def draft_refused(page: Page) -> None:
    begin_draft(page)
    page.locator("[data-main-submit]").click()
    page.locator(".govuk-error-summary").wait_for()


def guest_filings(page: Page) -> None:
    begin_draft(page)
    page.goto("/file/mine/")


def eform_refused(page: Page) -> None:
    page.goto("/catalogue/eforms/marital-status/1/4/")
    page.locator("main .buttons button").click()
    page.locator(".govuk-error-summary").wait_for()


def send_back_open(page: Page) -> None:
    first_of("/worklist/")(page)
    details = page.locator("details:has(form[action$='/send-back/'])")
    if details.count():
        details.locator("summary").click()


def tracked(page: Page) -> None:
    """The page a receipt's QR opens; the receipt itself only officials hold."""
    first_of("/register/")(page)
    receipt = read_receipt(page.request.get(f"{page.url}receipt.pdf").body())
    page.goto(receipt.code_opens)


def first_in_work(detour: str) -> Way:
    """The form of this detour, for the first dossier of one's list that it is open for."""

    def way(page: Page) -> None:
        page.goto("/worklist/")
        rows = page.locator("tr[data-row] a[data-open]").all()
        for address in [row.get_attribute("href") for row in rows]:
            page.goto(f"{address}detours/{detour}/")
            if page.url.endswith(f"/detours/{detour}/"):
                return
        raise AssertionError(f"no dossier of the list may be turned off by {detour}")

    return way


def wish_without_words(page: Page) -> None:
    first_of("/worklist/", "detours/withdraw/")(page)
    page.locator("main form button[type=submit]").click()
    page.locator(".govuk-error-summary").wait_for()


def version_reviewed(page: Page) -> None:
    page.goto("/catalogue/")
    page.locator("table.rows a").first.click()
    page.locator("main h1").wait_for()


def opened(address: str, link: str) -> Way:
    """A list, and the first of its links that fits the selector."""

    def way(page: Page) -> None:
        page.goto(address)
        page.locator(f"main {link}").first.click()
        page.locator("main h1").wait_for()

    return way


def mandates_found(page: Page) -> None:
    """The mandates about somebody the demo's receiver helped."""
    page.goto("/mandates/")
    page.fill("#id_number, [name=number]", "000148000412")
    page.locator("[data-main-submit]").click()
    page.locator("main a[href^='/mandates/0']").first.wait_for()


def mandate_at_desk(page: Page) -> None:
    mandates_found(page)
    page.locator("main a[href^='/mandates/0']").first.click()
    page.locator("[name=reason]").wait_for()


def tracked_below(then: str) -> Way:
    """A page of the citizen's own below his tracking page."""

    def way(page: Page) -> None:
        tracked(page)
        page.goto(page.url.split("?")[0] + then)

    return way


STOPS = (
    *CITIZEN_STOPS,
    *TICKET_STOPS,
    *BOOKING_STOPS,
    Stop("home", "", at("/")),
    Stop("procedures", "", at("/procedures/")),
    Stop("search", "", at("/procedures/?q=lam+giay+khai+sinh")),
    Stop("search-nothing", "", at("/procedures/?q=zzzz")),
    Stop("procedure-birth", "", at(f"/procedures/{BIRTH}/")),
    Stop("procedure-land", "", at(f"/procedures/{LAND}/")),
    Stop("procedure-absent", "", at("/procedures/9.999999/")),
    Stop("postings", "", at("/postings/")),
    Stop("slides", "", at("/slides/H17.21/")),
    Stop("hall-board", "", at("/halls/tan-thanh/board/")),
    Stop("counter-board", "", at("/halls/tan-thanh/counters/2/board/")),
    Stop("file", "", at(f"/file/{EXTRACT}/")),
    Stop("file-with-account", "", at(f"/file/{BIRTH}/")),
    Stop("draft-page", "", draft_at("1")),
    Stop("draft-refused", "", draft_refused),
    Stop("draft-papers", "", draft_at("papers")),
    Stop("draft-check", "", draft_at("check")),
    Stop("guest-filings", "", guest_filings),
    Stop("assist", "tiepnhan", at(f"/assist/{BIRTH}/")),
    Stop("desk-screen", "tiepnhan", at("/assist/screen/")),
    Stop("screen", "", at("/screen/")),
    Stop("due-date", "", at("/due-date/")),
    Stop("due-date-answer", "", at("/due-date/?from=2026-04-24T15:00&amount=5&unit=working_day")),
    Stop("due-date-refused", "", at("/due-date/?from=2031-04-24T15:00&amount=0&unit=working_day")),
    Stop("tracking", "", at("/tracking/")),
    Stop("tracking-absent", "", at("/tracking/?code=H17.21-200101-9999")),
    Stop("tracked", "tiepnhan", tracked),
    Stop("tracking-record", "tiepnhan", tracked_below("record/")),
    Stop("who-looked", "tiepnhan", tracked_below("looks/")),
    Stop("citizen-log-in", "", at("/me/login/")),
    Stop("register-citizen", "", at("/me/register/")),
    Stop("forgot-password", "", at("/me/forgot/")),
    *MONEY_STOPS,
    Stop("statistics", "", at("/statistics/")),
    Stop("statistics-refused", "", at("/statistics/?from=2026-12&to=2026-01")),
    Stop("open-figures", "", at("/open-data/")),
    Stop("open-dictionary", "", at("/open-data/dictionary/")),
    Stop("record", "", at("/record/")),
    Stop("api", "", at("/api/v1/docs")),
    Stop("login", "", at("/accounts/login/")),
    Stop("login-refused", "", log_in_refused),
    Stop("offline", "", at("/offline/")),
    Stop("not-found", "", at("/khong-co-trang-nay/")),
    *COUNTER_STOPS,
    Stop("worklist", "tiepnhan", at("/worklist/")),
    Stop("keys", "tiepnhan", keys),
    Stop("choose", "tiepnhan", at("/intake/")),
    Stop("choose-found", "tiepnhan", at("/intake/?q=khai+sinh")),
    Stop("choose-nothing", "tiepnhan", at("/intake/?q=zzzz")),
    Stop("intake-birth", "tiepnhan", at(f"/intake/{BIRTH}/")),
    Stop("intake-land", "tiepnhan", at(f"/intake/{LAND}/")),
    Stop("intake-refused", "tiepnhan", intake_refused),
    Stop("intake-not-offered", "tiepnhan", at("/intake/9.999999/")),
    Stop("find-mandates", "tiepnhan", mandates_found),
    Stop("confirm-mandate", "tiepnhan", mandate_at_desk),
    Stop("refuse-at-counter", "tiepnhan", at(f"/intake/{BIRTH}/refuse/")),
    Stop("submissions", "tiepnhan", at("/submissions/")),
    Stop("submission", "tiepnhan", opened("/submissions/", "a[href*='-NS-']")),
    Stop("choose-postal", "tiepnhan", at("/submissions/new/")),
    Stop("register-postal", "tiepnhan", at("/submissions/new/1.004873/")),
    Stop("duties", "tiepnhan", at("/duties/")),
    Stop("messages", "tiepnhan", at("/messages/")),
    Stop("message-slips", "tiepnhan", at("/messages/slips/")),
    Stop("demo-phone", "", at("/demo/phone/")),
    Stop("settle-duty", "tiepnhan", opened("/duties/", "a[href$='/settle/']")),
    Stop("bundles", "tiepnhan", at("/bundles/")),
    Stop("receive-bundle", "tiepnhan", at("/bundles/new/birth/")),
    Stop("results", "tiepnhan", at("/results/")),
    Stop("return", "tiepnhan", first_of("/results/")),
    Stop("register", "tiepnhan", at("/register/")),
    Stop("find", "tiepnhan", at("/dossiers/")),
    Stop("find-found", "tiepnhan", found_by_name),
    Stop("late", "tiepnhan", at("/late/")),
    Stop("dossier-returned", "tiepnhan", first_of("/register/")),
    Stop("reasons", "tiepnhan", first_of("/register/", "reasons/")),
    Stop("eforms", "tiepnhan", at("/catalogue/eforms/")),
    Stop("eform-page", "tiepnhan", at("/catalogue/eforms/birth-registration/1/2/?filled=1")),
    Stop("eform-rows", "tiepnhan", at("/catalogue/eforms/house-permit/1/3/?filled=1")),
    Stop("eform-refused", "tiepnhan", eform_refused),
    Stop("eform-told", "tiepnhan", at("/catalogue/eforms/birth-registration/1/")),
    Stop("worklist-officer", "thuly", at("/worklist/")),
    Stop("dossier-officer", "thuly", first_of("/worklist/")),
    Stop("reminders", "thuly", at("/reminders/")),
    Stop("consultations", "thuly", at("/consultations/")),
    Stop("apologies", "lanhdao", at("/apologies/")),
    Stop("apologies-signed", "lanhdao", at("/apologies/?list=signed")),
    Stop("late-dossiers", "", at("/late-dossiers/")),
    Stop("today", "lanhdao", at("/today/")),
    Stop("in-hands", "lanhdao", opened("/today/", "a[href*='/today/in-hands/']")),
    Stop("time-spent", "lanhdao", at("/time-spent/")),
    Stop("reports", "lanhdao", at("/reports/")),
    Stop("queue-figures", "lanhdao", at("/queue/figures/")),
    Stop("queue-tickets", "lanhdao", opened("/queue/figures/", "a[href*='/queue/figures/tickets/']")),
    Stop("queue-what-if", "lanhdao", at("/queue/what-if/?days=5&counter=0&from=08:00&to=10:00&needs=A&needs=B")),
    Stop("hall-figures", "", at("/halls/tan-thanh/figures/")),
    Stop("report-ii06a", "lanhdao", at("/reports/ii06a/")),
    Stop("report-ii07a", "lanhdao", at("/reports/ii07a/")),
    Stop("report-ii07b", "lanhdao", at("/reports/ii07b/")),
    Stop("report-results", "lanhdao", at("/reports/results/")),
    Stop("report-durations", "lanhdao", at("/reports/durations/")),
    Stop("report-digitization", "lanhdao", at("/reports/digitization/")),
    Stop("counted", "lanhdao", opened("/reports/", "a[href*='/reports/dossiers/']")),
    Stop("service-index", "lanhdao", at("/reports/index/")),
    Stop("indicator", "lanhdao", at("/reports/index/2.1/")),
    Stop("self-evaluation", "lanhdao", at("/reports/self-evaluation/")),
    Stop("self-evaluation-index", "lanhdao", at("/reports/self-evaluation/1/")),
    Stop("signs", "lanhdao", at("/reports/signs/")),
    Stop("record-pack", "lanhdao", at("/record/pack/")),
    Stop("confirmations", "lanhdao", at("/confirmations/")),
    Stop("system-faults", "quantri", at("/system-faults/")),
    Stop("detour-supplement", "thuly", first_in_work("supplement")),
    Stop("detour-invite", "thuly", first_in_work("invite")),
    Stop("detour-forward", "thuly", first_in_work("forward")),
    Stop("detour-withdraw", "tiepnhan", first_of("/worklist/", "detours/withdraw/")),
    Stop("detour-refused", "tiepnhan", wish_without_words),
    Stop("worklist-leader", "lanhdao", at("/worklist/")),
    Stop("dossier-leader", "lanhdao", send_back_open),
    Stop("detour-reject", "lanhdao", first_in_work("reject")),
    Stop("detour-reassign", "lanhdao", first_in_work("reassign")),
    Stop("ratings", "", at("/ratings/")),
    Stop("ratings-desk", "lanhdao", at("/ratings/desk/")),
    Stop("paper-ratings", "tiepnhan", at("/ratings/paper/")),
    Stop("worklist-records", "vanthu", at("/worklist/")),
    Stop("catalogue", "kiemsoat", at("/catalogue/")),
    Stop("catalogue-version", "kiemsoat", version_reviewed),
    Stop("catalogue-postings", "kiemsoat", at("/catalogue/postings/")),
    Stop("notice-board", "kiemsoat", at("/catalogue/notice-board/?sector=ho-tich")),
    Stop("catalogue-imports", "kiemsoat", at("/catalogue/imports/")),
    Stop("no-role", "kiemsoat", at("/intake/")),
    Stop("people", "quantri", at("/people/")),
    Stop("calendar", "quantri", at("/calendar/")),
    Stop("official", "quantri", opened("/people/", "a[href^='/people/0']")),
    Stop("new-official", "quantri", at("/people/new/")),
    Stop("new-unit", "quantri", at("/people/units/new/")),
    Stop("agency", "quantri", at("/people/agency/")),
    Stop("roster", "quantri", at("/roster/")),
    Stop("choose-absent", "quantri", at("/roster/away/")),
    Stop("health", "quantri", at("/health/")),
    Stop("password", "quantri", at("/accounts/password/change/")),
    Stop("second-factor", "quantri", at("/accounts/2fa/")),
    Stop("logout", "quantri", at("/accounts/logout/")),
    *RECEPTION_STOPS,
    *RESULT_STOPS,
    *SIGNING_STOPS,
    *REFORM_STOPS,
)
