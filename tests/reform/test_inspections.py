"""Inspections: planned, held, concluded; findings remedied; people counted and never named."""

from datetime import date, timedelta

import pytest
from django.test import Client

from motcua.core.models import Event
from motcua.people.models import Agency, AgencyLevel
from motcua.reform.inspections.actions import (
    add_targets,
    issue_inspection_plan,
    remove_target,
    write_inspection_plan,
)
from motcua.reform.inspections.queries import figures_of, issued_by
from motcua.reform.inspections.visiting import (
    admonish,
    conclude,
    find,
    hold_inspection,
    remedy_finding,
    take_back_admonition,
)
from motcua.reform.models import Admonition, Finding, Inspection, InspectionPlan
from motcua.reform.refusals import InspectionRefused, NotYours, StaleInspection
from tests.cast import Cast
from tests.feedback.stories import logged_in
from tests.reform.stories import DRAFTED, ISSUED, SIGNED, YEAR, on

HELD = date(2026, 3, 10)
LATER = on(date(2026, 4, 20))


@pytest.fixture
def below(cast: Cast) -> list[Agency]:
    """Two agencies below the ward, and one that had ended before."""
    made = []
    for name, ended in (("Trạm A", None), ("Trạm B", None), ("Trạm cũ", date(2025, 12, 31))):
        made.append(
            Agency.objects.create(
                name=name, short_name=name, kind="department", level=AgencyLevel.COMMUNE,
                parent_id=cast.leader.agency_id, valid_from=date(2025, 8, 1), valid_to=ended,
            )
        )  # fmt: skip
    return made


def planned(cast: Cast, below: list[Agency]) -> InspectionPlan:
    plan = write_inspection_plan(year=YEAR, by=cast.controller, at=DRAFTED)
    add_targets(plan.pk, [(one.pk, HELD) for one in below[:2]], by=cast.controller, at=DRAFTED)
    issue_inspection_plan(plan.pk, number="9/KH", signed_on=SIGNED, by=cast.leader, at=ISSUED)
    plan.refresh_from_db()
    return plan


def visited(cast: Cast, below: list[Agency]) -> Inspection:
    visit = planned(cast, below).inspections.get(target=below[0])
    hold_inspection(visit.pk, on=HELD, by=cast.controller, at=on(HELD))
    return visit


def found(cast: Cast, visit: Inspection, **changes) -> Finding:
    told = {"cause": "late-report", "words": "Báo cáo trễ", "remedy": "Gửi đúng hạn", "remedy_by": date(2026, 5, 1)}
    return find(visit.pk, **(told | changes), by=cast.controller, at=on(HELD))


def test_the_whole_life_of_an_inspection(cast: Cast, below: list[Agency]):
    visit = visited(cast, below)
    first, second = found(cast, visit), found(cast, visit, cause="missing-annex")
    conclude(visit.pk, on=date(2026, 3, 20), number="3/KL", by=cast.controller, at=on(date(2026, 3, 20)))
    admonish(visit.pk, post="Công chức văn phòng", people=2, finding_id=first.pk, by=cast.controller, at=LATER)
    wrong = admonish(visit.pk, post="Công chức văn phòng", people=20, by=cast.controller, at=LATER)
    take_back_admonition(wrong.pk, by=cast.controller, at=LATER)
    admonish(visit.pk, post="Trưởng trạm", people=1, by=cast.controller, at=LATER)
    remedy_finding(second.pk, on=date(2026, 4, 1), evidence="Đã gửi phụ lục", by=cast.leader, at=LATER)
    figures = figures_of([visit.plan])
    assert (figures.held, figures.planned, figures.findings, figures.remedied, figures.people) == (1, 2, 2, 1, 3)
    assert figures.posts == [("Công chức văn phòng", 2), ("Trưởng trạm", 1)]
    assert dict(figures.causes) == {"Báo cáo trễ hạn": 1, "Báo cáo thiếu phụ lục, số liệu": 1}
    assert Event.objects.filter(kind="inspection_plan.admonition_taken_back").count() == 1


