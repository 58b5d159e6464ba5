"""A finding put right: by whom, until when, and what it said before is kept; nothing sent twice is counted twice."""

from datetime import date

import pytest

from motcua.core.models import Event
from motcua.people.models import Agency
from motcua.reform.inspections.actions import add_targets, issue_inspection_plan, write_inspection_plan
from motcua.reform.inspections.visiting import admonish, conclude, correct_finding, remedy_finding
from motcua.reform.models import Admonition, Finding, InspectionPlan
from motcua.reform.refusals import InspectionRefused, NotYours, StaleInspection
from tests.cast import Cast
from tests.feedback.stories import logged_in
from tests.reform.stories import DRAFTED, ISSUED, SIGNED, YEAR
from tests.reform.test_inspections import HELD, LATER, below, found, visited

__all__ = ["below"]
SAID = {"cause": "late-report", "words": "Báo cáo trễ", "remedy": "Gửi đúng hạn", "remedy_by": date(2026, 5, 1)}


def test_what_it_said_before_is_in_the_event(cast: Cast, below: list[Agency]):
    finding = found(cast, visited(cast, below))
    anew = SAID | {"words": "  Hai báo cáo trễ ", "remedy_by": date(2026, 6, 1)}
    correct_finding(finding.pk, **anew, seen=1, by=cast.controller, at=LATER)
    finding.refresh_from_db()
    assert (finding.words, finding.remedy_by, finding.revision) == ("Hai báo cáo trễ", date(2026, 6, 1), 2)
    told = Event.objects.get(kind="inspection_plan.finding_corrected")
    key = str(finding.pk)
    assert told.before == {"finding": key, "words": "Báo cáo trễ", "remedy_by": "2026-05-01"}
    assert told.after == {"finding": key, "words": "Hai báo cáo trễ", "remedy_by": "2026-06-01"}
    with pytest.raises(StaleInspection):
        correct_finding(finding.pk, **SAID, seen=1, by=cast.controller, at=LATER)
    with pytest.raises(NotYours):
        correct_finding(finding.pk, **SAID, seen=2, by=cast.case_officer, at=LATER)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "chưa sửa chỗ nào"), ({"words": " "}, "tồn tại là gì"), ({"cause": "weather"}, "nguyên nhân"),
        ({"remedy_by": date(2026, 3, 9)}, "trước ngày kiểm tra"), ({"remedy_by": date(2029, 1, 1)}, "hai năm"),
        ({"words": "Sổ thiếu"}, "đã ghi đúng tồn tại"),
    ],
)  # fmt: skip
def test_a_correction_that_cannot_be_is_refused(cast: Cast, below: list[Agency], changes, sentence: str):
    visit = visited(cast, below)
    finding = found(cast, visit)
    found(cast, visit, words="Sổ thiếu")
    with pytest.raises(InspectionRefused, match=sentence):
        correct_finding(finding.pk, **(SAID | changes), seen=1, by=cast.controller, at=LATER)
    assert not Event.objects.filter(kind="inspection_plan.finding_corrected").exists()


def test_after_the_conclusion_only_a_leader_and_he_says_why(cast: Cast, below: list[Agency]):
    visit = visited(cast, below)
    finding = found(cast, visit)
    conclude(visit.pk, on=HELD, number="3/KL", by=cast.controller, at=LATER)
    anew = SAID | {"words": "Hai báo cáo trễ", "seen": 1, "at": LATER}
    with pytest.raises(NotYours):
        correct_finding(finding.pk, **anew, why="Ghi nhầm", by=cast.controller)
    with pytest.raises(InspectionRefused, match="vì sao sửa"):
        correct_finding(finding.pk, **anew, why=" ", by=cast.leader)
    correct_finding(finding.pk, **anew, why="Theo 4/KL đính chính", by=cast.leader)
    assert Event.objects.get(kind="inspection_plan.finding_corrected").after["why"] == "Theo 4/KL đính chính"
    remedy_finding(finding.pk, on=date(2026, 4, 1), evidence="Đã gửi", by=cast.controller, at=LATER)
    with pytest.raises(InspectionRefused, match="đã khắc phục xong"):
        correct_finding(finding.pk, **(anew | {"words": "Khác", "seen": 2}), why="Nhầm", by=cast.leader)


