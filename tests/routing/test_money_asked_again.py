"""Each demand for money stops the clock: one official asks twice, then somebody who leads must."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.dossiers.states import State
from motcua.payments.actions import settle_duty
from motcua.payments.evidence import Evidence
from motcua.payments.models import FinancialDuty
from motcua.routing.actions import NotYours, waiting
from motcua.routing.actions.waiting import DemandedBefore
from tests.cast import Cast
from tests.journey.test_hot_pages import log_in
from tests.routing.lives import AT_WORK, DUTY, LATER, Life, at_officer

HOUR = timedelta(hours=1)


def demanded(life: Life, by, number: int) -> None:
    """Asked for, and paid within the hour."""
    at = AT_WORK + 2 * number * HOUR
    duty_id = waiting.demand_money(life.step, replace(DUTY, what=f"Khoản {number}"), by=by, at=at, of=life.id)
    paid_at = at + HOUR
    evidence = Evidence(f"BL-{number}", paid_at.date(), paid_at.time())
    settle_duty(duty_id, evidence=evidence, by=life.cast.receiver, at=paid_at)


@pytest.fixture
def asked_twice(cast: Cast) -> Life:
    life = at_officer(cast)
    for number in range(2):
        demanded(life, cast.case_officer, number)
    return life


def test_the_third_demand_is_a_leaders(cast: Cast, asked_twice: Life):
    with pytest.raises(DemandedBefore, match="phải do lãnh đạo, là người khác"):
        waiting.demand_money(asked_twice.step, DUTY, by=cast.case_officer, at=LATER, of=asked_twice.id)
    assert asked_twice.row.state == State.PROCESSING
    duty_id = waiting.demand_money(asked_twice.step, DUTY, by=cast.leader, at=LATER, of=asked_twice.id)
    assert FinancialDuty.objects.get(pk=duty_id).asked_by_id == cast.leader.id
    assert asked_twice.row.state == State.PAYMENT_ASKED


def test_who_asked_twice_is_not_his_own_leader(cast: Cast, asked_twice: Life):
    both = replace(cast.case_officer, duties=cast.case_officer.duties | cast.leader.duties)
    with pytest.raises(DemandedBefore):
        waiting.demand_money(asked_twice.step, DUTY, by=both, at=LATER, of=asked_twice.id)


def test_who_neither_has_the_step_nor_leads_asks_for_nothing(cast: Cast, asked_twice: Life):
    with pytest.raises(NotYours):
        waiting.demand_money(asked_twice.step, DUTY, by=cast.receiver, at=LATER, of=asked_twice.id)


def test_the_button_is_the_leaders_once_it_is_no_longer_the_officers(cast: Cast, asked_twice: Life, client):
    asked, fresh = asked_twice.row.code, at_officer(cast).row.code
    log_in(client, "thuly")
    assert not offers_money(client, asked)
    assert offers_money(client, fresh)
    client.logout()
    log_in(client, "lanhdao")
    assert offers_money(client, asked)
    assert not offers_money(client, fresh)


def offers_money(client, code: str) -> bool:
    """Whether the dossier's page leads to asking for money."""
    page = client.get(f"/dossiers/{code}/").text
    assert code in page
    return f'href="{reverse("detour", args=(code, "money"))}"' in page