def test_a_plan_of_the_year_stands_once_and_names_agencies_below(cast: Cast, below: list[Agency]):
    plan = write_inspection_plan(year=YEAR, by=cast.controller, at=DRAFTED)
    with pytest.raises(InspectionRefused, match="đã có kế hoạch kiểm tra"):
        write_inspection_plan(year=YEAR, by=cast.controller, at=DRAFTED)
    with pytest.raises(InspectionRefused, match="cấp trên trực tiếp"):
        write_inspection_plan(year=YEAR, inspector_id=below[0].pk, by=cast.controller, at=DRAFTED)
    with pytest.raises(InspectionRefused, match="chưa có cơ quan"):
        issue_inspection_plan(plan.pk, number="9/KH", signed_on=SIGNED, by=cast.leader, at=ISSUED)
    for target in (cast.leader.agency_id, below[2].pk):
        with pytest.raises(InspectionRefused, match="cấp dưới"):
            add_targets(plan.pk, [(target, HELD)], by=cast.controller, at=DRAFTED)
    with pytest.raises(InspectionRefused, match="trong năm"):
        add_targets(plan.pk, [(below[0].pk, date(2027, 1, 1))], by=cast.controller, at=DRAFTED)
    (visit,) = add_targets(plan.pk, [(below[0].pk, HELD)], by=cast.controller, at=DRAFTED)
    with pytest.raises(InspectionRefused, match="đã có trong kế hoạch"):
        add_targets(plan.pk, [(below[0].pk, HELD)], by=cast.controller, at=DRAFTED)
    remove_target(visit.pk, by=cast.controller, at=DRAFTED)
    assert not plan.inspections.exists()


def test_issued_it_loses_no_agency_and_gains_none(cast: Cast, below: list[Agency]):
    plan = planned(cast, below)
    with pytest.raises(InspectionRefused, match="không bỏ cơ quan nào"):
        remove_target(plan.inspections.first().pk, by=cast.leader, at=ISSUED)
    with pytest.raises(StaleInspection):
        add_targets(plan.pk, [(below[1].pk, HELD)], by=cast.leader, at=ISSUED)
    assert figures_of([plan]).planned == 2


def test_nothing_is_found_before_the_visit_or_after_the_conclusion(cast: Cast, below: list[Agency]):
    visit = planned(cast, below).inspections.get(target=below[0])
    for act in (
        lambda: found(cast, visit),
        lambda: admonish(visit.pk, post="Công chức", people=1, by=cast.controller, at=LATER),
        lambda: conclude(visit.pk, on=HELD, number="3/KL", by=cast.controller, at=LATER),
    ):
        with pytest.raises(StaleInspection):
            act()
    with pytest.raises(InspectionRefused, match="trước ngày ký"):
        hold_inspection(visit.pk, on=SIGNED - timedelta(days=1), by=cast.controller, at=LATER)
    hold_inspection(visit.pk, on=HELD, by=cast.controller, at=LATER)
    with pytest.raises(InspectionRefused, match="trước ngày kiểm tra"):
        conclude(visit.pk, on=HELD - timedelta(days=1), number="3/KL", by=cast.controller, at=LATER)
    conclude(visit.pk, on=HELD, number="3/KL", by=cast.controller, at=LATER)
    with pytest.raises(StaleInspection):
        found(cast, visit)


@pytest.mark.parametrize(
    "changes", [{"cause": "weather"}, {"words": " "}, {"remedy": ""}, {"remedy_by": date(2026, 3, 9)}]
)
def test_a_finding_that_cannot_be_is_refused(cast: Cast, below: list[Agency], changes):
    visit = visited(cast, below)
    with pytest.raises(InspectionRefused):
        found(cast, visit, **changes)
    assert not Finding.objects.exists()


def test_people_are_counted_one_by_one_and_by_post(cast: Cast, below: list[Agency]):
    visit = visited(cast, below)
    for post, people in (("", 1), ("Công chức", 0), ("Công chức", -3), ("Công chức", 501)):
        with pytest.raises(InspectionRefused):
            admonish(visit.pk, post=post, people=people, by=cast.controller, at=LATER)
    assert not Admonition.objects.exists()


def test_a_finding_is_remedied_once_with_evidence(cast: Cast, below: list[Agency]):
    finding = found(cast, visited(cast, below))
    told = {"on": date(2026, 4, 1), "evidence": "Đã gửi"}
    for wrong in ({"evidence": " "}, {"on": date(2026, 4, 21)}, {"on": HELD - timedelta(days=1)}):
        with pytest.raises(InspectionRefused):
            remedy_finding(finding.pk, **(told | wrong), by=cast.controller, at=LATER)
    with pytest.raises(NotYours):
        remedy_finding(finding.pk, **told, by=cast.case_officer, at=LATER)
    remedy_finding(finding.pk, **told, by=cast.controller, at=LATER)
    with pytest.raises(StaleInspection):
        remedy_finding(finding.pk, **told, by=cast.leader, at=LATER)


