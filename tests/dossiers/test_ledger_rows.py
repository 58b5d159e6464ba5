"""Random lives written into a real database, read back from their rows: the stored dates are the ledger's."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.catalogue.queries import version_by_id
from motcua.core.events import Actor
from motcua.dossiers.actions import ClockWentBack, turn_clock
from motcua.dossiers.ledger import clock_of, entries_of, terms_of
from motcua.dossiers.models import ClockEntry, Dossier
from motcua.dossiers.recheck import Dates, open_clocks, recomputed, store
from motcua.dossiers.rules import Cause, Entry, Mark, Terms, read_clock
from motcua.dossiers.states import ENDED, OPEN, PAUSED, State, move
from motcua.worktime.queries import calendar_for, calendar_if
from motcua.worktime.rules import Amount, Calendar, DatedDay, DayKind, Unit
from tests.cast import BIRTH, MONDAY, Cast, received
from tests.dossiers.lives import mores

MACHINE = Actor(None, "Thử nghiệm")
WAITS = st.one_of(st.sampled_from([0, 1, 480, 1440]), st.integers(0, 4 * 1440))
random_lives = settings(
    deadline=None, max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
LIMITS = st.builds(Amount, st.integers(1, 12), st.sampled_from(Unit))

# What may be done to a dossier in a state: the mark it writes (none: `move` ends it) and where it goes.
DEEDS: dict[State, list[tuple[Mark | None, State]]] = {
    State.PROCESSING: [
        (Mark.PAUSED, State.SUPPLEMENT_ASKED),
        (Mark.PAUSED, State.PAYMENT_ASKED),
        (Mark.EXTENDED, State.PROCESSING),
        (Mark.REAPPOINTED, State.PROCESSING),
        (None, State.FINISHED),
        (None, State.DISCONTINUED),
    ],
    State.SUPPLEMENT_ASKED: [
        (Mark.RESUMED, State.PROCESSING),
        (Mark.RESTARTED, State.PROCESSING),
        (None, State.WITHDRAWN),
        (None, State.DISCONTINUED),
    ],
    State.PAYMENT_ASKED: [
        (Mark.RESUMED, State.PROCESSING),
        (Mark.VOIDED, State.PROCESSING),
        (Mark.VOIDED, State.PAYMENT_ASKED),
        (None, State.DISCONTINUED),
    ],
    State.DISCONTINUED: [(Mark.REOPENED, State.PROCESSING)],
    State.FINISHED: [(None, State.RETURNED), (Mark.REOPENED, State.PROCESSING)],
    State.RETURNED: [(Mark.REOPENED, State.PROCESSING)],
}


def begun(cast: Cast, limit: Amount | None = None) -> Dossier:
    """A dossier in work; with another limit than its procedure's, its dates are made to fit."""
    found = Dossier.objects.select_related("agency").get(pk=received(BIRTH, cast).id)
    if limit is not None:
        found.limit_number, found.limit_unit = limit.number, limit.unit.value
    found.due_at = found.promised_at = clock_of(found).due_at
    found.state = State.PROCESSING
    found.save()
    return found


def done(
    dossier: Dossier, mark: Mark | None, to: State, at: datetime, amount: Amount | None = None, share: float = 0.0
) -> None:
    """`share`: where in the pause its void begins, and where in the rest of it a void ends that does not end it."""
    seen = State(dossier.state)
    if mark is None:
        move(dossier_id=dossier.pk, seen=seen, to=to, at=at)
    else:
        cause = {State.SUPPLEMENT_ASKED: Cause.PAPERS, State.PAYMENT_ASKED: Cause.MONEY}.get(to)
        more = amount if mark in (Mark.EXTENDED, Mark.REAPPOINTED) else None
        until = at.date() if cause else None
        void_from = void_to = None
        if mark is Mark.VOIDED:
            assert dossier.paused_at is not None
            cause, void_from = Cause.MONEY, dossier.paused_at + (at - dossier.paused_at) * share
            void_to = void_from + (at - void_from) * share if to in PAUSED else None
        entry = Entry(mark, at, cause, more, void_from, void_to)
        turn_clock(dossier.pk, entry, seen=seen, to=to, by=MACHINE, until=until)
    dossier.refresh_from_db()


