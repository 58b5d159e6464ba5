"""A holiday is announced while dossiers are open: which move, which stay, what is told, what can be undone."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.catalogue.queries import version_by_id
from motcua.core.events import Actor
from motcua.core.models import Event
from motcua.dossiers.actions import turn_clock
from motcua.dossiers.ledger import clock_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.recheck import open_clocks, recomputed
from motcua.dossiers.rules import Cause, Entry, Mark
from motcua.dossiers.states import OPEN, State
from motcua.people.models import Agency
from motcua.routing import actions
from motcua.routing.models import Step
from motcua.routing.outlook import Outlook
from motcua.routing.recalculation import CalendarOvertaken, CalendarStops, apply, look
from motcua.routing.rules import plan
from motcua.worktime.actions import load_calendar, mark_day, mark_days, set_hours, unmark_day
from motcua.worktime.changes import LoadReport
from motcua.worktime.models import Calendar, CalendarDay, CalendarYear
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import VIETNAM, Amount, CalendarMistake, DatedDay, DayKind, Session, Unit
from tests.cast import BIRTH, LAND, MONDAY, Cast, minutes_later, open_step, received

CLERK = Actor(None, "Đặng Hoài An")
HOLIDAY = DatedDay(date(2026, 11, 24), DayKind.HOLIDAY, "Ngày Văn hóa Việt Nam", "80-NQ/TW")
SATURDAY = DatedDay(date(2026, 11, 28), DayKind.MAKE_UP_DAY, "Làm bù", "99/TB-BNV")
OWN = "PHUONG-RIENG"


@pytest.fixture(autouse=True)
def unannounced(cast: Cast) -> None:
    """Nobody has heard of the new holiday yet."""
    unmark_day("VN", HOLIDAY.day, by=CLERK)


@pytest.fixture
def own(cast: Cast) -> str:
    """The ward's own calendar, which follows the national one."""
    load_calendar({"calendar": {"code": OWN, "name": "Lịch phường", "parent": "VN"}}, by=CLERK)
    Agency.objects.filter(pk=cast.receiver.agency_id).update(calendar_code=OWN)
    return OWN


def opened(cast: Cast, count: int, code: str = BIRTH, at: datetime = MONDAY) -> list[Dossier]:
    ids = [received(code, cast, at=at).id for _ in range(count)]
    for one in ids:
        actions.pass_on(open_step(one)[0], by=cast.receiver, at=minutes_later(at, 5))
    return [Dossier.objects.get(pk=one) for one in ids]


def pause(dossier: Dossier, at: datetime) -> None:
    entry = Entry(Mark.PAUSED, at, Cause.PAPERS)
    turn_clock(dossier.pk, entry, seen=State.PROCESSING, to=State.SUPPLEMENT_ASKED, by=CLERK, until=at.date())


def finish(dossier: Dossier, cast: Cast, at: datetime) -> None:
    hands = {"case_officer": cast.case_officer, "records_clerk": cast.records_clerk, "approver": cast.leader}
    while Dossier.objects.get(pk=dossier.pk).state != State.FINISHED:
        step, role, _unit = open_step(dossier.pk)
        (actions.approve if role == "approver" else actions.pass_on)(step, by=hands[role], at=at)


@pytest.fixture
def forty(cast: Cast) -> list[Dossier]:
    """Forty births of Monday, one working day each: five wait for papers, five are settled, one is re-appointed."""
    dossiers = opened(cast, 40)
    for one in dossiers[:5]:
        pause(one, minutes_later(MONDAY, 30))
    for one in dossiers[5:10]:
        finish(one, cast, minutes_later(MONDAY, 30))
    entry = Entry(Mark.REAPPOINTED, minutes_later(MONDAY, 30), None, Amount(2, Unit.WORKING_DAY))
    turn_clock(dossiers[10].pk, entry, seen=State.PROCESSING, to=State.PROCESSING, by=CLERK, note="Thiếu người")
    return [Dossier.objects.get(pk=one.pk) for one in dossiers]


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def assert_all_is_computed() -> None:
    """Every stored date of an open dossier and of its open steps is what its ledger says today."""
    assert [one for rows in open_clocks() for one in recomputed(rows, calendar_for)] == []


