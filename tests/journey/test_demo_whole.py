"""The demo as a newcomer finds it: two agencies, bundles over them, a question open, one in silence, a stand-in."""

from datetime import datetime
from io import StringIO

import pytest
from django.core.management import call_command

from motcua.core.models import Event
from motcua.demo.beside import INSURANCE, build_insurance
from motcua.demo.everything import EXPECTED_IN_ALL, build_all
from motcua.demo.office import WARD
from motcua.people.models import Absence, Agency
from motcua.people.queries import home_agency
from motcua.routing.apologies.balance import apology_balance
from motcua.routing.bundles.models import Bundle
from motcua.routing.consultations.models import Consultation
from motcua.routing.models import Step
from tests.cast import HANOI_TIME, Cast

FRIDAY = datetime(2026, 11, 27, 16, 0, tzinfo=HANOI_TIME)


@pytest.fixture
def ward_office(cast: Cast) -> Agency:
    ward = Agency.objects.get(name=f"Ủy ban nhân dân {WARD}", valid_to=None)
    build_insurance(ward)
    return ward


def test_it_shows_what_goes_over_several_agencies_and_checks_without_a_difference(ward_office: Agency):
    codes = list(build_all(ward_office, seed=2026, now=FRIDAY))
    assert len(codes) == len(set(codes)) == EXPECTED_IN_ALL
    running, fresh = Bundle.objects.order_by("received_at")
    assert list(running.members.order_by("position").values_list("state", "agency__name")) == [
        ("done", ward_office.name), ("done", ward_office.name), ("opened", INSURANCE),
    ]  # fmt: skip
    assert list(fresh.members.order_by("position").values_list("state", flat=True)) == ["opened", "waiting", "waiting"]
    assert Step.objects.filter(dossier__agency__name=INSURANCE, finished_at=None).get().role == "case_officer"

    assert Consultation.objects.filter(closed_at=None, silent_at=None, due_at__gt=FRIDAY).count() == 1
    assert Consultation.objects.filter(closed_at=None, due_at__lt=FRIDAY).exclude(silent_at=None).count() == 1

    away = Absence.objects.get()
    assert away.first_at < FRIDAY < away.last_at
    signed = Event.objects.get(kind="dossier.approved", subject_id=running.members.get(position=2).dossier_id)
    assert signed.actor_name == "Lê Văn Nam, thay mặt Bùi Xuân Trường"

    said = StringIO()
    call_command("clock_check", stdout=said)
    assert "khớp nhau" in said.getvalue()
    assert all(apology_balance(agency.id, FRIDAY).holds for agency in Agency.objects.all())


@pytest.mark.parametrize(
    "now",
    [
        datetime(2027, 2, 15, 7, 10, tzinfo=HANOI_TIME),  # a Monday morning, Tết just over
        datetime(2026, 11, 22, 11, 0, tzinfo=HANOI_TIME),  # a Sunday
        datetime(2027, 1, 1, 0, 5, tzinfo=HANOI_TIME),  # the first minutes of a year
    ],
)
def test_it_can_be_built_on_any_day(ward_office: Agency, now: datetime):
    assert len(list(build_all(ward_office, seed=2026, now=now))) >= EXPECTED_IN_ALL - 1
    call_command("clock_check", stdout=StringIO())
    assert all(apology_balance(agency.id, now).holds for agency in Agency.objects.all())


def test_built_again_the_second_agency_is_the_same_and_the_office_stays_the_wards(ward_office: Agency):
    assert build_insurance(ward_office).name == INSURANCE
    assert Agency.objects.filter(name=INSURANCE).count() == 1
    home = home_agency(FRIDAY.date())
    assert home is not None
    assert home.id == ward_office.id
