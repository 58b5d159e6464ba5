"""One draft sent twice, and one filing taken by two desks, at the same instant: on committed rows."""

from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.catalogue.actions import post_all
from motcua.catalogue.models import Procedure
from motcua.core.events import Actor as EventActor
from motcua.core.models import Event
from motcua.demo.office import OPENED, PASSWORD, build_office
from motcua.dossiers.models import Dossier
from motcua.intake.models import Draft, Submission
from motcua.intake.online.access import Filer
from motcua.intake.online.sending import send
from motcua.people.citizens.models import Citizen
from tests.cast import Cast, the_cast
from tests.committed import django_on, own_database, together
from tests.intake.online.conftest import citizen
from tests.intake.online.steps import ready


@pytest.fixture(scope="module")
def cast(django_db_blocker) -> Iterator[Cast]:
    """The demo ward, committed in a database of its own."""
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        call_command("createcachetable")
        call_command("load_calendar")
        call_command("import_catalogue", quiet=True)
        agency = build_office()
        published = Procedure.objects.filter(versions__state="published").distinct()
        post_all(published, agency, by=EventActor(None, "test"), valid_from=OPENED)
        yield the_cast()


@pytest.fixture
def lan(cast: Cast) -> tuple[Client, Citizen]:
    found = Citizen.objects.filter(phone="0905123456").first()
    if found is None:
        return citizen("0905123456", "Nguyễn Thị Lan", "001196012345")
    client = Client()
    client.post(reverse("citizen-log-in"), {"contact": found.phone, "password": "mot-cau-de-nho-2026"})
    return client, found


def test_a_draft_sent_four_times_at_one_instant_is_one_submission(lan: tuple[Client, Citizen]):
    client, _who = lan
    draft, at = ready(client), timezone.now()
    guest = Filer(guest_hash="x")
    sent = together([lambda: send(draft.pk, filer=guest, at=at) for _press in range(4)])
    assert len({one.pk for one in sent}) == 1, sent
    filed = Submission.objects.get(pk=draft.submission_id)
    assert Event.objects.filter(subject_id=filed.pk, kind="submission.submitted").count() == 1
    assert Draft.objects.get(pk=draft.pk).submitted_at is not None


def test_two_desks_accept_by_their_pages_one_opens_the_other_is_told(lan: tuple[Client, Citizen]):
    client, _who = lan
    draft = ready(client)
    client.post(reverse("draft-check", args=(draft.pk,)))
    filed = Submission.objects.get(pk=draft.submission_id)
    desks = [Client(), Client()]
    for desk in desks:
        desk.post(reverse("account_login"), {"login": "tiepnhan", "password": PASSWORD})
    here = reverse("submission", args=(filed.number,))
    answers = together([lambda desk=desk: desk.post(here, {"answer": "accept"}) for desk in desks])
    assert [answer.status_code for answer in answers] == [HTTPStatus.FOUND] * 2, answers
    assert Dossier.objects.filter(submission_id=filed.pk).count() == 1
    there = sorted(answer["Location"] for answer in answers)
    assert there[1] == here, "the second is back on the filing"
    assert there[0].startswith("/dossiers/")
    second = next(desk for desk, answer in zip(desks, answers, strict=True) if answer["Location"] == here)
    assert "vừa được trả lời ở chỗ khác" in second.get(here).text
