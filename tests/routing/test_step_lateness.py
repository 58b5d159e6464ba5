"""A step past its own date is said in the worklist, as its reminder says it, though the dossier still has time."""

from datetime import timedelta

from django.test import Client

from motcua.routing.models import Step
from tests.cast import Cast
from tests.journey.test_hot_pages import log_in
from tests.routing.lives import at_officer


def test_the_row_and_its_reminder_say_the_same(client: Client, cast: Cast, monkeypatch):
    life = at_officer(cast)
    due_at = Step.objects.get(pk=life.step).due_at
    now = due_at + timedelta(minutes=30)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    assert life.row.due_at > now
    log_in(client, "thuly")
    assert "bước đã quá hạn" in client.get("/worklist/").text
    monkeypatch.setattr("django.utils.timezone.now", lambda: due_at - timedelta(minutes=30))
    log_in(client, "thuly")
    assert "bước đã quá hạn" not in client.get("/worklist/").text
