"""The figures of a hall: against a slow count, with the numbers behind each, and the pages that show them."""

import csv
import io
from datetime import date, timedelta
from statistics import median

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.demo.halls import build_hall
from motcua.demo.office import PASSWORD, build_office
from motcua.demo.queue_days import build_queue_days
from motcua.queueing.models import Hall, Ticket
from motcua.queueing.queries.figures import KINDS, Behind, figures_of, listed
from motcua.queueing.queries.recorded_days import last_days, recorded_days
from motcua.queueing.rules.whatif import played, truth_of


@pytest.fixture
def hall(db) -> Hall:
    """The demo hall with its days before today."""
    call_command("load_calendar")
    built = build_hall(build_office())
    build_queue_days(built, seed=2026, today=timezone.localdate(), days=8)
    return built


@pytest.fixture
def leader(hall: Hall) -> Client:
    return logged_in("lanhdao")


def logged_in(username: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": username, "password": PASSWORD})
    return client


def span(hall: Hall) -> tuple[date, date]:
    days = sorted(set(Ticket.objects.filter(hall=hall).values_list("day", flat=True)))
    return days[0], days[-1]


def waits(tickets: list[Ticket]) -> list[float]:
    return [(one.first_called_at - one.issued_at) / timedelta(minutes=1) for one in tickets if one.first_called_at]


def test_every_figure_is_what_a_slow_count_says(hall: Hall):
    first, last = span(hall)
    found = figures_of(hall.pk, first, last)
    tickets = list(Ticket.objects.filter(hall=hall).select_related("need"))
    assert found.whole.taken == len(tickets)
    assert found.whole.absent == sum(one.state == "absent" for one in tickets)
    assert found.whole.left == sum(one.state == "left" for one in tickets)
    assert found.whole.median == pytest.approx(median(waits(tickets)))
    assert found.before.taken == 0
    for need in hall.needs.all():
        its = [one for one in tickets if one.need_id == need.pk]
        assert found.needs[need.pk].taken == len(its)
        assert found.needs[need.pk].median == pytest.approx(median(waits(its)))
    for hour, line in found.hours.items():
        assert line.taken == sum(timezone.localtime(one.issued_at).hour == hour for one in tickets)
    for (weekday, hour), line in found.cells.items():
        its = [one for one in tickets if one.day.isoweekday() == weekday]
        assert line.taken == sum(timezone.localtime(one.issued_at).hour == hour for one in its)
    assert sum(line.taken for line in found.cells.values()) == len(tickets)


def test_the_days_before_are_compared(hall: Hall):
    first, last = span(hall)
    late = figures_of(hall.pk, last, last)
    assert late.whole.taken + figures_of(hall.pk, first, last - timedelta(days=1)).whole.taken == Ticket.objects.count()
    yesterday = Ticket.objects.filter(day=last - timedelta(days=1)).count()
    assert late.before.taken == yesterday


@pytest.mark.parametrize("kind", [*KINDS])
def test_the_list_behind_a_figure_counts_what_it_says(hall: Hall, kind: str):
    first, last = span(hall)
    behind = Behind(hall.code, first, last, kind)
    rows, total = listed(hall.pk, behind, limit=5000, offset=0)
    assert len(rows) == total
    need = rows[0].label[0] if rows else "A"
    some, fewer = listed(hall.pk, behind.but(letter=need), limit=5, offset=0)
    assert fewer <= total
    assert all(one.label[0] == need for one in some)


def test_the_page_shows_every_figure_and_each_opens_its_list(leader: Client, hall: Hall):
    first, last = span(hall)
    asked = {"from": f"{first:%d/%m/%Y}", "to": f"{last:%d/%m/%Y}"}
    answer = leader.get(reverse("queue-figures"), asked)
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in ("Theo việc", "Theo giờ lấy số", "Theo quầy", "Lấy số lúc nào thì chờ lâu", "khoảng chờ đã báo đúng"):
        assert words in page
    behind = Behind(hall.code, first, last, "absent")
    absent = Ticket.objects.filter(state="absent").count()
    listing = leader.get(f"{reverse('queue-tickets')}?{behind.query}").content.decode()
    assert f"{absent} số thứ tự" in listing
    assert behind.query.replace("&", "&amp;") in page


def test_bad_days_are_said_and_stay_as_typed(leader: Client):
    answer = leader.get(reverse("queue-figures"), {"from": "31/02/2026", "to": "hôm qua"})
    assert answer.status_code == 422
    assert "Ngày chưa đúng" in answer.content.decode()
    assert "hôm qua" in answer.content.decode()
    turned = leader.get(reverse("queue-figures"), {"from": "02/03/2026", "to": "01/03/2026"})
    assert "Ngày đầu đứng sau ngày cuối" in turned.content.decode()


@pytest.mark.parametrize("asked", [{"kind": "gì"}, {"from": "x"}, {"hour": "-1"}, {"hall": "nha-khac"}])
def test_what_no_figure_is_of_is_not_found(leader: Client, hall: Hall, asked: dict[str, str]):
    first, last = span(hall)
    whole = {"hall": hall.code, "from": f"{first:%d/%m/%Y}", "to": f"{last:%d/%m/%Y}", "kind": "taken"}
    assert leader.get(reverse("queue-tickets"), whole | asked).status_code == 404


def test_the_list_goes_into_csv_and_a_spreadsheet(leader: Client, hall: Hall):
    hall.needs.filter(letter="A").update(name="=1+1")
    first, last = span(hall)
    query = Behind(hall.code, first, last, "absent", "A").query
    answer = leader.get(f"{reverse('export-queue-tickets', args=['csv'])}?{query}")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len(rows) == 1 + Ticket.objects.filter(state="absent", need__letter="A").count()
    assert all(not cell.startswith("=") for row in rows for cell in row), "no cell is a formula"
    book = leader.get(f"{reverse('export-queue-tickets', args=['xlsx'])}?{query}")
    assert b"".join(book.streaming_content)[:2] == b"PK"


def test_anybody_may_see_how_long_people_wait_and_nothing_else(hall: Hall):
    cache.clear()
    page = Client().get(reverse("hall-figures", args=[hall.code])).content.decode()
    assert "Một nửa số người chờ không quá" in page
    assert "khoảng chờ đã báo đúng" in page
    assert "Theo quầy" not in page, "what stands at a counter is of one official"
    assert "/queue/" not in page
    assert Client().get(reverse("hall-figures", args=["khong-co"])).status_code == 404


def test_only_who_leads_or_controls_opens_the_figures(hall: Hall):
    for name in ("queue-figures", "queue-tickets", "queue-what-if"):
        assert logged_in("tiepnhan").get(reverse(name)).status_code == 403
        assert Client().get(reverse(name)).status_code in {302, 403}


def test_what_if_shows_truth_replay_and_change(leader: Client):
    answer = leader.get(reverse("queue-what-if"), {
        "days": "20", "counter": "0", "from": "08:00", "to": "10:00", "needs": ["A", "B", "T"],
    })  # fmt: skip
    page = answer.content.decode()
    for words in ("Thực tế đã ghi", "Mô phỏng lại như đã ghi", "Mô phỏng với thay đổi", "Mô phỏng lệch thực tế"):
        assert words in page


def test_the_replay_is_near_the_truth(hall: Hall):
    days = last_days(hall.pk, timezone.localdate(), 5)
    recorded = recorded_days(hall.pk, days[-1], days[0])
    truth, again = truth_of(recorded), played(recorded, cap=2)
    assert truth is not None
    assert again is not None
    assert abs(truth.median - again.median) <= 2
    assert abs(truth.ninetieth - again.ninetieth) <= 5
    assert again.never == 0


@pytest.mark.parametrize(("asked", "said"), [
    ({"from": "10:00", "to": "08:00"}, "Giờ bắt đầu phải trước giờ kết thúc"),
    ({"from": "25:00", "to": "26:00"}, "Giờ chưa đúng"),
    ({"from": "08:00", "to": "10:00"}, "Chưa chọn việc nào"),
    ({"from": "08:00", "to": "10:00", "counter": "77"}, "Không có quầy này"),
    ({"from": "08:00", "to": "10:00", "needs": "A", "day": "01/01/2099"}, "Chỉ xem được những ngày đã qua"),
    ({"from": "08:00", "to": "10:00", "needs": "A", "day": "32/13"}, "Ngày chưa đúng"),
])  # fmt: skip
def test_a_change_that_cannot_be_played_is_said_and_stays_typed(leader: Client, asked: dict[str, str], said: str):
    answer = leader.get(reverse("queue-what-if"), asked)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert f'value="{asked["from"]}"' in page
