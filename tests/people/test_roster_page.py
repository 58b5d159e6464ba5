"""The roster as the leader and the administrator see and write it."""

from datetime import date, datetime, timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from motcua.people.actions import Substitution, record_absence
from motcua.people.models import Absence, Role
from motcua.people.phrases import period_words
from motcua.people.queries import uncovered_duties
from motcua.people.roster import month_rows
from tests.counting import statements
from tests.people.small_office import HANOI_TIME, NOW, SmallOffice, day, small_office
from tests.people.test_office_pages import as_, errors

pytestmark = pytest.mark.usefixtures("national_calendar")

FIRST = localdate() + timedelta(days=3)
LAST = FIRST + timedelta(days=1)


def typed(one: date) -> str:
    return f"{one:%d/%m/%Y}"


def filled(**changes: str) -> dict[str, str]:
    return {"reason": "leave", "first_day": typed(FIRST), "first_time": "", "last_day": typed(LAST), "last_time": "",
            "stand_in_0": ""} | changes  # fmt: skip


@pytest.fixture
def leader(office: SmallOffice) -> Client:
    return as_("nam")


def midnight(one: date) -> datetime:
    return datetime(one.year, one.month, one.day, tzinfo=HANOI_TIME)


def test_a_leader_writes_his_leave_and_the_month_shows_it(office: SmallOffice, leader: Client):
    address = reverse("away", args=(office.id("nam"),))
    page = leader.get(address)
    assert "Lãnh đạo · Lãnh đạo" in page.text
    assert 'type="date"' not in page.text
    answer = leader.post(address, filled(stand_in_0=str(office.id("ha"))))
    assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, f"{reverse('roster')}?month={FIRST:%Y-%m}")
    absence = Absence.objects.get()
    assert (absence.first_at, absence.last_at) == (midnight(FIRST), midnight(LAST + timedelta(days=1)))
    shown = leader.get(answer["Location"]).text
    for words in ("Lê Văn Nam", f"từ {typed(FIRST)} đến hết {typed(LAST)}", "Trần Thị Thu Hà", "Không đi nữa"):
        assert words in shown
    assert "Chưa có ai" not in shown


def test_hours_of_the_day_are_taken_as_typed(office: SmallOffice, leader: Client):
    fields = filled(first_time="13h30", last_day=typed(FIRST), last_time="16:00")
    assert leader.post(reverse("away", args=(office.id("mai"),)), fields).status_code == HTTPStatus.FOUND
    absence = Absence.objects.get()
    assert absence.last_at - absence.first_at == timedelta(hours=2, minutes=30)
    assert period_words(absence.first_at, absence.last_at) == (f"từ 13:30 {typed(FIRST)} đến 16:00 {typed(FIRST)}")


def test_a_duty_nobody_takes_over_stands_in_vermilion(office: SmallOffice, leader: Client):
    leader.post(reverse("away", args=(office.id("nam"),)), filled())
    leader.post(reverse("away", args=(office.id("mai"),)), filled())
    shown = leader.get(f"{reverse('roster')}?month={FIRST:%Y-%m}").text
    assert "Việc không có ai làm" in shown
    assert "state-late" in shown
    assert "seg-over" in shown
    assert "người khác trong đơn vị vẫn làm" in shown  # nga still receives
    assert shown.count("Cán bộ tiếp nhận · Bộ phận Một cửa") == 1  # in the row of mai, not among the gaps


@pytest.mark.parametrize(
    ("wrong", "place", "sentence"),
    [
        ({"first_day": ""}, "first_day", "nhập ngày bắt đầu"),
        ({"first_day": "mai"}, "first_day", "ngày/tháng/năm"),
        ({"first_day": "01/01/2026"}, "first_day", "ngày đã qua"),
        ({"last_day": typed(FIRST - timedelta(days=1))}, "last_day", "phải sau"),
        ({"first_time": "25:00"}, "first_time", "giờ:phút"),
        ({"last_time": "tối"}, "last_time", "giờ:phút"),
        ({"last_day": "99/99/9999"}, "last_day", "ngày/tháng/năm"),
        ({"last_day": "31/12/9999"}, "last_day", "2099"),
        ({"reason": ""}, "reason", "chọn lý do"),
        ({"reason": "<script>"}, "reason", "trong danh sách"),
        ({"stand_in_0": "nga"}, "stand_in_0", "trong danh sách"),
    ],
)
def test_a_mistake_is_told_at_its_place(
    office: SmallOffice, leader: Client, wrong: dict[str, str], place: str, sentence: str
):
    page = leader.post(reverse("away", args=(office.id("mai"),)), filled(**wrong))
    assert sentence in errors(page)[place][0]
    assert not Absence.objects.exists()


def test_who_cannot_stand_in_is_told_at_his_duty(office: SmallOffice, leader: Client):
    leader.post(reverse("away", args=(office.id("nga"),)), filled())
    page = leader.post(reverse("away", args=(office.id("mai"),)), filled(stand_in_0=str(office.id("nga"))))
    assert "Lý Thúy Nga cũng vắng mặt" in errors(page)["stand_in_0"][0]
    himself = leader.post(reverse("away", args=(office.id("mai"),)), filled(stand_in_0=str(office.id("mai"))))
    assert "trong danh sách" in errors(himself)["stand_in_0"][0]


