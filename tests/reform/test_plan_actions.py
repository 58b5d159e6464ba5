"""A plan drafted, issued, followed: what each act writes, and what it refuses."""

from datetime import date, timedelta

import pytest

from motcua.core.models import Event
from motcua.people.models import Agency, UnitFunction
from motcua.reform.inspections.actions import write_inspection_plan
from motcua.reform.models import Plan, PlanTask
from motcua.reform.plan.actions import add_tasks, correct_plan, correct_task, issue_plan, remove_task, write_plan
from motcua.reform.plan.following import drop_task, mark_done, reopen_task, report_progress
from motcua.reform.plan.queries import history_of, row_of
from motcua.reform.plan.rules import Standing
from motcua.reform.refusals import InspectionRefused, NotYours, PlanRefused, StalePlan, StaleTask
from tests.cast import Cast, police_officer
from tests.reform.stories import DRAFTED, ISSUED, JUNE, SIGNED, YEAR, drafted, issued, on, said, unit_of


def test_the_whole_life_of_a_plan(cast: Cast):
    plan, task = issued(cast)
    assert (plan.state, plan.number, plan.signed_on, plan.tasks.count()) == ("issued", "12/KH-UBND", SIGNED, 2)
    report_progress(task.pk, words="Xong một nửa", seen=1, by=cast.case_officer, at=on(date(2026, 5, 4)))
    mark_done(
        task.pk, on=JUNE, evidence="Danh mục 14 văn bản", evidence_number="7/BC", seen=2, by=cast.case_officer,
        at=on(JUNE),
    )  # fmt: skip
    task.refresh_from_db()
    assert (task.state, task.done_on, task.evidence_number, task.revision) == ("done", JUNE, "7/BC", 3)
    assert row_of(task, date(2026, 12, 1)).standing is Standing.DONE_IN_TIME
    kinds = list(Event.objects.filter(subject_kind="plan", subject_id=plan.pk).values_list("kind", flat=True))
    assert kinds == ["plan.drafted", "plan.tasks_added", "plan.issued", "plan.task_reported", "plan.task_done"]
    assert [event.kind for event in history_of(task)] == ["plan.task_done", "plan.task_reported", "plan.tasks_added"]


def test_a_year_has_one_plan(cast: Cast):
    drafted(cast)
    with pytest.raises(PlanRefused, match="Năm 2026 cơ quan đã có kế hoạch"):
        write_plan(year=YEAR, title="Kế hoạch khác", by=cast.controller, at=DRAFTED)
    other = write_plan(year=YEAR + 1, title="Kế hoạch sau", by=cast.controller, at=DRAFTED)
    with pytest.raises(PlanRefused, match="đã có kế hoạch"):
        correct_plan(other.pk, year=YEAR, title="Kế hoạch sau", by=cast.controller, at=DRAFTED)
    assert Plan.objects.count() == 2


def test_moved_to_another_year_the_tasks_must_fit(cast: Cast):
    plan = drafted(cast)
    with pytest.raises(PlanRefused, match="ngoài năm 2027"):
        correct_plan(plan.pk, year=2027, title=plan.title, by=cast.controller, at=DRAFTED)
    correct_plan(plan.pk, year=YEAR, title="Tên mới", by=cast.controller, at=DRAFTED)
    plan.refresh_from_db()
    assert plan.title == "Tên mới"


@pytest.mark.parametrize("year", [1999, 2010, 2101])
def test_a_year_that_cannot_be(cast: Cast, year: int):
    with pytest.raises(PlanRefused, match="Năm của kế hoạch"):
        write_plan(year=year, title="Kế hoạch", by=cast.controller, at=DRAFTED)