def stored(dossier: Dossier) -> Dates:
    return Dates(dossier.due_at, dossier.appointed_at, dossier.paused_at)


@random_lives
@given(st.data(), LIMITS)
def test_the_rows_of_any_life_say_what_is_stored(cast: Cast, data: st.DataObject, limit: Amount) -> None:
    with transaction.atomic():
        dossier, at = begun(cast, limit), MONDAY
        lines = [Entry(Mark.RECEIVED, at)]
        for _ in range(data.draw(st.integers(1, 8))):
            deeds = DEEDS.get(State(dossier.state))
            if deeds is None:
                break
            mark, to = data.draw(st.sampled_from(deeds))
            at += timedelta(minutes=data.draw(WAITS))
            done(dossier, mark, to, at, data.draw(mores), data.draw(st.sampled_from([0.0, 0.5, 0.9, 1.0])))
            lines.append(_line(mark, to, at, dossier))
            reading = clock_of(dossier)
            assert reading == read_clock(lines, _terms(dossier), calendar_for(dossier.agency.calendar_code))
            assert stored(dossier) == Dates(reading.due_at, reading.appointed_at, reading.paused_since)
            assert (dossier.finished_at is not None) == (reading.settled_at is not None)
            assert (dossier.state in PAUSED) == (reading.paused_since is not None)
            assert (dossier.state in ENDED) == (reading.settled_at is not None)
            rows = [row for batch in open_clocks(batch=1) for row in batch if row.id == dossier.pk]
            assert len(rows) == (dossier.state in OPEN)
            assert recomputed(rows, calendar_for) == []
        transaction.set_rollback(True)


def _line(mark: Mark | None, to: State, at: datetime, dossier: Dossier) -> Entry:
    if mark is None:
        return Entry(Mark.RETURNED if to == State.RETURNED else Mark.SETTLED, at)
    last = entries_of(dossier.pk)[-1]
    assert (last.mark, last.at) == (mark, at)
    return last


def _terms(dossier: Dossier) -> Terms:
    cut_off = version_by_id(dossier.version_id).cut_off
    return terms_of(dossier.limit_number, dossier.limit_unit, cut_off)


def test_an_entry_before_the_last_one_is_refused_and_nothing_is_written(cast: Cast) -> None:
    dossier = begun(cast)
    done(dossier, Mark.PAUSED, State.SUPPLEMENT_ASKED, MONDAY + timedelta(hours=2))
    with pytest.raises(ClockWentBack, match="Giờ máy chủ"):
        done(dossier, Mark.RESUMED, State.PROCESSING, MONDAY + timedelta(hours=1))
    assert ClockEntry.objects.filter(dossier=dossier).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"mark": "voided"},
        {"mark": "voided", "void_from": MONDAY + timedelta(hours=3)},
        {"mark": "voided", "void_from": MONDAY, "void_to": MONDAY - timedelta(hours=1)},
        {"mark": "voided", "void_from": MONDAY, "void_to": MONDAY + timedelta(hours=3)},
        {"void_from": MONDAY},
        {"void_to": MONDAY},
    ],
)
def test_the_database_itself_refuses_a_void_without_its_time(cast: Cast, wrong: dict[str, object]) -> None:
    dossier = begun(cast)
    done(dossier, Mark.PAUSED, State.PAYMENT_ASKED, MONDAY + timedelta(hours=2))
    with pytest.raises(IntegrityError, match="void_says_which_time"), transaction.atomic():
        ClockEntry.objects.filter(dossier=dossier).update(**wrong)


