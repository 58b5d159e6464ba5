"""The ward's receptions: the head's every Thursday morning, the deputy's twice a month, most of them written down."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.timezone import localdate

from motcua.demo.beside import acting
from motcua.dossiers.rules import OFFICE_TIME
from motcua.feedback.receptions.actions import add_day, change_day, plan_receptions
from motcua.feedback.receptions.models import ReceptionPlan
from motcua.feedback.receptions.outcomes import Entered, enter_reception
from motcua.feedback.receptions.queries import days_of
from motcua.feedback.receptions.refusals import ReceptionRefused
from motcua.people.models import Agency

HEAD: Final = "Chủ tịch Ủy ban nhân dân phường"
DEPUTY: Final = "Phó Chủ tịch Ủy ban nhân dân phường"
PLACE: Final = "Phòng Tiếp công dân, tầng 1, 01 Nguyễn Chí Thanh"
PHONE: Final = "0235 000 0002"
CHAIRMAN: Final = "Huỳnh Tấn Lộc, Chủ tịch"
WEEKS_AGO: Final = 10
SOON: Final = timedelta(days=8)
FAR: Final = timedelta(days=60)
STAYS_OPEN: Final = 1
"""So many of the newest days gone by nobody has written down yet."""
CAME: Final = (
    Entered("in_person", CHAIRMAN, 4, complaints=1, recommendations=2, remarks=1),
    Entered("in_person", CHAIRMAN, 2, remarks=2),
    Entered("by_another", "Lê Văn Nam, Phó Chủ tịch", 3, complaints=1, denunciations=1, remarks=1),
    Entered("in_person", CHAIRMAN),
    Entered("not_held", reason="Chủ tịch dự họp Hội đồng nhân dân thành phố, không bố trí được người thay."),
    Entered("in_person", CHAIRMAN, 5, complaints=2, recommendations=3),
)  # fmt: skip
DEPUTYS: Final = Entered("in_person", "Lê Văn Nam, Phó Chủ tịch", 2, complaints=1, remarks=1)


@transaction.atomic
def build_receptions(ward: Agency, *, now: datetime) -> None:
    """Two plans, what came of their days so far, a day called off and one added; once built, nothing more."""
    if ward.reception_plans.exists():
        return
    today = localdate(now)
    first = today - timedelta(weeks=WEEKS_AGO)
    heads = _planned(HEAD, first, is_head=True, weekdays=[4], weeks=[])
    deputys = _planned(DEPUTY, first, is_head=False, weekdays=[2], weeks=[2, 4], next_when_closed=True)
    for plan, came in ((heads, CAME), (deputys, (DEPUTYS,))):
        gone = [one.day for one in days_of(plan, first, today - timedelta(days=1)) if one.is_kept]
        for place, day in enumerate(gone[:-STAYS_OPEN] if plan is heads else gone):
            at = datetime.combine(day, time(16), OFFICE_TIME)
            enter_reception(plan.pk, day, came[place % len(came)], by=acting("vanthu", at), at=at)
    _called_off(heads, today, now)


def _planned(receiver: str, first: date, **more: Any) -> ReceptionPlan:
    at = datetime.combine(first, time(7), OFFICE_TIME)
    plan = ReceptionPlan(
        receiver=receiver, part="morning", place=PLACE, phone=PHONE, valid_from=first, decision="Thông báo 05/TB-UBND",
        **more,
    )  # fmt: skip
    return plan_receptions(plan, by=acting("vanthu", at), at=at)


def _called_off(plan: ReceptionPlan, today: date, now: datetime) -> None:
    """One of the next days is called off, and one of the working days after it added in its place."""
    coming = [one.day for one in days_of(plan, today + SOON, today + FAR) if one.is_kept]
    leader = acting("lanhdao", now)
    for day in coming[:1]:
        change_day(plan.pk, day, to_day=None, reason="Chủ tịch dự kỳ họp Hội đồng nhân dân.", by=leader, at=now)
        for later in range(1, FAR.days):
            try:
                add_day(
                    plan.pk, day + timedelta(days=later), reason="Thay buổi không tiếp được vì kỳ họp.", by=leader,
                    at=now,
                )  # fmt: skip
            except ReceptionRefused:
                continue
            return
