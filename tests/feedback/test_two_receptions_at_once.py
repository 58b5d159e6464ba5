"""Two officials write the same day, or the same leader's plan, at the same instant: one stands, the others are told."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from django.core.management import call_command

from motcua.core.models import Event
from motcua.demo.office import build_office
from motcua.feedback.models import Reception, ReceptionPlan
from motcua.feedback.receptions.actions import change_day, plan_receptions
from motcua.feedback.receptions.outcomes import Entered, enter_reception
from motcua.feedback.receptions.refusals import ReceptionRefused
from tests.cast import MONDAY, Cast, the_cast
from tests.committed import django_on, own_database, together

THURSDAY = date(2026, 11, 26)
AFTERNOON = datetime(2026, 11, 26, 15, tzinfo=MONDAY.tzinfo)


@pytest.fixture(scope="module")
def cast(django_db_blocker) -> Iterator[Cast]:
    """The demo ward, committed in a database of its own."""
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        call_command("load_calendar")
        build_office()
        yield the_cast()


def a_plan(cast: Cast, receiver: str) -> ReceptionPlan:
    plan = ReceptionPlan(receiver=receiver, weekdays=[4], part="morning", place="Phòng 1", valid_from=MONDAY.date())
    return plan_receptions(plan, by=cast.records_clerk, at=MONDAY)


def names(came: list) -> list[str]:
    return sorted(type(one).__name__ for one in came)


def test_one_plan_one_day_one_change(cast: Cast):
    came = together([lambda: a_plan(cast, "Chủ tịch")] * 4)
    assert names(came) == ["ReceptionPlan", *[ReceptionRefused.__name__] * 3]
    plan = ReceptionPlan.objects.get()
    said = [Entered("in_person", f"Người {n}", n) for n in range(4)]
    came = together([
        lambda one=one: enter_reception(plan.pk, THURSDAY, one, by=cast.leader, at=AFTERNOON) for one in said
    ])  # fmt: skip
    assert names(came) == ["Reception", *[ReceptionRefused.__name__] * 3]
    assert Reception.objects.count() == Event.objects.filter(kind="reception_plan.reception_entered").count() == 1
    came = together([
        lambda: change_day(plan.pk, date(2026, 12, 3), to_day=None, reason="họp", by=cast.leader, at=MONDAY)
    ] * 3)  # fmt: skip
    assert names(came) == ["ReceptionChange", *[ReceptionRefused.__name__] * 2]
