"""One visit: held, what was found and corrected, concluded, remedied, and how many people were admonished."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.people.access import ActingOfficial
from motcua.reform.access import require_keeper, require_leader
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
    """Something was found wanting; before the conclusion.

    Raises `NotYours`, `InspectionRefused` (it cannot be, or stands there already), `StaleInspection`.
    """
    actor = require_keeper(by)
    with transaction.atomic():
        found = locked_inspection(inspection_id, by)
        _held(found, InspectionState.HELD)
        said = _sound(found, cause, words, remedy, remedy_by)
        last: int = found.findings.aggregate(last=Max("ordinal"))["last"] or 0
        if last >= MOST_FINDINGS:
            raise InspectionRefused(_("Một cuộc kiểm tra ghi nhiều nhất %(most)d tồn tại.") % {"most": MOST_FINDINGS})
        finding = Finding.objects.create(inspection=found, ordinal=last + 1, **said)
        after = {"inspection": str(found.pk), "finding": str(finding.pk), **_told(said)}
        tell(found.plan, "found", by=actor, at=at, after=after)
    return finding


def correct_finding(
    finding_id: UUID, *, cause: str, words: str, remedy: str, remedy_by: date, seen: int, by: ActingOfficial,
    at: datetime, why: str = "",
) -> None:  # fmt: skip
    """Write a finding anew until it is remedied; what it said stays in the event.

    Once the conclusion is signed only a leader does, and says `why`. Raises `NotYours`, `InspectionRefused` (as `find`,
    without a reason, nothing changed, remedied), `StaleInspection`.
    """
    actor = require_keeper(by)
    with transaction.atomic():
        finding = Finding.objects.filter(pk=finding_id).first()
        if finding is None:
            raise StaleInspection
        found = locked_inspection(finding.inspection_id, by)
        _held(found, *VISITED)
        if found.state == InspectionState.CONCLUDED:
            actor = require_leader(by)
            if not why.strip():
                raise InspectionRefused(_("Kết luận đã ký. Ông/bà ghi vì sao sửa tồn tại này."))
        finding.refresh_from_db()
        if finding.remedied_on is not None:
            raise InspectionRefused(_("Tồn tại này đã khắc phục xong nên không sửa được nữa."))
        if finding.revision != seen:
            raise StaleInspection
        said = _sound(found, cause, words, remedy, remedy_by, but=finding.pk)
        changed = {name: value for name, value in said.items() if getattr(finding, name) != value}
        if not changed:
            raise InspectionRefused(_("Ông/bà chưa sửa chỗ nào."))
        before = {"finding": str(finding.pk), **_told({name: getattr(finding, name) for name in changed})}
        Finding.objects.filter(pk=finding.pk).update(revision=F("revision") + 1, **changed)
        after = {"finding": str(finding.pk), **_told(changed), **({"why": why.strip()} if why.strip() else {})}
        tell(found.plan, "finding_corrected", by=actor, at=at, before=before, after=after)


def _sound(
    found: Inspection, cause: str, words: str, remedy: str, remedy_by: date, *, but: UUID | None = None
) -> dict[str, Any]:
    """What a finding says, as the row has it. Raises `InspectionRefused` for what cannot be, or is told twice."""
    said: dict[str, Any] = {
        "cause": cause, "words": words.strip(), "remedy": remedy.strip(), "remedy_by": remedy_by,
    }  # fmt: skip
    if not said["words"] or not said["remedy"]:
        raise InspectionRefused(_("Ông/bà ghi tồn tại là gì và phải khắc phục thế nào."))
    if cause not in {one.code for one in causes_of(found.plan.year)}:
        raise InspectionRefused(_("Ông/bà chọn nguyên nhân trong danh sách."))
    if found.held_on is not None:
        _require(remedy_fault(remedy_by, found.held_on))
    if found.findings.filter(~Q(pk=but), **said).exists():
        raise InspectionRefused(_("Cuộc kiểm tra này đã ghi đúng tồn tại ấy. Ông/bà mở lại trang để xem."))
    return said


def _told(said: Mapping[str, Any]) -> dict[str, str]:
    """As the event keeps it."""
    return {name: str(value) for name, value in said.items()}


def admonish(
    inspection_id: UUID, *, post: str, people: int, by: ActingOfficial, at: datetime, finding_id: UUID | None = None
) -> Admonition:
    """So many people of a post were admonished, for one finding or the whole visit; no name is written anywhere.

    Raises `NotYours`, `InspectionRefused` (nobody, too many, the same post for the same finding), `StaleInspection`.
    """
    actor = require_keeper(by)
    if not post.strip() or not 1 <= people <= MOST_PEOPLE:
        raise InspectionRefused(_("Ông/bà ghi chức danh và số người, từ 1 đến %(most)d.") % {"most": MOST_PEOPLE})
    with transaction.atomic():
        found = locked_inspection(inspection_id, by)
        _held(found, *VISITED)
        if finding_id is not None and not found.findings.filter(pk=finding_id).exists():
            raise StaleInspection
        if found.admonitions.filter(Q(finding_id=finding_id), post__iexact=post.strip()).exists():
            raise InspectionRefused(
                _("Chức danh này đã ghi cho việc ấy. Nếu ghi nhầm số người, ông/bà bỏ dòng cũ rồi ghi lại.")
            )
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
