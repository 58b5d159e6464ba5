"""Warnings of steps, dossiers and duties in the demo ward: when, to whom, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from motcua.core.models import Event
from motcua.demo.office import OPENED
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.people.actions import record_absence
from motcua.people.actions.absences import Substitution
from motcua.people.models import Absence, Agency, StandIn
from motcua.routing import actions as moves
from motcua.routing.models import Reminder, Step
from motcua.routing.rail import rail_counts
from motcua.routing.warnings.actions import forget_reminders, mark_read, overtake, warn
from motcua.routing.warnings.duties import warn_of_duties
from motcua.routing.warnings.rounds import warning_round
from motcua.worktime.rules import CalendarGap
from tests.cast import BIRTH, MONDAY, Cast, minutes_later, open_step, received
from tests.counting import statements
from tests.journey.test_hot_pages import log_in

DAY = timedelta(days=1)


def at(day: int, clock: str):
    """A moment of a day counted from the stories' Monday."""
    hour, minute = map(int, clock.split(":"))
    return MONDAY.replace(hour=hour, minute=minute) + day * DAY


@pytest.fixture
def ward_of(cast: Cast) -> Agency:
    return Agency.objects.get(pk=cast.receiver.agency_id)


@pytest.fixture
def step(cast: Cast) -> Step:
    """The first step of a birth registration, in the receiver's hands."""
    return Step.objects.get(dossier_id=received(BIRTH, cast).id)


def said(**filters: Any) -> set[tuple[str, str]]:
    """Which rule spoke to whom."""
    return {(one.rule, one.official.account.username) for one in Reminder.objects.filter(**filters)}


def test_the_holder_hears_of_his_step_before_and_at_its_end_and_the_head_when_it_is_late(cast, ward_of, step):
    assert warn(ward_of, at=step.started_at) == 0
    assert warn(ward_of, at=step.due_at - timedelta(minutes=10)) == 1
    assert said(kind="step") == {("step-near", "tiepnhan")}
    assert warn(ward_of, at=step.due_at) == 1
    assert said(kind="step") == {("step-near", "tiepnhan"), ("step-due", "tiepnhan")}
    warn(ward_of, at=at(1, "16:00"))
    assert ("step-late", "lanhdao") in said(kind="step")
    reminder = Reminder.objects.get(rule="step-near")
    assert step.dossier.code in reminder.text
    assert step.name in reminder.text
    assert reminder.dossier_id == step.dossier_id


def test_the_dossiers_date_goes_from_the_holder_to_the_head_to_the_leader(cast, ward_of, step):
    due_at = Dossier.objects.get(pk=step.dossier_id).due_at
    warn(ward_of, at=due_at - timedelta(minutes=100))
    assert {("dossier-near", "tiepnhan"), ("dossier-near-head", "lanhdao")} == said(kind="dossier")
    warn(ward_of, at=due_at)
    assert {("dossier-due", "tiepnhan"), ("dossier-due-head", "lanhdao")} <= said(kind="dossier")
    assert ("dossier-late", "lanhdao") not in said()
    warn(ward_of, at=due_at + DAY)
    assert ("dossier-late", "lanhdao") in said()


def test_the_same_round_again_says_nothing_and_one_round_is_one_event(cast, ward_of, step):
    received(BIRTH, cast)
    before = Event.objects.filter(kind="reminders.sent").count()
    sent = warn(ward_of, at=at(3, "10:00"))
    assert sent == Reminder.objects.count() > 4
    assert warn(ward_of, at=at(3, "10:01")) == 0
    assert Event.objects.filter(kind="reminders.sent").count() == before + 1


def test_one_dossier_that_cannot_be_counted_silences_no_other(cast, ward_of, step):
    odd = Dossier.objects.get(pk=received(BIRTH, cast).id)
    Step.objects.filter(dossier=odd).update(started_at=at(0, "09:00").replace(year=1990))
    Dossier.objects.filter(pk=odd.pk).update(received_at=at(0, "09:00").replace(year=1990))
    with pytest.raises(ExceptionGroup, match=odd.code) as raised:
        warning_round(step.due_at - timedelta(minutes=10))
    assert raised.group_contains(CalendarGap)
    assert said(kind="step") == {("step-near", "tiepnhan")}
    assert not Reminder.objects.filter(dossier=odd).exists()


