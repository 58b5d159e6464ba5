"""A holiday is announced while filings wait at the desk: the answers owed move with it, and nobody else's."""

from datetime import date, datetime

import pytest
from django.utils.timezone import localtime

from motcua.core.events import Actor
from motcua.core.models import Event
from motcua.intake.models import Submission
from motcua.intake.submissions import WantedPaper, add_papers, ask_papers, refuse, submit
from motcua.routing.recalculation import CalendarStops, apply, look
from motcua.worktime.actions import mark_day, unmark_day
from motcua.worktime.changes import RECALCULATED, LoadReport
from motcua.worktime.models import Calendar, CalendarYear
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import VIETNAM, DatedDay, DayKind
from tests.cast import BIRTH, MONDAY, MRS_LAN, Cast, filing, minutes_later, offered

CLERK = Actor(None, "Đặng Hoài An")
STORM = DatedDay(date(2026, 11, 24), DayKind.CLOSED, "Nghỉ bão", "12/QĐ-UBND")
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def calm(cast: Cast) -> None:
    """The 24th is a day like others, until somebody closes it."""
    unmark_day("VN", STORM.day, by=CLERK)


def letter(cast: Cast, at: datetime = MONDAY) -> Submission:
    by = cast.receiver
    return submit(filing(BIRTH, MRS_LAN, by, channel="post", papers=()), offered=offered(BIRTH, by), desk=by,
                  by=by.actor, at=at, registered_by=by.id)  # fmt: skip


def close() -> LoadReport:
    return mark_day("VN", STORM, by=CLERK, at=minutes_later(MONDAY, 90))


def announce():
    return apply(close, code="VN", seen=Calendar.objects.get(code="VN").revision)


def test_answers_still_owed_move_and_those_given_do_not(cast: Cast):
    waiting, answered = letter(cast), letter(cast)
    refuse(
        answered.pk, reason="Không thuộc phường", legal_basis="Điều 4", by=cast.receiver, at=minutes_later(MONDAY, 5)
    )
    before = waiting.answer_due_at
    assert look(close).answers == 1
    assert Submission.objects.get(pk=waiting.pk).answer_due_at == before
    assert announce().answers == 1
    moved = Submission.objects.get(pk=waiting.pk).answer_due_at
    assert moved == letter(cast).answer_due_at > before
    assert Submission.objects.get(pk=answered.pk).answer_due_at == answered.answer_due_at
    told = Event.objects.get(kind="submission.answer_moved")
    assert (told.subject_id, told.before, told.after) == (
        waiting.pk, {"answer_due_at": localtime(before).isoformat()}, {"answer_due_at": localtime(moved).isoformat()},
    )  # fmt: skip
    assert Event.objects.filter(kind=RECALCULATED).latest("sequence").after["answers"] == 1
    unmark_day("VN", STORM.day, by=CLERK, at=minutes_later(MONDAY, 95))
    assert Submission.objects.get(pk=waiting.pk).answer_due_at == before


def test_after_papers_came_the_time_that_began_anew_is_counted(cast: Cast):
    waiting, by = letter(cast), cast.receiver
    first = offered(BIRTH, by).components[0].id
    assert first is not None
    ask_papers(waiting.pk, [WantedPaper(first, "")], reason="Thiếu", by=by, at=minutes_later(MONDAY, 30))
    came = minutes_later(MONDAY, 60)
    add_papers(waiting.pk, [first], by=by, at=came)
    announce()
    assert Submission.objects.get(pk=waiting.pk).answer_due_at == letter(cast, came).answer_due_at


def test_a_desk_that_asked_too_late_stays_late(cast: Cast):
    waiting, by = letter(cast, datetime(2026, 11, 19, 9, tzinfo=VIETNAM)), cast.receiver
    before = waiting.answer_due_at
    assert before < MONDAY
    first = offered(BIRTH, by).components[0].id
    assert first is not None
    ask_papers(waiting.pk, [WantedPaper(first, "")], reason="Thiếu", by=by, at=MONDAY)
    add_papers(waiting.pk, [first], by=by, at=minutes_later(MONDAY, 60))
    announce()
    assert Submission.objects.get(pk=waiting.pk).answer_due_at == before


def test_a_year_that_is_missing_stops_the_change(cast: Cast):
    letter(cast, datetime(2026, 12, 31, 9, tzinfo=VIETNAM))
    CalendarYear.objects.filter(year__gt=2026).delete()
    last = DatedDay(date(2026, 12, 31), DayKind.CLOSED, "Nghỉ bão", "13/QĐ-UBND")
    with pytest.raises(CalendarStops, match="chờ tiếp nhận"):
        mark_day("VN", last, by=CLERK, at=MONDAY)
    assert calendar_for("VN").is_working_day(last.day)
