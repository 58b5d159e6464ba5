"""A consultation in silence: the question, its deadline, and what happens when nobody answers."""

from datetime import datetime

import pytest

from motcua.core.models import Event
from motcua.people.access import ActingOfficial
from motcua.people.models import Agency, Role, Unit, UnitFunction
from motcua.routing import actions
from motcua.routing.actions import NotYours, take
from motcua.routing.actions.detours import forward, reassign
from motcua.routing.consultations import actions as asking
from motcua.routing.consultations.actions import ConsultationRefused, Question
from motcua.routing.consultations.closing import tick
from motcua.routing.consultations.models import Consultation, Opinion, SilenceRule
from motcua.routing.consultations.queries import consulted_spans
from motcua.routing.models import Reminder, Step
from motcua.routing.warnings.actions import warn
from motcua.routing.warnings.rounds import warning_round
from motcua.worktime.rules import Amount
from motcua.worktime.rules import Unit as ClockUnit
from tests.cast import HANOI_TIME, LAND, MONDAY, Cast, minutes_later, open_step, police_officer, received
from tests.routing.lives import colleague

ASKED_AT = minutes_later(MONDAY, 30)
TWO_DAYS = Amount(2, ClockUnit.WORKING_DAY)
WORDS = "Thửa đất có đang tranh chấp về trật tự không?"


@pytest.fixture
def dossier(cast: Cast):
    """A land dossier on the case officer's desk, Monday morning."""
    opened = received(LAND, cast)
    actions.pass_on(open_step(opened.id)[0], by=cast.receiver, at=minutes_later(MONDAY, 10))
    return opened


@pytest.fixture
def police(cast: Cast) -> ActingOfficial:
    return police_officer()


def asked(dossier, cast: Cast, silence: SilenceRule, basis: str = "") -> Consultation:
    return asked_of(dossier, cast, UnitFunction.POLICE, silence, basis)


def asked_of(dossier, cast: Cast, function: UnitFunction, silence: SilenceRule, basis: str = "") -> Consultation:
    unit = Unit.objects.get(agency_id=cast.case_officer.agency_id, function=function)
    return asking.consult(
        open_step(dossier.id)[0], Question(WORDS, TWO_DAYS, silence, basis, unit_id=unit.pk),
        by=cast.case_officer, at=ASKED_AT,
    )  # fmt: skip


def reminded(question: Consultation) -> list[tuple[str, str]]:
    """Which rule spoke of the question, and to whom."""
    told = Reminder.objects.filter(subject_id=question.pk).order_by("sent_at", "rule")
    return list(told.values_list("rule", "official__account__username"))


def kinds(dossier) -> list[str]:
    events = Event.objects.filter(subject_id=dossier.id, kind__startswith="consultation.")
    return list(events.order_by("sequence").values_list("kind", flat=True))


def test_silence_counts_as_agreement_where_the_law_says_so(client, cast: Cast, dossier, police: ActingOfficial):
    question = asked(dossier, cast, SilenceRule.AGREE, "Khoản 3 Điều 7 Quy chế phối hợp")
    assert question.due_at == datetime(2026, 11, 26, 9, 45, tzinfo=HANOI_TIME)  # Tuesday 24 November is a day off
    waiting = client.get(f"/tracking/{dossier.code}/{dossier.tracking_token}/").text
    assert "Đang lấy ý kiến: Công an phường, đến 26/11/2026." in waiting

    with pytest.raises(NotYours, match="Đang chờ ý kiến của “Công an phường”, hạn 09:45 26/11/2026"):
        actions.pass_on(open_step(dossier.id)[0], by=cast.case_officer, at=minutes_later(ASKED_AT, 5))
    assert tick(question.due_at) == {"closed": 0, "noticed": 0}  # an answer at the last minute is in time

    after = minutes_later(question.due_at, 1)
    assert tick(after) == {"closed": 1, "noticed": 0}
    assert tick(after) == {"closed": 0, "noticed": 0}
    assert kinds(dossier) == ["consultation.asked", "consultation.silent"]
    question.refresh_from_db()
    assert (question.closed_how, question.closed_at, question.opinion) == ("silent", after, "")
    assert consulted_spans(dossier.id) == [("Công an phường", ASKED_AT, question.due_at)]

    with pytest.raises(ConsultationRefused, match=r"quá hạn trả lời 09:45 26/11/2026.*Coi như đồng ý"):
        asking.answer(question.pk, Opinion.DISAGREE, words="Có tranh chấp", by=police, at=minutes_later(after, 1))
    actions.pass_on(open_step(dossier.id)[0], by=cast.case_officer, at=minutes_later(after, 2))
    assert "Đang lấy ý kiến" not in client.get(f"/tracking/{dossier.code}/{dossier.tracking_token}/").text


