"""Who acts for somebody hears that it ended: by another's word, or by the day."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from motcua.config.told_mandates import tell_of_mandates_over
from motcua.correspondence.models import Message
from motcua.people.citizens.access import acting_citizen
from motcua.people.citizens.ending import end_at_desk, revoke_mandate
from motcua.people.citizens.models import Citizen, Mandate
from motcua.people.models import Account
from tests.cast import MONDAY, Cast, minutes_later
from tests.correspondence.conftest import told

pytestmark = pytest.mark.django_db


def held(cast: Cast) -> Mandate:
    """Mrs Lan, whose phone is proved, files for her mother; the desk saw it."""
    account = Account.objects.create_account(username="citizen-lan", password="mot-cau-de-nho-2026")
    lan = Citizen.objects.create(
        account=account, level="contact", full_name="Nguyễn Thị Lan", phone="0905123456", verified_phone_at=MONDAY,
        created_at=MONDAY,
    )  # fmt: skip
    return Mandate.objects.create(
        agent=lan, kind="parent", full_name="Lê Thị Mẹ", valid_from=localdate(MONDAY) - timedelta(days=30),
        valid_to=localdate(MONDAY) + timedelta(days=10), evidence="Giấy khai sinh", made_at=MONDAY,
    )  # fmt: skip


def test_who_acts_is_told_that_the_desk_ended_it(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    mandate = held(cast)
    shown = "motcua.people.citizens.ending.mandates_before"
    monkeypatch.setattr(shown, lambda agency_id: Mandate.objects.all())
    end_at_desk(mandate.pk, reason="Mẹ đã tự làm", by=cast.receiver, at=MONDAY)
    told(minutes_later(MONDAY, 5))
    message = Message.objects.get(about_id=mandate.pk)
    assert (message.template, message.to_phone) == ("mandate-ended", "0905123456")
    assert "Mẹ đã tự làm" in message.text
    assert "Lê Thị Mẹ" in message.text


def test_who_ends_it_himself_is_told_nothing(cast: Cast):
    mandate = held(cast)
    assert mandate.agent is not None
    lan = acting_citizen(mandate.agent.account_id, localdate(MONDAY))
    assert lan is not None
    revoke_mandate(lan, mandate.pk, at=MONDAY)
    told(minutes_later(MONDAY, 5))
    assert not Message.objects.exists()


def test_that_it_ran_out_is_told_once(cast: Cast):
    mandate = held(cast)
    assert tell_of_mandates_over(MONDAY + timedelta(days=10)) == 0, "its last day"
    assert tell_of_mandates_over(MONDAY + timedelta(days=11)) == 1
    assert tell_of_mandates_over(MONDAY + timedelta(days=12)) == 0
    message = Message.objects.get(about_id=mandate.pk)
    assert message.template == "mandate-over"
    assert f"{mandate.valid_to:%d/%m/%Y}" in message.text


def test_what_was_declared_anew_is_not_told_as_over(cast: Cast):
    mandate = held(cast)
    later = MONDAY + timedelta(days=11)
    Mandate.objects.create(
        agent=mandate.agent, kind="parent", full_name=mandate.full_name, valid_from=localdate(later),
        evidence="Giấy khai sinh", made_at=later,
    )  # fmt: skip
    assert tell_of_mandates_over(later) == 0
