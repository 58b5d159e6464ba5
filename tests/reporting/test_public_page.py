"""The public page says what was received and settled in months that are over, in plain words."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from motcua.reporting.models import MonthCount
from motcua.reporting.public.asking import month_typed
from tests.reporting.made_up import counted, settled_year

pytestmark = pytest.mark.django_db


def seen(address: str = "", status: int = 200) -> str:
    answer = Client().get(f"/statistics/{address}")
    assert answer.status_code == status, (address, answer.status_code)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_before_the_first_month_is_over_it_says_so(cast):
    assert "Số liệu của một tháng được công bố khi tháng đó đã hết" in seen()
    counted(cast.leader.agency_id, timezone.localdate(), "received", 80)
    assert "Số liệu của một tháng được công bố khi tháng đó đã hết" in seen()


def test_a_year_with_its_numbers_and_the_year_before(cast):
    settled_year(cast.leader.agency_id, 2024)
    settled_year(cast.leader.agency_id, 2025, late=12)
    text = seen()
    assert "Năm 2025" in text
    assert "Hồ sơ đã tiếp nhận 720 720 như nhau" in text
    assert "Hồ sơ đã giải quyết xong 612 600 tăng 12" in text
    assert "trong đó: quá hạn 12 0 tăng 12" in text
    assert "98,04 % hồ sơ giải quyết xong trong kỳ là trước hạn hoặc đúng hạn" in text
    assert "Hồ sơ đang giải quyết, lúc hết kỳ 228 120 tăng 108" in text
    assert "Trực tuyến, người dân tự nộp 240 33,33 %" in text
    assert "Trực tuyến, được giúp nộp 120 16,67 %" in text
    assert "Trực tiếp tại bộ phận Một cửa 360 50,00 %" in text


def test_the_chart_is_read_aloud_and_stands_beside_its_table(cast):
    settled_year(cast.leader.agency_id, 2025)
    page = Client().get("/statistics/").text
    title, text = re.search(r'aria-labelledby="([\w-]+) ([\w-]+)"', page).groups()
    assert f'id="{title}">Hồ sơ tiếp nhận và giải quyết theo thời gian<' in page
    assert re.search(rf'id="{text}">\s*01/2025: tiếp nhận 60, giải quyết 50', page)
    assert page.count('<rect class="hand-1" x=') == 12
    assert "style=" not in page


def test_a_small_number_is_not_told_and_cannot_be_computed(cast):
    agency = cast.leader.agency_id
    settled_year(agency, 2025, late=2)
    march = seen("?span=month&year=2025&number=3")
    assert "trong đó: quá hạn dưới 5" in march
    assert "Hồ sơ đã giải quyết xong 52" in march
    assert "trong đó: trước hạn 30" not in march or "trong đó: đúng hạn 20" not in march
    year = seen("?span=year&year=2025")
    assert "trong đó: quá hạn dưới 5" in year
    assert "% hồ sơ giải quyết xong trong kỳ" not in year


def test_what_is_in_hand_gives_no_month_away_that_is_not_told(cast):
    agency = cast.leader.agency_id
    for month, received in ((1, 60), (2, 3), (3, 40)):
        counted(agency, date(2025, month, 5), "received", received)
        counted(agency, date(2025, month, 20), "ended", 20, outcome="on_time")
    january, february = (seen(f"?span=month&year=2025&number={month}") for month in (1, 2))
    assert "Hồ sơ đã tiếp nhận dưới 5" in february
    told = re.search(r"lúc hết kỳ (\S+ ?\S*)", january), re.search(r"lúc hết kỳ (\S+ ?\S*)", february)
    assert (told[0][1].split()[0], told[1][1]) == ("40", "không công")


def test_parts_of_bundles_are_in_no_public_number(cast):
    counted(cast.leader.agency_id, date(2025, 5, 3), "received", 40)
    counted(cast.leader.agency_id, date(2025, 5, 3), "received", 77, standing="part")
    assert "Hồ sơ đã tiếp nhận 40" in seen()


def test_a_year_without_figures_says_so(cast):
    settled_year(cast.leader.agency_id, 2025)
    text = seen("?span=year&year=2019")
    assert "Kỳ này không có số liệu. Số liệu có từ tháng 01/2025 đến tháng 12/2025." in text
    assert "Hồ sơ đã tiếp nhận" not in text


def test_months_turned_round_get_a_sentence(cast):
    settled_year(cast.leader.agency_id, 2025)
    text = seen("?from=09/2025&to=02/2025", 422)
    assert "Tháng đầu đứng sau tháng cuối. Ông/bà đổi chỗ hai tháng" in text


@pytest.mark.parametrize(
    "address",
    ["?from=13/2025&to=02/2026", "?from=hôm+qua&to=02/2026", "?from=02/2026", "?span=month&year=2025&number=13",
     "?span=year&year=²", "?span=range&year=2025", "?span=year&year=99999", "?from=01/0001&to=01/2025",
     "?from=01/1950&to=01/2025", "?from=12/9999&to=12/9999", "?from=01/0001&to=12/9999"],
)  # fmt: skip
def test_what_is_no_period_gets_a_sentence(cast, address):
    settled_year(cast.leader.agency_id, 2025)
    text = seen(address, 422)
    assert "Ông/bà" in text


def test_several_months_are_put_together(cast):
    settled_year(cast.leader.agency_id, 2025)
    text = seen("?from=02/2025&to=08/2025")
    assert "từ 01/02/2025 đến hết 31/08/2025" in text
    assert "Hồ sơ đã tiếp nhận 420" in text


def test_a_running_year_goes_as_far_as_its_months_are_over(cast, monkeypatch):
    settled_year(cast.leader.agency_id, 2025, months=8)
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2025, 8, 20))
    text = seen()
    assert "số liệu tính đến trước ngày 01/08/2025" in text
    assert "Hồ sơ đã tiếp nhận 420" in text


def test_an_office_that_began_in_the_autumn_has_its_year_and_no_months_before(cast):
    for month in (11, 12):
        counted(cast.leader.agency_id, date(2025, month, 10), "received", 60)
    page = Client().get("/statistics/").text
    for words in ("Năm 2025", "Quý 4 năm 2025", "Tháng 11 năm 2025"):
        assert f'aria-label="{words}"' in page
    assert 'aria-label="Quý 3 năm 2025"' not in page
    assert "11/2025: tiếp nhận 60" in page
    assert "10/2025" not in page


def test_an_office_that_is_none_is_not_found(cast):
    settled_year(cast.leader.agency_id, 2025)
    assert Client().get("/statistics/?agency=abc").status_code == 404


def test_months_as_people_type_them():
    assert {month_typed(text) for text in ("05/2026", "5/2026", " 2026-05 ")} == {date(2026, 5, 1)}


def test_the_page_asks_the_database_little_whatever_there_is_to_count(cast, django_assert_max_num_queries):
    settled_year(cast.leader.agency_id, 2024)
    settled_year(cast.leader.agency_id, 2025)
    assert MonthCount.objects.count() > 50
    with django_assert_max_num_queries(14):
        Client().get("/statistics/")
