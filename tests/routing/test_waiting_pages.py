"""While a dossier waits for its applicant: what he reads, and that what ends the waiting is the first button."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from motcua.dossiers.tracking import tracking_url
from motcua.people.models import RoleGrant
from motcua.routing.actions import detours
from tests.cast import Cast
from tests.routing.lives import AT_WORK, LATER, LAW, WHY, Life, asked, at_leader, at_officer, bring, invited


@pytest.fixture(autouse=True)
def at_work(monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT_WORK)


def log_in(who: str) -> Client:
    client = Client()
    assert client.post("/accounts/login/", {"login": who, "password": "motcua-trinh-dien"}).status_code == 302
    return client


def page_of(life: Life, who: str) -> str:
    return log_in(who).get(reverse("dossier", args=(life.row.code,))).text


def way(life: Life, slug: str) -> str:
    return reverse("detour", args=(life.row.code, slug))


def before_other_ways(text: str) -> str:
    return text.split("next-step")[1].split("Việc khác")[0]


@pytest.mark.parametrize(("begins", "slug"), [(asked, "take-supplement"), (invited, "attended")])
def test_what_ends_the_waiting_is_a_button_and_no_hidden_link(begins, slug: str, cast: Cast):
    life = begins(cast)
    text = page_of(life, "tiepnhan")
    assert way(life, slug) in before_other_ways(text)
    assert text.count(way(life, slug)) == 1
    assert way(life, "withdraw") not in before_other_ways(text)


def test_the_citizen_reads_which_papers_are_missing_why_and_until_when(cast: Cast):
    life = asked(cast)
    text = Client().get(tracking_url(life.row)).text
    for demand in life.row.supplement_requests.get().demands.all():
        assert demand.what in text
    assert life.row.supplement_requests.get().reason in text
    assert "đến hết ngày 11/12/2026" in text
    assert "Ông/bà cần bổ sung" in text
    assert "chờ người nộp." not in text


def test_the_citizen_reads_where_to_come_and_what_for(cast: Cast):
    text = Client().get(tracking_url(invited(cast).row)).text
    assert "Thửa đất" in text
    assert "Xác minh ranh giới" in text


def test_what_is_no_longer_waited_for_is_not_shown(cast: Cast, monkeypatch):
    life = asked(cast)
    bring(life, cast.receiver, LATER)
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    assert "Ông/bà cần bổ sung" not in Client().get(tracking_url(life.row)).text


def test_who_withdraws_is_proposed_and_may_be_changed(cast: Cast):
    life = at_officer(cast)
    client = log_in("tiepnhan")
    for slug in ("withdraw", "discontinue"):
        assert f'value="{life.row.applicant_name}"' in client.get(way(life, slug)).text


def test_where_nobody_can_take_over_no_button_leads_into_a_wall(cast: Cast):
    life = at_officer(cast)
    client = log_in("lanhdao")
    RoleGrant.objects.filter(official_id=cast.case_officer.id).update(valid_to=date(2026, 11, 24))
    text = client.get(way(life, "reassign")).text
    assert "chưa có ai khác làm vai trò này" in text
    assert 'name="reason"' not in text
    assert "Quay lại hồ sơ" in text


def test_a_refusal_on_the_merits_is_said_beside_the_state(cast: Cast):
    life = at_leader(cast)
    detours.reject(life.step, reason=WHY, legal_basis=LAW, by=cast.leader, at=AT_WORK)
    head = page_of(life, "thuly").split("<h1>")[1].split("</section>")[0]
    assert "Bị từ chối giải quyết" in head
