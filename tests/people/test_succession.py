"""An agency that took over another reads its past, and changes nothing of it; nobody else's past is opened by it."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.core.sql import fetch_all
from motcua.demo.office import MACHINE, OPENED, PASSWORD
from motcua.dossiers.access import dossiers_for, dossiers_read_by
from motcua.dossiers.models import Dossier
from motcua.people.actions import OfficeRefused, appoint, grant_role, open_agency, open_unit, succeed
from motcua.people.models import Agency, Role, Succession, UnitFunction
from motcua.people.overseeing import opened_by, overseen_by, overseen_from, taken_over_by
from motcua.people.queries import kin_of
from tests.cast import HANOI_TIME, Cast
from tests.journey.conftest import cast, ward
from tests.journey.test_hot_pages import log_in
from tests.reporting.made_up import settled_year
from tests.reporting.small_year import laid_down, pattern

__all__ = ["cast", "ward"]
pytestmark = pytest.mark.django_db
LAST = date(2025, 6, 30)
NAME = "Phường Tân Thạnh"


def agency(name: str, first: date, last: date | None = None, parent: Agency | None = None) -> Agency:
    return open_agency(
        name=name, short_name=name, kind="peoples_committee", level="commune", valid_from=first, valid_to=last,
        parent=parent, by=MACHINE, at=timezone.now(),
    )  # fmt: skip


def take_over(before: Agency, after: Agency, day: date = OPENED) -> Succession:
    return succeed(before, after, from_date=day, by=MACHINE, at=timezone.now())


@pytest.fixture
def old(cast: Cast) -> Agency:
    """The demo's ward as it was until districts ended."""
    return Agency.objects.get(short_name=NAME, valid_to=LAST)


@pytest.fixture
def stranger(client, cast: Cast):
    """A leader of another ward, logged in."""
    other = agency("Phường Bên", OPENED)
    unit = open_unit(agency=other, name="Lãnh đạo", function=UnitFunction.LEADERS, valid_from=OPENED, by=MACHINE,
                     at=timezone.now())  # fmt: skip
    person = appoint(username="lanhdao.ben", password=PASSWORD, full_name="Trần Bên", title="Chủ tịch", unit=unit,
                     valid_from=OPENED, by=MACHINE, at=timezone.now())  # fmt: skip
    grant_role(official=person, role=Role.APPROVER, unit=unit, valid_from=OPENED, by=MACHINE, at=timezone.now())
    return log_in(client, "lanhdao.ben")


@pytest.fixture
def dossier(cast: Cast, old: Agency) -> Dossier:
    """Received by the old ward in 2023 and long settled."""
    came = datetime(2023, 5, 8, 9, tzinfo=HANOI_TIME)
    return laid_down(pattern(cast), "021.18.47.H47-230508-0001", came, came + timedelta(days=3),
                     came + timedelta(days=2), agency_id=old.id)  # fmt: skip


def test_the_demo_ward_took_over_the_ward_of_its_name(cast: Cast, old: Agency):
    seen = overseen_by(cast.leader)
    assert [(one.id, one.name, one.is_former) for one in seen] == [
        (cast.leader.agency_id, NAME, False), (old.id, f"{NAME} (đến 30/6/2025)", True),
    ]  # fmt: skip
    assert overseen_by(cast.case_officer) == []
    assert opened_by(cast.leader) == {cast.leader.agency_id, old.id}
    assert opened_by(cast.case_officer) == {cast.case_officer.agency_id}
    told = fetch_all("SELECT after ->> 'successor' FROM core_event WHERE kind = 'agency.succeeded' AND subject_id = %s",
                     (old.id,))  # fmt: skip
    assert told == [(str(cast.leader.agency_id),)]


def test_its_leader_reads_the_figures_and_the_dossiers_of_then(client, cast: Cast, old: Agency, dossier: Dossier):
    leader = log_in(client, "lanhdao")
    page = leader.get(f"{reverse('report-ii06a')}?agency={old.id}&span=year&year=2023&number=1")
    assert page.status_code == 200
    assert f"{NAME} (đến 30/6/2025)" in page.text
    listed = leader.get(f"{reverse('indicator', args=('2.1',))}?agency={old.id}&span=year&year=2023&number=1")
    assert reverse("dossier", args=(dossier.code,)) in listed.text
    shown = leader.get(reverse("dossier", args=(dossier.code,)))
    assert shown.status_code == 200
    assert leader.get(reverse("dossier-reasons", args=(dossier.code,))).status_code == 200
    assert fetch_all("SELECT 1 FROM core_event WHERE kind = 'dossier.viewed' AND subject_id = %s", (dossier.id,))


def test_he_only_reads(client, cast: Cast, dossier: Dossier):
    leader = log_in(client, "lanhdao")
    shown = leader.get(reverse("dossier", args=(dossier.code,)))
    assert not any(shown.context["may"].values())
    assert not shown.context["detours"]
    assert not shown.context["ends_wait"]
    for name in ("approve-step", "send-back-step"):
        assert leader.post(reverse(name, args=(dossier.code,)), {"step": str(dossier.id)}).status_code == 404
    assert leader.get(reverse("detour", args=(dossier.code, "reopen"))).status_code == 404
    assert not dossiers_for(cast.leader).filter(pk=dossier.pk).exists()
    assert dossiers_read_by(cast.leader).filter(pk=dossier.pk).exists()


