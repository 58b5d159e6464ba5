"""Larger letters and stronger contrast: chosen by a form, kept in a cookie, on every public page."""

import pytest
from django.test import Client

from motcua.core.look import LOOK_COOKIE

pytestmark = pytest.mark.django_db


def test_what_is_chosen_stays_and_the_other_choice_with_it():
    client = Client()
    assert client.post("/look/", {"size": "large", "next": "/tracking/"})["Location"] == "/tracking/"
    client.post("/look/", {"contrast": "high", "next": "/"})
    assert 'class="text-large contrast-high"' in client.get("/tracking/").text
    client.post("/look/", {"size": "normal", "next": "/"})
    assert 'class="contrast-high"' in client.get("/").text


def test_nothing_chosen_leaves_the_page_as_it_is():
    page = Client().get("/").text
    assert '<html lang="vi">' in page
    assert 'action="/look/"' in page


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "", "javascript:alert(1)", "a",
                                  "0", "home", "http://testserver/tracking/"])  # fmt: skip
def test_it_never_leads_elsewhere(back: str):
    assert Client().post("/look/", {"size": "large", "next": back})["Location"] == "/"


@pytest.mark.parametrize("said", ["huge.high", "<b>.x", "large", "..", "normal.normal"])
def test_a_cookie_may_say_anything(said: str):
    client = Client()
    client.cookies[LOOK_COOKIE] = said
    assert client.get("/").status_code == 200
    assert client.post("/look/", {"size": "huge"}).status_code == 302
    assert client.get("/look/").status_code in (303, 405)
