"""Receptions of the demo ward and of a simulated year: written quickly, and as the office's own actions write them."""

from datetime import date, datetime

import pytest
from django.core.management import call_command

from motcua.core.models import Event
from motcua.demo.office import build_office
from motcua.demo.places.building import survey
from motcua.demo.places.making import prepare
from motcua.demo.places.receptions import receive_citizens
from motcua.demo.places.told import read_place
from motcua.demo.receptions import build_receptions
from motcua.feedback.models import Reception, ReceptionChange, ReceptionPlan
from motcua.feedback.receptions.outcomes import Entered, enter_reception, undo_reception
from motcua.feedback.receptions.queries import received_by_head, shares
from motcua.people.access import account_with_official
from motcua.people.models import Official
from tests.cast import MONDAY
from tests.demo.conftest import SEED

WEDNESDAYS = 52 - 2
"""Of 2019, but for one in Tết and the first of May."""


def test_the_ward_has_two_plans_days_written_down_and_one_changed(db):
    call_command("load_calendar")
    ward = build_office()
    build_receptions(ward, now=MONDAY)
    build_receptions(ward, now=MONDAY)
    assert ReceptionPlan.objects.count() == 2
    assert {*ReceptionChange.objects.values_list("kind", flat=True)} == {"cancelled", "added"}
    heads, deputys = shares(ward, date(2026, 1, 1), MONDAY.date())
    assert {*Reception.objects.values_list("outcome", flat=True)} == {"in_person", "by_another", "not_held"}
    assert (heads.missing, deputys.missing) == (1, 0)
    assert heads.planned > deputys.planned > 2


@pytest.fixture
def lien_chieu(db):
    call_command("load_calendar")
    call_command("import_catalogue", quiet=True)
    build_office()
    return prepare("lien-chieu", SEED)


def test_a_year_in_bulk_is_what_the_actions_would_have_written(lien_chieu):
    ward = lien_chieu["ward"]
    (told,) = read_place("lien-chieu").receptions
    assert receive_citizens(survey("lien-chieu", lien_chieu, SEED)) == WEDNESDAYS
    days = received_by_head(ward.pk, told.first, told.last)
    assert {day.isoweekday() for day in days} == {told.weekday} == {3}
    (share,) = shares(ward, told.first, told.last)
    assert (share.planned, share.in_person, share.percent) == (WEDNESDAYS, WEDNESDAYS, 100)
    row = Reception.objects.order_by("day")[20]
    values = {name.attname: getattr(row, name.attname) for name in Reception._meta.fields}
    event = Event.objects.get(kind="reception_plan.reception_entered", after__day=row.day.isoformat())
    by = acting(row.entered_by, row.entered_at)
    said = Entered(**{name: values[name] for name in Entered.__dataclass_fields__})
    undo_reception(row.pk, by=by, at=row.entered_at)
    again = enter_reception(row.plan_id, row.day, said, by=by, at=row.entered_at)
    again.refresh_from_db()
    assert {**values, "id": again.pk} == {name.attname: getattr(again, name.attname) for name in Reception._meta.fields}
    anew = Event.objects.filter(kind=event.kind, after__day=row.day.isoformat()).latest("sequence")
    assert anew.pk != event.pk
    for name in ("subject_kind", "subject_id", "agency_id", "actor_id", "actor_name", "at", "before", "after"):
        assert getattr(anew, name) == getattr(event, name), name


def acting(official: Official, at: datetime):
    found = account_with_official(official.account_id, at.date(), at)
    assert found is not None
    assert found[1] is not None
    return found[1]
