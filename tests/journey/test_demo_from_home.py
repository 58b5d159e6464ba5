"""What comes from home in the demo: whoever tries it finds a citizen to be, money to decide on, words to answer."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from motcua.demo.beside import build_insurance
from motcua.demo.everything import build_all
from motcua.demo.office import CITIZEN, CITIZEN_PHONE, PASSWORD, WARD
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.feedback.models import FollowUp
from motcua.feedback.queries import figures
from motcua.intake.models import Draft, Submission
from motcua.payments.models import BankLine, LineState, MoneyReceipt, OrderState, PaymentOrder, Refund
from motcua.payments.orders.queries import qr_payload
from motcua.people.citizens.access import held_by
from motcua.people.citizens.actions import who_logs_in
from motcua.people.citizens.contacts import read_contact
from motcua.people.citizens.models import Citizen
from motcua.people.models import Agency
from tests.cast import HANOI_TIME

FRIDAY = datetime(2026, 11, 27, 16, 0, tzinfo=HANOI_TIME)
MONTH_BEFORE = date(2026, 10, 1)


@pytest.fixture(scope="module")
def built(ward: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Agency]:
    files = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files), transaction.atomic():
        agency = Agency.objects.get(name=f"Ủy ban nhân dân {WARD}", valid_to=None)
        build_insurance(agency)
        list(build_all(agency, seed=2026, now=FRIDAY))
        yield agency
        transaction.set_rollback(True)


@pytest.fixture
def demo(built: Agency, db: None) -> Agency:
    return built


def test_the_citizen_logs_in_by_her_phone_and_finds_what_is_hers(demo: Agency):
    herself = who_logs_in(read_contact(CITIZEN_PHONE), PASSWORD)
    assert herself is not None
    assert herself.full_name == CITIZEN
    assert {(one.kind, one.is_confirmed) for one in held_by(herself.pk, FRIDAY.date())} == {
        ("parent", True), ("child", False),
    }  # fmt: skip
    drafts = Draft.objects.filter(citizen=herself)
    assert drafts.filter(submitted_at=None).count() == 2
    sent = drafts.filter(submitted_at__isnull=False).values_list("submission_id", flat=True)
    assert Dossier.objects.get(submission_id__in=sent, state=State.PROCESSING).version.name.startswith("Đăng ký khai")
    assert Dossier.objects.filter(submission_id__in=sent, state=State.RETURNED).exists()


def test_no_answer_of_the_desk_is_late(demo: Agency):
    from_home = Submission.objects.filter(state=State.SUBMITTED, answers__has_key="eform")
    assert from_home.count() == 3
    assert all(one.answer_due_at > FRIDAY for one in from_home)
    assert Submission.objects.filter(filed_by="helped").exists()


def test_money_came_and_some_of_it_waits_for_a_decision(demo: Agency):
    waiting = BankLine.objects.filter(state__in=(LineState.SHORT, LineState.DOUBLE, LineState.UNMATCHED))
    assert sorted(waiting.values_list("state", flat=True)) == ["double", "short", "unmatched"]
    assert Refund.objects.filter(done_at=None).count() == Refund.objects.exclude(done_at=None).count() == 1
    numbers = sorted(MoneyReceipt.objects.values_list("number", flat=True))
    assert numbers == [*range(1, len(numbers) + 1)]
    assert set(MoneyReceipt.objects.values_list("way", flat=True)) == {"cash", "transfer"}
    unpaid = PaymentOrder.objects.filter(state=OrderState.WAITING)
    assert unpaid.exists()
    assert all(qr_payload(one) for one in unpaid)


def test_one_bad_rating_is_answered_and_one_waits_and_a_month_is_told(demo: Agency):
    done, waits = FollowUp.objects.order_by("opened_at")
    assert (done.done_at is None, waits.done_at is None) == (False, True)
    assert FRIDAY - waits.opened_at < timedelta(days=21)
    (office,) = figures(MONTH_BEFORE)
    assert office.overall.count is not None


def test_production_refuses_to_open_with_the_demo_s_citizen(demo: Agency, settings):
    username = Citizen.objects.get(full_name=CITIZEN).account.username
    settings.MOTCUA_MODE = "production"
    with pytest.raises(CommandError, match=username):
        call_command("check_office")
