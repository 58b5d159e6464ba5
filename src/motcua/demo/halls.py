"""The ward's waiting room: three counters, what people come for, and a second official to receive them."""

from datetime import time
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from motcua.demo.office import MACHINE, Post, appoint_posts
from motcua.people.models import Account, Agency, Official, Role, Unit, UnitFunction
from motcua.queueing.actions.arranging import PlannedCounter, PlannedHall, PlannedNeed, arrange
from motcua.queueing.actions.planning import begin_plan
from motcua.queueing.models import Hall, SlotPlan

HALL: Final = "tan-thanh"
"""The hall's word in addresses."""
HALL_POSTS: Final = (
    Post("tiepnhan2", "Lê Thị Hương", "Chuyên viên tiếp nhận", UnitFunction.ONE_STOP,
         ((Role.RECEIVER, UnitFunction.ONE_STOP),), "ngồi quầy thứ hai, gọi số"),
)  # fmt: skip
MORNING_AND_AFTERNOON: Final = ((time(8), time(11)), (time(14), time(16, 30)))
NEEDS: Final = (
    PlannedNeed("A", "Chứng thực giấy tờ, chữ ký", "Sao y bản chính, chứng thực chữ ký", ("chung-thuc",),
                usual_minutes=6),
    PlannedNeed("B", "Hộ tịch", "Khai sinh, kết hôn, khai tử, xác nhận độc thân", ("ho-tich",), takes_bookings=True,
                usual_minutes=12),
    PlannedNeed("C", "Nhà đất, xây dựng", "Giấy chứng nhận đất, giấy phép xây nhà", ("dat-dai", "xay-dung"),
                takes_bookings=True, usual_minutes=18),
    PlannedNeed("D", "Việc khác", "Trợ cấp, người có công, hộ kinh doanh, cư trú",
                ("bao-tro-xa-hoi", "giam-ngheo", "nguoi-co-cong", "ho-kinh-doanh", "cu-tru"), usual_minutes=12),
    PlannedNeed("T", "Nhận kết quả", "Có giấy hẹn, kết quả đã về quầy", is_collecting=True, usual_minutes=4),
)  # fmt: skip


@transaction.atomic
def build_hall(ward: Agency) -> Hall:
    """The hall of the ward's one-stop shop; once built, given back as it is."""
    found = Hall.objects.filter(code=HALL).first()
    if found is not None:
        return found
    at = timezone.now()
    unit = Unit.objects.get(agency=ward, function=UnitFunction.ONE_STOP)
    if not Account.objects.filter(username=HALL_POSTS[0].username).exists():
        appoint_posts(HALL_POSTS, {UnitFunction.ONE_STOP: unit}, at)
    first, second = (Official.objects.get(account__username=name).pk for name in ("tiepnhan", "tiepnhan2"))
    counters = (
        PlannedCounter(1, "ABT", usual_official_id=first),
        PlannedCounter(2, "ABCDT", usual_official_id=second),
        PlannedCounter(3, "CD"),
    )
    plan = PlannedHall(HALL, "Sảnh Trung tâm Phục vụ hành chính công", NEEDS, counters)
    hall = arrange(plan, unit=unit, by=MACHINE, at=at)
    for need in hall.needs.filter(takes_bookings=True):
        for starts, ends in MORNING_AND_AFTERNOON:
            slots = SlotPlan(
                need=need, weekdays=[1, 2, 3, 4, 5], starts=starts, ends=ends, every_minutes=30, capacity=2,
                valid_from=localdate(at),
            )  # fmt: skip
            begin_plan(slots, by=MACHINE, at=at)
    return hall
