"""The pages of certificates and the check of a signed PDF: stops as those of `pages.py`."""

from io import BytesIO

from playwright.sync_api import FilePayload, Page
from pypdf import PdfWriter

from tests.browser.stops import Stop, at

LEADER = "Lê Văn Nam"


def unsigned() -> bytes:
    sheet, out = PdfWriter(), BytesIO()
    sheet.add_blank_page(595, 842)
    sheet.write(out)
    return out.getvalue()


def send(page: Page, box: str, name: str, content: bytes) -> None:
    sent: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.set_input_files(f"[name={box}]", sent)
    page.locator("[data-main-submit]").click()


def refused_certificate(page: Page) -> None:
    page.goto("/certificates/new/?holder=agency")
    send(page, "certificate", "khoa.pem", b"-----BEGIN PRIVATE KEY-----")
    page.locator(".govuk-error-summary").wait_for()


def first_certificate(page: Page) -> None:
    page.goto("/certificates/")
    page.locator("main table a.code").nth(1).click()
    page.locator("main dl.facts").wait_for()


def withdraw(page: Page) -> None:
    first_certificate(page)
    page.get_by_role("link", name="Thu hồi chứng thư").click()
    page.locator("[data-main-submit]").wait_for()


def withdraw_refused(page: Page) -> None:
    withdraw(page)
    page.locator("[data-main-submit]").click()
    page.locator(".govuk-error-summary").wait_for()


def checked(page: Page) -> None:
    page.goto("/signatures/check/")
    send(page, "pdf", "giay.pdf", unsigned())
    page.get_by_text("chưa ký số").wait_for()


def check_refused(page: Page) -> None:
    page.goto("/signatures/check/")
    send(page, "pdf", "giay.pdf", b"GIF89a")
    page.locator(".govuk-error-summary").wait_for()


SIGNING_STOPS = (
    Stop("certificates", "vanthu", at("/certificates/")),
    Stop("new-certificate", "vanthu", at("/certificates/new/")),
    Stop("new-certificate-refused", "vanthu", refused_certificate),
    Stop("certificate", "vanthu", first_certificate),
    Stop("withdraw-certificate", "vanthu", withdraw),
    Stop("withdraw-certificate-refused", "vanthu", withdraw_refused),
    Stop("signatures", "", at("/signatures/")),
    Stop("check-signature", "", at("/signatures/check/")),
    Stop("check-signature-done", "", checked),
    Stop("check-signature-refused", "", check_refused),
)
