"""The rooms of reform as a clerk walks them: slips that hide nothing, figures that open, sheets that go wrong."""

import re
from datetime import date

import pytest
from django.test import Client

from motcua.people.models import Agency
from motcua.reform.inspections import visiting
from motcua.reform.inspections.actions import add_targets, issue_inspection_plan, write_inspection_plan
from motcua.reform.models import Inspection, InspectionPlan, Plan, PlanTask
from motcua.reform.plan.actions import correct_task, write_plan
from motcua.reform.plan.following import report_progress
from motcua.reform.plan.views.plans import TOLD_LINES
from tests.cast import Cast
from tests.documents.papers.sent import part
from tests.feedback.stories import logged_in
from tests.reform.stories import DRAFTED, ISSUED, SIGNED, YEAR, drafted, issued, on, said

pytestmark = pytest.mark.django_db
HEADS = "Lĩnh vực\tNội dung nhiệm vụ\tĐơn vị chủ trì\tHạn hoàn thành\tSản phẩm\n"


def seen_in(page: str) -> int:
    (seen,) = re.findall(r'name="seen" value="(-?\d+)"', page)
    return int(seen)


def main_of(page: str) -> str:
    return page.split("<main")[1].split("</main>")[0]


def test_a_slip_of_the_pen_does_not_hide_what_another_changed(cast: Cast):
    """The page that is shown again for an empty box must go on knowing what it showed first."""
    plan = drafted(cast)
    task, keeper = plan.tasks.get(ordinal=1), logged_in("kiemsoat")
    address = f"/reform/tasks/{task.pk}/correct/"
    typed = {
        "area": task.area, "content": "Của người sau", "lead_unit": str(task.lead_unit_id), "product": "Danh mục",
        "seen": str(seen_in(keeper.get(address).text)),
    }  # fmt: skip
    correct_task(task.pk, said(cast, content="Của người trước"), seen=1, by=cast.leader, at=DRAFTED)
    again = keeper.post(address, typed)
    assert (again.status_code, seen_in(again.text)) == (422, 1)
    slower = keeper.post(address, {**typed, "deadline": "quý II", "seen": str(seen_in(again.text))})
    assert "vừa được người khác cập nhật" in slower.text
    assert (PlanTask.objects.get(pk=task.pk).content, seen_in(slower.text)) == ("Của người trước", 2)
    assert f'href="/reform/tasks/{task.pk}/"' in main_of(slower.text), "what stands now is one click away"


def test_who_was_slower_to_report_reads_what_is_written(cast: Cast):
    _plan, task = issued(cast)
    officer = logged_in("thuly")
    address = f"/reform/tasks/{task.pk}/report/"
    seen = seen_in(officer.get(address).text)
    report_progress(task.pk, words="Đã họp ba khu phố", seen=1, by=cast.controller, at=on(SIGNED))
    assert seen_in(officer.post(address, {"words": "", "seen": seen}).text) == seen
    slower = officer.post(address, {"words": "Đã xong một nửa", "seen": seen})
    assert (slower.status_code, "Đã họp ba khu phố" in slower.text, "Đã xong một nửa" in slower.text) == (
        422,
        True,
        True,
    )
    assert officer.post(address, {"words": "Đã xong một nửa", "seen": seen_in(slower.text)}).status_code == 302


def test_every_change_after_the_issue_names_its_own_document(cast: Cast):
    _plan, task = issued(cast)
    changed = said(cast, content="Đã điều chỉnh")
    correct_task(task.pk, changed, seen=1, basis="99/QĐ-UBND", by=cast.leader, at=on(SIGNED))
    page = logged_in("lanhdao").get(f"/reform/tasks/{task.pk}/correct/").text
    assert "99/QĐ-UBND" not in page
    assert f"30/06/{YEAR}" in page, "the example is of the plan's own year"


