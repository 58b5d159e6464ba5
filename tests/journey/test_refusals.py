"""What cannot be done is said where the person looks, and nothing is lost or half-saved."""

import re
from datetime import datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from motcua.catalogue.models import Posting
from motcua.dossiers.models import Dossier
from motcua.people.models import Unit, UnitFunction
from motcua.routing import actions
from tests.cast import BIRTH, HANOI_TIME, LAND, MONDAY, Cast, minutes_later, open_step, received

PASSWORD = "motcua-trinh-dien"


def log_in(client, username: str):
    assert client.post("/accounts/login/", {"login": username, "password": PASSWORD}).status_code == 302
    return client


def filled(client, code: str, **changes) -> dict:
    """The counter form as a receiver fills it, every mandatory paper ticked."""
    page = client.get(f"/intake/{code}/").content.decode()
    values = {
        "submission_id": str(uuid4()),
        "applicant_kind": "person",
        "full_name": "Nguyễn Thị Lan",
        "personal_id": "000184001234",
        "birth_date": "05/09/1984",
        "copies": "1",
        "channel": "counter",
        "return_method": "counter",
        "papers": re.findall(r'name="papers"\s+value="([^"]+)"', page),
    }
    return values | changes


@pytest.fixture
def receiver(client, cast: Cast):
    return log_in(client, "tiepnhan")


def test_a_future_birth_date_is_said_at_its_field_and_nothing_typed_is_lost(receiver):
    answer = receiver.post(f"/intake/{BIRTH}/", filled(receiver, BIRTH, birth_date="05/09/2084", phone="0905123456"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ngày sinh phải trước hôm nay" in page
    assert 'value="0905123456"' in page
    assert not Dossier.objects.exists()


def test_a_missing_mandatory_paper_is_named(receiver):
    answer = receiver.post(f"/intake/{BIRTH}/", filled(receiver, BIRTH, papers=[]))
    assert answer.status_code == 422
    assert "Còn thiếu: Tờ khai đăng ký khai sinh" in answer.content.decode()
    assert not Dossier.objects.exists()


def test_a_malformed_card_is_said_and_what_was_typed_stays(receiver):
    values = filled(receiver, BIRTH, read_card="1", scanned="048|x|y", phone="0905123456")
    answer = receiver.post(f"/intake/{BIRTH}/", values)
    assert answer.status_code == 422
    assert 'id="scanned-error"' in answer.content.decode()
    assert 'value="0905123456"' in answer.content.decode()


def test_an_office_without_the_unit_says_which_and_receives_nothing(receiver):
    values = filled(receiver, BIRTH)
    Unit.objects.filter(function=UnitFunction.ONE_STOP).update(valid_to="2025-12-31")
    answer = receiver.post(f"/intake/{BIRTH}/", values)
    assert answer.status_code == 422
    assert "chưa có đơn vị" in answer.content.decode()
    assert not Dossier.objects.exists()


def test_a_second_submit_makes_no_second_dossier_even_after_the_posting_ended(receiver):
    values = filled(receiver, BIRTH)
    first = receiver.post(f"/intake/{BIRTH}/", values)
    Posting.objects.filter(procedure__national_code=BIRTH).update(valid_to="2025-12-31")
    again = receiver.post(f"/intake/{BIRTH}/", values)
    assert again["Location"] == first["Location"].removesuffix("?received")
    assert Dossier.objects.count() == 1


def test_a_used_page_never_swallows_another_citizen(receiver):
    values = filled(receiver, BIRTH)
    receiver.post(f"/intake/{BIRTH}/", values)
    other = values | {"full_name": "Võ Đình Quang", "personal_id": "000075004321"}
    answer = receiver.post(f"/intake/{BIRTH}/", other)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "đã dùng để nhận một hồ sơ khác" in page
    new_number = re.search(r'name="submission_id"\s+value="([^"]+)"', page)
    assert new_number is not None
    assert new_number[1] != values["submission_id"]
    assert receiver.post(f"/intake/{BIRTH}/", other | {"submission_id": new_number[1]}).status_code == 302
    assert Dossier.objects.count() == 2


def test_papers_only_shown_are_not_kept(receiver):
    receiver.post(f"/intake/{BIRTH}/", filled(receiver, BIRTH))
    shown = Dossier.objects.get().components.filter(component__use="show")
    assert shown.exists()
    assert set(shown.values_list("originals", "copies")) == {(0, 0)}


def test_a_move_with_another_dossiers_step_changes_neither(client, cast: Cast):
    one, other = received(BIRTH, cast), received(LAND, cast)
    for each in (one, other):
        actions.pass_on(open_step(each.id)[0], by=cast.receiver, at=minutes_later(MONDAY, 5))
    log_in(client, "thuly")
    page = client.post(f"/dossiers/{one.code}/take/", {"step": str(open_step(other.id)[0])}, follow=True)
    assert "vừa được người khác xử lý" in page.content.decode()
    assert not Dossier.objects.get(pk=other.id).steps.filter(official=cast.case_officer.id).exists()


def test_an_official_who_left_holds_nothing_up(client, cast: Cast):
    opened = received(BIRTH, cast)
    actions.pass_on(open_step(opened.id)[0], by=cast.receiver, at=minutes_later(MONDAY, 5))
    step = open_step(opened.id)[0]
    Dossier.objects.get(pk=opened.id).steps.filter(pk=step).update(official=cast.leader.id)
    actions.take(step, by=cast.case_officer, at=minutes_later(MONDAY, 8))
    assert Dossier.objects.get(pk=opened.id).steps.get(pk=step).official_id == cast.case_officer.id


def test_pages_of_open_dossiers_stand_when_a_calendar_year_is_missing(client, cast: Cast, monkeypatch):
    opened = received(LAND, cast)
    log_in(client, "tiepnhan")
    later = datetime(2031, 1, 6, 9, 0, tzinfo=HANOI_TIME)
    monkeypatch.setattr(timezone, "now", lambda: later)
    monkeypatch.setattr("motcua.people.middleware.IdleMiddleware._age", lambda self, request: 0.0)
    addresses = (
        "/worklist/",
        "/late/",
        f"/dossiers/{opened.code}/",
        f"/tracking/{opened.code}/{opened.tracking_token}/",
    )
    log_in(client, "tiepnhan")
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "chưa có ngày nghỉ của năm" in answer.content.decode(), address
