"""What somebody says of a task, and whether a plan may have it so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.core.alphabet import unmarked
from motcua.people.models import Official, Unit
from motcua.reform.facts import areas_of
from motcua.reform.models import Plan, PlanTask, TaskState
from motcua.reform.models.plans import LONGEST_CONTENT, LONGEST_WORDS
from motcua.reform.plan.rules import first_deadline, last_deadline
from motcua.reform.refusals import PlanRefused


@dataclass(frozen=True, slots=True)
class TaskSaid:
    """A task as somebody writes it down."""

    area: str
    content: str
    lead_unit_id: UUID
    deadline: date
    product: str
    coordinating: str = ""
    owner_id: UUID | None = None

    @property
    def key(self) -> tuple[str, UUID, date]:
        """What a plan has once."""
        return unmarked(self.content), self.lead_unit_id, self.deadline

    def columns(self) -> dict[str, Any]:
        """As the row has it."""
        return {
            "area": self.area, "content": self.content.strip(), "lead_unit_id": self.lead_unit_id,
            "deadline": self.deadline, "product": self.product.strip(), "coordinating": self.coordinating.strip(),
            "owner_id": self.owner_id,
        }  # fmt: skip


def said_of(task: PlanTask) -> TaskSaid:
    """What the row says."""
    return TaskSaid(
        area=task.area, content=task.content, lead_unit_id=task.lead_unit_id, deadline=task.deadline,
        product=task.product, coordinating=task.coordinating, owner_id=task.owner_id,
    )  # fmt: skip


def there_already(plan: Plan) -> set[tuple[str, UUID, date]]:
    """The keys of the plan's tasks; what was dropped may come in again."""
    return {said_of(task).key for task in plan.tasks.exclude(state=TaskState.DROPPED)}


def deadline_fault(deadline: date, plan: Plan) -> str:
    """Why a plan cannot have this deadline; empty when it can."""
    first, last = first_deadline(plan.year, plan.signed_on), last_deadline(plan.year)
    if first <= deadline <= last:
        return ""
    if plan.signed_on is not None and deadline < plan.signed_on:
        return _("Hạn hoàn thành %(day)s trước ngày ký kế hoạch %(signed)s.") % {
            "day": f"{deadline:%d/%m/%Y}", "signed": f"{plan.signed_on:%d/%m/%Y}",
        }  # fmt: skip
    return _("Hạn hoàn thành %(day)s nằm ngoài năm %(year)d của kế hoạch.") % {
        "day": f"{deadline:%d/%m/%Y}", "year": plan.year,
    }  # fmt: skip


def units_of(plan: Plan) -> list[Unit]:
    """The units of the agency that stood in some part of the plan's year."""
    rows = Unit.objects.filter(agency_id=plan.agency_id, valid_from__lte=last_deadline(plan.year))
    return list((rows.filter(valid_to=None) | rows.filter(valid_to__gte=date(plan.year, 1, 1))).order_by("name", "pk"))


def officials_of(plan: Plan) -> list[Official]:
    """The officials of the agency who serve in some part of the plan's year."""
    rows = Official.objects.filter(unit__agency_id=plan.agency_id, valid_from__lte=last_deadline(plan.year))
    there = rows.filter(valid_to=None) | rows.filter(valid_to__gte=date(plan.year, 1, 1))
    return list(there.select_related("unit").order_by("full_name", "pk"))


def require_sound(several: list[TaskSaid], plan: Plan) -> None:
    """Raises `PlanRefused` with the first thing that the plan cannot have so."""
    units = {unit.pk for unit in units_of(plan)}
    owners = {one.owner_id for one in several if one.owner_id is not None}
    known = {official.pk for official in officials_of(plan)} if owners else set()
    areas = {area.code for area in areas_of(plan.year)}
    for one in several:
        for fault in _faults(one, plan, {"areas": areas, "units": units, "officials": known}):
            raise PlanRefused(fault)


def _faults(said: TaskSaid, plan: Plan, known: Mapping[str, set[Any]]) -> Iterator[str]:
    if not said.content.strip():
        yield _("Ông/bà ghi nội dung nhiệm vụ.")
    if not said.product.strip():
        yield _("Ông/bà ghi sản phẩm của nhiệm vụ: văn bản, báo cáo, kết quả đo được.")
    if len(said.content) > LONGEST_CONTENT or max(len(said.product), len(said.coordinating)) > LONGEST_WORDS:
        yield _("Nội dung dài quá. Ông/bà viết gọn lại.")
    if said.area not in known["areas"]:
        yield _("Năm %(year)d không có lĩnh vực này. Ông/bà chọn một lĩnh vực trong danh sách.") % {"year": plan.year}
    if said.lead_unit_id not in known["units"]:
        yield _("Đơn vị chủ trì phải là một đơn vị của cơ quan.")
    if said.owner_id is not None and said.owner_id not in known["officials"]:
        yield _("Người phụ trách phải là cán bộ của cơ quan.")
    if fault := deadline_fault(said.deadline, plan):
        yield fault