def test_a_draft_says_what_comes_next_and_counts_nobody_late(cast: Cast):
    empty = write_plan(year=YEAR + 1, title="Kế hoạch", by=cast.controller, at=DRAFTED)
    assert "/issue/" not in main_of(logged_in("lanhdao").get(f"/reform/plans/{empty.pk}/").text)
    plan = drafted(cast)
    for who, words, may_issue in (("lanhdao", "bấm “Ban hành”", True), ("kiemsoat", "lãnh đạo mở trang này", False)):
        page = main_of(logged_in(who).get(f"/reform/plans/{plan.pk}/").text)
        assert (words in page, "/issue/" in page, 'class="heads"' in page) == (True, may_issue, False), who


def test_the_overdue_figure_has_its_colour(cast: Cast):
    plan, _task = issued(cast)
    PlanTask.objects.filter(plan=plan).update(deadline=date(YEAR, 1, 13))
    page = main_of(logged_in("lanhdao").get(f"/reform/plans/{plan.pk}/").text)
    assert ("ink-vermilion" in page, "ink-late" in page) == (True, False)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"year": "1999", "title": "a"}, "Năm của kế hoạch phải từ"),
        ({"year": "abcd", "title": "a"}, "bằng bốn chữ số"),
        ({"year": str(YEAR), "title": "a" * 301}, "Nội dung dài quá, nhiều nhất 300 ký tự"),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_is_refused_in_the_words_of_this_house(cast: Cast, typed, sentence: str):
    page = logged_in("kiemsoat").post("/reform/plans/new/", typed)
    assert (page.status_code, sentence in page.text) == (422, True)


def test_the_tab_of_the_page_is_marked(cast: Cast):
    for address in ("/reform/", "/reform/inspections/"):
        page = main_of(logged_in("kiemsoat").get(address).text)
        assert re.search(rf'<ul class="filters">.*href="{address}" aria-current="page"', page, re.DOTALL), address


class TestSheet:
    @pytest.fixture
    def plan(self, cast: Cast) -> Plan:
        return write_plan(year=YEAR, title="Kế hoạch", by=cast.controller, at=DRAFTED)

    @pytest.fixture
    def page(self, plan: Plan) -> str:
        return f"/reform/plans/{plan.pk}/import/"

    def test_nothing_new_is_not_told_as_taken_in(self, page: str):
        came = logged_in("kiemsoat").post(page, {"pasted": HEADS + "Cải cách thể chế\tRà soát\tVăn thư\t\tBáo cáo\n"})
        assert ("Đã nhập 0" in came.text, "Không có nhiệm vụ nào mới." in came.text) == (False, True)
        assert "Chưa ghi cột “Hạn hoàn thành”." in came.text
        assert "Không hiểu hạn" not in came.text

    def test_the_lines_to_mend_have_a_box_of_that_name_and_a_way_to_send_the_file(self, page: str):
        came = main_of(
            logged_in("kiemsoat").post(page, {"pasted": HEADS + "x\tRà soát\tVăn thư\tquý I\tBáo cáo\n"}).text
        )
        assert "Sửa các dòng chưa nhập được rồi nhập lại" in came
        assert ("Hoặc dán" in came, "không bắt buộc" in came) == (False, False)
        assert re.search(rf'href="{page}"\s*>Gửi tệp đã sửa', came)

    def test_a_file_beside_pasted_lines_is_asked_about_and_nothing_is_taken_in(self, plan: Plan, page: str):
        pasted = HEADS + "Cải cách thể chế\tRà soát\tVăn thư\tquý I\tBáo cáo\n"
        both = {"pasted": pasted, "sheet": part(pasted.replace("Rà soát", "Khác").encode(), "bang.csv")}
        came = logged_in("kiemsoat").post(page, both)
        assert (came.status_code, "chỉ gửi một thứ" in came.text, "Rà soát" in came.text) == (422, True, True)
        assert not plan.tasks.exists()

    def test_a_thousand_faulty_lines_are_told_in_part_and_handed_back_whole(self, page: str):
        lines = "".join(f"x\tViệc {n}\tVăn thư\tquý I\tBáo cáo\n" for n in range(900))
        came = logged_in("kiemsoat").post(page, {"pasted": HEADS + lines})
        assert main_of(came.text).count("<tr>") == TOLD_LINES + 1
        assert f"nêu {TOLD_LINES} trên 900 dòng" in came.text
        assert "Việc 899" in came.context["form"]["pasted"].value()


