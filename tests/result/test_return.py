"""Handing a result over: who may take it, what is written, and that it happens once."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from motcua.core.models import Event
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import StaleMove, State
from motcua.result.actions import DeliveryRefused, Recipient, return_result
from motcua.result.forms import ReturnForm
from motcua.result.models import Delivery
from motcua.result.queries import waiting_results
from motcua.routing import actions
from tests.cast import BIRTH, MONDAY, Cast, minutes_later, open_step, received

MRS_LAN = Recipient("Nguyễn Thị Lan", "000184001234", "counter", True)


def finished(cast: Cast, *, at: datetime = MONDAY) -> UUID:
    """A dossier worked to its end; everybody's step takes a minute."""
    hands = {"receiver": cast.receiver, "case_officer": cast.case_officer, "records_clerk": cast.records_clerk,
             "approver": cast.leader}  # fmt: skip
    dossier_id = received(BIRTH, cast, at=at).id
    while Dossier.objects.get(pk=dossier_id).state != State.FINISHED:
        step, role, _unit = open_step(dossier_id)
        at = minutes_later(at, 1)
        (actions.approve if role == "approver" else actions.pass_on)(step, by=hands[role], at=at)
    return dossier_id


def untouched(dossier_id: UUID) -> bool:
    dossier = Dossier.objects.get(pk=dossier_id)
    return (
        dossier.state == State.FINISHED and dossier.returned_at is None
        and not Delivery.objects.filter(dossier_id=dossier_id).exists()
        and dossier.steps.filter(finished_at=None).count() == 1
        and not Event.objects.filter(subject_id=dossier_id, kind="dossier.returned").exists()
    )  # fmt: skip


def test_a_returned_result_is_written_in_every_place(cast: Cast):
    dossier_id, at = finished(cast), minutes_later(MONDAY, 60)
    assert Dossier.objects.get(pk=dossier_id).code in {row.code for row in waiting_results(cast.receiver)}
    return_result(dossier_id, recipient=replace(MRS_LAN, name="  Nguyễn Thị Lan "), by=cast.receiver, at=at)
    dossier = Dossier.objects.get(pk=dossier_id)
    assert (dossier.state, dossier.returned_at) == (State.RETURNED, at)
    handed = Delivery.objects.get(dossier_id=dossier_id)
    assert (handed.recipient_name, handed.recipient_personal_id) == ("Nguyễn Thị Lan", "000184001234")
    assert (handed.returned_at, handed.returned_by_id, handed.confirmed) == (at, cast.receiver.id, True)
    last = dossier.steps.order_by("position").last()
    assert (last.finished_at, last.outcome, last.official_id) == (at, "returned", cast.receiver.id)
    told = Event.objects.get(subject_id=dossier_id, kind="dossier.returned")
    assert (told.before, told.after["state"], told.after["method"]) == ({"state": 9}, 10, "counter")
    assert dossier.code not in {row.code for row in waiting_results(cast.receiver)}


@pytest.mark.parametrize(("minutes_past", "said"), [(0, "on_time"), (1, "late"), (-24 * 60, "early")])
def test_lateness_is_the_office_s_not_the_citizen_s(cast: Cast, minutes_past: int, said: str):
    """What counts is when the office was done; a result fetched weeks later is not late for it."""
    dossier_id = finished(cast)
    dossier = Dossier.objects.get(pk=dossier_id)
    done = max(minutes_later(dossier.due_at, minutes_past), dossier.received_at)
    Dossier.objects.filter(pk=dossier_id).update(finished_at=done)
    return_result(dossier_id, recipient=MRS_LAN, by=cast.receiver, at=minutes_later(dossier.due_at, 30 * 24 * 60))
    assert Event.objects.get(subject_id=dossier_id, kind="dossier.returned").after["timeliness"] == said


@pytest.mark.parametrize(
    ("recipient", "sentence"),
    [
        (replace(MRS_LAN, name="   "), "họ tên người nhận"),
        (replace(MRS_LAN, confirmed=False), "đánh dấu xác nhận"),
        (replace(MRS_LAN, confirmed=False, method="post"), "số vận đơn"),
        (replace(MRS_LAN, confirmed=False, method="online"), "Chưa có bản điện tử"),
    ],
)
def test_without_name_or_confirmation_nothing_is_written(cast: Cast, recipient: Recipient, sentence: str):
    dossier_id = finished(cast)
    with pytest.raises(DeliveryRefused, match=sentence):
        return_result(dossier_id, recipient=recipient, by=cast.receiver, at=minutes_later(MONDAY, 60))
    assert untouched(dossier_id)