def test_its_register_is_opened_by_the_leader_alone(client, old: Agency, dossier: Dossier):
    asked = {"agency": str(old.id), "from": "01/05/2023", "to": "31/05/2023"}
    assert dossier.code in log_in(client, "lanhdao").get(reverse("register"), asked).text
    assert dossier.code not in log_in(Client(), "tiepnhan").get(reverse("register"), asked).text


@pytest.mark.parametrize("who", ["tiepnhan", "thuly", "vanthu"])
def test_who_does_not_lead_opens_nothing_of_then(client, dossier: Dossier, who: str):
    assert log_in(client, who).get(reverse("dossier", args=(dossier.code,))).status_code == 404


def test_a_stranger_is_refused(stranger, old: Agency, dossier: Dossier):
    asked = f"agency={old.id}&span=year&year=2023&number=1"
    for name in ("report-ii06a", "service-index", "self-evaluation", "report-results"):
        assert stranger.get(f"{reverse(name)}?{asked}").status_code == 404
    register = {"agency": str(old.id), "from": "01/05/2023", "to": "31/05/2023"}
    assert dossier.code not in stranger.get(reverse("register"), register).text
    lists = f"{reverse('counted')}?kind=received&agency={old.id}&first=2023-01-01&until=2024-01-01"
    assert stranger.get(lists).status_code == 404
    assert stranger.get(f"/reports/ii06a.csv?{asked}").status_code == 404
    assert stranger.get(reverse("dossier", args=(dossier.code,))).status_code == 404
    assert stranger.get(reverse("dossier-reasons", args=(dossier.code,))).status_code == 404


def test_merged_and_split_and_taken_over_twice(cast: Cast):
    early, late = date(2010, 1, 1), date(2019, 12, 31)
    first, second = agency("Xã A", early, late), agency("Xã B", early, late)
    merged = agency("Xã AB", date(2020, 1, 1), LAST)
    north, south = agency("Xã Bắc", OPENED), agency("Xã Nam", OPENED)
    for one in (first, second):
        take_over(one, merged, date(2020, 1, 1))
    for one in (north, south):
        take_over(merged, one)
    for heir in (north, south):
        assert set(taken_over_by(heir.id)) == {first.id, second.id, merged.id}
    assert set(taken_over_by(merged.id)) == {first.id, second.id}
    assert taken_over_by(first.id) == []
    assert [(one.id, one.is_successor) for one in kin_of(merged.id, OPENED)] == [
        (first.id, False), (second.id, False), (north.id, True), (south.id, True),
    ]  # fmt: skip


def test_what_outlived_the_agency_above_it_is_not_taken_over_with_it(cast: Cast):
    before, after = agency("Thị xã", date(2010, 1, 1), LAST), agency("Phường mới", OPENED)
    ended = agency("Công an thị xã", date(2010, 1, 1), LAST, parent=before)
    agency("Trung tâm", date(2010, 1, 1), None, parent=before)
    take_over(before, after)
    assert {one.id for one in overseen_from(after.id)} == {after.id, before.id, ended.id}


def test_nothing_is_opened_before_the_day(cast: Cast):
    tomorrow = timezone.localdate() + timedelta(days=1)
    before, after = agency("Xã Cũ", date(2010, 1, 1), timezone.localdate()), agency("Xã Mới", tomorrow)
    take_over(before, after, tomorrow)
    assert taken_over_by(after.id) == []


def test_what_cannot_be_is_refused(cast: Cast):
    ended, stands = agency("Xã Hết", date(2010, 1, 1), LAST), agency("Xã Còn", date(2010, 1, 1))
    later = agency("Xã Sau", date(2026, 1, 1))
    for before, after in ((stands, later), (ended, later)):
        with pytest.raises(OfficeRefused):
            take_over(before, after)
    with pytest.raises(OfficeRefused):
        take_over(ended, stands, LAST)
    assert take_over(ended, stands).pk == take_over(ended, stands).pk


def test_the_public_page_tells_both_apart_and_leads_from_one_to_the_other(client, cast: Cast, old: Agency):
    settled_year(old.id, 2023)
    settled_year(cast.leader.agency_id, 2025)
    page = client.get(f"{reverse('statistics')}?agency={old.id}")
    assert page.text.count(f"{NAME} (đến 30/6/2025)") >= 2
    assert "Cơ quan kế tục từ ngày 1/7/2025:" in page.text
    assert f'href="?agency={cast.leader.agency_id}"' in page.text
    back = client.get(f"{reverse('statistics')}?agency={cast.leader.agency_id}")
    assert "Từ ngày 1/7/2025 kế tục:" in back.text
    assert f'href="?agency={old.id}"' in back.text
