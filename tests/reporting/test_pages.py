"""The pages of reports: every number is a link that opens exactly so many dossiers; strangers see none."""

import html
import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from motcua.people.models import Agency, Succession
from motcua.reporting.queries import PARTS, Kind, Which, count_of, days, lines_of
from motcua.reporting.results import by_channel, by_hands, by_sector
from motcua.reporting.times import times
from motcua.worktime.queries import calendar_for
from tests.cast import BIRTH, MONDAY, Cast, minutes_later
from tests.counting import statements
from tests.journey.test_hot_pages import log_in
from tests.reporting.busy import go_on, taken_in, town_of
from tests.reporting.made_up import counted

pytestmark = pytest.mark.django_db
PAGES = (
    "reports",
    "report-ii06a",
    "report-ii07a",
    "report-ii07b",
    "report-results",
    "report-durations",
    "report-digitization",
)
YEAR = "span=year&year=2026&number=1"
NOW = MONDAY + timedelta(days=60)
LINK = re.compile(r'<a href="(/reports/dossiers/\?[^"]+)"[^>]*>\s*([\d.]+|–|[\d,.]+ %)\s*</a>')


@pytest.fixture
def busy(cast: Cast, monkeypatch) -> Cast:
    """A winter of work, seen at the end of January."""
    town_of(cast, 11, dossiers=40)
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return cast


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("asked", ["", YEAR, YEAR + "&cut=periodic", "from=20/11/2026&to=31/12/2026"])
def test_every_page_opens_for_every_period(client, busy, name, asked):
    page = log_in(client, "lanhdao").get(f"{reverse(name)}?{asked}")
    assert page.status_code == 200
    assert "Báo cáo" in page.text


@pytest.mark.parametrize("name", ["reports", "report-ii06a", "report-ii07a", "report-results"])
def test_every_number_is_a_link_to_as_many_dossiers(client, busy, name):
    log_in(client, "lanhdao")
    page = client.get(f"{reverse(name)}?{YEAR}")
    found = LINK.findall(page.text)
    assert len(found) > 10
    for url, shown in found[:60]:
        if "%" in shown or shown == "–":
            continue
        listed = client.get(html.unescape(url))
        assert listed.status_code == 200
        assert listed.context["total"] == int(shown.replace(".", ""))


def test_a_list_is_shown_page_by_page_and_names_nobody(client, busy):
    which = Which(Kind.RECEIVED, busy.leader.agency_id, NOW.date(), standing=())
    log_in(client, "lanhdao")
    first = client.get(which.url)
    second = client.get(which.url + "&page=2")
    codes = re.findall(r'<span class="code">([^<]+)', first.text)
    assert len(codes) == min(40, 50)
    assert "Không có hồ sơ nào" in second.text
    assert "Võ Đình Quang" not in first.text
    assert "Nguyễn Thị Lan" not in first.text


def test_a_range_turned_round_is_refused_with_a_sentence(client, busy):
    page = log_in(client, "lanhdao").get("/reports/ii06a/?from=31/12/2026&to=01/12/2026")
    assert page.status_code == 422
    assert "Ngày đầu đứng sau ngày cuối" in page.text


@pytest.mark.parametrize("asked", ["span=month&year=2026&number=13", "span=quarter&year=0&number=1", "from=hom%20nay",
                                   "span=year&year=99999", "span=month&year=2026&number=x"])  # fmt: skip
def test_what_is_no_period_is_said(client, busy, asked):
    page = log_in(client, "lanhdao").get(f"/reports/?{asked}")
    assert page.status_code == 422
    assert "chọn lại" in page.text or "nhập theo dạng" in page.text


@pytest.mark.parametrize("name", [*PAGES, "service-index", "self-evaluation"])
@pytest.mark.parametrize("asked", ["from=01/01/0001&to=31/12/9999", "from=31/12/9999&to=31/12/9999",
                                   "from=01/01/0001&to=02/01/0001"])  # fmt: skip
