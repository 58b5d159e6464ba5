"""The demo office has a task of every standing and an inspection; the places have what newspapers printed."""

from datetime import date, datetime

import pytest
import yaml
from django.conf import settings

from motcua.demo.places.building import survey
from motcua.demo.places.making import prepare
from motcua.demo.places.reform import reform_place
from motcua.demo.reform import build_reform
from motcua.dossiers.rules import OFFICE_TIME
from motcua.people.models import Agency
from motcua.reform.figures import PRESS
from motcua.reform.models import Finding, Plan
from motcua.reform.plan.queries import rows_of, tally_of
from motcua.reform.plan.rules import Standing
from motcua.reporting.press.computing import Asked
from tests.cast import Cast


def test_the_demo_office_has_a_task_of_every_standing(cast: Cast):
    ward = Agency.objects.get(pk=cast.leader.agency_id)
    for _again in range(2):
        build_reform(ward, now=datetime(2026, 11, 22, 10, tzinfo=OFFICE_TIME))
    plan = Plan.objects.get(agency=ward, year=2026)
    assert set(tally_of(rows_of(plan, date(2026, 11, 22))).counts) == set(Standing)
    assert Plan.objects.get(agency=ward, year=2027).state == "draft"
    assert Finding.objects.exclude(remedied_on=None).count() == 1
    assert Finding.objects.count() == 3


@pytest.mark.parametrize("day", ["2026-01-01", "2026-01-02", "2026-02-28", "2028-02-29", "2026-12-31"])
def test_the_demo_office_is_built_on_any_day_of_the_year(cast: Cast, day: str):
    ward = Agency.objects.get(pk=cast.leader.agency_id)
    now = datetime.combine(date.fromisoformat(day), datetime.min.time().replace(hour=10), OFFICE_TIME)
    build_reform(ward, now=now)
    assert Plan.objects.get(agency=ward, year=now.year).tasks.count() == 15


@pytest.fixture(scope="module")
def built(ward: None, django_db_blocker) -> dict[str, Agency]:
    """Offices, plans and inspections of two places; none of their dossiers. Undone with the ward."""
    found = {}
    with django_db_blocker.unblock():
        for key, agency in (("vinh-yen", "city"), ("ia-pa", "district")):
            there = prepare(key, 7)
            reform_place(survey(key, there, 7))
            found[key] = there[agency]
    return found


@pytest.fixture
def places(built: dict[str, Agency], db: None) -> dict[str, Agency]:
    return built


def test_the_places_have_what_was_printed(places: dict[str, Agency]):
    city = Asked(places["vinh-yen"].pk, date(2024, 1, 1), date(2025, 1, 1))
    district = Asked(places["ia-pa"].pk, date(2020, 1, 1), date(2021, 1, 1))
    tasks = PRESS["reform_tasks"](city)
    inspected = PRESS["agencies_inspected_share"](district)
    assert tasks is not None
    assert tasks.value == 50
    assert inspected is not None
    assert (inspected.numerator, inspected.denominator) == (9, 9)
    for name, value in (("inspection_findings", 13), ("people_admonished", 46)):
        answer = PRESS[name](district)
        assert answer is not None
        assert answer.value == value
    tally = tally_of(rows_of(Plan.objects.get(agency=places["vinh-yen"]), date(2025, 1, 1)))
    assert tally.of(Standing.DONE_IN_TIME) > 40
    assert min(tally.of(one) for one in (Standing.DONE_LATE, Standing.OVERDUE, Standing.DROPPED)) >= 1
    other_year = Asked(places["ia-pa"].pk, date(2019, 1, 1), date(2020, 1, 1))
    assert {name: query(other_year) for name, query in PRESS.items()} == dict.fromkeys(PRESS)


def test_a_finding_more_or_less_changes_the_figure(places: dict[str, Agency]):
    district = Asked(places["ia-pa"].pk, date(2020, 1, 1), date(2021, 1, 1))
    Finding.objects.first().delete()
    answer = PRESS["inspection_findings"](district)
    assert answer is not None
    assert answer.value == 12


def test_every_claim_about_reform_has_a_query():
    table = yaml.safe_load((settings.MOTCUA_DATA / "press.yaml").read_text("utf-8"))
    asked = {claim.get("query") for place in table["places"] for claim in place["claims"]}
    assert asked >= set(PRESS)
