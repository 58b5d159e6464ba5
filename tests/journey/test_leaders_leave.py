"""The only leader goes away: who stands in signs in his name, nothing waits for him, and his hat comes back alone."""

import pytest
from django.urls import reverse

from motcua.core.models import Event
from motcua.dossiers.states import State
from motcua.people.models import Official
from motcua.routing.models import Step
from tests.cast import BIRTH, Cast, open_step
from tests.journey.hall import Hall, fresh, said_wrong

LEAVE = {"reason": "leave", "first_day": "25/11/2026", "first_time": "07:00", "last_day": "26/11/2026", "last_time": ""}


@pytest.fixture
def hall(cast: Cast, monkeypatch) -> Hall:
    return Hall(monkeypatch)


def goes_away(hall: Hall, cast: Cast, stand_in: str) -> str:
    """The administrator writes the leave of the leader; what the page says afterwards."""
    hall.clock("2026-11-23 08:00")
    who = str(Official.objects.get(account__username=stand_in).pk) if stand_in else ""
    address = reverse("away", args=(cast.leader.id,))
    answer = hall.browser("quantri").post(address, LEAVE | {"stand_in_0": who}, follow=True)
    assert answer.redirect_chain, said_wrong(answer.text)
    return answer.text


def test_the_stand_in_signs_in_his_name_and_the_duty_goes_back_by_itself(hall: Hall, cast: Cast):
    assert "từ 07:00 25/11/2026 đến hết 26/11/2026" in goes_away(hall, cast, "kiemsoat")
    first = hall.take_in(BIRTH, "2026-11-23 09:15")
    hall.work_until("approver", first)
    hall.clock("2026-11-25 06:59")
    assert first.code not in hall.browser("kiemsoat").get("/worklist/").text

    hall.clock("2026-11-25 07:30")
    assert first.code in hall.browser("kiemsoat").get("/worklist/").text
    hall.press("kiemsoat", "approve-step", first)
    approved = Event.objects.get(subject_id=first.id, kind="dossier.approved")
    assert approved.actor_name == "Võ Minh Tâm, thay mặt Lê Văn Nam"
    signed = Step.objects.get(dossier_id=first.id, role="approver")
    assert (signed.official.full_name, signed.on_behalf_of.full_name) == ("Võ Minh Tâm", "Lê Văn Nam")
    hall.work_to_the_end(first)
    ended = hall.hand_over(first)
    assert ended.state == State.RETURNED
    assert ended.finished_at <= ended.due_at
    assert "thay mặt Lê Văn Nam" in hall.browser("thuly").get(reverse("dossier", args=(first.code,))).text

    second = hall.take_in(BIRTH, "2026-11-26 15:00")
    hall.work_until("approver", second)
    hall.clock("2026-11-27 07:00")
    assert second.code not in hall.browser("kiemsoat").get("/worklist/").text
    before = open_step(second.id)[0]
    hall.press("kiemsoat", "approve-step", second)
    assert open_step(second.id)[0] == before
    hall.press("lanhdao", "approve-step", second)
    assert Event.objects.get(subject_id=second.id, kind="dossier.approved").actor_name == "Lê Văn Nam"


def test_who_stands_in_never_signs_what_he_worked_on(hall: Hall, cast: Cast):
    goes_away(hall, cast, "thuly")
    dossier = hall.take_in(BIRTH, "2026-11-25 09:15")
    hall.work_until("approver", dossier)
    before = open_step(dossier.id)[0]
    assert "không được duyệt" in hall.press("thuly", "approve-step", dossier)
    assert open_step(dossier.id)[0] == before
    assert fresh(dossier).state == State.PROCESSING


def test_a_leave_without_a_stand_in_is_seen_by_who_must_act(hall: Hall, cast: Cast):
    assert "Chưa có ai" in goes_away(hall, cast, "")
    dossier = hall.take_in(BIRTH, "2026-11-25 09:15")
    hall.work_until("approver", dossier)
    hall.clock("2026-11-25 10:00")
    assert "Chưa có ai" in hall.browser("quantri").get("/roster/?month=2026-11").text