def test_silence_that_goes_on_waiting_is_noticed_once_and_the_answer_still_counts(
    cast: Cast, dossier, police: ActingOfficial
):
    question = asked(dossier, cast, SilenceRule.REMIND)
    after = minutes_later(question.due_at, 1)
    assert tick(after) == {"closed": 0, "noticed": 1}
    assert tick(minutes_later(after, 60)) == {"closed": 0, "noticed": 0}
    assert kinds(dossier) == ["consultation.asked", "consultation.silent"]
    with pytest.raises(NotYours, match="Đang chờ ý kiến"):
        actions.pass_on(open_step(dossier.id)[0], by=cast.case_officer, at=after)

    answered = minutes_later(after, 90)
    asking.answer(question.pk, Opinion.AGREE, words="", by=police, at=answered)
    assert consulted_spans(dossier.id) == [("Công an phường", ASKED_AT, answered)]
    actions.pass_on(open_step(dossier.id)[0], by=cast.case_officer, at=minutes_later(answered, 1))


def test_silence_that_goes_on_waiting_is_told_to_who_waits_to_the_counter_and_to_the_head(
    cast: Cast, dossier, police: ActingOfficial
):
    question = asked(dossier, cast, SilenceRule.REMIND)
    asked_beside = asked_of(dossier, cast, UnitFunction.SOCIAL, SilenceRule.GO_ON)
    ward = Agency.objects.get(pk=cast.leader.agency_id)
    assert reminded(question) == reminded(asked_beside) == []
    warn(ward, at=question.due_at)
    assert reminded(question) == []  # an answer at the last minute is in time

    after = minutes_later(question.due_at, 1)
    assert warning_round(after)["sent"] == 2
    first = [("consultation-silent", "thuly"), ("consultation-silent-counter", "lanhdao")]
    assert reminded(question) == first
    told = Reminder.objects.get(rule="consultation-silent")
    assert (told.kind, told.dossier_id, told.due_at) == ("consultation", dossier.id, question.due_at)
    assert told.text.startswith(f"Công an phường chưa trả lời ý kiến về hồ sơ {dossier.code}, hạn 09:45 26/11/2026.")
    assert warning_round(minutes_later(after, 1)) == warning_round(after) == {"sent": 0, "overtaken": 0}

    next_day = minutes_later(question.due_at, 24 * 60)
    assert warning_round(next_day)["sent"] == 1
    assert reminded(question) == [*first, ("consultation-silent-head", "lanhdao")]
    assert reminded(asked_beside) == []

    asking.answer(question.pk, Opinion.AGREE, words="", by=police, at=minutes_later(next_day, 1))
    assert warning_round(minutes_later(next_day, 2)) == {"sent": 0, "overtaken": 3}


def test_a_silent_question_is_told_to_whoever_has_the_dossier_now(cast: Cast, dossier):
    question = asked(dossier, cast, SilenceRule.REMIND)
    forward(open_step(dossier.id)[0], to="justice", reason="Việc của tư pháp", by=cast.case_officer,
            at=minutes_later(ASKED_AT, 5))  # fmt: skip
    held = Step.objects.get(dossier_id=dossier.id, finished_at=None)
    take(held.id, by=colleague(cast.case_officer, Role.CASE_OFFICER, held.unit_id), at=minutes_later(ASKED_AT, 6))
    warning_round(minutes_later(question.due_at, 1))
    told = Reminder.objects.get(rule="consultation-silent").official
    assert told.full_name == "Ngô Thị Tư"


def test_who_takes_the_dossier_after_the_reminder_hears_of_the_silence_too(cast: Cast, dossier):
    question = asked(dossier, cast, SilenceRule.REMIND)
    after = minutes_later(question.due_at, 1)
    warning_round(after)
    assert ("consultation-silent", "thuly") in reminded(question)
    forward(open_step(dossier.id)[0], to="justice", reason="Việc của tư pháp", by=cast.case_officer,
            at=minutes_later(after, 5))  # fmt: skip
    held = Step.objects.get(dossier_id=dossier.id, finished_at=None)
    first = colleague(cast.case_officer, Role.CASE_OFFICER, held.unit_id)
    take(held.id, by=first, at=minutes_later(after, 6))
    warning_round(minutes_later(after, 7))
    second = colleague(cast.case_officer, Role.CASE_OFFICER, held.unit_id)
    reassign(held.id, to=second.id, reason="Nghỉ phép", by=cast.leader, at=minutes_later(after, 8))
    warning_round(minutes_later(after, 9))
    told = Reminder.objects.filter(rule="consultation-silent").order_by("sent_at")
    assert list(told.values_list("official_id", flat=True)) == [cast.case_officer.id, first.id, second.id]
    assert warning_round(minutes_later(after, 10))["sent"] == 0


def test_a_question_that_is_not_waited_for_holds_nobody_up_even_if_no_job_ran(cast: Cast, dossier):
    question = asked(dossier, cast, SilenceRule.GO_ON)
    with pytest.raises(NotYours):
        actions.pass_on(open_step(dossier.id)[0], by=cast.case_officer, at=question.due_at)
    actions.pass_on(open_step(dossier.id)[0], by=cast.case_officer, at=minutes_later(question.due_at, 1))
    question.refresh_from_db()
    assert question.closed_how == "silent"
    assert kinds(dossier) == ["consultation.asked", "consultation.silent"]
    assert tick(minutes_later(question.due_at, 2)) == {"closed": 0, "noticed": 0}