def test_by_post_nobody_confirms_at_the_counter(cast: Cast):
    dossier_id = finished(cast)
    by_post = replace(MRS_LAN, method="post", confirmed=False, carrier="vnpost", tracking_number="EB123456789VN")
    return_result(dossier_id, recipient=by_post, by=cast.receiver, at=minutes_later(MONDAY, 60))
    sent = Delivery.objects.get(dossier_id=dossier_id)
    assert (sent.confirmed, sent.collected_at, sent.tracking_number) == (False, None, "EB123456789VN")


def test_a_dossier_still_worked_on_is_not_returned(cast: Cast):
    dossier_id = received(BIRTH, cast).id
    with pytest.raises(StaleMove):
        return_result(dossier_id, recipient=MRS_LAN, by=cast.receiver, at=minutes_later(MONDAY, 60))
    assert Dossier.objects.get(pk=dossier_id).state == State.RECEIVED
    assert not Delivery.objects.filter(dossier_id=dossier_id).exists()


def test_another_agency_returns_nothing(cast: Cast):
    dossier_id = finished(cast)
    stranger = replace(cast.receiver, agency_id=uuid4())
    with pytest.raises(StaleMove):
        return_result(dossier_id, recipient=MRS_LAN, by=stranger, at=minutes_later(MONDAY, 60))
    assert untouched(dossier_id)


def test_the_database_keeps_one_delivery_and_its_confirmation(cast: Cast):
    dossier_id, at = finished(cast), minutes_later(MONDAY, 60)
    row = {"dossier_id": dossier_id, "method": "counter", "recipient_name": "Nguyễn Thị Lan", "returned_at": at,
           "returned_by_id": cast.receiver.id}  # fmt: skip
    with pytest.raises(IntegrityError, match="counter_delivery_is_confirmed"), transaction.atomic():
        Delivery.objects.create(**row, confirmed=False)
    Delivery.objects.create(**row, confirmed=True)
    with pytest.raises(IntegrityError, match="one_delivery_stands"), transaction.atomic():
        Delivery.objects.create(**row, confirmed=True)


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"recipient_name": ""}, "recipient_name", "Ông/bà ghi họ tên người nhận kết quả."),
        ({"confirmed": ""}, "confirmed", "Người nhận cần xác nhận"),
        ({"shown": ""}, "shown", "giấy tờ người nhận đã cho xem"),
        ({"method": "post", "carrier": "vnpost"}, "tracking_number", "Ông/bà nhập số vận đơn"),
        ({"method": "post", "tracking_number": "EB1234"}, "carrier", "đơn vị bưu chính"),
        ({"method": "post", "carrier": "vnpost", "tracking_number": "<b>"}, "tracking_number", "chữ không dấu"),
        ({"recipient_personal_id": "12345"}, "recipient_personal_id", "đúng 12 chữ số"),
        ({"recipient_personal_id": "00018400123a"}, "recipient_personal_id", "đúng 12 chữ số"),
    ],
)
def test_the_form_says_it_at_the_field(change: dict[str, str], field: str, sentence: str):
    good = {"method": "counter", "recipient_name": "Nguyễn Thị Lan", "recipient_personal_id": "000184001234",
            "confirmed": "on", "shown": "id_card"}  # fmt: skip
    form = ReturnForm(good | change)
    assert not form.is_valid()
    assert set(form.errors) == {field}
    assert sentence in str(form.errors[field])


def test_the_form_takes_a_number_as_people_write_it():
    post = {"method": "post", "recipient_name": "Lan", "recipient_personal_id": "000 184.001-234",
            "carrier": "vnpost", "tracking_number": " eb 123 456 789 vn ", "confirmed": "on",
            "shown": "vneid"}  # fmt: skip
    form = ReturnForm(post)
    assert form.is_valid(), form.errors
    sent = Recipient("Lan", "000184001234", "post", False, carrier="vnpost", tracking_number="EB123456789VN")
    assert form.recipient() == sent, "what was ticked for the desk does not count by post"
