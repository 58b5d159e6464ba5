"""Two people press the same key at the same moment: on committed rows, each on a connection of his own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from motcua.catalogue.actions import post_all
from motcua.catalogue.models import Procedure
from motcua.core.events import Actor as EventActor
from motcua.core.models import Event, NumberSeries
from motcua.demo.office import OPENED, build_office
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import StaleMove, State
from motcua.intake.actions import receive
from motcua.people.models import Account, Official, Unit
from motcua.result.actions import Recipient, return_result
from motcua.result.models import Delivery, Result
from motcua.routing import actions
from motcua.routing.models import Step
from tests.cast import BIRTH, MONDAY, Cast, filing, minutes_later, offered, open_step, received, the_cast
from tests.cast import MRS_LAN as APPLICANT
from tests.committed import Actor, django_on, own_database, together, wait_until_blocked

LATER = minutes_later(MONDAY, 30)
RECIPIENT = Recipient("Nguyễn Thị Lan", "000184001234", "counter", True)


@pytest.fixture(scope="module")
def cast(django_db_blocker) -> Iterator[Cast]:
    """The demo ward, committed in a database of its own."""
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        call_command("load_calendar")
        call_command("import_catalogue", quiet=True)
        agency = build_office()
        published = Procedure.objects.filter(versions__state="published").distinct()
        post_all(published, agency, by=EventActor(None, "test"), valid_from=OPENED)
        yield the_cast()


@pytest.fixture
def second_leader(cast: Cast):
    """Another leader of the ward with the same duties."""
    account = Account.objects.create_account(username=f"lanhdao-{uuid4().hex[:6]}", password="mot-cua-thu-hai")
    unit = Unit.objects.get(pk=cast.leader.unit_id)
    official = Official.objects.create(account=account, unit=unit, full_name="Lê Thị Bình", valid_from=OPENED)
    return replace(cast.leader, id=official.id, account_id=account.id, name=official.full_name)


def one_overtaken(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """`first` has done its work but not committed when `second` begins and must wait; what came of `second`."""
    with transaction.atomic():
        first()
        other = Actor(second)
        other.start()
        wait_until_blocked(connection.settings_dict["NAME"])
    return other.came_of_it()


def waits_for(role: str, cast: Cast) -> UUID:
    """A committed dossier whose open step is this role's; "finished" when only the return is left."""
    hands = {"receiver": cast.receiver, "case_officer": cast.case_officer, "records_clerk": cast.records_clerk,
             "approver": cast.leader}  # fmt: skip
    dossier_id, at = received(BIRTH, cast).id, MONDAY
    while Dossier.objects.get(pk=dossier_id).state != State.FINISHED:
        step, waiting, _unit = open_step(dossier_id)
        if waiting == role:
            break
        at = minutes_later(at, 1)
        (actions.approve if waiting == "approver" else actions.pass_on)(step, by=hands[waiting], at=at)
    return dossier_id


def kinds(dossier_id: UUID) -> list[str]:
    return list(Event.objects.filter(subject_id=dossier_id).order_by("sequence").values_list("kind", flat=True))


def test_the_same_form_sent_twice_at_once_opens_one_dossier(cast: Cast):
    form, offer = filing(BIRTH, APPLICANT, cast.receiver), offered(BIRTH, cast.receiver)
    kept: list[Any] = []

    def send() -> tuple[Any, bool]:
        return receive(form, offered=offer, by=cast.receiver, at=MONDAY)

    before = NumberSeries.objects.filter(series="dossier").values_list("last", flat=True).first() or 0
    opened, is_new = one_overtaken(lambda: kept.append(send()), send)
    (first, first_is_new) = kept[0]
    assert (first_is_new, is_new) == (True, False)
    assert opened == first
    dossier = Dossier.objects.get(submission_id=form.submission_id)
    assert dossier.code == opened.code
    assert kinds(dossier.id) == ["dossier.received"]
    assert Step.objects.filter(dossier=dossier).count() == 1
    assert NumberSeries.objects.get(series="dossier").last == before + 1


