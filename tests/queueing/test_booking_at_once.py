"""One form of an appointment sent several times at once: one appointment, and everybody is led to it."""

from datetime import time
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from motcua.queueing.actions.planning import begin_plan
from motcua.queueing.models import Booking, SlotPlan
from tests.cast import MONDAY
from tests.committed import together
from tests.queueing.hall import TESTER, Morning
from tests.queueing.test_counter_at_once import hall

__all__ = ["hall"]


def test_a_form_pressed_by_four_at_once_is_one_appointment(hall: Morning, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: MONDAY)
    plan = SlotPlan(
        need=hall.needs["B"], weekdays=[1], starts=time(10), ends=time(11), every_minutes=30, capacity=9,
        valid_from=MONDAY.date(),
    )  # fmt: skip
    begin_plan(plan, by=TESTER, at=MONDAY)
    page = f"{reverse('choose-slot', args=(hall.hall.code,))}?need=B&at=2026-11-23T10:00"
    posted = {"form": Client().get(page).context["token"], "phone": "0905700800"}
    answers = together([partial(Client().post, page, posted)] * 4)
    assert {(one.status_code, one["Location"]) for one in answers} == {(302, answers[0]["Location"])}
    assert Booking.objects.count() == 1
