"""Where a result leaves the office and papers come back to it: stops as those of `pages.py`, after all the others."""

from playwright.sync_api import FilePayload, Page

from tests.browser.citizen_pages import paper_opened
from tests.browser.reading import CITIZEN
from tests.browser.receipts import read_receipt
from tests.browser.stops import Stop, at

# The citizen of the demo; written here, for the photographs and the audit are taken without Django.
HERSELF = "Huỳnh Thị Thu Thảo"


def tracking_of(page: Page, dossier: str) -> None:
    """The page that the QR code of this dossier's receipt opens."""
    page.goto(read_receipt(page.request.get(f"{dossier}receipt.pdf").body()).code_opens)


def first_with(page: Page, dossiers: list[str], link: str) -> None:
    """The first of these dossiers whose holder is led on by such a link."""
    for dossier in dossiers:
        tracking_of(page, dossier)
        found = page.locator(f"main a[href$='{link}']")
        if found.count():
            found.first.click()
            page.locator("main form").first.wait_for()
            return
    raise AssertionError(f"no dossier leads to {link}")


def addresses(page: Page, rows: str = "tr[data-row]") -> list[str]:
    return [str(row.get_attribute("href")) for row in page.locator(f"{rows} a[data-open]").all()]


def of_herself(page: Page) -> list[str]:
    """The dossiers of the demo's own citizen."""
    page.goto("/dossiers/")
    page.locator("[data-find]").fill(HERSELF)
    page.locator("[data-find]").press("Enter")
    page.locator("tr[data-row]").first.wait_for()
    return addresses(page)


def copy_attached(page: Page) -> None:
    """From what lies ready to where its copy is attached."""
    page.goto("/results/")
    page.goto(addresses(page)[0])
    page.locator("main a[href$='/result/']").click()
    page.locator("main input[type=file]").wait_for()


def result_to_download(page: Page) -> None:
    first_with(page, of_herself(page), "/result/")


def download_refused(page: Page) -> None:
    result_to_download(page)
    page.locator("main form [name=proof]").fill("0000")
    page.locator("[data-main-submit]").click()
    page.locator(".govuk-error-summary").wait_for()


def asked_for_papers(page: Page) -> None:
    page.goto("/worklist/")
    first_with(page, addresses(page, "tr[data-row]:has-text('tạm dừng từ')"), "/supplement/")


def supplement_refused(page: Page) -> None:
    asked_for_papers(page)
    page.locator("[data-main-submit]").click()
    page.locator(".govuk-error-summary").wait_for()


def letter_on_its_way(page: Page) -> None:
    """A result goes by post; the slip comes back."""
    page.goto("/results/?list=sent")
    if not page.locator("main a[href$='/arrived/']").count():
        page.goto("/results/")
        page.goto(addresses(page)[-1])
        page.check("[name=method][value=post]")
        page.select_option("[name=carrier]", index=1)
        page.fill("[name=tracking_number]", "EB123456789VN")
        page.locator("[data-main-submit]").click()
        page.wait_for_url("**/dossiers/**")
        page.goto("/results/?list=sent")
    page.locator("main a[href$='/arrived/']").first.click()
    page.locator("[name=on]").wait_for()


def arrival_refused(page: Page) -> None:
    letter_on_its_way(page)
    page.fill("[name=on]", "31/12/2099")
    page.locator("[data-main-submit]").click()
    page.locator(".govuk-error-summary, .govuk-error-message").first.wait_for()


def pages_refused(page: Page) -> None:
    paper_opened(page)
    page.locator("form[action$='/pages/'] button[type=submit]").first.click()
    page.locator(".govuk-error-summary, .govuk-error-message").first.wait_for()


def asking_again(page: Page) -> None:
    """What is asked for of a filing that waits, missing or wrong: the list to write it on."""
    page.goto("/submissions/")
    links = [row.get_attribute("href") for row in page.locator("main tr a[href*='-NS-']").all()]
    for link in links:
        page.goto(str(link))
        if page.locator("[data-key=Y]").count():
            page.locator("[data-key=Y]").click()
            page.locator("[name=ask-reason]").wait_for()
            return
    raise AssertionError("nothing on the list was never asked about")


OLDER = "/results/older/"
BAD_LIST = (
    "Tên kết quả;Số, ký hiệu;Ngày cấp;Cấp cho;Có hiệu lực đến\n"
    "Giấy khai sinh;1/2011;31/02/2011;Lê Văn Một;Vô thời hạn\n"
    "Giấy khai sinh;2/2011;;Lê Văn Hai;Vô thời hạn\n"
)


def older_sought(page: Page) -> None:
    page.goto(OLDER)
    page.fill("[name=sought]", "không có ai tên như thế")
    page.locator("form[role=search] button").click()
    page.locator(".empty").wait_for()


def older_counted(page: Page) -> None:
    """What the figure above the register counts."""
    page.goto(OLDER)
    page.locator("main a[href='?counted=digitized']").click()
    page.locator("tr[data-row]").first.wait_for()


def older_refused(page: Page) -> None:
    page.goto(f"{OLDER}new/")
    page.locator("[data-main-submit]").click()
    page.locator(".govuk-error-summary").wait_for()


def list_with_faults(page: Page) -> None:
    page.goto(f"{OLDER}list/")
    page.set_input_files("[name=sheet]", FilePayload(name="ds.csv", mimeType="text/csv", buffer=BAD_LIST.encode()))
    page.locator("[data-main-submit]").click()
    page.locator("#bad-lines").wait_for()


def older_to_check(page: Page) -> None:
    """One whose scan somebody else made."""
    page.goto(f"{OLDER}?state=digitized")
    page.goto(addresses(page)[0])
    page.locator("[name=why]").wait_for()


def older_corrected(page: Page) -> None:
    """One whose line is to be put right, sent without saying why."""
    older_to_check(page)
    page.goto(f"{page.url}correct/")
    page.locator("[data-main-submit]").click()
    page.locator(".govuk-error-summary").wait_for()


RESULT_STOPS = (
    Stop("older-results", "vanthu", at(OLDER)),
    Stop("older-sought", "vanthu", older_sought),
    Stop("older-counted", "vanthu", older_counted),
    Stop("new-older", "vanthu", at(f"{OLDER}new/")),
    Stop("new-older-refused", "vanthu", older_refused),
    Stop("older-list", "vanthu", list_with_faults),
    Stop("older-result", "tiepnhan", older_to_check),
    Stop("correct-older", "tiepnhan", older_corrected),
    Stop("result-copy", "tiepnhan", copy_attached),
    Stop("download-result", "tiepnhan", result_to_download),
    Stop("download-refused", "tiepnhan", download_refused),
    Stop("ask-papers", "tiepnhan", asking_again),
    Stop("send-supplement", "thuly", asked_for_papers),
    Stop("supplement-refused", "thuly", supplement_refused),
    Stop("note-arrived", "tiepnhan", letter_on_its_way),
    Stop("arrival-refused", "tiepnhan", arrival_refused),
    Stop("add-pages", CITIZEN, pages_refused),
)
