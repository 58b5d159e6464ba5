"""Figures that were kept are what reading the dossiers again would say, and are thrown away when the past changes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone

from motcua.config.record_checks import counters
from motcua.core.record.findings import Findings
from motcua.core.sql import fetch_all
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.reporting.indicators.keeping import KeptRow, forget_all, keep, kept_of, turn_of
from motcua.reporting.indicators.measures import SETS, Scope, count_of, members_of
from motcua.reporting.indicators.proving import differences
from motcua.reporting.indicators.self_evaluation.evaluating import INDEX_SETS, evaluate
from motcua.reporting.models import Kept
from motcua.reporting.reading import _LATE_NOW, LATE_AT
from motcua.reporting.rules.periods import Period, days
from tests.cast import Cast
from tests.reporting.busy import town_of
from tests.reporting.small_year import entry, laid_down, pattern, step

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LONG_AGO = days(TODAY - timedelta(days=90), TODAY - timedelta(days=30))


def ago(number: int, hour: int = 9):
    return timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0) - timedelta(days=number)


@pytest.fixture
def like(cast: Cast) -> Dossier:
    return pattern(cast)


def scope_of(cast: Cast, asked: Period = LONG_AGO) -> Scope:
    return Scope((cast.leader.agency_id,), asked, timezone.now())


def lives(cast: Cast, like: Dossier) -> None:
    """Some that ended early, late, after the period, or not at all; one is asked twice, one waits."""
    for number in range(12):
        came = ago(80 - 3 * number)
        done = [came + timedelta(days=3), came + timedelta(days=9), came + timedelta(days=40), None][number % 4]
        life = laid_down(like, f"L{number:02}", came, came + timedelta(days=5), done,
                         channel="online" if number % 3 else "counter", fee_total=8_000 * (number % 2))  # fmt: skip
        if done:
            step(life, cast.case_officer, came, came + timedelta(days=4), done)
    twice = laid_down(like, "TWICE", ago(60), ago(20), ago(40))
    for position, mark in enumerate(("paused", "resumed", "paused", "resumed"), start=1):
        entry(twice, position, mark, ago(60 - position), cause="papers" if mark == "paused" else "")
    waits = laid_down(like, "WAITS", ago(60), ago(50), state=State.SUPPLEMENT_ASKED, paused_at=ago(55))
    entry(waits, 1, "paused", ago(55), cause="papers")


def figures(scope: Scope) -> list[Any]:
    told = evaluate(scope)
    assert told is not None
    return [[row.counts for row in told.rows], told.officials, *(count_of(one, scope.values()) for one in _SETS)]


_SETS = [one for one in SETS.values() if one.counter]
_LISTED = [*_SETS, *(one for sets in INDEX_SETS.values() for one in sets.values() if one.counter)]


@pytest.mark.parametrize("asked", [LONG_AGO, days(TODAY - timedelta(days=90), TODAY)], ids=["over", "lasts"])
def test_a_counted_part_is_as_long_as_its_list_the_first_time_and_from_what_was_kept(cast, like, asked):
    lives(cast, like)
    scope = scope_of(cast, asked)
    first = figures(scope)
    assert Kept.objects.exists()
    assert figures(scope) == first
    for one in _LISTED:
        count = count_of(one, scope.values())
        listed = members_of(one, scope.values())
        assert count.denominator == len(listed) > 0
        for part in count.parts:
            assert part.count == sum((row.part, row.counted) == (part.part, part.counted) for row in listed)


def test_what_ends_after_the_period_was_kept_is_told_again(cast, like):
    lives(cast, like)
    scope = scope_of(cast)
    before = count_of(SETS["in_time"], scope.values())
    Dossier.objects.filter(code="WAITS").update(
        finished_at=ago(1), state=State.FINISHED, outcome="granted", paused_at=None
    )
    after = count_of(SETS["in_time"], scope.values())
    assert after == before  # as it stood at the end of the period
    listed = [row.part for row in members_of(SETS["in_time"], scope.values())]
    assert {part.part: part.count for part in after.parts} == {part: listed.count(part) for part in set(listed)}


def test_reopening_throws_the_days_away_and_nobody_keeps_what_he_read_before(cast, like):
    lives(cast, like)
    agency = cast.leader.agency_id
    figures(scope_of(cast))
    assert kept_of(agency, "in_time:", LONG_AGO.first, LONG_AGO.until)
    turn = turn_of(agency)
    forget_all([agency])
    assert not Kept.objects.filter(agency_id=agency).exists()
    row = KeptRow(agency, "in_time:", date(2026, 1, 1), date(2026, 2, 1), "", False, 0, 0)
    assert not keep(agency, turn, [row])
    assert not Kept.objects.exists()
    assert keep(agency, turn_of(agency), [row])


def test_a_kept_figure_that_somebody_changed_is_named(cast, like):
    lives(cast, like)
    figures(scope_of(cast))
    agencies = [cast.leader.agency_id]
    assert list(differences(agencies)) == []
    Kept.objects.filter(what="contacts", part="2").update(count=77)
    (one, *_others) = list(differences(agencies))
    assert "contacts=2" in one[0]
    assert one[1] == 77


def test_a_period_that_somebody_made_look_better_is_named_by_the_record_too(cast, like):
    """The sum stays, so that whoever reads the figure believes it."""
    lives(cast, like)
    scope = scope_of(cast)
    honest = count_of(SETS["in_time"], scope.values())
    late = Kept.objects.filter(what="in_time:", part="ended_late")
    number = late.get().count
    late.update(count=0)
    Kept.objects.filter(what="in_time:", part="ended_in_time").update(count=F("count") + number)
    assert count_of(SETS["in_time"], scope.values()).numerator == honest.numerator + number
    named = {(row.split("in_time:=")[1], kept, anew) for row, kept, anew in differences([cast.leader.agency_id])}
    assert ("ended_late", 0, number) in named
    found = Findings()
    counters(found)
    assert {one.table for one in found.named} >= {"reporting_kept"}


def test_what_ended_since_a_period_was_kept_is_no_difference(cast, like):
    lives(cast, like)
    count_of(SETS["in_time"], scope_of(cast).values())
    Dossier.objects.filter(code="WAITS").update(
        finished_at=ago(1), state=State.FINISHED, outcome="granted", paused_at=None
    )
    assert list(differences([cast.leader.agency_id])) == []


def test_every_reopening_is_a_turn(cast):
    town_of(cast, 11, dossiers=40)
    ((reopened,),) = fetch_all("SELECT count(*) FROM core_event WHERE kind = 'dossier.reopened'")
    assert reopened > 0, "the town was too plain to prove anything"
    assert turn_of(cast.leader.agency_id) >= reopened


def test_overdue_now_is_what_the_clocks_say(cast):
    town_of(cast, 12, dossiers=60)
    for later in (1, 5, 20, 60):
        at = timezone.now() + timedelta(days=400 + later)
        values = {"agencies": [cast.leader.agency_id], "at": at}
        slow = fetch_all("SELECT d.version_id, d.standing FROM (" + LATE_AT + ") d ORDER BY 1, 2", values)
        quick = fetch_all("SELECT d.version_id, d.standing FROM (" + _LATE_NOW + ") d ORDER BY 1, 2", values)
        assert quick == slow
        assert slow
