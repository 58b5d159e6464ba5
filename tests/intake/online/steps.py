"""Filing from home, step by step."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from motcua.catalogue.eforms.queries import eform_by_key
from motcua.catalogue.eforms.rules import pages_asked
from motcua.catalogue.eforms.screen import page_context
from motcua.catalogue.eforms.values import value_shown
from motcua.intake.models import Draft
from motcua.people.queries import home_agency
from tests.cast import BIRTH
from tests.documents.papers.sent import photo


def begun(client: Client, code: str = BIRTH, **said: str) -> Draft:
    """The first page of a new draft is open."""
    agency = home_agency(localdate())
    assert agency is not None
    answer = client.post(reverse("file", args=(code,)), {"agency": str(agency.pk)} | said)
    assert answer.status_code == HTTPStatus.FOUND, answer.text
    found = Draft.objects.latest("begun_at")
    assert answer["Location"] == reverse("draft-page", args=(found.pk, 1))
    return found


def right_answers(draft: Draft) -> dict[str, Any]:
    """The e-form's own right sample, of a child born last week."""
    eform = eform_by_key(draft.eform_code, draft.eform_number)
    answers = dict(eform.samples["right"])
    if "child_birth_date" in answers:
        answers["child_birth_date"] = (localdate() - timedelta(days=7)).isoformat()
    return answers


def typed(draft: Draft, number: int, answers: dict[str, Any]) -> dict[str, Any]:
    """What a browser posts of this page."""
    eform = eform_by_key(draft.eform_code, draft.eform_number)
    page = page_context(eform, number, answers, on=localdate())["page"]
    post: dict[str, Any] = {"eform-asked": page.asked}
    for item in eform.pages[number - 1].items():
        if item.id in answers and item.id in page.asked.split():
            value = answers[item.id]
            post[item.id] = value if isinstance(value, str | list) and item.choices else value_shown(item, value)
            if value is True:
                post[item.id] = "on"
    return post


def filled(client: Client, draft: Draft, **changes: Any) -> None:
    """Every page of questions answered right."""
    answers = right_answers(draft) | changes
    eform = eform_by_key(draft.eform_code, draft.eform_number)
    for number in pages_asked(eform, answers, on=localdate()):
        answer = client.post(reverse("draft-page", args=(draft.pk, number)), typed(draft, number, answers))
        assert answer.status_code == HTTPStatus.FOUND, answer.text


def papers_sent(client: Client, draft: Draft, *, photos: int = 2) -> None:
    """Photos for every paper that has to be attached."""
    page = client.get(reverse("draft-papers", args=(draft.pk,)))
    for row in page.context["rows"]:
        if row["wanted"].required:
            send_photos(client, draft, str(row["wanted"].id), [photo(name=f"IMG_{n}.jpg") for n in range(photos)])


def send_photos(client: Client, draft: Draft, component: str, parts: list[SimpleUploadedFile]) -> None:
    answer = client.post(reverse("draft-papers", args=(draft.pk,)), {"component": component, "parts": parts})
    assert answer.status_code == HTTPStatus.FOUND, answer.text


def ready(client: Client, code: str = BIRTH, **changes: Any) -> Draft:
    """A draft that only has to be sent."""
    draft = begun(client, code)
    filled(client, draft, **changes)
    papers_sent(client, draft)
    return draft
