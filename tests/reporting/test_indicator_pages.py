"""The pages of the service index and of the self-evaluation: what they say, what they open, whom they open to."""

import re
from html import unescape
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import Dossier, FiledBy
from tests.cast import MRS_LAN, Cast
from tests.counting import statements
from tests.journey.test_hot_pages import log_in
from tests.reporting.small_year import at, laid_down, pattern, step

NOVEMBER = {"span": "month", "year": "2026", "number": "11"}
ALL = ("1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "4.1", "4.2", "4.3", "4.4",
       "4.5", "5.1", "5.2", "5.3", "5.4")  # fmt: skip


@pytest.fixture
def office(cast: Cast) -> Cast:
    """Three dossiers of November: online and in time, late at the counter, and one that still runs."""
    like = pattern(cast)
    early = laid_down(like, "H17.21-261102-0001", at(2), at(9), at(5), channel="online", filed_by=FiledBy.HELPED)
    late = laid_down(like, "H17.21-261102-0002", at(2), at(9), at(12))
    laid_down(like, "H17.21-261103-0001", at(3), at(24, month=12))
    for life, done in ((early, at(5)), (late, at(12))):
        step(life, cast.case_officer, at(2), at(8), done)
    return cast


def leader() -> Client:
    return log_in(Client(), "lanhdao")


def hrefs(text: str, start: str) -> list[str]:
    return [unescape(href) for href in re.findall(r'href="([^"]+)"', text) if href.startswith(start)]


def codes(text: str) -> list[str]:
    return re.findall(r'<span class="code">([^<]+)</span>', text)


def test_the_index_says_figures_ranks_and_what_is_not_measured(office: Cast):
    page = leader().get(reverse("service-index"), NOVEMBER)
    assert page.status_code == HTTPStatus.OK
    for code in ALL:
        assert f"{code} " in page.text
    assert "66,67 %" in page.text
    assert "13,33 / 20" in page.text
    assert "từ Yếu đến" in page.text
    assert "Chỉ Cổng Dịch vụ công quốc gia biết hồ sơ nào đã tới nơi." in page.text
    assert "không có dữ liệu" in page.text
    assert MRS_LAN.full_name not in page.text


def test_every_link_of_the_index_opens_and_lists_what_its_figure_says(office: Cast):
    client = leader()
    text = client.get(reverse("service-index"), NOVEMBER).text
    figures = re.findall(r'<a href="([^"]+)">(\d+)</a>', text)
    assert len(figures) == 18
    for href, number in figures:
        page = client.get(unescape(href))
        assert page.status_code == HTTPStatus.OK, href
        total = re.search(r"(\d+)\s+(?:hồ sơ|thủ tục)\s+</h2>", page.text)
        assert total is not None, href
        assert total[1] == number, href
        assert len(codes(page.text)) == min(int(number), 50), href


def test_every_indicator_has_a_page_with_its_source(office: Cast):
    client = leader()
    for code in ALL:
        page = client.get(reverse("indicator", args=(code,)), NOVEMBER)
        assert page.status_code == HTTPStatus.OK, code
        assert "Áp dụng từ" in page.text, code
        assert "23/06/2022" in page.text, code


def test_an_indicators_page_lists_its_dossiers_by_part(office: Cast):
    client, address = leader(), reverse("indicator", args=("2.1",))
    whole = client.get(address, NOVEMBER)
    assert sorted(codes(whole.text)) == ["H17.21-261102-0001", "H17.21-261102-0002", "H17.21-261103-0001"]
    late = client.get(address, NOVEMBER | {"part": "ended_late", "side": "rest"})
    assert codes(late.text) == ["H17.21-261102-0002"]
    assert reverse("dossier", args=("H17.21-261102-0002",)) in late.text


def test_online_dossiers_tell_whose_hands_filed(office: Cast):
    page = leader().get(reverse("indicator", args=("3.3",)), NOVEMBER)
    assert "Trực tuyến, người dân được giúp nộp" in page.text