def test_a_key_held_down_opens_one_dossier(cast: Cast):
    form, offer = filing(BIRTH, APPLICANT, cast.receiver), offered(BIRTH, cast.receiver)
    answers = together([lambda: receive(form, offered=offer, by=cast.receiver, at=MONDAY)] * 6)
    assert all(isinstance(answer, tuple) for answer in answers), answers
    assert sorted(is_new for _opened, is_new in answers) == [False] * 5 + [True]
    assert len({opened for opened, _is_new in answers}) == 1
    assert Dossier.objects.filter(submission_id=form.submission_id).count() == 1


def test_many_counters_at_once_number_without_gaps_or_twins(cast: Cast):
    offer = offered(BIRTH, cast.receiver)
    forms = [filing(BIRTH, replace(APPLICANT, personal_id=f"0001840099{who:02}"), cast.receiver) for who in range(12)]
    answers = together([lambda form=form: receive(form, offered=offer, by=cast.receiver, at=MONDAY) for form in forms])
    assert all(isinstance(answer, tuple) and answer[1] for answer in answers), answers
    codes = sorted(Dossier.objects.values_list("code", flat=True))
    assert codes == [f"H17.21-261123-{number:04}" for number in range(1, len(codes) + 1)]


def test_a_step_passed_on_by_two_goes_on_once(cast: Cast):
    dossier_id = waits_for("case_officer", cast)
    step = open_step(dossier_id)[0]

    def pass_on() -> None:
        actions.pass_on(step, by=cast.case_officer, at=LATER)

    assert isinstance(one_overtaken(pass_on, pass_on), StaleMove)
    assert kinds(dossier_id) == ["dossier.received", "step.passed_on", "step.passed_on"]
    assert Step.objects.filter(dossier_id=dossier_id).count() == 3


def test_two_leaders_approve_once_and_one_result_is_prepared(cast: Cast, second_leader):
    dossier_id = waits_for("approver", cast)
    step = open_step(dossier_id)[0]
    fault = one_overtaken(
        lambda: actions.approve(step, by=cast.leader, at=LATER),
        lambda: actions.approve(step, by=second_leader, at=LATER),
    )
    assert isinstance(fault, StaleMove)
    assert kinds(dossier_id).count("dossier.approved") == 1
    assert Result.objects.get(dossier_id=dossier_id).approved_by_id == cast.leader.id
    assert Step.objects.get(pk=step).official_id == cast.leader.id


def test_the_approval_and_the_sending_back_of_one_step_do_not_both_count(cast: Cast, second_leader):
    dossier_id = waits_for("approver", cast)
    step = open_step(dossier_id)[0]
    answers = together(
        [
            lambda: actions.approve(step, by=cast.leader, at=LATER),
            lambda: actions.send_back(step, reason="Sai ngày sinh", by=second_leader, at=LATER),
        ]
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["NoneType", "StaleMove"]
    approved = answers[0] is None
    assert kinds(dossier_id).count("dossier.approved") == approved
    assert kinds(dossier_id).count("step.sent_back") == (not approved)
    assert Result.objects.filter(dossier_id=dossier_id).count() == approved
    assert Step.objects.filter(dossier_id=dossier_id, finished_at=None).count() == 1


def test_a_result_handed_over_at_two_desks_is_returned_once(cast: Cast):
    dossier_id = waits_for("finished", cast)

    def hand_over() -> None:
        return_result(dossier_id, recipient=RECIPIENT, by=cast.receiver, at=LATER)

    assert isinstance(one_overtaken(hand_over, hand_over), StaleMove)
    assert Delivery.objects.filter(dossier_id=dossier_id).count() == 1
    assert kinds(dossier_id).count("dossier.returned") == 1