def assert_steps_follow() -> None:
    for step in Step.objects.filter(finished_at=None, dossier__state__in=OPEN, dossier__paused_at=None):
        reading = clock_of(step.dossier)
        legs = plan(
            version_by_id(step.dossier.version_id).route,
            running=tuple((stretch.start, stretch.end) for stretch in reading.running()),
            due_at=reading.goal_at, clock=calendar_for(step.dossier.agency.calendar_code),
        )  # fmt: skip
        assert step.due_at == next(leg.due_at for leg in legs if leg.position == step.position)


def everything() -> list[object]:
    """What a change could touch."""
    return [
        [*Dossier.objects.order_by("id").values()], [*Step.objects.order_by("id").values()],
        [*CalendarDay.objects.order_by("date").values()], [*Calendar.objects.order_by("code").values()],
        Event.objects.count(),
    ]  # fmt: skip


def announce(*days: DatedDay, code: str = "VN") -> Callable[[], LoadReport]:
    return lambda: mark_days(code, days, by=CLERK, at=minutes_later(MONDAY, 60))


def test_a_holiday_moves_the_open_ones_by_a_working_day_and_leaves_the_settled(forty: list[Dossier]) -> None:
    announce(HOLIDAY)()
    for one in forty[5:10]:
        assert fresh(one) == one
        assert (fresh(one).due_at, fresh(one).promised_at) == (one.due_at, one.promised_at)
    for one in forty[11:]:
        now = fresh(one)
        assert now.due_at == one.due_at + timedelta(days=1)
        assert now.promised_at == one.promised_at
    for one in forty[:5]:
        assert fresh(one).paused_at == one.paused_at == minutes_later(MONDAY, 30)
        assert fresh(one).due_at == one.due_at + timedelta(days=1)
    assert_all_is_computed()
    assert_steps_follow()


def test_a_reappointment_moves_as_its_amount_says(forty: list[Dossier]) -> None:
    announce(HOLIDAY)()
    assert forty[10].appointed_at == datetime(2026, 11, 26, 9, 15, tzinfo=VIETNAM)
    assert fresh(forty[10]).due_at == datetime(2026, 11, 25, 9, 15, tzinfo=VIETNAM)
    assert fresh(forty[10]).appointed_at == datetime(2026, 11, 27, 9, 15, tzinfo=VIETNAM)


def test_each_dossier_that_moves_is_told_of_once_with_both_dates_and_the_decision(forty: list[Dossier]) -> None:
    announce(HOLIDAY)()
    told = Event.objects.filter(kind="dossier.recalculated")
    assert {event.subject_id for event in told} == {one.pk for one in [*forty[:5], *forty[10:]]}
    assert told.count() == 35
    event = told.get(subject_id=forty[20].pk)
    assert datetime.fromisoformat(event.before["due_at"]) == forty[20].due_at
    assert datetime.fromisoformat(event.after["due_at"]) == fresh(forty[20]).due_at
    assert (event.after["decision"], event.after["reason"]) == ("80-NQ/TW", "Ngày Văn hóa Việt Nam")
    assert (event.actor_name, event.agency_id) == (CLERK.name, forty[20].agency_id)
    counted = Event.objects.get(kind="calendar.recalculated")
    assert {name: counted.after[name] for name in ("looked", "later", "earlier", "farthest")} == {
        "looked": 35, "later": 35, "earlier": 0, "farthest": 1,
    }  # fmt: skip


def test_the_preview_says_what_the_change_does_and_leaves_everything(forty: list[Dossier]) -> None:
    before = everything()
    seen = look(announce(HOLIDAY), at=minutes_later(MONDAY, 60))
    assert everything() == before
    assert calendar_for("VN").is_working_day(HOLIDAY.day)
    made = apply(announce(HOLIDAY), code="VN", seen=Calendar.objects.get(code="VN").revision)
    assert (seen.total, seen.by_agency) == (made.total, made.by_agency)
    assert (seen.total.looked, seen.total.later, seen.total.earlier, seen.total.farthest) == (35, 35, 0, 1)
    assert [move.days for move in seen.farthest_first()[:20]] == [1] * 20
    now = {one.code: one for one in Dossier.objects.all()}
    for move in seen.moves:
        assert move.told_now == (now[move.code].appointed_at or now[move.code].due_at)