def test_a_year_before_the_agency_has_no_plan(cast: Cast):
    """It would be a draft that nothing fits: no unit stood, no agency below could be inspected."""
    Agency.objects.filter(pk=cast.leader.agency_id).update(valid_from=date(2025, 7, 1))
    for year, sentence in ((2024, "từ ngày 01/07/2025"), (2010, "phải từ 2011")):
        with pytest.raises(PlanRefused, match=sentence):
            write_plan(year=year, title="Kế hoạch", by=cast.controller, at=DRAFTED)
        with pytest.raises(InspectionRefused, match=sentence):
            write_inspection_plan(year=year, by=cast.controller, at=DRAFTED)
    plan = write_plan(year=2025, title="Kế hoạch", by=cast.controller, at=DRAFTED)
    with pytest.raises(PlanRefused, match="từ ngày 01/07/2025"):
        correct_plan(plan.pk, year=2024, title="Kế hoạch", by=cast.controller, at=DRAFTED)
    Agency.objects.filter(pk=cast.leader.agency_id).update(valid_to=date(2027, 6, 30))
    with pytest.raises(PlanRefused, match="đến ngày 30/06/2027"):
        write_plan(year=2028, title="Kế hoạch", by=cast.controller, at=DRAFTED)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"content": "  "}, "nội dung"),
        ({"product": ""}, "sản phẩm"),
        ({"area": "nothing"}, "không có lĩnh vực này"),
        ({"deadline": date(2025, 12, 31)}, "ngoài năm 2026"),
        ({"deadline": date(2027, 1, 1)}, "ngoài năm 2026"),
        ({"content": "dài" * 400}, "dài quá"),
        ({"lead_unit_id": SIGNED}, "đơn vị của cơ quan"),
        ({"owner_id": SIGNED}, "cán bộ của cơ quan"),
    ],
)
def test_a_task_that_cannot_be_is_refused_and_none_with_it(cast: Cast, changes, sentence: str):
    plan = write_plan(year=YEAR, title="Kế hoạch", by=cast.controller, at=DRAFTED)
    with pytest.raises(PlanRefused, match=sentence):
        add_tasks(plan.pk, [said(cast), said(cast, **changes)], by=cast.controller, at=DRAFTED)
    assert not PlanTask.objects.exists()


def test_issuing_wants_a_leader_tasks_a_number_and_a_day_that_fits(cast: Cast):
    plan = write_plan(year=YEAR, title="Kế hoạch", by=cast.controller, at=DRAFTED)
    told = {"number": "1/KH", "signed_on": SIGNED, "at": ISSUED}
    with pytest.raises(NotYours):
        issue_plan(plan.pk, **told, by=cast.controller)
    with pytest.raises(PlanRefused, match="chưa có nhiệm vụ"):
        issue_plan(plan.pk, **told, by=cast.leader)
    add_tasks(plan.pk, [said(cast, deadline=date(2026, 1, 9)), said(cast)], by=cast.controller, at=DRAFTED)
    with pytest.raises(PlanRefused, match="trước ngày ký kế hoạch, ông/bà sửa hạn: 1"):
        issue_plan(plan.pk, **told, by=cast.leader)
    for wrong in ({"signed_on": SIGNED + timedelta(days=1)}, {"signed_on": date(2025, 8, 31)}, {"number": " "}):
        with pytest.raises(PlanRefused):
            issue_plan(plan.pk, **(told | wrong), by=cast.leader)
    task = plan.tasks.get(ordinal=1)
    correct_task(task.pk, said(cast), seen=1, by=cast.controller, at=DRAFTED)
    issue_plan(plan.pk, **told, by=cast.leader)
    with pytest.raises(StalePlan):
        issue_plan(plan.pk, **told, by=cast.leader)


def test_once_issued_only_a_leader_changes_it_and_under_a_document(cast: Cast):
    plan, task = issued(cast)
    at = on(date(2026, 3, 2))
    with pytest.raises(NotYours):
        add_tasks(plan.pk, [said(cast)], by=cast.controller, at=at, basis="30/UBND")
    with pytest.raises(PlanRefused, match="số văn bản"):
        add_tasks(plan.pk, [said(cast)], by=cast.leader, at=at)
    with pytest.raises(PlanRefused, match="trước ngày ký"):
        add_tasks(plan.pk, [said(cast, deadline=date(2026, 1, 11))], by=cast.leader, at=at, basis="30/UBND")
    (third,) = add_tasks(plan.pk, [said(cast, content="Việc mới")], by=cast.leader, at=at, basis="30/UBND")
    assert (third.ordinal, third.basis) == (3, "30/UBND")
    with pytest.raises(PlanRefused, match="không xóa được"):
        remove_task(task.pk, seen=1, by=cast.leader, at=at)
    correct_task(task.pk, said(cast, deadline=date(2026, 9, 30)), seen=1, by=cast.leader, at=at, basis="31/UBND")
    task.refresh_from_db()
    assert (task.deadline, task.basis, task.revision) == (date(2026, 9, 30), "31/UBND", 2)
    told = Event.objects.get(kind="plan.task_corrected")
    assert (told.before, told.after["basis"]) == ({"deadline": "2026-06-30"}, "31/UBND")


def test_a_task_sent_twice_is_written_once(cast: Cast):
    plan, task = issued(cast)
    told = {"by": cast.leader, "at": on(date(2026, 3, 2)), "basis": "30/UBND"}
    again = said(cast, content="  RÀ SOÁT văn bản của phường. ")
    for several in ([again], [said(cast, content="Việc mới"), said(cast, content="việc mới")]):
        with pytest.raises(PlanRefused, match="đã có nhiệm vụ này"):
            add_tasks(plan.pk, several, **told)
    assert plan.tasks.count() == 2
    drop_task(task.pk, reason="Tỉnh làm chung", seen=1, by=cast.leader, at=told["at"])
    assert len(add_tasks(plan.pk, [again], **told)) == 1, "what was dropped may come in again"


