"""The pages of plans: kept, led, read by anybody; bad input beside its field; exports that run nothing."""

import csv
import io
import re
from datetime import date

import pytest
from django.test import Client
from django.utils.timezone import localdate
from openpyxl import load_workbook
from pypdf import PdfReader

from motcua.people.models import UnitFunction
from motcua.reform.models import Plan, PlanTask
from motcua.reform.plan.actions import add_tasks, issue_plan, write_plan
from motcua.reform.plan.following import report_progress
from tests.cast import Cast
from tests.feedback.stories import logged_in
from tests.reform.stories import ISSUED, SIGNED, drafted, issued, on, said, unit_of

FORMULA = '=HYPERLINK("http://xau.example","Bấm")'


def typed(cast: Cast, **changes: str) -> dict[str, str]:
    return {
        "area": "finance", "content": "Công khai dự toán", "lead_unit": str(unit_of(cast, UnitFunction.ECONOMY).pk),
        "coordinating": "Văn thư", "owner": "", "deadline": f"quý IV/{localdate().year}", "product": "Bảng công khai",
    } | changes  # fmt: skip


def test_the_keeper_writes_a_plan_and_the_leader_issues_it(cast: Cast):
    keeper, leader, year = logged_in("kiemsoat"), logged_in("lanhdao"), localdate().year
    assert "Chưa có kế hoạch nào" in keeper.get("/reform/").text
    page = keeper.post("/reform/plans/new/", {"year": str(year), "title": "Kế hoạch của phường"}, follow=True)
    assert "Chưa có nhiệm vụ nào" in page.text
    plan = Plan.objects.get()
    again = keeper.post("/reform/plans/new/", {"year": str(year), "title": "Kế hoạch khác"})
    assert (again.status_code, "đã có kế hoạch" in again.text, "Kế hoạch khác" in again.text) == (422, True, True)
    added = keeper.post(f"/reform/plans/{plan.pk}/tasks/new/", typed(cast), follow=True)
    assert "Công khai dự toán" in added.text
    assert PlanTask.objects.get().deadline == date(year, 12, 31)
    assert f"/reform/plans/{plan.pk}/issue/" not in added.text
    assert Client().get(f"/reform-plans/{plan.pk}/").status_code == 404
    signed = {"number": "12/KH-UBND", "signed_on": f"{localdate():%d/%m/%Y}"}
    assert leader.post(f"/reform/plans/{plan.pk}/issue/", {**signed, "number": ""}).status_code == 422
    leader.post(f"/reform/plans/{plan.pk}/issue/", signed)
    shown = Client().get(f"/reform-plans/{plan.pk}/")
    assert (shown.status_code, "12/KH-UBND" in shown.text, "Công khai dự toán" in shown.text) == (200, True, True)
    assert f"/reform-plans/{plan.pk}/" in Client().get("/reform-plans/").text


def test_a_draft_is_the_keepers_and_the_leaders_alone(cast: Cast):
    plan = drafted(cast)
    for who, status in (("kiemsoat", 200), ("lanhdao", 200), ("thuly", 404), ("truongcongan", 404)):
        assert logged_in(who).get(f"/reform/plans/{plan.pk}/").status_code == status, who
    assert "2026" not in re.sub(r"<header.*?</header>", "", logged_in("thuly").get("/reform/").text.split("<main")[1])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"content": ""}, "Ông/bà ghi nội dung nhiệm vụ."),
        ({"deadline": "31/02/2026"}, "Hạn chưa đúng."),
        ({"deadline": "30/06/2031"}, "nằm ngoài năm 2026"),
        ({"area": "nowhere"}, "Ông/bà chọn một dòng trong danh sách."),
        ({"lead_unit": ""}, "Ông/bà chọn đơn vị chủ trì."),
    ],
)
def test_a_faulty_task_is_shown_again_with_the_sentence_at_its_field(cast: Cast, changes, sentence: str):
    plan = drafted(cast)
    page = logged_in("kiemsoat").post(f"/reform/plans/{plan.pk}/tasks/new/", typed(cast, **changes))
    assert (page.status_code, sentence in page.text, "Bảng công khai" in page.text) == (422, True, True)
    assert page.text.count("govuk-error-message") == 1
    assert plan.tasks.count() == 2


def test_who_was_slower_reads_so_and_keeps_what_he_typed(cast: Cast):
    _plan, task = issued(cast)
    officer, leader = logged_in("thuly"), logged_in("lanhdao")
    done = {"on": f"{localdate():%d/%m/%Y}", "evidence": "Danh mục 14 văn bản", "evidence_number": "7/BC", "seen": "1"}
    report_progress(task.pk, words="Đang làm", seen=1, by=cast.controller, at=on(date(2026, 2, 2)))
    page = officer.post(f"/reform/tasks/{task.pk}/done/", done)
    assert (page.status_code, "vừa được người khác cập nhật" in page.text) == (422, True)
    assert "Danh mục 14 văn bản" in page.text
    assert 'name="seen" value="2"' in page.text
    assert officer.post(f"/reform/tasks/{task.pk}/done/", done | {"seen": "2"}).status_code == 302
    late = leader.post(f"/reform/tasks/{task.pk}/done/", done | {"seen": "2"}, follow=True)
    assert "vừa được người khác cập nhật" in late.text
    task.refresh_from_db()
    assert (task.state, task.revision) == ("done", 3)
    for seen in ("", "x", "-1", "99999999999"):
        leader.post(f"/reform/tasks/{task.pk}/reopen/", {"reason": "Chưa xong", "seen": seen})
    task.refresh_from_db()
    assert task.state == "done"


