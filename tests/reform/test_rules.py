"""How a task stands on a day, and what day plain words name."""

from datetime import date

import pytest

from motcua.core.alphabet import unmarked
from motcua.reform.facts import area_called, areas_of, causes_of
from motcua.reform.inspections.rules import Fault, Remedied, after_visit_fault, held_fault, remedied, remedy_fault
from motcua.reform.plan.importing import deadline_typed
from motcua.reform.plan.rules import Standing, standing, tally

LAST = date(2026, 6, 30)
DAY_AFTER = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("state", "done_on", "today", "expected"),
    [
        ("not_begun", None, LAST, Standing.NOT_BEGUN),
        ("not_begun", None, DAY_AFTER, Standing.OVERDUE),
        ("in_progress", None, LAST, Standing.IN_PROGRESS),
        ("in_progress", None, DAY_AFTER, Standing.OVERDUE),
        ("done", LAST, DAY_AFTER, Standing.DONE_IN_TIME),
        ("done", DAY_AFTER, DAY_AFTER, Standing.DONE_LATE),
        ("dropped", None, DAY_AFTER, Standing.DROPPED),
    ],
)
def test_how_a_task_stands_follows_from_its_days(state, done_on, today, expected):
    assert standing(state, LAST, done_on, today) is expected


def test_a_tally_adds_up():
    counted = tally([Standing.DONE_IN_TIME, Standing.DONE_LATE, Standing.OVERDUE])
    assert (counted.total, counted.done, counted.of(Standing.OVERDUE)) == (3, 2, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30/06/2026", date(2026, 6, 30)),
        ("29/02/2028", date(2028, 2, 29)),
        ("Quý II", date(2026, 6, 30)),
        ("quý 4/2026", date(2026, 12, 31)),
        ("Tháng 2", date(2026, 2, 28)),
        ("hết tháng 2/2028", date(2028, 2, 29)),
        ("6 tháng đầu năm", date(2026, 6, 30)),
        ("Cả năm", date(2026, 12, 31)),
        ("Thường xuyên", date(2026, 12, 31)),
        ("31/02/2026", None), ("29/02/2026", None), ("tháng 13", None), ("quý V", None), ("sớm nhất có thể", None),
        ("", None), ("tháng 2/0000", None), ("=1+1", None),
    ],
)  # fmt: skip
def test_a_deadline_is_a_day_that_exists(text, day):
    assert deadline_typed(text, 2026) == day


@pytest.mark.parametrize(
    ("text", "year", "code"),
    [
        ("Cải cách thể chế", 2026, "institutions"),
        ("CẢI CÁCH THỂ CHẾ", 2026, "institutions"),
        ("thu tuc hanh chinh", 2026, "procedures"),
        ("Hiện đại hóa hành chính", 2020, "modernisation"),
        ("Hiện đại hóa hành chính", 2026, None),
        ("Trồng rừng", 2026, None),
    ],
)
def test_an_area_is_one_of_the_plans_year(text, year, code):
    found = area_called(text, year)
    assert (found.code if found else None) == code


def test_the_dated_rows_name_each_area_and_cause_once_a_year():
    for year in (2012, 2020, 2021, 2026):
        for rows in (areas_of(year), causes_of(year)):
            codes = [row.code for row in rows]
            assert len(codes) == len(set(codes)) >= 7
        said = [unmarked(word) for row in areas_of(year) for word in (row.name, *row.also)]
        assert len(said) == len(set(said)), year


def test_the_days_of_a_visit():
    signed, held, today = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)
    assert held_fault(date(2026, 1, 31), signed, today) is Fault.BEFORE_PLAN
    assert held_fault(date(2026, 4, 2), signed, today) is Fault.TO_COME
    assert held_fault(held, signed, today) is None
    assert after_visit_fault(date(2026, 2, 28), held, today) is Fault.BEFORE_VISIT
    assert after_visit_fault(date(2026, 4, 2), held, today) is Fault.TO_COME
    assert remedy_fault(date(2026, 2, 28), held) is Fault.BEFORE_VISIT
    assert remedy_fault(date(2029, 3, 1), held) is Fault.TOO_FAR
    assert remedied(held, None, today) is Remedied.OVERDUE
    assert remedied(today, None, today) is Remedied.WAITING
    assert remedied(held, today, today) is Remedied.LATE
    assert remedied(held, held, today) is Remedied.IN_TIME