def test_room_in_a_plan_is_counted_by_its_tasks(cast: Cast):
    """Tasks taken out of a draft leave their numbers, not their place."""
    plan = drafted(cast)
    PlanTask.objects.filter(plan=plan, ordinal=2).update(ordinal=1000)
    (third,) = add_tasks(plan.pk, [said(cast, content="Việc mới")], by=cast.controller, at=DRAFTED)
    assert third.ordinal == 1001


def test_a_task_of_a_draft_is_taken_out(cast: Cast):
    plan = drafted(cast)
    task = plan.tasks.get(ordinal=1)
    with pytest.raises(StaleTask):
        remove_task(task.pk, seen=7, by=cast.controller, at=DRAFTED)
    remove_task(task.pk, seen=1, by=cast.controller, at=DRAFTED)
    assert plan.tasks.count() == 1
    with pytest.raises(PlanRefused, match="chưa ban hành"):
        report_progress(plan.tasks.get().pk, words="Đang làm", seen=1, by=cast.controller, at=DRAFTED)


def test_who_reports(cast: Cast):
    """The lead unit, who is in charge, who keeps the plan; another room's official does not."""
    plan, task = issued(cast)
    at = on(date(2026, 3, 2))
    with pytest.raises(NotYours):
        report_progress(task.pk, words="Tôi cũng làm", seen=1, by=police_officer(), at=at)
    for seen, by in enumerate((cast.case_officer, cast.controller, cast.leader), 1):
        report_progress(task.pk, words="Đang làm", seen=seen, by=by, at=at)
    (owned,) = add_tasks(
        plan.pk, [said(cast, owner_id=police_officer().id, lead_unit_id=unit_of(cast, UnitFunction.RECORDS).pk)],
        by=cast.leader, at=at, basis="30/UBND",
    )  # fmt: skip
    report_progress(owned.pk, words="Tôi phụ trách", seen=1, by=police_officer(), at=at)
    assert Event.objects.filter(kind="plan.task_reported").count() == 4


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"evidence": " "}, "minh chứng"),
        ({"on": date(2026, 7, 2)}, "sau hôm nay"),
        ({"on": date(2026, 1, 11)}, "trước ngày ký"),
    ],
)
def test_done_wants_evidence_and_a_day_that_was(cast: Cast, changes, sentence: str):
    _plan, task = issued(cast)
    told = {"on": JUNE, "evidence": "Danh mục", "seen": 1} | changes
    with pytest.raises(PlanRefused, match=sentence):
        mark_done(task.pk, **told, by=cast.case_officer, at=on(date(2026, 7, 1)))
    task.refresh_from_db()
    assert (task.state, task.revision) == ("not_begun", 1)


def test_dropped_only_by_a_leader_and_never_without_a_reason(cast: Cast):
    _plan, task = issued(cast)
    at = on(date(2026, 3, 2))
    with pytest.raises(PlanRefused, match="vì sao"):
        drop_task(task.pk, reason="  ", seen=1, by=cast.leader, at=at)
    with pytest.raises(NotYours):
        drop_task(task.pk, reason="Không cần", seen=1, by=cast.controller, at=at)
    drop_task(task.pk, reason="Tỉnh làm chung", seen=1, by=cast.leader, at=at)
    with pytest.raises(StaleTask):
        mark_done(task.pk, on=date(2026, 3, 2), evidence="Xong", seen=2, by=cast.leader, at=at)
    reopen_task(task.pk, reason="Tỉnh trả về", seen=2, by=cast.leader, at=at)
    task.refresh_from_db()
    assert (task.state, task.dropped_reason, task.revision) == ("in_progress", "", 3)


def test_a_late_task_is_late_whoever_marks_it(cast: Cast):
    _plan, task = issued(cast)
    mark_done(task.pk, on=date(2026, 7, 1), evidence="Danh mục", seen=1, by=cast.leader, at=on(date(2026, 7, 1)))
    task.refresh_from_db()
    assert row_of(task, date(2026, 7, 1)).standing is Standing.DONE_LATE


def test_another_agencys_plan_is_not_there(cast: Cast):
    plan, task = issued(cast)
    Plan.objects.filter(pk=plan.pk).update(agency_id=unit_of(cast, UnitFunction.RECORDS).agency.parent_id)
    at = on(date(2026, 3, 2))
    with pytest.raises(StalePlan):
        add_tasks(plan.pk, [said(cast)], by=cast.leader, at=at, basis="1")
    with pytest.raises(StaleTask):
        mark_done(task.pk, on=SIGNED, evidence="Xong", seen=1, by=cast.leader, at=at)