@pytest.fixture
def three(cast: Cast) -> list[Dossier]:
    """One that waits for papers, one extended, one with nothing behind it."""
    dossiers = [begun(cast) for _ in range(3)]
    done(dossiers[0], Mark.PAUSED, State.SUPPLEMENT_ASKED, MONDAY + timedelta(minutes=30))
    more = Amount(2, Unit.WORKING_DAY)
    done(dossiers[1], Mark.EXTENDED, State.PROCESSING, MONDAY + timedelta(minutes=30), more)
    return dossiers


def test_the_check_counts_what_it_looked_at_and_finds_nothing(three: list[Dossier]) -> None:
    said = StringIO()
    call_command("clock_check", stdout=said)
    assert "Đã tính lại 3 hồ sơ đang giải quyết" in said.getvalue()


def test_the_check_lists_every_difference_and_changes_nothing(three: list[Dossier]) -> None:
    first, second, third = three
    wrong = third.due_at + timedelta(hours=1)
    Dossier.objects.filter(pk=third.pk).update(due_at=wrong)
    Dossier.objects.filter(pk=second.pk).update(appointed_at=second.due_at)
    Dossier.objects.filter(pk=first.pk).update(paused_at=MONDAY)
    said = StringIO()
    with pytest.raises(CommandError, match="3 hồ sơ ghi khác sổ thời hạn"):
        call_command("clock_check", stdout=said)
    lines = {line.split(":")[0]: line for line in said.getvalue().splitlines()}
    assert set(lines) == {one.code for one in three}
    assert "tạm dừng từ đang ghi 09:15:00 23/11/2026, tính lại 09:45:00 23/11/2026" in lines[first.code]
    assert "hẹn lại đang ghi" in lines[second.code]
    assert f"hạn đang ghi {wrong.astimezone(MONDAY.tzinfo):%H:%M:%S %d/%m/%Y}, tính lại" in lines[third.code]
    third.refresh_from_db()
    assert third.due_at == wrong


def test_a_ledger_that_cannot_be_read_is_listed_with_the_others(three: list[Dossier]) -> None:
    ClockEntry.objects.filter(dossier=three[0]).update(at=MONDAY - timedelta(days=1))
    Dossier.objects.filter(pk=three[1].pk).update(
        received_at=MONDAY.replace(year=2050), promised_at="2051-01-01T00:00Z"
    )
    said = StringIO()
    with pytest.raises(CommandError, match="2 hồ sơ"):
        call_command("clock_check", stdout=said)
    assert said.getvalue().count("không tính lại được") == 2
    assert "2050" in said.getvalue()


def test_a_new_day_off_moves_who_has_to_move_and_storing_it_leaves_no_difference(three: list[Dossier]) -> None:
    days = [DatedDay(date(2026, 11, day), DayKind.HOLIDAY, "Nghỉ theo nghị định mới", "1/NĐ") for day in range(23, 28)]

    def proposed(code: str) -> Calendar:
        return calendar_if(code, days)

    before = [one.due_at for one in three]
    found = [one for rows in open_clocks(lock=True, batch=2) for one in recomputed(rows, proposed)]
    assert {one.row.id for one in found} == {one.pk for one in three}
    assert store(found) == len(found)
    for dossier, due_at in zip(three, before, strict=True):
        dossier.refresh_from_db()
        assert dossier.due_at > due_at
    again = [one for rows in open_clocks(batch=1) for one in recomputed(rows, proposed)]
    assert again == []


def test_only_the_calendars_asked_for_are_read(three: list[Dossier]) -> None:
    assert [len(rows) for rows in open_clocks(batch=2)] == [2, 1]
    assert [len(rows) for rows in open_clocks(calendars=[three[0].agency.calendar_code])] == [3]
    assert list(open_clocks(calendars=["OTHER"])) == []
    assert list(open_clocks(calendars=[])) == []
