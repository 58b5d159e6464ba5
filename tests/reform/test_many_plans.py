"""Many years of plans: a list of them asks the database as often as a list of two."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.people.models import Agency
from motcua.reform.inspections.queries import figures_each, figures_of, issued_inspection_plans
from motcua.reform.models import Admonition, Finding, Inspection, InspectionPlan, Plan, PlanTask
from tests.cast import Cast
from tests.feedback.stories import logged_in
from tests.reform.stories import DRAFTED, said

LATER_DAY = date(2026, 12, 31)


def _year(cast: Cast, year: int) -> None:
    agency = Agency.objects.get(pk=cast.leader.agency_id)
    told = {"agency": agency, "year": year, "drafted_by_id": cast.leader.id, "drafted_at": DRAFTED}
    issued = {"state": "issued", "number": "1/KH", "signed_on": date(year, 1, 2)}
    plan = Plan.objects.create(**told, **issued, title="Kế hoạch", issued_by_id=cast.leader.id, issued_at=DRAFTED)
    PlanTask.objects.create(plan=plan, ordinal=1, **said(cast, deadline=date(year, 6, 30)).columns())
    visits = InspectionPlan.objects.create(**told, **issued, kept_by=agency)
    visit = Inspection.objects.create(
        plan=visits, target=agency, planned_on=date(year, 3, 1), state="held", held_on=date(year, 3, 1)
    )
    for ordinal, (cause, remedied) in enumerate((("late-report", LATER_DAY), ("late-report", None)), 1):
        Finding.objects.create(
            inspection=visit, ordinal=ordinal, cause=cause, words="Trễ", remedy="Gửi", remedy_by=LATER_DAY,
            remedied_on=remedied, evidence="Đã gửi" if remedied else "",
        )  # fmt: skip
    Admonition.objects.create(inspection=visit, post="Công chức", people=year - 2020)


@pytest.mark.parametrize("address", ["/reform/", "/reform/inspections/", "/reform-inspections/", "/reform-plans/"])
def test_a_list_of_many_years_asks_as_often_as_of_two(cast: Cast, address: str):
    client = Client() if "/reform-" in address else logged_in("lanhdao")
    asked = []
    for years in (range(2021, 2023), range(2023, 2031)):
        for year in years:
            _year(cast, year)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert str(years[-1]) in client.get(address).text
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_figures_of_each_plan_are_its_own(cast: Cast):
    for year in (2021, 2022, 2023):
        _year(cast, year)
    each = figures_each(issued_inspection_plans())
    assert [(plan.year, told.people, told.findings, told.remedied) for plan, told in each] == [
        (2023, 3, 2, 1), (2022, 2, 2, 1), (2021, 1, 2, 1),
    ]  # fmt: skip
    assert all(told == figures_of([plan]) for plan, told in each)
    together = figures_of([plan for plan, _told in each])
    assert (together.planned, together.held, together.people) == (1, 1, 6), "one agency, however often inspected"
    assert together.causes == [("Báo cáo trễ hạn", 6)]
