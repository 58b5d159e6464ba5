"""Every figure of a report is the number of dossiers in its list, and the lines add up."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict

from motcua.reporting.queries import (
    PARTS,
    Kind,
    Which,
    count_of,
    cut_in_force,
    cutoffs,
    days,
    filed_figures,
    ii06a,
    ii07a,
    lines_of,
    period,
)
from motcua.reporting.rules.periods import Span
from tests.cast import MONDAY
from tests.reporting.busy import town_of

pytestmark = pytest.mark.django_db
PERIODIC = cut_in_force(cutoffs(), "periodic", date(2026, 11, 23))
PERIODS = (
    period(Span.YEAR, 2026),
    period(Span.MONTH, 2026, 12),
    period(Span.QUARTER, 2026, 4, PERIODIC),
    days(date(2026, 11, 25), date(2026, 12, 3)),
)


def which_of(url: str) -> Which:
    return Which.read(QueryDict(url.partition("?")[2]))


@pytest.mark.parametrize("asked", PERIODS, ids=lambda one: f"{one.first}-{one.last}")
def test_every_figure_counts_exactly_its_list(cast, asked):
    town_of(cast, 7, dossiers=40)
    now = MONDAY + timedelta(days=60)
    agency = cast.leader.agency_id
    tables = (ii06a(agency, asked, below=False, now=now), ii06a(agency, asked, below=True, now=now),
              ii07a(agency, asked, now=now))  # fmt: skip
    figures = [figure for table in tables for line in (*table.lines, table.total) for figure in line.figures]
    figures += filed_figures([agency], asked, Which(Kind.RECEIVED, agency, asked.until, asked.first))
    assert any(figure.value for figure in figures)
    for figure in figures:
        which = which_of(figure.url)
        assert which.url == figure.url
        listed = sum(line.net for line in lines_of(which, now=now, limit=1_000))
        assert (listed, count_of(which, now=now)) == (figure.value, figure.value), figure


def test_lines_add_up_and_parts_stand_apart(cast):
    town_of(cast, 8, dossiers=40)
    agency = cast.leader.agency_id
    table = ii06a(agency, period(Span.YEAR, 2026), below=False, now=MONDAY + timedelta(days=60))
    sectors = [line for line in table.lines if not line.is_part]
    parts = [line for line in table.lines if line.is_part]
    assert len(parts) == 1
    for place, figure in enumerate(table.total.figures):
        assert figure.value == sum(line.figures[place].value for line in sectors)
    values = [figure.value for figure in table.total.figures]
    in_hand, online, direct, carried, settled, early, on_time, late, still, within, overdue = values
    assert in_hand == online + direct + carried
    assert settled == early + on_time + late
    assert still == in_hand - settled == within + overdue
    assert min(early, late, overdue, online, direct) > 0, "the town was too plain to prove anything"
    parts_in = which_of(parts[0].figures[1].url)
    assert parts_in.standing == PARTS


def test_what_is_carried_over_is_what_the_period_before_left(cast):
    town_of(cast, 9, dossiers=30)
    agency = cast.leader.agency_id
    now = MONDAY + timedelta(days=90)
    november, december = period(Span.MONTH, 2026, 11), period(Span.MONTH, 2026, 12)
    left = ii06a(agency, november, below=False, now=now).total.figures[8].value
    carried = ii06a(agency, december, below=False, now=now).total.figures[3].value
    assert left == carried > 0


def test_a_year_without_anything_is_empty_and_no_fault(cast):
    table = ii06a(cast.leader.agency_id, period(Span.YEAR, 2019), below=True, now=MONDAY)
    assert table.lines == ()
    assert {figure.value for figure in table.total.figures} == {0}