def test_a_paused_dossier_is_not_warned_about(cast, ward_of, step):
    Dossier.objects.filter(pk=step.dossier_id).update(state=State.SUPPLEMENT_ASKED, paused_at=MONDAY)
    assert warn(ward_of, at=at(3, "10:00")) == 0


def test_a_date_that_moved_is_warned_of_anew_and_the_old_warning_is_put_aside(cast, ward_of, step):
    late = at(3, "10:00")
    warn(ward_of, at=late)
    first = set(Reminder.objects.values_list("pk", flat=True))
    Dossier.objects.filter(pk=step.dossier_id).update(due_at=at(4, "10:00"))
    Step.objects.filter(pk=step.pk).update(due_at=at(4, "10:00"))
    assert overtake(ward_of.id, at=late) == len(first)
    assert overtake(ward_of.id, at=late) == 0
    assert warn(ward_of, at=at(4, "10:00")) > 0
    again = Reminder.objects.exclude(pk__in=first)
    assert {"step-due", "dossier-due"} <= {one.rule for one in again}
    assert all(one.due_at == at(4, "10:00") for one in again)


def test_what_is_done_is_put_aside(cast, ward_of, step):
    warn(ward_of, at=step.due_at)
    moves.pass_on(open_step(step.dossier_id)[0], by=cast.receiver, at=minutes_later(step.due_at, 1))
    warning_round(minutes_later(step.due_at, 2))
    assert not Reminder.objects.filter(kind="step", subject_id=step.pk, overtaken_at__isnull=True).exists()


def test_a_step_that_nobody_took_is_told_to_everybody_of_that_duty(cast, ward_of, step):
    moves.pass_on(open_step(step.dossier_id)[0], by=cast.receiver, at=minutes_later(MONDAY, 5))
    waiting = Step.objects.get(dossier_id=step.dossier_id, finished_at=None)
    assert waiting.official_id is None
    warn(ward_of, at=waiting.due_at)
    assert ("step-due", "thuly") in said(subject_id=waiting.pk)


def test_the_stand_in_hears_what_the_absent_official_would_have(cast, ward_of, step):
    duty = Substitution(cast.receiver.unit_id, "receiver", cast.records_clerk.id)
    record_absence(cast.receiver.id, first_at=at(0, "13:00"), last_at=at(9, "07:00"), reason="leave",
                   by=cast.administrator, at=MONDAY, stand_ins=[duty])  # fmt: skip
    warn(ward_of, at=at(1, "09:00"))
    reminder = Reminder.objects.get(rule="step-due")
    assert (reminder.official_id, reminder.on_behalf_of_id) == (cast.records_clerk.id, cast.receiver.id)
    assert "tiepnhan" not in {who for _rule, who in said()}


def test_a_neighbours_dossiers_are_not_this_wards_business(cast, ward_of, step):
    other = Agency.objects.create(
        name="Phường khác", short_name="Phường khác", kind="peoples_committee", level="commune", valid_from=OPENED
    )
    assert warn(other, at=at(3, "10:00")) == 0


def test_a_round_takes_as_many_statements_for_ten_dossiers_as_for_two(cast, ward_of, step, monkeypatch):
    received(BIRTH, cast)
    with statements(monkeypatch) as few:
        assert warn(ward_of, at=at(3, "10:00")) > 0
    Reminder.objects.all().delete()
    for _ in range(8):
        received(BIRTH, cast)
    with statements(monkeypatch) as many:
        assert warn(ward_of, at=at(3, "10:00")) > 0
    assert len(many) == len(few) <= 12, many


def away(cast: Cast, first_at, last_at) -> None:
    record_absence(
        cast.receiver.id, first_at=first_at, last_at=last_at, reason="leave", by=cast.administrator, at=MONDAY
    )


ALARMED = {("duty-eve", "quantri"), ("duty-eve-leader", "lanhdao")}
AT_OPENING = {("duty-opening", "quantri"), ("duty-opening-leader", "lanhdao")}


