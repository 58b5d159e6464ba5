"""The public page “tính ngày hẹn trả”: the same answer as the API, faults at their fields, nothing kept."""

import re
from html import unescape

import pytest

from motcua.catalogue.models import Procedure
from motcua.worktime.models import Calendar
from tests.api.conftest import ward as ward

pytestmark = pytest.mark.usefixtures("ward", "db")
BIRTH = "1.001193"


def page(client, **asked):
    query = {name.rstrip("_"): value for name, value in asked.items()}
    answer = client.get("/due-date/", query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def promised(shown):
    found = re.search(r'govuk-heading-xl"><time datetime="([^"]+)"', shown)
    return found.group(1) if found else None


def api_address(shown):
    return re.search(r'href="(/api/v1/due\?[^"]+)"', shown).group(1)


def test_an_empty_page_asks(client):
    shown = page(client)
    assert promised(shown) is None
    for field in ("from", "amount", "unit", "procedure", "agency"):
        assert f'name="{field}"' in shown
    assert '<option value="H17.21" selected>' in shown
    assert 'method="get"' in shown
    assert re.search(r'<input type="text" name="from" value="\d\d/\d\d/\d{4} \d\d:\d\d"', shown)
    assert "05/01/2026 08:30" in shown


@pytest.mark.parametrize(
    "asked",
    [
        {"from": "2025-12-31T09:00", "amount": 3, "unit": "working_day"},
        {"from": "31/12/2025 09:00", "amount": 8, "unit": "working_hour"},
        {"from": "2026-02-13T16:30", "amount": 20, "unit": "day", "agency": "H17.21"},
        {"from": "2026-01-09T09:00", "amount": 1, "unit": "working_day", "agency": "021.18.47.H47"},
    ],
)
def test_the_page_and_the_api_answer_alike(client, asked):
    shown = page(client, **asked)
    answer = client.get(api_address(shown))
    assert answer.status_code == 200
    told = answer.json()
    assert told["due_at"] == promised(shown)
    assert {row["decision"] for row in told["reasons"] if row["decision"]} <= set(
        re.findall(r"small\">\(([^)]+)\)</span>", shown)
    )
    for row in told["reasons"]:
        if row["kind"] not in {"night", "break"}:
            assert row["text"] in shown


def test_the_exchanged_day_is_explained(client):
    shown = page(client, **{"from": "2025-12-31T09:00", "amount": 1, "unit": "working_day"})
    assert promised(shown) == "2026-01-05T09:00:00+07:00"
    assert "12729/VPCP-KGVX" in shown
    assert "1 ngày làm việc" in shown


def test_a_procedure_gives_its_limit(client):
    shown = page(client, procedure=BIRTH, from_="2026-02-12T09:00")
    assert promised(shown) == "2026-02-13T09:00:00+07:00"
    assert "Đăng ký khai sinh" in shown
    assert re.search(r'name="amount" value="1"', shown)
    assert f'name="filled" value="{BIRTH}"' in shown


def test_a_limit_changed_by_hand_stays_until_another_procedure_is_named(client):
    asked = {"from": "2026-02-12T09:00", "amount": 2, "unit": "working_day"}
    assert promised(page(client, **asked, procedure=BIRTH, filled=BIRTH)) == "2026-02-23T09:00:00+07:00"
    assert promised(page(client, **asked, procedure=BIRTH, filled="1.000419")) == "2026-02-13T09:00:00+07:00"


def test_a_cut_off_of_the_procedure_is_applied_and_handed_to_the_api(client):
    code = Procedure.objects.filter(versions__cut_off__isnull=False, versions__state="published").values_list(
        "national_code", flat=True
    )[0]
    shown = page(client, procedure=code, from_="2026-01-05T16:50")
    assert "cut_off=15%3A00" in api_address(shown)
    assert client.get(api_address(shown)).json()["due_at"] == promised(shown)


@pytest.mark.parametrize(
    ("asked", "field", "words"),
    [
        ({"from": "32/13/2026"}, "from", "Lúc nộp chưa đúng"),
        ({"from": ""}, "from", "Lúc nộp chưa đúng|nhập ngày giờ"),
        ({"from": "05/01/2031 08:00"}, "from", "chưa có ngày nghỉ của năm 2031"),
        ({"amount": "0"}, "amount", "từ 1 đến 3650"),
        ({"amount": "3651"}, "amount", "từ 1 đến 3650"),
        ({"amount": "ba"}, "amount", "số nguyên"),
        ({"amount": ""}, "amount", "nhập thời hạn"),
        ({"unit": "week"}, "unit", "đơn vị"),
        ({"agency": "H99"}, "agency", "Không có cơ quan nào"),
        ({"procedure": "9.0"}, "procedure", "Không thấy thời hạn"),
        ({"procedure": "9" * 41}, "procedure", "dài quá"),
    ],
)
def test_a_fault_stands_at_its_field_and_nothing_is_lost(client, asked, field, words):
    typed = {"from": "05/01/2026 08:30", "amount": "5", "unit": "day", "agency": "", "procedure": ""} | asked
    shown = page(client, **typed)
    assert promised(shown) is None
    fault = re.search(rf'id="id_{field}_error">(.*?)</div>', shown, re.S)
    assert fault, shown
    assert re.search(words, fault.group(1))
    assert f'href="#id_{field}"' in shown
    for name, value in typed.items():
        if name in {"amount", "from"} and value:
            assert f'value="{value}"' in shown


@pytest.mark.parametrize(
    "typed", ["05/01/2026 08:30", "05-01-2026 08:30", "08:30 05/01/2026", "050120260830", "2026-01-05T08:30"]
)
def test_a_moment_is_taken_as_people_write_it_and_shown_as_they_read_it(client, typed):
    shown = page(client, from_=typed, amount="1", unit="working_day")
    assert re.search(r'<input type="text" name="from" value="05/01/2026 08:30"[^>]*inputmode="numeric"', shown)
    assert promised(shown) == "2026-01-06T08:30:00+07:00"
    assert 'type="date' not in shown


@pytest.mark.parametrize("typed", ["32/13/2026", "01/05/26", "5012026", "2026-13-05", "05/01/2026 25:00", "<b>", "05"])
def test_what_is_no_moment_stands_there_as_it_was_typed(client, typed):
    shown = page(client, from_=typed, amount="1", unit="working_day")
    assert promised(shown) is None
    assert "Lúc nộp chưa đúng" in shown
    assert f'name="from" value="{typed}"' in shown


def test_without_a_calendar_the_page_says_so(client):
    Calendar.objects.filter(code="VN").update(code="VN-old")
    shown = page(client, **{"from": "2026-01-05T08:30", "amount": "5", "unit": "day"})
    assert promised(shown) is None
    assert "Chưa có lịch làm việc" in shown


def test_days_that_await_their_announcement_are_marked(client):
    shown = page(client, **{"from": "2027-01-29T08:30", "amount": "10", "unit": "working_day"})
    told = client.get(api_address(shown)).json()
    assert ("chưa được công bố chính thức" in shown) == told["provisional"]


def test_only_reading(client):
    assert client.post("/due-date/").status_code == 405
    assert not [name for name in client.get("/due-date/").cookies if name.startswith("sessionid")]


def test_it_costs_few_queries(client, django_assert_max_num_queries):
    client.get("/due-date/")
    with django_assert_max_num_queries(8):
        answer = client.get(
            "/due-date/", {"from": "2026-01-05T08:30", "amount": "5", "unit": "day", "agency": "H17.21"}
        )
    assert promised(answer.content.decode())
