"""The pages of reform: plans, tasks, inspections. Stops as those of `pages.py`, after all the others."""

from playwright.sync_api import Page

from tests.browser.stops import Stop, Way, at

KEEPER, LEADER = "kiemsoat", "lanhdao"
FAULTY = (
    "Lĩnh vực\tNội dung nhiệm vụ\tĐơn vị chủ trì\tHạn hoàn thành\tSản phẩm\n"
    "Cải cách thể chế\tRà soát văn bản\tPhòng không có\t31/02\tDanh mục\n"
)


def _plan(page: Page, words: str) -> None:
    """The plan in this state."""
    page.goto("/reform/")
    page.locator(f"main tr[data-row]:has-text('{words}') a[data-open]").first.click()
    page.locator("main h1").wait_for()


def issued(page: Page) -> None:
    _plan(page, "Đã ban hành")


def draft(page: Page) -> None:
    _plan(page, "Dự thảo")


def below(link: str, *, of_draft: bool = True) -> Way:
    def way(page: Page) -> None:
        (draft if of_draft else issued)(page)
        page.locator(f"main a[href$='{link}']").first.click()
        page.locator("main form[data-main]").wait_for()

    return way


def task(page: Page) -> None:
    issued(page)
    page.locator("main tr[data-row]:has-text('Đang làm') a[data-open]").first.click()
    page.locator("main dl.facts").wait_for()


def act(name: str) -> Way:
    def way(page: Page) -> None:
        task(page)
        page.locator(f"main a[href$='/{name}/']").click()
        page.locator("main form[data-main]").wait_for()

    return way


def done_refused(page: Page) -> None:
    act("done")(page)
    page.fill("[name=on]", "31/12/2099")
    page.locator("[data-main-submit]").click()
    page.locator(".govuk-error-summary").wait_for()


def dropped_task(page: Page) -> None:
    issued(page)
    page.locator("main tr[data-row]:has-text('Thôi không làm') a[data-open]").first.click()
    page.locator("main a[href$='/reopen/']").click()
    page.locator("main form[data-main]").wait_for()


def import_refused(page: Page) -> None:
    below("/import/")(page)
    page.fill("[name=pasted]", FAULTY)
    page.locator("[data-main-submit]").click()
    page.locator("main table").wait_for()


def open_plan(page: Page) -> None:
    page.goto("/reform-plans/")
    page.locator("main a[href*='/reform-plans/']").first.click()
    page.locator("main table").first.wait_for()


def inspection_plan(page: Page) -> None:
    page.goto("/reform/inspections/")
    page.locator("main tr[data-row] a[data-open]").first.click()
    page.locator("main dl.heads").wait_for()


def remedied(page: Page) -> None:
    """What one figure of the plan counts."""
    inspection_plan(page)
    page.locator("main a[href*='show=remedied']").click()
    page.locator("#findings table").wait_for()


def inspection(page: Page) -> None:
    inspection_plan(page)
    page.locator("main tr[data-row] a[data-open]").first.click()
    page.locator("main table").wait_for()


def remedy(page: Page) -> None:
    inspection(page)
    page.locator("main a[href$='/remedy/']").first.click()
    page.locator("main form[data-main]").wait_for()


def correct_finding(page: Page) -> None:
    """Before its remedy a finding may be put right: a leader's, for the conclusion is signed."""
    inspection(page)
    page.locator("main a[href*='/reform/findings/'][href$='/correct/']").first.click()
    page.locator("main form[data-main]").wait_for()


def people(page: Page) -> None:
    inspection(page)
    page.locator("main a[href$='/people/new/']").click()
    page.locator("main form[data-main]").wait_for()


REFORM_STOPS = (
    Stop("reform-plans", KEEPER, at("/reform/")),
    Stop("new-reform-plan", KEEPER, at("/reform/plans/new/")),
    Stop("reform-plan", LEADER, issued),
    Stop("reform-plan-draft", LEADER, draft),
    Stop("correct-reform-plan", KEEPER, below("/correct/")),
    Stop("issue-reform-plan", LEADER, below("/issue/")),
    Stop("import-reform-tasks", KEEPER, below("/import/")),
    Stop("import-reform-refused", KEEPER, import_refused),
    Stop("new-reform-task", KEEPER, below("/tasks/new/")),
    Stop("reform-task", LEADER, task),
    Stop("correct-reform-task", LEADER, act("correct")),
    Stop("reform-task-report", KEEPER, act("report")),
    Stop("reform-task-done", KEEPER, act("done")),
    Stop("reform-task-done-refused", KEEPER, done_refused),
    Stop("reform-task-drop", LEADER, act("drop")),
    Stop("reform-task-reopen", LEADER, dropped_task),
    Stop("open-reform-plans", "", at("/reform-plans/")),
    Stop("open-reform-plan", "", open_plan),
    Stop("inspections", KEEPER, at("/reform/inspections/")),
    Stop("new-inspection-plan", KEEPER, at("/reform/inspections/new/")),
    Stop("inspection-plan", KEEPER, inspection_plan),
    Stop("inspections-remedied", KEEPER, remedied),
    Stop("inspection", KEEPER, inspection),
    Stop("correct-finding", LEADER, correct_finding),
    Stop("remedy-finding", KEEPER, remedy),
    Stop("new-admonition", KEEPER, people),
    Stop("open-inspections", "", at("/reform-inspections/")),
)
