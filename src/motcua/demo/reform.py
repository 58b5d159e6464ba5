"""The ward's reform plan with a task of every standing, next year's draft, and an inspection by the city."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from motcua.demo.beside import acting
from motcua.dossiers.rules import OFFICE_TIME
from motcua.people.models import Agency, Unit, UnitFunction
from motcua.reform.inspections import actions as inspecting
from motcua.reform.inspections import visiting
from motcua.reform.models import Plan
from motcua.reform.plan import actions, following
from motcua.reform.plan.saying import TaskSaid

LEADER, CONTROLLER = "lanhdao", "kiemsoat"


@dataclass(frozen=True, slots=True)
class Told:
    """A task. `share`: its deadline as `_deadline` reads it; `fate`: what became of it until today."""

    area: str
    function: UnitFunction
    share: float
    content: str
    product: str
    fate: str = ""


TASKS: Final = (
    Told("direction", UnitFunction.LEADERS, 0.15, "Giao chỉ tiêu cải cách hành chính cho từng bộ phận",
         "Văn bản giao chỉ tiêu", "done"),
    Told("direction", UnitFunction.RECORDS, 0.5, "Báo cáo cải cách hành chính sáu tháng", "Báo cáo", "done"),
    Told("direction", UnitFunction.RECORDS, 1.6, "Báo cáo cải cách hành chính cả năm", "Báo cáo"),
    Told("institutions", UnitFunction.JUSTICE, 0.4, "Rà soát văn bản của phường đã hết hiệu lực", "Danh mục văn bản",
         "late"),
    Told("institutions", UnitFunction.JUSTICE, 1.5, "Lấy ý kiến người dân về quy ước khu phố", "Bảng tổng hợp ý kiến",
         "report"),
    Told("procedures", UnitFunction.ONE_STOP, 0.2, "Niêm yết lại thủ tục, có mã QR ở mỗi thủ tục", "Bảng niêm yết",
         "done"),
    Told("procedures", UnitFunction.ONE_STOP, 0.9, "Khảo sát người nộp hồ sơ về thời gian chờ ở quầy",
         "Kết quả khảo sát", "overdue"),
    Told("procedures", UnitFunction.ONE_STOP, 1.7, "Mọi hồ sơ trễ hẹn có thư xin lỗi và ngày hẹn lại",
         "Sổ thư xin lỗi", "report"),
    Told("organisation", UnitFunction.LEADERS, 0.6, "Sắp xếp lại chỗ ngồi các bộ phận quanh sảnh chờ", "Sơ đồ mới",
         "drop"),
    Told("civil-service", UnitFunction.LEADERS, 0.7, "Kiểm tra đột xuất giờ giấc tại quầy", "Biên bản", "done"),
    Told("civil-service", UnitFunction.SOCIAL, 1.4, "Tập huấn giúp người cao tuổi nộp hồ sơ", "Một buổi tập huấn"),
    Told("finance", UnitFunction.ECONOMY, 0.3, "Công khai dự toán ngân sách của phường", "Bảng công khai", "done"),
    Told("finance", UnitFunction.ECONOMY, 1.8, "Thu phí, lệ phí không dùng tiền mặt tại quầy", "Báo cáo tỷ lệ"),
    Told("digital", UnitFunction.RECORDS, 0.8, "Ký số mọi văn bản đi", "Báo cáo văn bản ký số", "late"),
    Told("digital", UnitFunction.ONE_STOP, 1.3, "Số hóa giấy tờ ngay khi tiếp nhận", "Báo cáo số hóa", "report"),
)  # fmt: skip
DROPPED: Final = "Sảnh được sửa chữa trong năm sau theo dự án của thành phố"
NEXT_YEAR: Final = (
    Told("direction", UnitFunction.LEADERS, 0.2, "Giao chỉ tiêu cải cách hành chính cho từng bộ phận", "Văn bản"),
    Told("procedures", UnitFunction.ONE_STOP, 0.5, "Bỏ một lần đi lại ở mỗi thủ tục hộ tịch", "Quy trình đã sửa"),
)  # fmt: skip


@transaction.atomic
def build_reform(ward: Agency, *, now: datetime) -> None:
    """Make them once; deadlines lie on both sides of `now` within the year."""
    today = localdate(now)
    if Plan.objects.filter(agency=ward).exists():
        return
    signed = date(today.year - 1, 12, 22)
    _plan(ward, today.year, TASKS, signed=signed, today=today)
    _draft(ward, today)
    _inspection(ward, signed, today)


def _plan(ward: Agency, year: int, several: tuple[Told, ...], *, signed: date, today: date) -> None:
    units = _units(ward)
    drafted = _at(signed - timedelta(days=12))
    keeper = acting(CONTROLLER, drafted)
    plan = actions.write_plan(
        year=year, title=f"Kế hoạch cải cách hành chính năm {year} của {ward.short_name}", by=keeper, at=drafted
    )
    said = [_said(told, units, _deadline(told.share, today)) for told in several]
    tasks = actions.add_tasks(plan.pk, said, by=keeper, at=drafted)
    actions.issue_plan(
        plan.pk, number=f"45/KH-UBND-{year}", signed_on=signed, by=acting(LEADER, _at(signed)), at=_at(signed)
    )
    for task, told in zip(tasks, several, strict=True):
        _live(task.pk, told, task.deadline, today)


def _live(task_id: UUID, told: Told, deadline: date, today: date) -> None:
    """What became of it by today, said by who keeps the plan, or by the leader."""
    began = min(deadline, today)
    at = _at(began)
    if told.fate == "done":
        _done(task_id, deadline, told, at)
    elif told.fate == "late":
        late = min(deadline + timedelta(days=6), today)
        _done(task_id, late, told, _at(late))
    elif told.fate in ("report", "overdue"):
        words = "Đã làm được khoảng một nửa" if told.fate == "report" else "Đã in phiếu, chưa phát đủ"
        reported = max(date(today.year, 1, 1), began - timedelta(days=9))
        at = _at(reported)
        following.report_progress(task_id, words=words, seen=1, by=acting(CONTROLLER, at), at=at)
    elif told.fate == "drop":
        following.drop_task(task_id, reason=DROPPED, seen=1, by=acting(LEADER, at), at=at)


def _done(task_id: UUID, on: date, told: Told, at: datetime) -> None:
    following.mark_done(
        task_id, on=on, evidence=f"Đã có: {told.product}", evidence_number="31/BC-UBND", seen=1,
        by=acting(CONTROLLER, at), at=at,
    )  # fmt: skip


def _draft(ward: Agency, today: date) -> None:
    """Next year's plan, of which two tasks are written."""
    at, year = _at(today), today.year + 1
    keeper = acting(CONTROLLER, at)
    plan = actions.write_plan(
        year=year, title=f"Kế hoạch cải cách hành chính năm {year} của {ward.short_name}", by=keeper, at=at
    )
    units = _units(ward)
    said = [_said(told, units, date(year, 1, 1) + timedelta(days=int(364 * told.share))) for told in NEXT_YEAR]
    actions.add_tasks(plan.pk, said, by=keeper, at=at)