class TestInspections:
    @pytest.fixture
    def plan(self, cast: Cast) -> InspectionPlan:
        """The city inspects the ward: visited, two findings, one of them remedied, two people admonished."""
        above = Agency.objects.get(pk=cast.leader.agency_id).parent_id
        plan = write_inspection_plan(year=YEAR, inspector_id=above, by=cast.controller, at=DRAFTED)
        add_targets(plan.pk, [(cast.leader.agency_id, date(YEAR, 2, 2))], by=cast.controller, at=DRAFTED)
        issue_inspection_plan(plan.pk, number="9/KH", signed_on=SIGNED, by=cast.leader, at=ISSUED)
        visit, day = Inspection.objects.get().pk, date(YEAR, 2, 2)
        keeps = {"by": cast.controller, "at": on(day)}
        visiting.hold_inspection(visit, on=day, **keeps)
        for words in ("Thiếu sổ", "Niêm yết cũ"):
            last = visiting.find(visit, cause="records", words=words, remedy="Sửa", remedy_by=day, **keeps)
        visiting.remedy_finding(last.pk, on=day, evidence="Đã thay", **keeps)
        visiting.admonish(visit, post="Công chức", people=2, **keeps)
        return plan

    def test_every_figure_opens_its_list(self, plan: InspectionPlan):
        reader, address = logged_in("thuly"), f"/reform/inspections/plans/{plan.pk}/"
        page = main_of(reader.get(address).text)
        for link in ("?show=held#visits", "?#visits", "?#findings", "?show=remedied#findings", "#people"):
            assert f'href="{link}"' in page, link
        for anchor in ("visits", "findings", "people"):
            assert f'id="{anchor}"' in page, anchor
        assert ("Thiếu sổ" in page, "Niêm yết cũ" in page, "Công chức" in page) == (True, True, True)
        only = main_of(reader.get(f"{address}?show=remedied").text)
        assert ("Thiếu sổ" in only, "Niêm yết cũ" in only) == (False, True)

    def test_the_public_page_has_no_link_to_lists_of_officials(self, plan: InspectionPlan):
        page = main_of(Client().get("/reform-inspections/").text)
        assert ("?show=" in page, "#findings" in page, "Thiếu sổ" in page) == (False, False, False)

    def test_a_commune_begins_with_the_agency_above(self, cast: Cast):
        keeper = logged_in("kiemsoat")
        above = Agency.objects.get(pk=cast.leader.agency_id).parent_id
        assert f'<option value="{above}" selected>' in keeper.get("/reform/inspections/new/").text
        own = {"inspector": str(cast.leader.agency_id), "year": str(YEAR)}
        page = main_of(keeper.post("/reform/inspections/new/", own, follow=True).text)
        assert ("chọn cơ quan cấp trên" in page, 'href="/reform/inspections/new/"' in page) == (True, True)
        assert 'class="heads"' not in page

    def test_the_visit_says_in_its_title_what_it_is(self, plan: InspectionPlan):
        page = logged_in("kiemsoat").get(f"/reform/inspections/{Inspection.objects.get().pk}/").text
        title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
        assert title is not None
        assert title[1].strip().startswith("Kiểm tra ")

    def test_too_many_people_are_refused_with_the_most_there_may_be(self, plan: InspectionPlan):
        address = f"/reform/inspections/{Inspection.objects.get().pk}/people/new/"
        page = logged_in("kiemsoat").post(address, {"post": "Công chức", "people": str(visiting.MOST_PEOPLE + 1)})
        assert f"từ 1 đến {visiting.MOST_PEOPLE}" in page.text
