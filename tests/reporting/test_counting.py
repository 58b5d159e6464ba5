"""Counters kept in the transaction: the same rows as counted from the events, one write an event, no lie unnoticed."""

import io

import pytest
from django.core.management import CommandError, call_command

from motcua.core.models import Event
from motcua.core.sql import execute, fetch_all
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import ENDED
from motcua.reporting.actions import check, rebuild
from motcua.reporting.models import Counted, DayCount, Measure, MonthCount
from tests.cast import BIRTH, MONDAY, minutes_later
from tests.reporting.busy import _reopen, go_on, taken_in, town_of
from tests.routing.lives import hand_over

pytestmark = pytest.mark.django_db


def rows() -> dict[str, list[tuple]]:
    return {
        table.__name__: sorted(table.objects.values_list(), key=str) for table in (DayCount, MonthCount, Counted)
    }  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
def test_counting_as_it_happens_and_counting_the_events_end_in_the_same_rows(cast, seed):
    town_of(cast, seed, dossiers=30)
    kept = rows()
    assert list(check()) == []
    rebuild()
    assert rows() == kept
    rebuild([cast.leader.agency_id])
    assert rows() == kept
    measures = set(DayCount.objects.values_list("measure", flat=True))
    assert measures == set(Measure), "the lives were too plain to prove anything"
    outcomes = set(DayCount.objects.filter(measure="ended").values_list("outcome", flat=True))
    assert outcomes == {"granted", "rejected", "withdrawn", "discontinued"}


def test_received_less_ended_and_reopened_is_what_is_open(cast):
    town_of(cast, 3, dossiers=25)
    total = dict.fromkeys(Measure.values, 0)
    for measure, count in MonthCount.objects.values_list("measure", "count"):
        total[measure] += count
    still = Dossier.objects.exclude(state__in=ENDED).count()
    assert total["received"] - total["ended"] + total["reopened"] == still
    assert sum(DayCount.objects.values_list("count", flat=True)) == Counted.objects.count()


def test_a_reopening_is_a_row_of_its_own_day_and_takes_back_what_was_told(cast):
    life = taken_in(cast, BIRTH, MONDAY)
    for turn in range(1, 5):
        go_on(life, minutes_later(MONDAY, turn * 10))
    hand_over(life, minutes_later(MONDAY, 60))
    ended = DayCount.objects.get(measure="ended")
    _reopen(life, minutes_later(MONDAY, 24 * 60))
    ended.refresh_from_db()
    reopened = DayCount.objects.get(measure="reopened")
    assert (ended.count, reopened.count) == (1, 1)
    assert (reopened.timing, reopened.outcome) == (ended.timing, ended.outcome) == (ended.timing, "granted")
    assert (reopened.day - ended.day).days == 1
    assert Counted.objects.get(daycount_id=reopened.id).sign == -1


def test_intake_pays_one_statement_for_being_counted(cast):
    taken_in(cast, BIRTH, MONDAY)
    with counted_statements() as seen:
        taken_in(cast, BIRTH, MONDAY)
    assert seen == ["WITH by_day AS ("]
    assert DayCount.objects.get(measure="received").count == 2


@pytest.mark.parametrize(
    ("lie", "told"),
    [
        ("UPDATE reporting_daycount SET count = count + 5 WHERE measure = 'received'", "Số đếm theo ngày"),
        ("UPDATE reporting_monthcount SET sector = 'khac'", "Số đếm theo tháng"),
        ("DELETE FROM reporting_counted", "Hồ sơ được đếm"),
        ("UPDATE reporting_counted SET sign = -1", "Hồ sơ được đếm"),
        ("DELETE FROM reporting_daycount", "Số đếm theo ngày"),
    ],
)
def test_a_corrupted_counter_is_named_and_the_events_put_it_right(cast, lie, told):
    taken_in(cast, BIRTH, MONDAY)
    good = rows()
    execute(lie)
    said = io.StringIO()
    with pytest.raises(CommandError, match="khác nhật ký sự kiện"):
        call_command("stats", "check", stdout=said)
    assert told in said.getvalue()
    call_command("stats", "rebuild", stdout=said)
    assert rows() == good
    call_command("stats", "check", stdout=said)
    assert "khớp" in said.getvalue()


def test_an_end_tells_in_its_event_all_that_counting_needs(cast):
    town_of(cast, 4, dossiers=12)
    kinds = ("dossier.finished", "dossier.rejected", "dossier.withdrawn", "dossier.discontinued", "dossier.reopened")
    for event in Event.objects.filter(kind__in=kinds):
        assert event.after["timing"] in ("early", "on_time", "late"), event.kind
        assert event.after["outcome"], event.kind
    for event in Event.objects.filter(kind="dossier.received"):
        told = {"version", "sector", "channel", "filed_by", "source", "standing", "level", "promised_at", "due_at"}
        assert told <= set(event.after)


class counted_statements:
    """First lines of the statements that write into the counters, as the server sees them."""

    def __enter__(self) -> list[str]:
        execute("CREATE TEMP TABLE IF NOT EXISTS seen_writes (sql text)")
        execute("TRUNCATE seen_writes")
        execute(
            "CREATE OR REPLACE FUNCTION pg_temp.see() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN INSERT INTO seen_writes VALUES (split_part(btrim(current_query(), chr(10)), chr(10), 1)); "
            "RETURN NULL; END'"
        )
        execute(
            "CREATE TRIGGER see_writes AFTER INSERT ON reporting_counted "
            "FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.see()"
        )
        self.seen: list[str] = []
        return self.seen

    def __exit__(self, *_fault: object) -> None:
        self.seen += [row[0] for row in fetch_all("SELECT sql FROM seen_writes")]
        execute("DROP TRIGGER see_writes ON reporting_counted")
