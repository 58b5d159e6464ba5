"""The pages of the money desk, what a receiver does to come to them, and a receipt: stops as those of `pages.py`."""

from collections.abc import Iterator

from playwright.sync_api import FilePayload, Page

from tests.browser.stops import Stop, at

AMOUNT = "15000"
SHEET = (
    "Ngày giao dịch,Số tham chiếu,Ghi nợ,Ghi có,Mô tả,Người chuyển\n"
    '23/11/2026 09:00:00,FT9001,,"16,000",chuyen tien nop le phi sao trich luc ho tich,LE HUU LONG\n'
    '23/11/2026 09:05:00,FT9002,"2,000",,phi quan ly tai khoan,\n'
)


def with_a_fee(page: Page, *, newest: bool = True) -> str:
    """The page that asks a fee of a dossier on the desk's list; the dossier's address."""
    page.goto("/worklist/")
    rows = [row.get_attribute("href") for row in page.locator("tr[data-row] a[data-open]").all()]
    for dossier in _each(rows, newest=newest):
        page.goto(f"{dossier}orders/new/")
        if page.locator("[name=amount_0]").count():
            return dossier
    raise AssertionError("no dossier of the list has a fee")


def _each(rows: list[str | None], *, newest: bool) -> Iterator[str]:
    yield from (row for row in (rows if newest else reversed(rows)) if row is not None)


def ask_fee(page: Page, *, newest: bool = True) -> str:
    """A fee is asked of a dossier, or it was before; its page at the desk is open. The dossier's address."""
    dossier = with_a_fee(page, newest=newest)
    page.fill("[name=amount_0]", AMOUNT)
    page.fill("[name=basis_0]", "12/2026/NQ-HĐND")
    page.get_by_role("button", name="Lập khoản thu").click()
    page.wait_for_url("**/money/orders/**")
    return dossier


def new_order(page: Page) -> None:
    with_a_fee(page)


def new_order_refused(page: Page) -> None:
    with_a_fee(page)
    page.locator("[data-main-submit]").click()
    page.locator(".govuk-error-summary").wait_for()


def order_asked(page: Page) -> None:
    ask_fee(page)


def order_paid(page: Page) -> None:
    """Cash is counted for another dossier than the one a payer still looks at."""
    ask_fee(page, newest=False)
    if page.locator("[name=amount]").count():
        page.fill("[name=amount]", AMOUNT)
        page.get_by_role("button", name="Thu và lập biên lai").click()
    page.locator("main a[href*='/money/receipts/']").first.wait_for()


def receipt(page: Page) -> None:
    order_paid(page)
    printed = page.locator("main a[href*='/money/receipts/']").first.get_attribute("href")
    assert printed is not None
    page.goto(printed)


def statement(page: Page) -> None:
    sheet: FilePayload = {"name": "sao-ke.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    page.goto("/money/statements/")
    page.set_input_files("[name=sheet]", sheet)
    page.locator("[data-main-submit]").click()
    page.get_by_role("button", name="Bỏ sao kê này").wait_for()


def statement_refused(page: Page) -> None:
    page.goto("/money/statements/")
    page.locator("[data-main-submit]").click()
    page.locator(".govuk-error-summary").wait_for()


def line_that_waits(page: Page) -> None:
    """One that names no order: every choice is open."""
    page.goto("/money/")
    page.get_by_role("link", name="Chọn khoản thu").first.click()
    page.locator("#reference").wait_for()


def refund_without_paper(page: Page) -> None:
    """What is to be given back, with the box that was left empty."""
    page.goto("/money/")
    page.locator("#refunds form button").first.click()
    page.locator("#refunds .govuk-error-message").wait_for()


def account_refused(page: Page) -> None:
    page.goto("/money/accounts/")
    page.locator("[data-main-submit]").click()
    page.locator(".govuk-error-summary").wait_for()


MONEY_STOPS = (
    Stop("money", "tiepnhan", at("/money/")),
    Stop("refund-refused", "tiepnhan", refund_without_paper),
    Stop("new-order", "tiepnhan", new_order),
    Stop("new-order-refused", "tiepnhan", new_order_refused),
    Stop("order", "tiepnhan", order_asked),
    Stop("order-paid", "tiepnhan", order_paid),
    Stop("money-receipt", "tiepnhan", receipt),
    Stop("takings", "tiepnhan", at("/money/day/")),
    Stop("takings-refused", "tiepnhan", at("/money/day/?day=32/13")),
    Stop("statements", "tiepnhan", at("/money/statements/")),
    Stop("statements-refused", "tiepnhan", statement_refused),
    Stop("statement", "tiepnhan", statement),
    Stop("bank-line", "tiepnhan", line_that_waits),
    Stop("collecting-account", "quantri", at("/money/accounts/")),
    Stop("collecting-account-refused", "quantri", account_refused),
)