def test_a_worked_saturday_brings_dates_nearer(cast: Cast) -> None:
    friday = datetime(2026, 11, 27, 10, tzinfo=VIETNAM)
    births = opened(cast, 3, at=friday)
    assert births[0].due_at == datetime(2026, 11, 30, 10, tzinfo=VIETNAM)
    seen = look(announce(SATURDAY), at=friday)
    assert (seen.total.earlier, seen.total.later, seen.total.overdue) == (3, 0, 0)
    assert [move.days for move in seen.moves] == [-1, -1, -1]
    assert look(announce(SATURDAY), at=friday + timedelta(days=2)).total.overdue == 3
    announce(SATURDAY)()
    assert {fresh(one).due_at for one in births} == {datetime(2026, 11, 28, 10, tzinfo=VIETNAM)}
    assert_all_is_computed()


def test_taking_a_mark_back_brings_the_first_dates_back_and_keeps_both_answers(forty: list[Dossier]) -> None:
    announce(HOLIDAY)()
    unmark_day("VN", HOLIDAY.day, by=CLERK, at=minutes_later(MONDAY, 90))
    for one in forty:
        assert (fresh(one).due_at, fresh(one).appointed_at) == (one.due_at, one.appointed_at)
    assert_steps_follow()
    first, second = Event.objects.filter(kind="dossier.recalculated", subject_id=forty[0].pk).order_by("sequence")
    there, back = ([datetime.fromisoformat(said["due_at"]) for said in (e.before, e.after)] for e in (first, second))
    assert there == back[::-1] == [forty[0].due_at, forty[0].due_at + timedelta(days=1)]
    assert (second.after["undone"], second.after["reason"]) == (True, "Ngày Văn hóa Việt Nam")


def test_an_office_moves_only_its_own(own: str, forty: list[Dossier]) -> None:
    Agency.objects.filter(pk=forty[0].agency_id).update(calendar_code="VN")
    before = everything()[:2]
    made = apply(announce(HOLIDAY, code=own), code=own, seen=1)
    assert (made.total.looked, everything()[:2]) == (0, before)
    assert not Event.objects.filter(kind="calendar.recalculated").exists()


def test_the_national_day_reaches_the_office_that_follows(own: str, forty: list[Dossier]) -> None:
    made = apply(announce(HOLIDAY), code="VN", seen=Calendar.objects.get(code="VN").revision)
    assert {code for _agency, code in made.counted} == {own}
    event = Event.objects.get(kind="calendar.recalculated")
    assert event.subject_id == Calendar.objects.get(code=own).pk
    assert_all_is_computed()


def test_where_the_office_had_its_own_word_nothing_moves(own: str, forty: list[Dossier]) -> None:
    mark_day(own, DatedDay(HOLIDAY.day, DayKind.MAKE_UP_DAY, "Trực cả ngày"), by=CLERK)
    dates = [(one.due_at, one.appointed_at) for one in map(fresh, forty)]
    announce(HOLIDAY)()
    assert [(one.due_at, one.appointed_at) for one in map(fresh, forty)] == dates


def test_a_year_that_is_missing_stops_the_whole_change(cast: Cast) -> None:
    late = datetime(2027, 12, 30, 9, tzinfo=VIETNAM)
    Dossier.objects.filter(pk__in=[one.pk for one in opened(cast, 3)]).update(
        received_at=late, promised_at=late + timedelta(days=1), due_at=late + timedelta(days=1)
    )
    last = DatedDay(date(2027, 12, 31), DayKind.CLOSED, "Kiểm kê")
    before = everything()
    with pytest.raises(CalendarStops, match=r"3 hồ sơ .* năm 2028"):
        look(announce(last))
    with pytest.raises(CalendarStops, match=r"3 hồ sơ .* năm 2028"):
        apply(announce(last), code="VN", seen=Calendar.objects.get(code="VN").revision)
    assert everything() == before
    assert CalendarYear.objects.filter(calendar__code="VN", year=2027).exists()


def test_a_calendar_changed_since_the_preview_is_not_changed_blindly(forty: list[Dossier]) -> None:
    seen = Calendar.objects.get(code="VN").revision
    apply(announce(HOLIDAY), code="VN", seen=seen)
    before = everything()
    with pytest.raises(CalendarOvertaken, match="người khác đổi"):
        apply(announce(SATURDAY), code="VN", seen=seen)
    assert everything() == before