def test_what_the_agency_above_keeps_itself_is_not_told_twice(cast: Cast):
    """The ward writes down the city's plan; when the city keeps it here too, its own record is the one that counts."""
    ward = Agency.objects.select_related("parent").get(pk=cast.leader.agency_id)
    copied = write_inspection_plan(year=YEAR, inspector_id=ward.parent_id, by=cast.controller, at=DRAFTED)
    add_targets(copied.pk, [(ward.pk, HELD)], by=cast.controller, at=DRAFTED)
    issue_inspection_plan(copied.pk, number="9/KH", signed_on=SIGNED, by=cast.leader, at=ISSUED)
    assert [plan.pk for plan in issued_by(ward.parent_id, YEAR, YEAR)] == [copied.pk]
    own = InspectionPlan.objects.create(
        agency_id=ward.parent_id, kept_by_id=ward.parent_id, year=YEAR, state="issued", number="9/KH",
        signed_on=SIGNED, drafted_by_id=cast.leader.id, drafted_at=DRAFTED,
    )  # fmt: skip
    assert [plan.pk for plan in issued_by(ward.parent_id, YEAR, YEAR)] == [own.pk]


def test_the_pages_from_the_plan_to_the_public_summary(cast: Cast, below: list[Agency]):
    keeper = logged_in("kiemsoat")
    assert "Chưa có kế hoạch kiểm tra nào" in keeper.get("/reform/inspections/").text
    ward = str(cast.leader.agency_id)
    keeper.post("/reform/inspections/new/", {"inspector": ward, "year": str(YEAR)})
    plan = InspectionPlan.objects.get()
    address = f"/reform/inspections/plans/{plan.pk}/"
    assert keeper.post(address, {"planned_on": "10/03/2026"}).status_code == 422
    keeper.post(address, {"targets": [str(one.pk) for one in below[:2]], "planned_on": "10/03/2026"})
    assert "Trạm B" in keeper.get(address).text
    logged_in("lanhdao").post(f"{address}issue/", {"number": "9/KH", "signed_on": "12/01/2026"})
    visit = Inspection.objects.get(target=below[0])
    page = f"/reform/inspections/{visit.pk}/"
    assert keeper.post(f"{page}hold/", {"on": "31/02/2026"}).status_code == 422
    keeper.post(f"{page}hold/", {"on": "10/03/2026"})
    told = {"cause": "late-report", "words": "Báo cáo <i>trễ</i>", "remedy": "Gửi", "remedy_by": "01/05/2026"}
    faulty = keeper.post(f"{page}findings/new/", told | {"remedy_by": "01/01/2020"})
    assert (faulty.status_code, "trước ngày kiểm tra" in faulty.text, "Gửi</textarea>" in faulty.text) == (422, 1, 1)
    keeper.post(f"{page}findings/new/", told)
    finding = Finding.objects.get()
    keeper.post(f"{page}people/new/", {"finding": str(finding.pk), "post": "Trưởng trạm Nguyễn", "people": "2"})
    keeper.post(f"{page}conclude/", {"number": "3/KL", "on": "20/03/2026"})
    keeper.post(f"/reform/findings/{finding.pk}/remedy/", {"on": "01/04/2026", "evidence": "Đã gửi"})
    shown = keeper.get(page).text
    for words in ("Báo cáo &lt;i&gt;trễ&lt;/i&gt;", "Trưởng trạm Nguyễn", "Đã khắc phục", "3/KL"):
        assert words in shown, words
    public = Client().get("/reform-inspections/").text
    assert "Trưởng trạm Nguyễn" not in public
    assert "Báo cáo &lt;i&gt;" not in public
    assert "Báo cáo trễ hạn: 1" in public
    assert [words.strip() for words in ("1/2", "1/1") if words not in public] == []


def test_an_official_without_the_duty_reads_and_changes_nothing(cast: Cast, below: list[Agency]):
    visit = visited(cast, below)
    page, told = f"/reform/inspections/{visit.pk}/", {"number": "1", "on": "10/03/2026"}
    clerk = logged_in("tiepnhan")
    assert clerk.get(page).status_code == 200
    assert clerk.post(f"{page}conclude/", told).status_code == 403
    assert logged_in("truongcongan").post(f"{page}conclude/", told).status_code == 302
    visit.refresh_from_db()
    assert visit.state == "held"