def test_what_no_list_has_is_not_found(office: Cast):
    client, address = leader(), reverse("indicator", args=("2.1",))
    for asked in ({"part": "'; DROP"}, {"side": "left"}, {"agency": "0"}):
        assert client.get(address, NOVEMBER | asked).status_code == HTTPStatus.NOT_FOUND, asked
    assert client.get(reverse("indicator", args=("9.9",)), NOVEMBER).status_code == HTTPStatus.NOT_FOUND


def test_a_controller_sees_the_figures_but_opens_no_dossier(office: Cast):
    page = log_in(Client(), "kiemsoat").get(reverse("indicator", args=("2.1",)), NOVEMBER)
    assert page.status_code == HTTPStatus.OK
    assert codes(page.text)
    assert hrefs(page.text, "/dossiers/") == []


def test_a_period_before_the_decision_says_so(office: Cast):
    page = leader().get(reverse("service-index"), {"span": "year", "year": "2021", "number": "1"})
    assert page.status_code == HTTPStatus.OK
    assert "Kỳ này chưa có bộ chỉ số" in page.text
    page = leader().get(reverse("self-evaluation"), {"span": "year", "year": "2015", "number": "1"})
    assert "Kỳ này chưa có thang điểm" in page.text


@pytest.mark.parametrize("name", ["service-index", "self-evaluation"])
def test_a_range_turned_round_is_refused_in_words(name: str, office: Cast):
    page = leader().get(reverse(name), {"from": "30/11/2026", "to": "01/11/2026"})
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Ngày đầu đứng sau ngày cuối" in page.text


def test_the_self_evaluation_says_points_and_classes(office: Cast):
    page = leader().get(reverse("self-evaluation"), NOVEMBER)
    assert page.status_code == HTTPStatus.OK
    assert "1 / 2" in page.text
    assert "dùng tiếp khi chưa có văn bản" in page.text
    assert "Phần mềm chưa có phần phản ánh, kiến nghị" in page.text
    assert office.case_officer.name in page.text


def test_every_link_of_the_self_evaluation_lists_what_its_figure_says(office: Cast):
    client = leader()
    text = client.get(reverse("self-evaluation"), NOVEMBER).text
    figures = [(href, number) for href, number in re.findall(r'<a href="([^"]+)">(\d+)</a>', text)]
    assert len(figures) >= 4 * 3 + 5 * 2
    for href, number in figures:
        page = client.get(unescape(href))
        assert page.status_code == HTTPStatus.OK, href
        assert len(codes(page.text)) == min(int(number), 50), href


def test_every_index_has_a_page(office: Cast):
    client = leader()
    for number in range(1, 10):
        page = client.get(reverse("self-evaluation-index", args=(number,)), NOVEMBER)
        assert page.status_code == HTTPStatus.OK, number
        assert "Tính thế nào" in page.text, number


def test_an_officials_page_adds_up(office: Cast):
    client = leader()
    address = reverse("self-evaluation-official", args=(office.case_officer.id,))
    page = client.get(address, NOVEMBER)
    assert codes(page.text) == ["H17.21-261102-0001", "H17.21-261102-0002"]
    assert "Cộng" in page.text
    assert client.get(reverse("self-evaluation-index", args=(10,)), NOVEMBER).status_code == HTTPStatus.NOT_FOUND


def test_the_pages_ask_a_fixed_number_of_questions(office: Cast, monkeypatch):
    client, told = leader(), {}
    for more in (0, 8):
        for number in range(more):
            laid_down(Dossier.objects.all()[0], f"M{number}", at(3), at(9), at(6 + number))
        for name in ("service-index", "self-evaluation"):
            with statements(monkeypatch) as seen:
                client.get(reverse(name), NOVEMBER)
            told.setdefault(name, []).append(len(seen))
    assert told["service-index"][0] == told["service-index"][1] < 40
    assert told["self-evaluation"][0] == told["self-evaluation"][1] < 45
