"""Papers that are not here yet: said, sent all the same, and seen by the desk; barred only where the e-form bars."""

from dataclasses import replace
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from motcua.intake.models import Submission
from motcua.intake.online import offering
from motcua.intake.online.offering import eform_of
from motcua.people.citizens.models import Citizen
from tests.intake.online.steps import begun, filled

Citizens = tuple[Client, Citizen]


def unready(client: Client):
    """A draft with every question answered and no paper."""
    draft = begun(client)
    filled(client, draft)
    page = client.get(reverse("draft-check", args=(draft.pk,)))
    assert "Vẫn nộp được khi còn thiếu" in page.text
    assert 'role="alert"' not in page.text, "a warning, no error"
    return draft, [str(one.id) for one, _said in page.context["absent"]]


def test_without_a_word_about_it_nothing_is_sent(lan: Citizens):
    client, _who = lan
    draft, lines = unready(client)
    answer = client.post(reverse("draft-check", args=(draft.pk,)), {f"lack-{lines[0]}": "why", f"why-{lines[0]}": "  "})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'href="#lack-{lines[0]}-desk"' in answer.text
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("chosen", "why", "kept", "seen"),
    [
        ("to_desk", "", "to_desk", "sẽ nộp bản giấy tại Bộ phận Một cửa"),
        ("why", "Bệnh viện  hẹn thứ Hai", "Bệnh viện hẹn thứ Hai", "Bệnh viện hẹn thứ Hai"),
    ],
)
def test_it_is_sent_with_what_was_said_and_the_desk_reads_it(
    lan: Citizens, desk: Client, chosen: str, why: str, kept: str, seen: str
):
    client, _who = lan
    draft, lines = unready(client)
    said = {f"lack-{line}": chosen for line in lines} | {f"why-{line}": why for line in lines}
    answer = client.post(reverse("draft-check", args=(draft.pk,)), said)
    assert answer["Location"] == reverse("draft-done", args=(draft.pk,)), answer.text
    filed = Submission.objects.get()
    assert filed.lacking == dict.fromkeys(lines, kept)
    assert seen in client.get(answer["Location"]).text
    page = desk.get(reverse("submission", args=(filed.number,))).text
    assert seen in page
    refused = desk.post(reverse("submission", args=(filed.number,)), {"answer": "accept"})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY, "the desk asks, it does not take in what lacks"


def test_what_the_e_form_bars_stays_barred(lan: Citizens, monkeypatch: pytest.MonkeyPatch):
    client, _who = lan
    draft, lines = unready(client)
    names = [line.name for line in draft.version.components.all() if str(line.id) in lines]
    barred = replace(eform_of(draft), sent_only_with=tuple(names))
    monkeypatch.setattr(offering, "eform_for", lambda _code, _on: barred)
    monkeypatch.setattr(offering, "eform_by_key", lambda _code, _number: barred)
    said = {f"lack-{line}": "to_desk" for line in lines}
    answer = client.post(reverse("draft-check", args=(draft.pk,)), said)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f"Còn thiếu giấy tờ: {names[0]}" in answer.text
    assert not Submission.objects.exists()


def test_by_post_there_must_be_an_address_and_it_is_kept(lan: Citizens):
    client, _who = lan
    draft, lines = unready(client)
    said = {f"lack-{line}": "to_desk" for line in lines} | {"return_method": "post", "return_address": ""}
    answer = client.post(reverse("draft-check", args=(draft.pk,)), said)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'href="#return_address"' in answer.text
    draft.refresh_from_db()
    assert draft.return_method == "post", "what was chosen stays"
    client.post(reverse("draft-check", args=(draft.pk,)), said | {"return_address": " 5  Hùng Vương, Đà Nẵng "})
    filed = Submission.objects.get()
    assert (filed.return_method, filed.return_address) == ("post", "5 Hùng Vương, Đà Nẵng")
