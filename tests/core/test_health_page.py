"""The health page: each recurring rule, the database, the disk; to strangers one word."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.config import health
from motcua.config.recurring import RULES
from motcua.core.models import Event, RuleRun
from motcua.documents.papers.room import Room
from tests.counting import statements
from tests.journey.conftest import cast, ward
from tests.journey.test_hot_pages import log_in

__all__ = ["cast", "ward"]


@pytest.fixture
def ran(cast) -> None:
    """Every rule ran a moment ago."""
    for rule in RULES:
        RuleRun.objects.create(
            name=rule.name, started_at=timezone.now(), finished_at=timezone.now(), took_ms=7, counts={"sent": 3}
        )


def hot(client) -> bool:
    """Whether the rail marks the way to the health page."""
    page = client.get(reverse("health")).text
    rail = page[page.index('<nav class="rail"') : page.index("</nav>")]
    return 'class="hot"' in rail[rail.index('href="/health/"') :].partition("</li>")[0]


def test_all_is_well_when_every_rule_ran(client, ran):
    assert client.get(reverse("health-rules")).json() == {"status": "ok"}
    log_in(client, "quantri")
    page = client.get(reverse("health"))
    assert page.status_code == 200
    assert page.text.count("Đúng lượt") == len(RULES)
    assert "Quá lượt" not in page.text
    assert "PostgreSQL" in page.text
    assert "đã nhắc: 3" in page.text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_that_did_not_run_is_an_alarm(client, ran, rule):
    RuleRun.objects.filter(name=rule.name).update(started_at=timezone.now() - 3 * rule.every - timedelta(minutes=6))
    answer = client.get(reverse("health-rules"))
    assert (answer.status_code, answer.json()) == (200, {"status": "overdue"})
    assert client.get(reverse("health-ready")).status_code == 200
    log_in(client, "quantri")
    page = client.get(reverse("health")).text
    assert page.count("Quá lượt") == 1
    assert "motcua work" in page
    told = {row["name"]: row["status"] for row in client.get(reverse("health-rules")).json()["rules"]}
    assert [name for name, status in told.items() if status == "overdue"] == [rule.name]


def test_a_rule_that_keeps_failing_is_an_alarm_with_its_error(client, ran):
    name = RULES[0].name
    RuleRun.objects.filter(name=name).update(started_at=timezone.now() - timedelta(hours=1))
    RuleRun.objects.create(
        name=name, started_at=timezone.now(), finished_at=timezone.now(), took_ms=1, error="CalendarGap: năm 2028"
    )
    log_in(client, "lanhdao")
    page = client.get(reverse("health")).text
    assert "CalendarGap: năm 2028" in page
    assert page.count("Quá lượt") == 1


def test_a_rule_that_never_ran_and_one_that_still_runs_are_told(client, ran):
    RuleRun.objects.filter(name=RULES[0].name).delete()
    RuleRun.objects.create(name=RULES[1].name, started_at=timezone.now())
    log_in(client, "quantri")
    page = client.get(reverse("health")).text
    assert "chưa chạy lần nào" in page
    assert "đang chạy" in page


def test_a_disk_almost_full_is_said(client, ran, monkeypatch):
    monkeypatch.setattr(health, "LITTLE_ROOM", 2**80)
    log_in(client, "quantri")
    assert "Đĩa sắp đầy" in client.get(reverse("health")).text


def test_a_store_that_takes_in_no_papers_is_said(client, ran, monkeypatch):
    log_in(client, "quantri")
    assert "không nhận giấy tờ" not in client.get(reverse("health")).text
    monkeypatch.setattr(health, "room_of_store", lambda: Room(total=9 << 30, free=500 << 20, floor=1 << 30))
    assert "Đang không nhận giấy tờ gửi từ xa" in client.get(reverse("health")).text


def test_the_rail_of_an_administrator_is_hot_and_only_his_page_asks(client, ran, monkeypatch):
    log_in(client, "quantri")
    client.get(reverse("people"))
    assert not hot(client)
    RuleRun.objects.all().delete()
    assert hot(client)
    receiver = log_in(Client(), "tiepnhan")
    with statements(monkeypatch) as sent:
        receiver.get(reverse("reminders"))
    assert not [text for text in sent if "core_rulerun" in text]


def test_a_sealer_that_runs_and_does_not_seal_is_an_alarm(client, ran):
    Event.objects.create(
        kind="test.kept_out", subject_kind="test", subject_id=uuid4(), actor_name="x", at=timezone.now(),
        recorded_at=timezone.now() - timedelta(minutes=6),
    )  # fmt: skip
    assert client.get(reverse("health-rules")).json() == {"status": "overdue"}
    log_in(client, "quantri")
    page = client.get(reverse("health")).text
    assert page.count("Quá lượt") == 1
    assert "chờ niêm phong quá 5 phút" in page
    assert hot(client)


def test_only_those_who_watch_see_the_page(client, ran):
    assert client.get(reverse("health")).status_code == 302
    log_in(client, "tiepnhan")
    assert client.get(reverse("health")).status_code == 403
    assert client.get(reverse("health-rules")).json() == {"status": "ok"}