def test_what_changes_nothing_moves_nothing(forty: list[Dossier]) -> None:
    announce(HOLIDAY)()
    before = everything()
    assert look(announce(HOLIDAY)).total.looked == 0
    assert not apply(announce(HOLIDAY), code="VN", seen=Calendar.objects.get(code="VN").revision).total.moved
    assert everything() == before


def test_a_change_that_is_refused_leaves_no_watch_behind(forty: list[Dossier]) -> None:
    with pytest.raises(CalendarMistake):
        look(announce(HOLIDAY, HOLIDAY))
    announce(HOLIDAY)()
    assert fresh(forty[20]).due_at > forty[20].due_at


def test_a_rollback_leaves_everything(forty: list[Dossier]) -> None:
    before = everything()
    with transaction.atomic():
        announce(HOLIDAY)()
        assert fresh(forty[20]).due_at > forty[20].due_at
        transaction.set_rollback(True)
    assert everything() == before
    assert calendar_for("VN").is_working_day(HOLIDAY.day)


def test_new_hours_move_what_is_counted_in_hours(forty: list[Dossier], own: str) -> None:
    week = {day: (Session(time(8), time(11)), Session(time(13), time(16))) for day in range(1, 6)}

    def shorter() -> LoadReport:
        return set_hours(own, week, date(2026, 11, 24), by=CLERK)

    seen: Outlook = look(shorter)
    assert seen.total.looked == 35
    shorter()
    assert_all_is_computed()
    assert Event.objects.filter(kind="dossier.recalculated").count() == seen.total.moved


kinds = st.sampled_from([DayKind.HOLIDAY, DayKind.CLOSED, DayKind.MAKE_UP_DAY])
dated = st.builds(DatedDay, st.dates(date(2026, 11, 20), date(2026, 12, 20)), kinds, st.just("Thử"), st.just("1/QĐ"))


@settings(deadline=None, max_examples=25, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(dated, max_size=4, unique_by=lambda one: one.day), min_size=1, max_size=4))
def test_after_any_changes_the_stored_dates_are_those_of_a_fresh_recomputation(
    a_few: list[Dossier], changes: list[list[DatedDay]]
) -> None:
    with transaction.atomic():
        before: set[date] = set()
        for days in changes:
            change = partial(mark_days, "VN", days, before, by=CLERK)
            seen = look(change)
            change()
            before = {one.day for one in days}
            assert_all_is_computed()
            now = {one.code: one for one in Dossier.objects.all()}
            assert all(move.now.due_at == now[move.code].due_at for move in seen.moves)
        for settled in a_few[-1:]:
            assert (fresh(settled).due_at, fresh(settled).finished_at) == (settled.due_at, settled.finished_at)
        transaction.set_rollback(True)


@pytest.fixture
def a_few(cast: Cast) -> list[Dossier]:
    """Births and land papers: plain, paused, resumed, re-appointed, settled."""
    dossiers = [*opened(cast, 4), *opened(cast, 4, LAND)]
    for one in dossiers[:2]:
        pause(one, minutes_later(MONDAY, 20))
    resumed = Entry(Mark.RESUMED, MONDAY + timedelta(days=3))
    turn_clock(dossiers[1].pk, resumed, seen=State.SUPPLEMENT_ASKED, to=State.PROCESSING, by=CLERK)
    entry = Entry(Mark.REAPPOINTED, minutes_later(MONDAY, 30), None, Amount(3, Unit.WORKING_DAY))
    turn_clock(dossiers[2].pk, entry, seen=State.PROCESSING, to=State.PROCESSING, by=CLERK, note="Thiếu người")
    finish(dossiers[3], cast, minutes_later(MONDAY, 30))
    dossiers[3], dossiers[-1] = dossiers[-1], dossiers[3]
    pause(dossiers[4], minutes_later(MONDAY, 20))
    entry = Entry(Mark.EXTENDED, minutes_later(MONDAY, 30), None, Amount(20, Unit.WORKING_HOUR))
    turn_clock(dossiers[5].pk, entry, seen=State.PROCESSING, to=State.PROCESSING, by=CLERK, note="Thẩm tra")
    return [fresh(one) for one in dossiers]