def test_a_range_at_the_ends_of_time_is_no_period(client, busy, name, asked):
    page = log_in(client, "lanhdao").get(f"{reverse(name)}?{asked}")
    assert page.status_code == 422
    assert "Không có kỳ này" in page.text


@pytest.mark.parametrize("name", [*PAGES, "service-index", "self-evaluation"])
def test_the_longest_range_there_is_is_told(client, busy, name):
    page = log_in(client, "lanhdao").get(f"{reverse(name)}?from=02/09/1945&to=31/12/9000")
    assert page.status_code == 200


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("days", ["until=0001-01-01", "until=9999-12-31", "until=2026-12-01&first=9999-12-15"])
def test_a_list_at_the_ends_of_time_is_none(client, busy, kind, days):
    asked = f"kind={kind}&agency={busy.leader.agency_id}&{days}"
    log_in(client, "lanhdao")
    for address in ("/reports/dossiers/", "/reports/dossiers.csv", "/api/v1/reports/dossiers"):
        assert client.get(f"{address}?{asked}").status_code == 404


def test_a_year_without_data_says_so(client, busy):
    page = log_in(client, "lanhdao").get("/reports/ii06a/?span=year&year=2019&number=1")
    assert page.status_code == 200
    assert "Kỳ này không có số liệu. Số liệu có từ 23/11/2026" in page.text


def test_a_year_before_the_merger_is_found_where_it_was_counted(client, busy):
    before = Agency.objects.create(
        name="Phường Cũ", short_name="Phường Cũ", kind="peoples_committee", level="commune",
        valid_from=date(2004, 1, 1), valid_to=date(2025, 6, 30),
    )  # fmt: skip
    Succession.objects.create(predecessor=before, successor_id=busy.leader.agency_id, from_date=date(2025, 7, 1))
    counted(before.id, date(2023, 5, 5), "received", 7)
    page = log_in(client, "lanhdao").get("/reports/?span=year&year=2023&number=1")
    assert "Kỳ này có số liệu ở cơ quan trước khi sắp xếp:" in page.text
    (link,) = re.findall(r'href="(\?[^"]+)">Phường Cũ', page.text)
    assert "12 tháng: tiếp nhận 7 hồ sơ" in client.get(f"/reports/{html.unescape(link)}").text
    assert "Kỳ này có số liệu ở" not in client.get("/reports/?span=year&year=2022&number=1").text


def test_results_by_sector_and_by_channel_end_with_all_that_was_settled(client, busy):
    sections = log_in(client, "lanhdao").get(f"/reports/results/?{YEAR}").context["sections"]
    settled = count_of(Which(Kind.SETTLED, busy.leader.agency_id, date(2027, 1, 1), date(2026, 1, 1)), now=NOW)
    assert settled
    for _title, lines, whole in sections[:2]:
        assert whole.settled.value == sum(line.settled.value for line in lines) == settled


def test_a_form_is_numbered_on_the_page_as_on_paper(client, busy):
    table = log_in(client, "lanhdao").get(f"/reports/ii07a/?{YEAR}").context["table"]
    ordinals = [ordinal for ordinal, _line in table.numbered]
    assert ordinals[:2] == ["A", "1"]
    assert ordinals[ordinals.index("B") + 1] == "1"


def test_from_a_list_the_way_leads_back_to_its_days(client, busy):
    log_in(client, "lanhdao")
    page = client.get(Which(Kind.RECEIVED, busy.leader.agency_id, date(2026, 12, 1), date(2026, 11, 1)).url)
    (up,) = re.findall(r'href="([^"]+)">← Về báo cáo', page.text)
    assert client.get(html.unescape(up)).context["words"] == "từ 01/11/2026 đến hết 30/11/2026"


def test_what_was_typed_stays_when_it_is_no_period(client, busy):
    page = log_in(client, "lanhdao").get("/reports/?from=31/12/2026&to=ngày+mai")
    assert page.status_code == 422
    assert 'value="31/12/2026"' in page.text
    assert 'value="ngày mai"' in page.text


