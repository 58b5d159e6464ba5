"""GET /api/v1/due: the promised instant, why, and what is refused."""

from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest

from motcua.people.models import AgencyCode
from motcua.worktime.models import Calendar, WeeklyHours

pytestmark = pytest.mark.usefixtures("ward", "db")


def due(client, **asked):
    query = {"from": asked.pop("start", "2025-12-31T09:00"), "amount": 3, "unit": "working_day", **asked}
    return client.get("/api/v1/due", {name: value for name, value in query.items() if value is not None})


@pytest.mark.parametrize(
    ("start", "amount", "unit", "promised"),
    [
        # 1 January off, 2 January off in exchange for Saturday 10 January (12729/VPCP-KGVX).
        ("2025-12-31T09:00", 1, "working_day", "2026-01-05T09:00:00+07:00"),
        ("2026-01-09T09:00", 1, "working_day", "2026-01-10T09:00:00+07:00"),
        ("2026-01-09T16:00", 2, "working_hour", "2026-01-10T08:00:00+07:00"),
        # Tết Bính Ngọ: from Saturday 14 to Sunday 22 February.
        ("2026-02-13T09:00", 1, "working_day", "2026-02-23T09:00:00+07:00"),
        ("2026-02-13T16:30", 1, "working_hour", "2026-02-23T07:30:00+07:00"),
        ("2026-02-13T09:00", 5, "day", "2026-02-23T09:00:00+07:00"),
        # A moment told in another zone, a date alone, a space for the T, a plus that was not encoded.
        ("2025-12-31T02:00:00Z", 1, "working_day", "2026-01-05T09:00:00+07:00"),
        ("2026-01-05", 1, "working_day", "2026-01-06T07:00:00+07:00"),
        ("2026-01-05 08:30", 1, "working_hour", "2026-01-05T09:30:00+07:00"),
        ("2026-01-05T08:30 07:00", 1, "working_hour", "2026-01-05T09:30:00+07:00"),
    ],
)
def test_promised_instants(client, start, amount, unit, promised):
    answer = due(client, start=start, amount=amount, unit=unit)
    assert answer.status_code == 200, answer.content
    assert answer.json()["due_at"] == promised


def test_the_reasons_are_a_ledger(client):
    answer = due(client, start="2025-12-31T09:00", amount=8, unit="working_hour").json()
    reasons = answer["reasons"]
    assert reasons[0]["start"] == answer["received_at"] == "2025-12-31T09:00:00+07:00"
    assert reasons[-1]["end"] == answer["due_at"]
    assert all(earlier["end"] == later["start"] for earlier, later in pairwise(reasons))
    assert sum(reason["minutes"] for reason in reasons) == 8 * 60
    assert all(bool(reason["minutes"]) == reason["counted"] for reason in reasons)
    exchanged = next(reason for reason in reasons if reason["start"].startswith("2026-01-02"))
    assert (exchanged["counted"], exchanged["kind"], exchanged["decision"]) == (
        False,
        "compensation_off",
        "12729/VPCP-KGVX",
    )
    assert set(exchanged) >= {"start", "end", "counted", "minutes", "text", "decision"}


def test_an_agency_answers_with_its_own_hours_under_its_old_and_new_code(client):
    national = Calendar.objects.get(code="VN")
    own = Calendar.objects.create(code="early", name="Giờ mùa hè", parent=national)
    for weekday in range(1, 6):
        WeeklyHours.objects.create(calendar=own, weekday=weekday, opens=time(6), closes=time(10))
        WeeklyHours.objects.create(calendar=own, weekday=weekday, opens=time(11), closes=time(15))
    code = AgencyCode.objects.filter(valid_to__isnull=True, agency__units__isnull=False).first()
    code.agency.calendar_code = "early"
    code.agency.save()
    former = AgencyCode.objects.create(
        agency=code.agency, scheme="qcvn102", code="000.00.99.H17",
        valid_from=code.valid_from - timedelta(days=900), valid_to=code.valid_from - timedelta(days=1),
    )  # fmt: skip
    for written in (code.code, code.code.lower(), former.code):
        answer = due(client, start="2026-01-05", amount=1, unit="working_hour", agency=written).json()
        assert answer["due_at"] == "2026-01-05T07:00:00+07:00"
        assert answer["calendar"]["code"] == "early"
    assert (
        due(client, start="2026-01-05", amount=1, unit="working_hour").json()["due_at"] == "2026-01-05T08:00:00+07:00"
    )


def test_a_cut_off_sends_the_late_ones_to_the_next_day(client):
    late = due(client, start="2026-01-05T15:30", amount=1, unit="working_day", cut_off="15:00").json()
    assert late["due_at"] == "2026-01-07T07:00:00+07:00"
    assert (
        due(client, start="2026-01-05T15:00", amount=1, cut_off="15:00").json()["due_at"] == "2026-01-06T15:00:00+07:00"
    )


@pytest.mark.parametrize(
    ("asked", "status", "parameter", "words"),
    [
        ({"start": "hôm nay"}, 422, "from", "ISO 8601"),
        ({"start": "2026-02-30"}, 422, "from", "ISO 8601"),
        ({"start": "0001-01-01T00:00+14:00"}, 422, "from", "ISO 8601"),
        ({"start": None}, 422, "from", "Thiếu tham số “from”"),
        ({"start": "2031-01-05"}, 422, "from", "năm 2031"),
        ({"amount": 3650}, 422, "from", "chưa có ngày nghỉ của năm"),
        ({"amount": 0}, 422, "amount", "từ 1 trở lên"),
        ({"amount": 3651}, 422, "amount", "nhiều nhất là 3650"),
        ({"amount": "ba"}, 422, "amount", "số nguyên"),
        ({"unit": "week"}, 422, "unit", "working_hour, working_day, day"),
        ({"cut_off": "25:00"}, 422, "cut_off", "15:00"),
        ({"agency": "H99.99"}, 404, "agency", "H99.99"),
        ({"agnecy": "H17.21"}, 400, "agnecy", "Không có tham số"),
        ({"unit": ["day", "working_day"]}, 400, "unit", "hai lần"),
        ({"agency": "H\x00"}, 400, None, "ký tự"),
    ],
)
def test_what_is_refused_says_what_to_do(client, asked, status, parameter, words):
    answer = due(client, **asked)
    assert answer.status_code == status
    assert answer.json()["parameter"] == parameter
    assert words in answer.json()["detail"]


def test_empty_parameters_count_as_absent(client):
    plain, empty = due(client), due(client, agency="", cut_off="")
    assert plain.json() == empty.json()


def test_open_to_every_origin_without_cookies(client):
    answer = due(client, start="2026-01-05")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    assert datetime.fromisoformat(answer.json()["due_at"]).utcoffset() == timedelta(hours=7)
    assert client.head("/api/v1/due?from=2026-01-05&amount=1&unit=day").status_code == 200
    refused = client.post("/api/v1/due")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD")
    assert "Access-Control-Allow-Origin" not in refused.headers
    assert "Access-Control-Allow-Origin" not in client.get("/due-date/").headers