def test_a_desk_without_anybody_is_an_alarm_the_afternoon_before_and_again_before_opening(cast, ward_of):
    away(cast, at(3, "00:00"), at(4, "00:00"))
    assert warn_of_duties(ward_of, at=at(2, "11:00")) == 0
    assert warn_of_duties(ward_of, at=at(2, "14:00")) == 2
    assert said() == ALARMED
    assert warn_of_duties(ward_of, at=at(2, "15:00")) == 0
    assert warn_of_duties(ward_of, at=at(3, "05:00")) == 0
    assert warn_of_duties(ward_of, at=at(3, "06:40")) == 2
    assert said() == ALARMED | AT_OPENING
    text = Reminder.objects.filter(rule="duty-opening")[0].text
    assert "Cán bộ tiếp nhận" in text
    assert "26/11/2026" in text


def test_over_a_holiday_and_a_week_end_the_afternoon_before_is_the_last_working_one(cast, ward_of):
    """24 November is a day off, and so is what follows a Friday."""
    away(cast, at(2, "00:00"), at(3, "00:00"))
    assert warn_of_duties(ward_of, at=at(0, "11:00")) == 0
    assert warn_of_duties(ward_of, at=at(0, "14:00")) == 2
    assert warn_of_duties(ward_of, at=at(1, "14:00")) == 0
    away(cast, at(7, "00:00"), at(8, "00:00"))
    assert warn_of_duties(ward_of, at=at(3, "16:00")) == 0
    assert warn_of_duties(ward_of, at=at(4, "14:00")) == 2


def test_somebody_standing_in_ends_the_alarm(cast, ward_of):
    away(cast, at(3, "00:00"), at(4, "00:00"))
    assert warn_of_duties(ward_of, at=at(2, "14:00")) == 2
    StandIn.objects.create(
        absence=Absence.objects.get(official_id=cast.receiver.id), official_id=cast.receiver.id, role="receiver",
        unit_id=cast.receiver.unit_id, substitute_id=cast.records_clerk.id,
    )  # fmt: skip
    assert warn_of_duties(ward_of, at=at(2, "15:00")) == 0
    assert Reminder.objects.filter(overtaken_at=at(2, "15:00")).count() == 2


def test_an_absence_outside_of_office_hours_is_no_alarm(cast, ward_of):
    away(cast, at(2, "18:00"), at(3, "06:00"))
    assert warn_of_duties(ward_of, at=at(2, "16:00")) == 0
    assert warn_of_duties(ward_of, at=at(3, "05:00")) == 0


def test_one_reads_ones_own_reminders_and_no_others(client, cast, ward_of, step):
    warn(ward_of, at=at(1, "16:00"))
    mine = Reminder.objects.filter(official_id=cast.receiver.id)
    assert rail_counts(cast.receiver, at=MONDAY).reminders == mine.count() > 1
    log_in(client, "tiepnhan")
    page = client.get(reverse("reminders")).text
    assert page.count('name="reminder"') == mine.count()
    assert f"/dossiers/{step.dossier.code}/" in page
    foreign = Reminder.objects.filter(official_id=cast.leader.id)[0]
    client.post(reverse("read-reminders"), {"reminder": str(foreign.pk)})
    foreign.refresh_from_db()
    assert foreign.read_at is None
    client.post(reverse("read-reminders"), {"reminder": str(mine[0].pk)})
    assert rail_counts(cast.receiver, at=MONDAY).reminders == mine.count() - 1
    client.post(reverse("read-reminders"), {"reminder": "no id"})
    client.post(reverse("read-reminders"), {"all": "1"})
    assert rail_counts(cast.receiver, at=MONDAY).reminders == 0
    assert "Đánh dấu tất cả" not in client.get(reverse("reminders")).text


def test_the_page_takes_as_many_statements_however_many_reminders(client, cast, ward_of, step, monkeypatch):
    warn(ward_of, at=at(1, "16:00"))
    log_in(client, "tiepnhan")
    client.get(reverse("reminders"))
    with statements(monkeypatch) as few:
        client.get(reverse("reminders"))
    for _ in range(5):
        received(BIRTH, cast)
    warn(ward_of, at=at(2, "16:00"))
    with statements(monkeypatch) as many:
        client.get(reverse("reminders"))
    assert len(few) == len(many) <= 8, many


def test_old_reminders_go(cast, ward_of, step):
    warn(ward_of, at=at(1, "16:00"))
    mark_read(None, by=cast.receiver, at=MONDAY)
    assert forget_reminders(at=MONDAY + 300 * DAY) == 0
    assert forget_reminders(at=MONDAY + 400 * DAY) > 1
    assert not Reminder.objects.exists()
