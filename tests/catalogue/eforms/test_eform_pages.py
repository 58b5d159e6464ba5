"""Officials look at the e-forms as citizens meet them; nothing they type there is kept."""

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from motcua.catalogue.eforms.queries import eforms

pytestmark = pytest.mark.django_db


def test_the_list_names_every_eform(controller: Client):
    page = controller.get(reverse("eforms")).text
    for eform in eforms():
        assert eform.title.vi in page


@pytest.mark.parametrize("eform", eforms(), ids=lambda one: one.code)
def test_every_page_opens_empty_and_filled_in_both_languages(controller: Client, eform):
    for language in ("vi", "en"):
        for number in range(1, len(eform.pages) + 1):
            for query in ("", "?filled=1"):
                address = reverse("eform-page", args=[eform.code, eform.number, number]) + query
                answer = controller.get(address, headers={"accept-language": language})
                assert answer.status_code == HTTPStatus.OK, address
        told = controller.get(reverse("eform-told", args=[eform.code, eform.number]))
        assert eform.title.vi in told.text or eform.title.en in told.text


def test_a_wrong_page_comes_back_with_a_summary_that_leads_to_each_question(controller: Client):
    address = reverse("eform-page", args=["birth-registration", 1, 2])
    answer = controller.post(address, {"eform-asked": "child_name child_birth_date", "child_birth_date": "mai"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert '<a href="#f-child_name">Ông/bà chưa điền “Họ, chữ đệm, tên của trẻ”.</a>' in answer.text
    assert 'href="#f-child_birth_date"' in answer.text
    assert 'value="mai"' in answer.text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_sentences_stay_at_their_questions_while_the_questions_follow_the_answers(controller: Client, language: str):
    """A script asks for the page anew when a deciding answer changes: what was found wrong is still wrong."""
    address, headers = reverse("eform-page", args=["house-permit", 1, 3]), {"accept-language": language}
    empty = controller.get(address, headers=headers)
    post = {"eform-asked": empty.context["page"].asked, "storeys.rows": "2", "footprint": "rộng"}
    faulty = controller.post(address, post, headers=headers)
    assert faulty.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    before = faulty.context["page"]
    assert len(before.summary) > 2
    again = controller.post(address, post | {"eform-faulted": before.faulted, "refresh": "1"}, headers=headers)
    assert again.status_code == HTTPStatus.OK, "a script takes nothing else"
    assert again.context["page"].summary == before.summary
    mended = post | {"eform-faulted": before.faulted, "refresh": "1", "footprint": "85,5"}
    left = [said for said in before.summary if said[0] != "f-footprint"]
    assert list(controller.post(address, mended, headers=headers).context["page"].summary) == left
    fresh = controller.post(address, post | {"refresh": "1"}, headers=headers).context["page"]
    assert fresh.summary == (), "what was not found wrong yet is not"


def test_a_row_that_goes_takes_its_sentences_along_and_a_new_one_has_none(controller: Client):
    address = reverse("eform-page", args=["house-permit", 1, 3])
    asked = controller.get(address).context["page"].asked
    areas = {"storeys.0.area": "x", "storeys.1.area": "50", "storeys.2.area": "y"}
    post = {"eform-asked": asked, "storeys.rows": "3", **areas}
    faulty = controller.post(address, post).context["page"]
    rows = [one for one in faulty.faulted.split() if one.startswith("/storeys/")]
    assert {one.split("/")[2] for one in rows if one.endswith("area")} == {"0", "2"}
    gone = controller.post(address, post | {"eform-faulted": faulty.faulted, "remove:storeys.0": "1"}).context["page"]
    assert [one for one in gone.faulted.split() if one.endswith("area")] == ["/storeys/1/area"]
    more = controller.post(address, post | {"eform-faulted": faulty.faulted, "add:storeys": "1"}).context["page"]
    assert more.faulted == faulty.faulted


def test_a_right_page_goes_on_to_the_next(controller: Client):
    eform = next(one for one in eforms() if one.code == "birth-registration")
    address = reverse("eform-page", args=[eform.code, eform.number, 5]) + "?filled=1"
    answer = controller.post(address, {"copies": "2", "truthful": "on"})
    assert answer.status_code == HTTPStatus.FOUND
    assert answer["Location"].startswith(reverse("eform-told", args=[eform.code, eform.number]))


def test_what_is_not_there_is_not_found(controller: Client):
    for args in (["birth-registration", 9, 1], ["birth-registration", 1, 9], ["nothing", 1, 1]):
        assert controller.get(reverse("eform-page", args=args)).status_code == HTTPStatus.NOT_FOUND