def test_he_does_not_go_after_all(office: SmallOffice, leader: Client):
    leader.post(reverse("away", args=(office.id("mai"),)), filled())
    absence = Absence.objects.get()
    address = reverse("back", args=(absence.pk,))
    assert leader.get(address).status_code == HTTPStatus.SEE_OTHER
    assert "làm lại việc của mình" in leader.post(address, follow=True).text
    absence.refresh_from_db()
    assert absence.last_at == absence.first_at
    # A second press of the same button finds nothing to end once the time is over, and says so.
    Absence.objects.update(first_at=NOW - timedelta(days=900), last_at=NOW - timedelta(days=899))
    assert "đã kết thúc" in leader.post(address, follow=True).text


def test_another_agency_s_people_and_absences_do_not_exist(office: SmallOffice, leader: Client):
    foreign = small_office("Phường Khác", "khac-")
    absence = record_absence(
        foreign.id("mai"), first_at=midnight(FIRST), last_at=midnight(LAST), reason="sickness",
        by=foreign.acting("an"), at=midnight(localdate()),
    )  # fmt: skip
    assert leader.get(reverse("away", args=(foreign.id("mai"),))).status_code == HTTPStatus.NOT_FOUND
    assert leader.post(reverse("away", args=(foreign.id("mai"),)), filled()).status_code == HTTPStatus.NOT_FOUND
    assert leader.post(reverse("back", args=(absence.pk,))).status_code == HTTPStatus.NOT_FOUND
    assert "Nghỉ ốm" not in leader.get(f"{reverse('roster')}?month={FIRST:%Y-%m}").text
    assert str(foreign.id("mai")) not in leader.get(reverse("choose-absent")).text
    mine = filled(stand_in_0=str(foreign.id("nga")))
    assert "stand_in_0" in errors(leader.post(reverse("away", args=(office.id("mai"),)), mine))


def test_who_neither_leads_nor_administers_writes_no_absence(office: SmallOffice):
    for who in ("mai", "ha"):
        mine = as_(who)
        assert mine.get(reverse("roster")).status_code == HTTPStatus.FORBIDDEN
        own = reverse("away", args=(office.id(who),))
        assert mine.post(own, filled()).status_code == HTTPStatus.FORBIDDEN
    assert as_("an").get(reverse("roster")).status_code == HTTPStatus.OK
    assert not Absence.objects.exists()


@pytest.mark.parametrize("month", ["", "x", "2026-13", "0001-01", "9999-12", "2026-11-11", "1976-01", "2099-12", "²"])
def test_a_month_that_is_none_shows_this_one(office: SmallOffice, leader: Client, month: str):
    page = leader.get(reverse("roster"), {"month": month})
    assert page.status_code == HTTPStatus.OK
    known = month in {"1976-01", "2099-12"}
    assert f"{page.context['month']:%Y-%m}" == (month if known else f"{localdate():%Y-%m}")


def test_the_band_of_a_month_is_whole_and_vermilion_where_nobody_stands_in(office: SmallOffice):
    record_absence(
        office.id("nam"), first_at=day(5), last_at=day(9), reason="leave", by=office.acting("an"), at=NOW,
        stand_ins=[Substitution(office.leaders.id, Role.APPROVER, office.id("ha"))],
    )  # fmt: skip
    record_absence(office.id("ha"), first_at=day(6), last_at=day(7), reason="leave", by=office.acting("an"), at=NOW)
    rows, gaps = month_rows(office.agency.id, date(2026, 11, 1), day(4))
    band = rows[0].band
    assert [segment["kind"] for segment in band["segments"]] == ["rest", "hand-1", "over", "hand-1"]
    assert sum(segment["width"] for segment in band["segments"]) == pytest.approx(100, abs=0.01)
    assert band["now"] == pytest.approx(26 / 30 * 100, abs=0.01)
    assert {(gap.first, gap.last) for gap in gaps} == {(day(6), day(7))}
    december, _gaps = month_rows(office.agency.id, date(2026, 12, 1), day(4))
    assert [segment["kind"] for segment in december[0].band["segments"]] == ["hand-1", "rest"]
    assert december[0].band["now"] is None


def test_the_roster_asks_the_same_of_the_database_however_many_are_away(
    office: SmallOffice, leader: Client, monkeypatch
):
    def asked() -> int:
        with statements(monkeypatch) as sent:
            assert leader.get(f"{reverse('roster')}?month={FIRST:%Y-%m}").status_code == HTTPStatus.OK
        return len(sent)

    leader.post(reverse("away", args=(office.id("mai"),)), filled(stand_in_0=str(office.id("nga"))))
    asked()  # the calendar is compiled once per process
    first = asked()
    for who in ("nam", "ha"):
        leader.post(reverse("away", args=(office.id(who),)), filled(stand_in_0=str(office.id("nga"))))
    leader.post(reverse("away", args=(office.id("an"),)), filled())
    assert Absence.objects.count() == 4
    assert asked() == first


def test_an_unfilled_counter_is_known_before_opening_time(office: SmallOffice):
    for who in ("mai", "nga"):
        record_absence(
            office.id(who), first_at=day(1, 7), last_at=day(1, 9), reason="mission", by=office.acting("an"), at=NOW
        )
    (gap,) = uncovered_duties(office.agency.id, day(1, 7, 30), day(1, 11, 30))
    assert (gap.unit_id, gap.role, gap.first, gap.last) == (
        office.one_stop.id, Role.RECEIVER, day(1, 7, 30), day(1, 9),
    )  # fmt: skip
