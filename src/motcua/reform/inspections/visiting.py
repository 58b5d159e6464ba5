"""One visit: held, what was found, concluded, remedied, and how many people were admonished."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.people.access import ActingOfficial
from motcua.reform.access import require_keeper
from motcua.reform.facts import causes_of
from motcua.reform.inspections.locking import locked_inspection, locked_inspection_plan, tell
from motcua.reform.inspections.rules import Fault, after_visit_fault, held_fault, remedy_fault
from motcua.reform.inspections.states import move
from motcua.reform.inspections.words import FAULTS
from motcua.reform.models import Admonition, Finding, Inspection, InspectionState
from motcua.reform.refusals import InspectionRefused, StaleInspection

MOST_PEOPLE = 500
MOST_FINDINGS = 200
VISITED = (InspectionState.HELD, InspectionState.CONCLUDED)


def hold_inspection(inspection_id: UUID, *, on: date, by: ActingOfficial, at: datetime) -> None:
    """The visit took place. Raises `NotYours`, `InspectionRefused`, `StaleInspection`."""
    actor = require_keeper(by)
    with transaction.atomic():
        found = locked_inspection(inspection_id, by)
        if found.plan.signed_on is None:
            raise InspectionRefused(_("Kế hoạch kiểm tra chưa ban hành."))
        _require(held_fault(on, found.plan.signed_on, localdate(at)))
        move(found.pk, InspectionState.HELD, held_on=on)
        tell(found.plan, "held", by=actor, at=at, after={"inspection": str(found.pk), "held_on": on.isoformat()})


def find(
    inspection_id: UUID, *, cause: str, words: str, remedy: str, remedy_by: date, by: ActingOfficial, at: datetime
) -> Finding:
    """Something was found wanting; before the conclusion. Raises `NotYours`, `InspectionRefused`, `StaleInspection`."""
    actor = require_keeper(by)
    if not words.strip() or not remedy.strip():
        raise InspectionRefused(_("Ông/bà ghi tồn tại là gì và phải khắc phục thế nào."))
    with transaction.atomic():
        found = locked_inspection(inspection_id, by)
        held_on = _held(found, InspectionState.HELD)
        if cause not in {one.code for one in causes_of(found.plan.year)}:
            raise InspectionRefused(_("Ông/bà chọn nguyên nhân trong danh sách."))
        _require(remedy_fault(remedy_by, held_on))
        last: int = found.findings.aggregate(last=Max("ordinal"))["last"] or 0
        if last >= MOST_FINDINGS:
            raise InspectionRefused(_("Một cuộc kiểm tra ghi nhiều nhất %(most)d tồn tại.") % {"most": MOST_FINDINGS})
        finding = Finding.objects.create(
            inspection=found, ordinal=last + 1, cause=cause, words=words.strip(), remedy=remedy.strip(),
            remedy_by=remedy_by,
        )  # fmt: skip
        after = {"inspection": str(found.pk), "finding": str(finding.pk), "cause": cause, "words": finding.words,
                 "remedy": finding.remedy, "remedy_by": remedy_by.isoformat()}  # fmt: skip
        tell(found.plan, "found", by=actor, at=at, after=after)
    return finding


def admonish(
    inspection_id: UUID, *, post: str, people: int, by: ActingOfficial, at: datetime, finding_id: UUID | None = None
) -> Admonition:
    """So many people of a post were admonished, for one finding or the whole visit; no name is written anywhere.

    Raises `NotYours`, `InspectionRefused`, `StaleInspection`.
    """
    actor = require_keeper(by)
    if not post.strip() or not 1 <= people <= MOST_PEOPLE:
        raise InspectionRefused(_("Ông/bà ghi chức danh và số người, từ 1 đến %(most)d.") % {"most": MOST_PEOPLE})
    with transaction.atomic():
        found = locked_inspection(inspection_id, by)
        _held(found, *VISITED)
        if finding_id is not None and not found.findings.filter(pk=finding_id).exists():
            raise StaleInspection
        said = Admonition.objects.create(inspection=found, finding_id=finding_id, post=post.strip(), people=people)
        after = {"inspection": str(found.pk), "finding": str(finding_id or ""), "post": said.post, "people": people}
        tell(found.plan, "admonished", by=actor, at=at, after=after)
    return said


def take_back_admonition(admonition_id: UUID, *, by: ActingOfficial, at: datetime) -> None:
    """It was written down wrongly. The log keeps both. Raises `NotYours`, `StaleInspection`."""
    actor = require_keeper(by)
    with transaction.atomic():
        said = Admonition.objects.filter(pk=admonition_id).first()
        if said is None:
            raise StaleInspection
        found = locked_inspection(said.inspection_id, by)
        if Admonition.objects.filter(pk=said.pk).delete()[0] != 1:
            raise StaleInspection
        before = {"inspection": str(found.pk), "post": said.post, "people": said.people}
        tell(found.plan, "admonition_taken_back", by=actor, at=at, before=before)


def conclude(inspection_id: UUID, *, on: date, number: str, by: ActingOfficial, at: datetime) -> None:
    """The conclusion was signed: what was found is fixed. Raises `NotYours`, `InspectionRefused`, `StaleInspection`."""
    actor = require_keeper(by)
    if not number.strip():
        raise InspectionRefused(_("Ông/bà ghi số, ký hiệu của kết luận kiểm tra."))
    with transaction.atomic():
        found = locked_inspection(inspection_id, by)
        _require(after_visit_fault(on, _held(found, InspectionState.HELD), localdate(at)))
        move(found.pk, InspectionState.CONCLUDED, concluded_on=on, conclusion_number=number.strip())
        after = {"inspection": str(found.pk), "concluded_on": on.isoformat(), "number": number.strip()}
        tell(found.plan, "concluded", by=actor, at=at, after=after)


def remedy_finding(finding_id: UUID, *, on: date, evidence: str, by: ActingOfficial, at: datetime) -> None:
    """It is remedied, and this proves it: said by who keeps the plan, or by the agency that was inspected.

    Raises `NotYours`, `InspectionRefused`, `StaleInspection` when somebody said so before.
    """
    actor = require_keeper(by)
    if not evidence.strip():
        raise InspectionRefused(_("Ông/bà ghi minh chứng: đã khắc phục bằng việc gì, văn bản nào."))
    with transaction.atomic():
        finding = Finding.objects.select_related("inspection").filter(pk=finding_id).first()
        if finding is None:
            raise StaleInspection
        plan = locked_inspection_plan(finding.inspection.plan_id)
        if by.agency_id not in {plan.kept_by_id, finding.inspection.target_id} or not plan.is_issued:
            raise StaleInspection
        _require(after_visit_fault(on, _held(finding.inspection, *VISITED), localdate(at)))
        rows = Finding.objects.filter(pk=finding.pk, remedied_on=None)
        if rows.update(remedied_on=on, evidence=evidence.strip()) != 1:
            raise StaleInspection
        after = {"finding": str(finding.pk), "remedied_on": on.isoformat(), "evidence": evidence.strip()}
        tell(plan, "remedied", by=actor, at=at, after=after)


def _held(found: Inspection, *states: InspectionState) -> date:
    """When it was held. Raises `StaleInspection` in another state."""
    if found.state not in states or found.held_on is None:
        raise StaleInspection
    return found.held_on


def _require(fault: Fault | None) -> None:
    if fault is not None:
        raise InspectionRefused(str(FAULTS[fault]))