def test_sent_twice_a_finding_and_the_people_are_counted_once(cast: Cast, below: list[Agency]):
    visit = visited(cast, below)
    finding = found(cast, visit)
    with pytest.raises(InspectionRefused, match="đã ghi đúng tồn tại"):
        found(cast, visit, words=" Báo cáo trễ ")
    told = {"post": "Công chức", "by": cast.controller, "at": LATER}
    admonish(visit.pk, **told, people=2)
    for people in (2, 3):
        with pytest.raises(InspectionRefused, match="đã ghi cho việc ấy"):
            admonish(visit.pk, **(told | {"post": "công chức "}), people=people)
    admonish(visit.pk, **told, people=1, finding_id=finding.pk)
    assert (Finding.objects.count(), Admonition.objects.count()) == (1, 2)


def test_the_page_keeps_what_was_typed_and_shows_whom_it_is_open_to(cast: Cast, below: list[Agency]):
    visit = visited(cast, below)
    finding = found(cast, visit)
    page = f"/reform/findings/{finding.pk}/correct/"
    keeper, leader = logged_in("kiemsoat"), logged_in("lanhdao")
    assert page in keeper.get(f"/reform/inspections/{visit.pk}/").text
    assert 'name="seen" value="1"' in keeper.get(page).text
    typed = {"cause": "late-report", "words": "Hai báo cáo", "remedy": "Gửi", "remedy_by": "01/06/2026", "seen": "1"}
    assert keeper.post(page, typed).status_code == 302
    late = leader.post(page, typed | {"words": "Ba báo cáo"})
    assert (late.status_code, "Ba báo cáo</textarea>" in late.text) == (422, True)
    assert "vừa được người khác cập nhật" in late.text
    for seen in ("", "x", "-1", "9" * 30):
        assert leader.post(page, typed | {"words": "Ba", "seen": seen}).status_code == 422
    conclude(visit.pk, on=HELD, number="3/KL", by=cast.controller, at=LATER)
    assert page not in keeper.get(f"/reform/inspections/{visit.pk}/").text
    assert keeper.get(page).status_code == 302
    assert page in leader.get(f"/reform/inspections/{visit.pk}/").text
    assert leader.post(page, typed | {"words": "Bốn", "seen": "2"}).status_code == 422
    assert leader.post(page, typed | {"words": "Bốn", "seen": "2", "why": "Ghi nhầm"}).status_code == 302
    assert "Bốn" in leader.get(f"/reform/inspections/{visit.pk}/").text


def test_who_is_inspected_is_not_offered_what_the_keeper_does(cast: Cast):
    """The city keeps the plan: the ward reads the visit and says what it remedied, and nothing else."""
    ward = Agency.objects.select_related("parent").get(pk=cast.leader.agency_id)
    plan = write_inspection_plan(year=YEAR, inspector_id=ward.parent_id, by=cast.controller, at=DRAFTED)
    (visit,) = add_targets(plan.pk, [(ward.pk, HELD)], by=cast.controller, at=DRAFTED)
    issue_inspection_plan(plan.pk, number="9/KH", signed_on=SIGNED, by=cast.leader, at=ISSUED)
    InspectionPlan.objects.filter(pk=plan.pk).update(kept_by_id=ward.parent_id)
    visit.state, visit.held_on = "held", HELD
    visit.save()
    finding = Finding.objects.create(inspection=visit, ordinal=1, **SAID)
    leader, page = logged_in("lanhdao"), f"/reform/inspections/{visit.pk}/"
    assert leader.get(page).status_code == 200
    for act in (f"{page}findings/new/", f"{page}people/new/", f"{page}conclude/",
                f"/reform/findings/{finding.pk}/correct/"):  # fmt: skip
        assert (act, leader.get(act).status_code) == (act, 302)
    told = {"on": "01/04/2026", "evidence": "Đã gửi"}
    assert leader.post(f"/reform/findings/{finding.pk}/remedy/", told).status_code == 302
    finding.refresh_from_db()
    assert finding.remedied_on == date(2026, 4, 1)