@pytest.mark.parametrize("who", ["tiepnhan", "thuly", "vanthu"])
def test_who_neither_leads_nor_controls_sees_no_report(client, busy, who):
    log_in(client, who)
    for name in PAGES:
        assert client.get(reverse(name)).status_code == 403


def test_another_agency_is_not_found(client, busy):
    other = Agency.objects.create(
        name="Phường Bên Cạnh", short_name="Bên Cạnh", kind="peoples_committee", level="commune",
        valid_from=MONDAY.date(),
    )  # fmt: skip
    log_in(client, "lanhdao")
    for unknown in (other.id, uuid4()):
        assert client.get(f"/reports/?agency={unknown}").status_code == 404
        assert client.get(Which(Kind.OPEN, unknown, NOW.date()).url).status_code == 404
    assert client.get("/reports/dossiers/?kind=everything").status_code == 404
    assert client.get(Which(Kind.OPEN, busy.leader.agency_id, NOW.date()).url + "&channel=by-hand").status_code == 404


def test_an_address_says_everything_a_selection_says(cast: Cast):
    which = Which(
        Kind.SETTLED, uuid4(), NOW.date(), MONDAY.date(), below=True, at_level="commune", sector="ho-tich",
        procedure=uuid4(), official=uuid4(), unit=uuid4(), channel=("online",), filed_by=("self",), source=("portal",),
        level=("full",), standing=PARTS, timing=("late", "early"), outcome=("granted",),
    )  # fmt: skip
    assert Which.read(QueryDict(which.url.partition("?")[2])) == which


def test_results_agree_with_their_lists(busy):
    agency, asked = busy.leader.agency_id, days(MONDAY.date(), NOW.date())
    base = Which(Kind.SETTLED, agency, asked.until, asked.first)
    units, people = by_hands([agency], asked, base)
    lines = [*by_sector([agency], asked, base), *by_channel([agency], asked, base), *units, *people]
    assert len(people) >= 2
    for line in lines:
        for figure in line.figures[:4]:
            which = Which.read(QueryDict(figure.url.partition("?")[2]))
            listed = sum(row.net for row in lines_of(which, now=NOW, limit=1_000))
            assert listed == figure.value == count_of(which, now=NOW), (line.label, figure)
    whole = count_of(base, now=NOW)
    assert whole == sum(line.settled.value for line in units)


def test_working_time_is_the_offices_own(cast: Cast):
    """Nine are settled in 40 minutes of office hours; the tenth lies over a holiday, which is nobody's time."""
    longest = minutes_later(MONDAY, 40) + timedelta(days=2)
    for life in range(10):
        one = taken_in(cast, BIRTH, MONDAY)
        for turn in range(1, 5):
            go_on(one, longest if life == 9 and turn == 4 else minutes_later(MONDAY, turn * 10))
    over = calendar_for("VN").elapsed(MONDAY, longest)
    assert over < 2 * 480
    asked = days(MONDAY.date(), NOW.date())
    found = times([cast.leader.agency_id], asked, Which(Kind.SETTLED, cast.leader.agency_id, asked.until, asked.first))
    assert len(found) == 1
    assert found[0].settled.value == 10
    assert found[0].average.numerator == 9 * 40 + over
    assert found[0].average.value == round((9 * 40 + over) / 10)
    assert found[0].ninetieth.value == 40


def test_a_report_costs_the_same_however_many_dossiers(client, busy, monkeypatch):
    log_in(client, "lanhdao")
    client.get(f"/reports/ii06a/?{YEAR}")
    with statements(monkeypatch) as few:
        client.get(f"/reports/ii06a/?{YEAR}")
    town_of(busy, 12, dossiers=10)
    with statements(monkeypatch) as more:
        client.get(f"/reports/ii06a/?{YEAR}")
    assert len(more) == len(few) <= 24