def _inspection(ward: Agency, signed: date, today: date) -> None:
    """The city's plan as the ward keeps it: the visit was, its conclusion came, one finding is remedied."""
    keeper, leader = acting(CONTROLLER, _at(signed)), acting(LEADER, _at(signed))
    held = _deadline(0.75, today)
    plan = inspecting.write_inspection_plan(year=today.year, inspector_id=ward.parent_id, by=keeper, at=_at(signed))
    (visit,) = inspecting.add_targets(plan.pk, [(ward.pk, held)], by=keeper, at=_at(signed))
    inspecting.issue_inspection_plan(plan.pk, number="210/KH-UBND", signed_on=signed, by=leader, at=_at(signed))
    by, at = acting(CONTROLLER, _at(held)), _at(held)
    visiting.hold_inspection(visit.pk, on=held, by=by, at=at)
    found = [
        visiting.find(visit.pk, cause=cause, words=words, remedy=remedy, remedy_by=due, by=by, at=at)
        for cause, words, remedy, due in (
            ("late-report", "Báo cáo quý gửi sau thời hạn hai ngày", "Gửi báo cáo quý sau đúng hạn", held),
            ("not-posted", "Một thủ tục đã bãi bỏ còn trên bảng niêm yết", "Gỡ khỏi bảng", held),
            ("records", "Sổ theo dõi thiếu ngày trả của bốn hồ sơ", "Ghi đủ ngày trả", date(today.year, 12, 31)),
        )
    ]
    concluded = min(held + timedelta(days=7), today)
    visiting.conclude(visit.pk, on=concluded, number="15/KL-ĐKT", by=by, at=_at(concluded))
    visiting.admonish(visit.pk, post="Công chức văn phòng", people=2, finding_id=found[0].pk, by=by, at=_at(concluded))
    visiting.remedy_finding(found[1].pk, on=held, evidence="Đã gỡ trong ngày kiểm tra", by=by, at=_at(concluded))


def _said(told: Told, units: dict[str, UUID], deadline: date) -> TaskSaid:
    return TaskSaid(
        area=told.area, content=told.content, lead_unit_id=units[told.function], deadline=deadline,
        product=told.product,
    )  # fmt: skip


def _deadline(share: float, today: date) -> date:
    """Before today: this share of the days gone in the year; after it: what is over one, of the days left."""
    begins, ends = date(today.year, 1, 1), date(today.year, 12, 31)
    if share < 1:
        return begins + timedelta(days=int((today - begins).days * share))
    return today + timedelta(days=int((ends - today).days * (share - 1)))


def _units(ward: Agency) -> dict[str, UUID]:
    return {unit.function: unit.pk for unit in Unit.objects.filter(agency=ward, valid_to=None)}


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), OFFICE_TIME)
