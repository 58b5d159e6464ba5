"""Before a dossier: filed by post or online, answered in eight working hours: accepted, asked once, refused."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from motcua.catalogue.rules import papers_for
from motcua.core.events import Actor
from motcua.core.models import Event, NumberSeries
from motcua.dossiers.actions import PaperHandedIn
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.intake.actions import AnotherFiling, NoAgencyCode, PapersMissing
from motcua.intake.answer_limits import NoAnswerLimit, answer_limit, answer_limits
from motcua.intake.models import Submission
from motcua.intake.queries import (
    completion_of_submission,
    desk_of,
    submission_counts,
    submissions,
    tracked_submission,
)
from motcua.intake.submissions import (
    DemandRefused,
    GroundsMissing,
    StaleSubmission,
    UnknownPaper,
    WantedPaper,
    accept,
    add_papers,
    ask_papers,
    refuse,
    refuse_at_counter,
    submit,
    withdraw,
)
from motcua.people.models import Party
from motcua.worktime.rules import Amount, Unit
from tests.cast import BIRTH, HANOI_TIME, LAND, MONDAY, MR_QUANG, MRS_LAN, Cast, filing, minutes_later, offered

LATER = minutes_later(MONDAY, 30)
WHY = {"reason": "Thửa đất ở xã khác", "legal_basis": "Nghị định 61/2018/NĐ-CP, Điều 17"}


def sent(cast: Cast, code: str = BIRTH, *, at: datetime = MONDAY, **changes: Any) -> Submission:
    """A filing that came by post."""
    by = cast.receiver
    return submit(
        filing(code, MRS_LAN, by, **({"channel": "post"} | changes)),
        offered=offered(code, by), desk=by, by=by.actor, at=at, registered_by=by.id,
    )  # fmt: skip


def mandatory(cast: Cast, code: str = BIRTH) -> list[UUID]:
    return [line.id for line in papers_for(offered(code, cast.receiver).components) if line.id is not None]


def now(submission: Submission) -> Submission:
    return Submission.objects.get(pk=submission.pk)


def kinds(submission: Submission) -> list[str]:
    return list(Event.objects.filter(subject_id=submission.id).order_by("sequence").values_list("kind", flat=True))


def written() -> dict[str, Any]:
    """Everything that an answer may write; equal before and after when nothing was."""
    return {
        "submissions": list(Submission.objects.order_by("pk").values()), "dossiers": Dossier.objects.count(),
        "parties": Party.objects.count(), "events": Event.objects.count(),
        "numbers": list(NumberSeries.objects.order_by("pk").values_list("series", "day", "last")),
    }  # fmt: skip


def test_what_came_by_post_is_acknowledged_at_once_and_is_no_dossier_yet(cast: Cast):
    letter = sent(cast, request="Khai sinh cho con", whens=(), copies=2, return_method="post")
    assert letter.number == "H17.21-NS-261123-0001"
    assert now(letter).answer_due_at == datetime(2026, 11, 25, 9, 15, tzinfo=HANOI_TIME)  # the 24th is a holiday
    assert (letter.state, letter.registered_by_id, letter.dossier_id) == (State.SUBMITTED, cast.receiver.id, None)
    assert len(letter.tracking_token) == 20
    assert not Dossier.objects.exists()
    assert not Party.objects.filter(personal_id=MRS_LAN.personal_id).exists()
    assert kinds(letter) == ["submission.submitted"]


@pytest.mark.parametrize(
    ("submitted_at", "due"),
    [((23, 8, 0), (25, 8, 0)), ((27, 16, 0), (30, 16, 0)), ((28, 10, 0), (30, 17, 0)), ((29, 23, 59), (30, 17, 0))],
)
def test_eight_working_hours_pass_over_the_weekend(cast: Cast, submitted_at: tuple, due: tuple):
    letter = sent(cast, at=datetime(2026, 11, *submitted_at, tzinfo=HANOI_TIME))
    assert now(letter).answer_due_at == datetime(2026, 11, *due, tzinfo=HANOI_TIME)


def test_the_eight_hours_are_dated_figures():
    assert answer_limit("online", date(2026, 11, 23)).amount == Amount(8, Unit.WORKING_HOUR)
    assert {limit.channel for limit in answer_limits()} == {"online", "post"}
    with pytest.raises(NoAnswerLimit, match="19/05/2020"):
        answer_limit("online", date(2020, 5, 19))


def test_accepting_opens_the_dossier_with_everything_declared(cast: Cast):
    letter = sent(cast, submitter_name="Trần Văn Ba", request="Khai sinh cho con", copies=2, return_method="post")
    opened = accept(letter.id, by=cast.receiver, at=LATER)
    dossier = Dossier.objects.get(pk=opened.id)
    assert (dossier.submission_id, dossier.received_at, dossier.channel) == (letter.id, LATER, "post")
    assert dossier.code == "H17.21-261123-0001"
    assert (dossier.applicant_name, dossier.applicant_birth_date) == (MRS_LAN.full_name, MRS_LAN.birth_date)
    assert (dossier.submitter_name, dossier.request, dossier.copies) == ("Trần Văn Ba", "Khai sinh cho con", 2)
    assert set(dossier.components.values_list("component_id", flat=True)) == set(mandatory(cast))
    assert dossier.applicant.gender == MRS_LAN.gender
    letter = now(letter)
    assert (letter.state, letter.dossier_id, letter.decided_at) == (State.RECEIVED, dossier.id, LATER)
    assert letter.decided_by_id == cast.receiver.id
    assert kinds(letter) == ["submission.submitted", "submission.accepted"]


def test_a_refused_filing_gets_the_next_number_of_form_03(cast: Cast):
    first, second = sent(cast), sent(cast, LAND)
    refuse(first.id, **WHY, by=cast.receiver, at=LATER)
    assert refuse(second.id, **WHY, by=cast.receiver, at=LATER) == 2
    first = now(first)
    assert (first.state, first.refusal_number, first.decided_at) == (State.NOT_ACCEPTED, 1, LATER)
    assert {"reason": first.reason, "legal_basis": first.legal_basis} == WHY
    assert not Dossier.objects.exists()
    assert kinds(first) == ["submission.submitted", "submission.refused"]


def test_refusals_are_numbered_through_the_year(cast: Cast):
    numbers = [
        refuse(sent(cast, at=at).id, **WHY, by=cast.receiver, at=at)
        for at in (MONDAY, datetime(2026, 11, 25, 9, tzinfo=HANOI_TIME), datetime(2027, 1, 5, 9, tzinfo=HANOI_TIME))
    ]
    assert numbers == [1, 2, 1]


@pytest.mark.parametrize("missing", ["reason", "legal_basis"])
def test_a_refusal_without_grounds_writes_nothing(cast: Cast, missing: str):
    letter = sent(cast)
    before = written()
    with pytest.raises(GroundsMissing, match="căn cứ pháp lý"):
        refuse(letter.id, **(WHY | {missing: "  "}), by=cast.receiver, at=LATER)
    with pytest.raises(GroundsMissing):
        refuse_at_counter(
            filing(BIRTH, MRS_LAN, cast.receiver), offered=offered(BIRTH, cast.receiver), by=cast.receiver, at=LATER,
            **(WHY | {missing: ""}),
        )  # fmt: skip
    assert written() == before


def test_somebody_at_the_counter_is_refused_in_one_go(cast: Cast):
    by, offer, asked = cast.receiver, offered(LAND, cast.receiver), filing(LAND, MR_QUANG, cast.receiver, papers=())
    refused = refuse_at_counter(asked, offered=offer, by=by, at=MONDAY, **WHY)
    assert (refused.state, refused.refusal_number, refused.channel) == (State.NOT_ACCEPTED, 1, "counter")
    assert kinds(refused) == ["submission.submitted", "submission.refused"]
    before = written()
    assert refuse_at_counter(asked, offered=offer, by=by, at=MONDAY, **WHY).pk == refused.pk
    assert written() == before
    with pytest.raises(StaleSubmission):
        accept(refused.id, by=by, at=LATER)


def test_papers_are_asked_once_then_come_and_the_clock_starts_anew(cast: Cast):
    first, *rest = mandatory(cast)
    letter = sent(cast, papers=(PaperHandedIn(first, 1, 0),))
    with pytest.raises(PapersMissing):
        accept(letter.id, by=cast.receiver, at=LATER)
    demands = [WantedPaper(component, "Nộp bản chính") for component in rest]
    assert ask_papers(letter.id, demands, reason="Thiếu giấy tờ", by=cast.receiver, at=LATER) == 1
    asked = now(letter)
    assert (asked.state, asked.asked_at, asked.asked_by_id) == (State.SUBMITTED, LATER, cast.receiver.id)
    assert [UUID(row["component"]) for row in asked.demands] == rest
    with pytest.raises(DemandRefused, match="một lần"):
        ask_papers(letter.id, demands, reason="Còn thiếu nữa", by=cast.receiver, at=LATER)
    came_at = datetime(2026, 11, 26, 8, 0, tzinfo=HANOI_TIME)
    add_papers(letter.id, rest, by=cast.receiver, at=came_at)
    assert now(letter).papers_came_at == came_at
    assert now(letter).answer_due_at == datetime(2026, 11, 27, 8, 0, tzinfo=HANOI_TIME)
    opened = accept(letter.id, by=cast.receiver, at=minutes_later(came_at, 10))
    assert Dossier.objects.get(pk=opened.id).components.count() == len(mandatory(cast))
    assert kinds(letter) == [f"submission.{what}" for what in ("submitted", "papers_asked", "papers_added", "accepted")]


def test_papers_added_unasked_leave_the_clock_alone(cast: Cast):
    first, *rest = mandatory(cast)
    letter = sent(cast, papers=(PaperHandedIn(first, 1, 0),))
    add_papers(letter.id, [first, *rest], by=cast.receiver, at=LATER)
    seen = now(letter)
    assert (seen.papers_came_at, seen.answer_due_at) == (None, letter.answer_due_at)
    assert len(seen.papers) == len(rest) + 1


def asked_for(cast: Cast, asked_at: datetime) -> tuple[Submission, list[UUID], UUID]:
    """A filing whose missing papers were asked for; their ids, and that of a paper which may be there or not."""
    first, *rest = mandatory(cast)
    letter = sent(cast, papers=(PaperHandedIn(first, 1, 0),))
    demands = [WantedPaper(component, "") for component in rest]
    ask_papers(letter.id, demands, reason="Thiếu giấy tờ", by=cast.receiver, at=asked_at)
    lines = offered(BIRTH, cast.receiver).components
    return letter, rest, next(line.id for line in lines if line.id is not None and line.id not in (first, *rest))


def test_only_a_paper_that_was_asked_for_starts_the_clock_anew(cast: Cast):
    letter, rest, beside = asked_for(cast, LATER)
    here = mandatory(cast)[0]
    add_papers(letter.id, [here, beside], by=cast.receiver, at=minutes_later(LATER, 10))
    seen = now(letter)
    assert (seen.papers_came_at, seen.answer_due_at, len(seen.papers)) == (None, letter.answer_due_at, 2)
    came_at = datetime(2026, 11, 26, 8, 0, tzinfo=HANOI_TIME)  # the first answer had been due on the 25th
    add_papers(letter.id, rest[:1], by=cast.receiver, at=came_at)
    seen = now(letter)
    due_at = datetime(2026, 11, 27, 8, 0, tzinfo=HANOI_TIME)
    assert (seen.papers_came_at, seen.answer_due_at) == (came_at, due_at)
    add_papers(letter.id, [*rest, beside], by=cast.receiver, at=minutes_later(came_at, 60))
    assert (now(letter).papers_came_at, now(letter).answer_due_at) == (came_at, due_at)


@pytest.mark.parametrize(("asked_at", "heals"), [((25, 9, 15), True), ((25, 9, 16), False)])
def test_a_desk_that_asks_when_its_answer_was_due_stays_late(cast: Cast, asked_at: tuple, heals: bool):
    letter, rest, _beside = asked_for(cast, datetime(2026, 11, *asked_at, tzinfo=HANOI_TIME))
    assert letter.answer_due_at == datetime(2026, 11, 25, 9, 15, tzinfo=HANOI_TIME)
    assert now(letter).answer_due_at == letter.answer_due_at
    came_at = datetime(2026, 11, 26, 8, 0, tzinfo=HANOI_TIME)
    add_papers(letter.id, rest, by=cast.receiver, at=came_at)
    anew = datetime(2026, 11, 27, 8, 0, tzinfo=HANOI_TIME)
    assert (now(letter).papers_came_at, now(letter).answer_due_at) == (
        came_at, anew if heals else letter.answer_due_at,
    )  # fmt: skip
    assert submission_counts(cast.receiver.agency_id, at=minutes_later(came_at, 1)).late == (not heals)


def test_what_may_not_be_asked_is_refused_and_nothing_written(cast: Cast):
    first, second, *_rest = mandatory(cast)
    letter = sent(cast, papers=(PaperHandedIn(first, 1, 0),))
    before = written()
    wrong: list[tuple[list[WantedPaper], str, type[Exception]]] = [
        ([], "Thiếu", DemandRefused),
        ([WantedPaper(second, "")], "   ", DemandRefused),
        ([WantedPaper(first, "")], "Mờ", DemandRefused),
        ([WantedPaper(uuid4(), "")], "Thiếu", UnknownPaper),
        ([WantedPaper(mandatory(cast, LAND)[0], "")], "Thiếu", UnknownPaper),
    ]
    for demands, reason, fault in wrong:
        with pytest.raises(fault):
            ask_papers(letter.id, demands, reason=reason, by=cast.receiver, at=LATER)
    with pytest.raises(UnknownPaper):
        add_papers(letter.id, [uuid4()], by=cast.receiver, at=LATER)
    with pytest.raises(DemandRefused):
        add_papers(letter.id, [], by=cast.receiver, at=LATER)
    assert written() == before


def test_the_applicant_withdraws_and_nothing_more_can_be_done(cast: Cast):
    letter, by = sent(cast), cast.receiver
    withdraw(letter.id, agency_id=by.agency_id, by=Actor(None, "Nguyễn Thị Lan"), at=LATER, reason="Nộp nơi khác")
    seen = now(letter)
    assert (seen.state, seen.decided_at, seen.decided_by_id) == (State.WITHDRAWN, LATER, None)
    before = written()
    answers = [
        lambda: accept(letter.id, by=by, at=LATER),
        lambda: refuse(letter.id, **WHY, by=by, at=LATER),
        lambda: ask_papers(letter.id, [WantedPaper(mandatory(cast)[0], "")], reason="Thiếu", by=by, at=LATER),
        lambda: add_papers(letter.id, mandatory(cast), by=by, at=LATER),
        lambda: withdraw(letter.id, agency_id=by.agency_id, by=by.actor, at=LATER),
    ]
    for answer in answers:
        with pytest.raises(StaleSubmission, match="việc của ông/bà chưa ghi"):
            answer()
    assert written() == before


def test_another_agency_cannot_answer(cast: Cast):
    letter, stranger = sent(cast), replace(cast.receiver, agency_id=uuid4())
    before = written()
    for answer in (
        lambda: accept(letter.id, by=stranger, at=LATER),
        lambda: refuse(letter.id, **WHY, by=stranger, at=LATER),
        lambda: withdraw(letter.id, agency_id=stranger.agency_id, by=stranger.actor, at=LATER),
    ):
        with pytest.raises(Submission.DoesNotExist):
            answer()
    assert written() == before


def test_the_same_page_twice_is_one_submission(cast: Cast):
    by, letter = cast.receiver, filing(BIRTH, MRS_LAN, cast.receiver, channel="post")
    rest = {"desk": by, "by": by.actor, "at": MONDAY}
    first = submit(letter, offered=offered(BIRTH, by), **rest)
    before = written()
    assert submit(letter, offered=offered(BIRTH, by), **rest).number == first.number
    for other, code in ((replace(letter, applicant=MR_QUANG), BIRTH), (replace(letter, papers=()), LAND)):
        with pytest.raises(AnotherFiling):
            submit(other, offered=offered(code, by), **rest)
    with pytest.raises(AnotherFiling):
        refuse_at_counter(letter, offered=offered(BIRTH, by), by=by, at=MONDAY, **WHY)
    assert written() == before
    assert sent(cast).number.endswith("-0002")


def test_what_cannot_be_submitted_writes_nothing(cast: Cast):
    before = written()
    with pytest.raises(NoAnswerLimit):
        sent(cast, channel="counter")
    with pytest.raises(NoAgencyCode):
        sent(replace(cast, receiver=replace(cast.receiver, agency_code="")))
    with pytest.raises(UnknownPaper):
        sent(cast, papers=(PaperHandedIn(uuid4(), 1, 0),))
    assert written() == before


def test_a_page_on_the_internet_submits_without_an_official(cast: Cast):
    by = cast.receiver
    desk = desk_of(by.agency_id, MONDAY.date())
    assert desk is not None
    assert (desk.agency_code, desk.calendar_code) == (by.agency_code, by.calendar_code)
    online = submit(
        filing(BIRTH, MRS_LAN, by, channel="online"), offered=offered(BIRTH, by), desk=desk,
        by=Actor(None, MRS_LAN.full_name), at=MONDAY, answers={"child": "Nguyễn An"},
    )  # fmt: skip
    assert (now(online).registered_by_id, now(online).answers) == (None, {"child": "Nguyễn An"})
    assert desk_of(uuid4(), MONDAY.date()) is None


def test_lists_and_counts_tell_what_waits_for_whom(cast: Cast):
    by = cast.receiver
    urgent, asked, refused = sent(cast), sent(cast, papers=()), sent(cast, LAND)
    recent = sent(cast, at=LATER)
    ask_papers(asked.id, [WantedPaper(mandatory(cast)[0], "")], reason="Thiếu", by=by, at=LATER)
    refuse(refused.id, **WHY, by=by, at=LATER)
    assert [row.number for row in submissions(by, "waiting")] == [urgent.number, recent.number]
    assert [row.number for row in submissions(by, "asked")] == [asked.number]
    assert [row.number for row in submissions(by, "refused")] == [refused.number]
    counts = submission_counts(by.agency_id, at=datetime(2026, 11, 25, 9, 20, tzinfo=HANOI_TIME))
    assert (counts.waiting, counts.late, counts.asked) == (2, 1, 1)
    assert submissions(replace(by, agency_id=uuid4()), "waiting") == []


def test_the_public_follows_by_number_and_key(cast: Cast):
    letter = sent(cast)
    found = tracked_submission(letter.number, letter.tracking_token)
    assert found is not None
    assert found.pk == letter.pk
    assert tracked_submission(letter.number, "A" * 20) is None
    assert tracked_submission("H17.21-NS-261123-0999", letter.tracking_token) is None
    assert completion_of_submission(letter.number) == 5
    accept(letter.id, by=cast.receiver, at=LATER)
    assert completion_of_submission(letter.number) == 15 or completion_of_submission(letter.number) == 50
    assert completion_of_submission("H17.21-NS-261123-0999") is None


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"state": 4, "decided_at": LATER, "decided_by": "receiver"}, "state_before_intake"),
        ({"state": 7}, "decided_says_when"),
        ({"state": 3, "decided_at": LATER, "refusal_number": 1, "reason": "x", "legal_basis": "y"}, "says_by_whom"),
        ({"state": 3, "decided_at": LATER, "decided_by": "receiver"}, "refused_says_why"),
        ({"state": 2, "decided_at": LATER, "decided_by": "receiver"}, "received_has_dossier"),
        ({"asked_at": LATER}, "asked_says_what"),
        ({"papers_came_at": LATER}, "papers_come_after_asking"),
        ({"answer_due_at": datetime(2026, 11, 20, tzinfo=HANOI_TIME)}, "answered_after_filing"),
    ],
)
def test_the_database_keeps_the_columns_in_agreement(cast: Cast, change: dict[str, Any], constraint: str):
    letter = sent(cast)
    values = {name: cast.receiver.id if value == "receiver" else value for name, value in change.items()}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Submission.objects.filter(pk=letter.pk).update(**values)
