"""A year's plan of inspections: who is to be inspected and when, then issued under a number."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.people.access import ActingOfficial
from motcua.people.models import Agency
from motcua.people.queries import agencies_under
from motcua.reform.access import require_keeper, require_leader
from motcua.reform.inspections.locking import locked_inspection, locked_inspection_plan, tell
from motcua.reform.inspections.rules import planned_fault
from motcua.reform.inspections.words import FAULTS
from motcua.reform.models import Inspection, InspectionPlan, InspectionState, PlanState
from motcua.reform.refusals import InspectionRefused, StaleInspection
from motcua.reform.years import year_fault


def write_inspection_plan(
    *, year: int, by: ActingOfficial, at: datetime, inspector_id: UUID | None = None
) -> InspectionPlan:
    """Begin the plan of a year. `inspector_id`: the agency above, where it comes to inspect this one.

    Raises `NotYours`, and `InspectionRefused` for a second plan of the year, or a year without the agency.
    """
    actor = require_keeper(by)
    inspector = inspector_id or by.agency_id
    if fault := year_fault(by.agency_id, year):
        raise InspectionRefused(fault)
    if inspector not in {one.pk for one in inspectors_of(by.agency_id)}:
        raise InspectionRefused(_("Cơ quan kiểm tra là cơ quan của ông/bà hoặc cơ quan cấp trên trực tiếp."))
    try:
        with transaction.atomic():
            plan = InspectionPlan.objects.create(
                agency_id=inspector, kept_by_id=by.agency_id, year=year, drafted_by_id=by.id, drafted_at=at
            )
            tell(plan, "drafted", by=actor, at=at, after={"year": year, "inspector": str(inspector)})
    except IntegrityError as twice:
        raise InspectionRefused(
            _("Năm %(year)d đã có kế hoạch kiểm tra của cơ quan này. Ông/bà mở kế hoạch ấy.") % {"year": year}
        ) from twice
    return plan


def add_targets(
    plan_id: UUID, targets: Sequence[tuple[UUID, date]], *, by: ActingOfficial, at: datetime
) -> list[Inspection]:
    """These agencies are to be inspected, each planned for a day. Raises `NotYours`, `InspectionRefused`."""
    actor = require_keeper(by)
    try:
        with transaction.atomic():
            plan = _draft(plan_id, by)
            may_be = {agency.pk for agency in may_be_inspected(plan)}
            for agency_id, planned_on in targets:
                if agency_id not in may_be:
                    raise InspectionRefused(_("Chỉ kiểm tra cơ quan cấp dưới của cơ quan kiểm tra."))
                if fault := planned_fault(planned_on, plan.year):
                    raise InspectionRefused(str(FAULTS[fault]))
            written = Inspection.objects.bulk_create(
                Inspection(plan=plan, target_id=agency_id, planned_on=planned_on) for agency_id, planned_on in targets
            )
            named = {str(one.target_id): one.planned_on.isoformat() for one in written}
            tell(plan, "targets_added", by=actor, at=at, after={"targets": named})
    except IntegrityError as twice:
        raise InspectionRefused(_("Cơ quan này đã có trong kế hoạch kiểm tra.")) from twice
    return written


def remove_target(inspection_id: UUID, *, by: ActingOfficial, at: datetime) -> None:
    """Take an agency out of a draft; an issued plan keeps all of them, or its share would prettify itself.

    Raises `NotYours`, `StaleInspection`, `InspectionRefused`.
    """
    actor = require_keeper(by)
    with transaction.atomic():
        found = locked_inspection(inspection_id, by)
        if found.plan.is_issued:
            raise InspectionRefused(_("Kế hoạch đã ban hành: không bỏ cơ quan nào khỏi danh sách được."))
        if Inspection.objects.filter(pk=found.pk, state=InspectionState.PLANNED).delete()[0] != 1:
            raise StaleInspection
        tell(found.plan, "target_removed", by=actor, at=at, before={"target": str(found.target_id)})


def issue_inspection_plan(plan_id: UUID, *, number: str, signed_on: date, by: ActingOfficial, at: datetime) -> None:
    """The leader issues it, or writes down under which number the agency above did.

    Raises `NotYours`, `InspectionRefused` (nobody to inspect, no number, a day that cannot be), `StaleInspection`.
    """
    actor = require_leader(by)
    if not number.strip():
        raise InspectionRefused(_("Ông/bà ghi số, ký hiệu của kế hoạch kiểm tra."))
    with transaction.atomic():
        plan = _draft(plan_id, by)
        planned = list(plan.inspections.values_list("planned_on", flat=True))
        if not planned:
            raise InspectionRefused(_("Kế hoạch chưa có cơ quan nào được kiểm tra."))
        if signed_on > localdate(at):
            raise InspectionRefused(_("Ngày ký ở sau hôm nay. Ông/bà ban hành khi kế hoạch đã được ký."))
        if not date(plan.year - 1, 9, 1) <= signed_on <= min(planned):
            raise InspectionRefused(
                _("Ngày ký phải từ 01/09/%(before)d đến ngày dự kiến đầu tiên %(first)s.")
                % {"before": plan.year - 1, "first": f"{min(planned):%d/%m/%Y}"}
            )
        said: dict[str, Any] = {"number": number.strip(), "signed_on": signed_on}
        rows = InspectionPlan.objects.filter(pk=plan.pk, state=PlanState.DRAFT)
        if rows.update(state=PlanState.ISSUED, **said) != 1:
            raise StaleInspection
        after = {"number": number.strip(), "signed_on": signed_on.isoformat(), "targets": len(planned)}
        tell(plan, "issued", by=actor, at=at, after=after)


def inspectors_of(agency_id: UUID) -> list[Agency]:
    """Who may inspect in a plan kept by this agency: itself, and the one above it."""
    own = Agency.objects.select_related("parent").get(pk=agency_id)
    return [own, *([own.parent] if own.parent is not None else [])]


def may_be_inspected(plan: InspectionPlan) -> list[Agency]:
    """The agencies below that stood in the plan's year; of a plan of the agency above, the one that keeps it."""
    if plan.agency_id != plan.kept_by_id:
        return list(Agency.objects.filter(pk=plan.kept_by_id))
    below = Agency.objects.filter(pk__in=agencies_under(plan.agency_id), valid_from__lte=date(plan.year, 12, 31))
    stood = below.filter(valid_to=None) | below.filter(valid_to__gte=date(plan.year, 1, 1))
    return list(stood.exclude(pk=plan.agency_id).order_by("short_name", "pk"))


def _draft(plan_id: UUID, by: ActingOfficial) -> InspectionPlan:
    plan = locked_inspection_plan(plan_id)
    if plan.kept_by_id != by.agency_id or plan.is_issued:
        raise StaleInspection
    return plan
