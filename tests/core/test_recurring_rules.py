"""Recurring rules: when they run, on one machine at a time, whatever one of them or the database does."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.models import RuleRun, Throttle
from motcua.core.recurring.rules import RecurringRule, Standing, is_due, next_at, standing_of
from motcua.core.recurring.runner import keep_running, run_due
from motcua.core.recurring.runs import RuleFailed, known_runs, run_if_due
from motcua.core.recurring.upkeep import purge
from tests.committed import connect, django_on, own_database, together

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def counting(name: str, every: timedelta = MINUTE) -> tuple[RecurringRule, list[datetime]]:
    ran: list[datetime] = []

    def act(at: datetime) -> dict[str, int]:
        ran.append(at)
        return {"done": len(ran)}

    return RecurringRule(name, name, every, act), ran


def failing(name: str = "failing") -> RecurringRule:
    def act(at: datetime) -> dict[str, int]:
        raise ValueError("Lịch 2028 chưa nạp\nDETAIL: Nguyễn Thị Lan")

    return RecurringRule(name, name, MINUTE, act)


@pytest.mark.parametrize(
    ("last", "due"),
    [(None, True), (seconds(-59), False), (seconds(-60), True), (seconds(30), False), (seconds(61), True)],
)
def test_a_rule_is_due_after_its_period_and_after_the_clock_was_put_back(last: timedelta | None, due: bool):
    assert is_due(None if last is None else NOON + last, MINUTE, NOON) is due


@given(st.integers(-100_000, 100_000), st.integers(1, 5000))
def test_whatever_the_clock_did_the_next_run_is_at_most_two_periods_away(offset: int, period: int):
    every = seconds(period)
    ahead = next_at(NOON + seconds(offset), every, NOON) - NOON
    assert timedelta() <= ahead <= 2 * every


def test_a_rule_is_overdue_when_it_did_not_do_its_work_for_three_periods_and_five_minutes():
    assert standing_of(None, MINUTE, NOON) is Standing.OVERDUE
    assert standing_of(NOON - 5 * MINUTE, MINUTE, NOON) is Standing.OK
    assert standing_of(NOON - 5 * MINUTE - seconds(1), MINUTE, NOON) is Standing.OVERDUE
    assert standing_of(NOON - 179 * MINUTE, 60 * MINUTE, NOON) is Standing.OK
    assert standing_of(NOON - 181 * MINUTE, 60 * MINUTE, NOON) is Standing.OVERDUE


@pytest.mark.django_db
def test_a_run_is_written_down_and_not_repeated_within_its_period():
    rule, ran = counting("once")
    assert run_due([rule], now=lambda: NOON) == ["once"]
    assert run_due([rule], now=lambda: NOON + seconds(59)) == []
    assert run_due([rule], now=lambda: NOON + MINUTE) == ["once"]
    assert ran == [NOON, NOON + MINUTE]
    first = RuleRun.objects.first()
    assert (first.name, first.started_at, first.counts, first.error) == ("once", NOON, {"done": 1}, "")
    assert first.finished_at >= NOON


@pytest.mark.django_db
def test_a_rule_that_raises_is_kept_as_such_and_stops_no_other():
    rule, ran = counting("after-it")
    assert run_due([failing(), rule], now=lambda: NOON) == ["after-it"]
    assert ran == [NOON]
    known = known_runs([failing(), rule])
    assert known["failing"].error == "ValueError: Lịch 2028 chưa nạp"
    assert known["failing"].good_at is None
    assert known["after-it"].good_at == NOON
    with pytest.raises(RuleFailed):
        run_if_due(failing(), NOON + MINUTE)
    assert run_due([failing()], now=lambda: NOON + MINUTE) == []


@pytest.mark.django_db
def test_a_clock_put_back_by_an_hour_stops_nothing():
    rule, ran = counting("clock")
    for at in (NOON, NOON - 60 * MINUTE, NOON - 59 * MINUTE, NOON + 600 * MINUTE):
        run_due([rule], now=lambda at=at: at)
    assert ran == [NOON, NOON - 60 * MINUTE, NOON - 59 * MINUTE, NOON + 600 * MINUTE]
    assert known_runs([rule])["clock"].started_at == NOON + 600 * MINUTE


@pytest.mark.django_db
def test_purging_takes_what_expired_and_nothing_else():
    now = datetime.now(UTC)
    with connection.cursor() as cursor:
        for key, days in (("old", -1), ("new", 1)):
            cursor.execute("INSERT INTO core_cache VALUES (%s, 'v', %s)", [key, now + timedelta(days=days)])
            cursor.execute("INSERT INTO django_session VALUES (%s, 'v', %s)", [key, now + timedelta(days=days)])
    for key, days in (("old", 3), ("new", 0)):
        Throttle.objects.create(key=key, window_started_at=now - timedelta(days=days), hits=1)
    for days in (20, 1):
        RuleRun.objects.create(name="x", started_at=now - timedelta(days=days))
    assert purge(now) == {"sessions": 1, "values": 1, "tries": 1, "runs": 1}
    assert purge(now + timedelta(days=900)) == dict.fromkeys(("sessions", "values", "tries", "runs"), 0)
    cache.clear()


@pytest.fixture(scope="module")
def committed(django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        yield name


def test_several_machines_run_a_rule_once(committed: str):
    """Six machines look at the same moment; the slow rule still runs when the others ask."""
    ran: list[datetime] = []
    go_on = threading.Event()

    def act(at: datetime) -> dict[str, int]:
        ran.append(at)
        go_on.wait(1)
        return {}

    rule = RecurringRule("slow", "slow", MINUTE, act)
    answers = together([lambda: run_if_due(rule, NOON)] * 6)
    assert sorted(answers) == [False] * 5 + [True]
    assert ran == [NOON]
    assert RuleRun.objects.filter(name="slow").count() == 1


def test_a_database_that_throws_the_runner_out_is_asked_again(committed: str):
    rule, ran = counting("restart", every=timedelta())
    stop = threading.Event()

    def orphaned() -> bool:
        """Called before each round: after the second, the server ends every connection; after the fourth, enough."""
        if len(ran) == 2:
            with connect(committed, autocommit=True) as server:
                server.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
        return len(ran) >= 4

    with no_waiting(stop):
        keep_running([rule], stop=stop, orphaned=orphaned, retry=0)
    assert len(ran) >= 4
    assert RuleRun.objects.filter(name="restart", error="").count() >= 4


def test_a_rule_whose_own_statement_lost_the_database_is_written_down_all_the_same(committed: str):
    def act(at: datetime) -> dict[str, int]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return {}

    rule = RecurringRule("cut-off", "cut-off", MINUTE, act)
    with pytest.raises(RuleFailed):
        run_if_due(rule, NOON)
    run = RuleRun.objects.get(name="cut-off")
    assert run.finished_at is not None
    assert run.error
    assert run_if_due(counting("cut-off")[0], NOON + MINUTE)


def test_the_runner_stops_when_it_is_told(committed: str):
    rule, ran = counting("stopped")
    stop = threading.Event()
    stop.set()
    keep_running([rule], stop=stop)
    assert ran == []


@contextmanager
def no_waiting(stop: threading.Event) -> Iterator[None]:
    stop.wait = lambda timeout=None: False
    yield