def test_the_acts_that_are_offered_are_those_that_may_be_done(cast: Cast):
    _plan, task = issued(cast)
    address = f"/reform/tasks/{task.pk}/"
    leader, officer, clerk = (logged_in(who).get(address).text for who in ("lanhdao", "thuly", "tiepnhan"))
    assert (f"{address}drop/" in leader, f"{address}done/" in leader, f"{address}correct/" in leader) == (True,) * 3
    assert (f"{address}drop/" in officer, f"{address}done/" in officer) == (False, True)
    assert f"{address}done/" not in clerk
    refused = logged_in("tiepnhan").post(f"{address}done/", {"on": "01/02/2026", "evidence": "x", "seen": "1"})
    assert refused.status_code == 302
    assert PlanTask.objects.get(pk=task.pk).state == "not_begun"


def test_dropped_without_a_reason_is_refused_at_the_field(cast: Cast):
    _plan, task = issued(cast)
    page = logged_in("lanhdao").post(f"/reform/tasks/{task.pk}/drop/", {"reason": " ", "seen": "1"})
    assert (page.status_code, "Ông/bà ghi rõ lý do." in page.text) == (422, True)


def test_tasks_are_asked_for_by_unit_and_standing(cast: Cast):
    plan, task = issued(cast)
    client = logged_in("lanhdao")
    overdue = client.get(f"/reform/plans/{plan.pk}/?state=overdue").text
    assert ("Rà soát văn bản" in overdue) == (localdate() > task.deadline)
    records = unit_of(cast, UnitFunction.RECORDS)
    mine = client.get(f"/reform/plans/{plan.pk}/?unit={records.pk}").text
    assert ("Ký số văn bản đi" in mine, "Rà soát văn bản" in mine) == (True, False)
    for odd in ("?unit=' OR 1=1", "?state=nothing", f"?unit={'x' * 5000}"):
        assert client.get(f"/reform/plans/{plan.pk}/{odd}").status_code == 200


def test_the_public_page_names_nobody_and_runs_no_markup(cast: Cast):
    plan = write_plan(year=2026, title="Kế hoạch <b>2026</b>", by=cast.controller, at=ISSUED)
    task = said(cast, content="<script>alert(1)</script>", owner_id=cast.case_officer.id)
    add_tasks(plan.pk, [task], by=cast.controller, at=ISSUED)
    issue_plan(plan.pk, number="1/KH", signed_on=SIGNED, by=cast.leader, at=ISSUED)
    page = Client().get(f"/reform-plans/{plan.pk}/").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page
    for person in (cast.case_officer, cast.leader, cast.controller):
        assert person.name not in page
    assert cast.case_officer.name in logged_in("lanhdao").get(f"/reform/tasks/{PlanTask.objects.get().pk}/").text


def kept(plan: Plan, shape: str, query: str = "") -> bytes:
    answer = logged_in("lanhdao").get(f"/reform/plans/{plan.pk}/export/{shape}/{query}")
    assert answer.status_code == 200
    assert re.search(r'filename="[a-z0-9.-]+\.' + shape, answer["Content-Disposition"])
    return b"".join(answer) if answer.streaming else answer.content


def test_an_export_has_every_task_and_runs_no_formula(cast: Cast):
    plan = drafted(cast)
    add_tasks(plan.pk, [said(cast, content=FORMULA, product="+84", coordinating="@all")], by=cast.controller, at=ISSUED)
    rows = list(csv.reader(io.StringIO(kept(plan, "csv").decode("utf-8-sig"))))
    cells = [cell for row in rows for cell in row if "HYPERLINK" in cell or cell.endswith(("+84", "@all"))]
    assert len(cells) == 3
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "-"))]
    sheet = load_workbook(io.BytesIO(kept(plan, "xlsx"))).worksheets[0]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == FORMULA]
    assert [cell.data_type for cell in found] == ["s"]
    told = PdfReader(io.BytesIO(kept(plan, "pdf"))).pages
    assert "Ký số văn bản đi" in " ".join(" ".join(page.extract_text() for page in told).split())


def test_an_export_is_of_what_was_asked_for_and_only_for_who_may_read(cast: Cast):
    plan, _task = issued(cast)
    unit = unit_of(cast, UnitFunction.RECORDS)
    text = kept(plan, "csv", f"?unit={unit.pk}").decode()
    assert ("Ký số văn bản đi" in text, "Rà soát văn bản" in text) == (True, False)
    address = f"/reform/plans/{plan.pk}/export/"
    assert logged_in("lanhdao").get(f"{address}exe/").status_code == 404
    assert Client().get(f"{address}csv/").status_code == 302
