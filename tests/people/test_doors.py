"""Every address, asked for by everybody: who gets the page, who is sent to log in, who is told no."""

import re
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from motcua.people.models import (
    Account,
)
from tests.architecture.test_addresses import addresses, is_library
from tests.cast import MRS_LAN
from tests.people.town import (
    ABSENT,
    EVERYBODY,
    MOVES,
    NEIGHBOUR,
    Town,
    outcome,
    own_pages,
    seen,
)


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_address_opens_only_to_whom_it_says(who: str, town: Town, db: None):
    pages = own_pages(town)
    assert len(pages) > 30
    wrong = {
        address: f"{what}, expected {expected}"
        for name, address, access in pages
        if (what := seen(town.clients[who], address)) != (expected := outcome(who, name, access, town))
    }
    assert not wrong, wrong


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_refusal_gives_nothing_away(who: str, town: Town, db: None):
    """Whoever is not let in learns neither the applicant nor that the dossier is there."""
    for name, address, access in own_pages(town):
        if outcome(who, name, access, town) in {"refused", "not found", "log in"}:
            answer = town.clients[who].get(address)
            assert MRS_LAN.full_name not in answer.text, (who, address)
            assert MRS_LAN.personal_id not in answer.text, (who, address)


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_page_of_a_library_breaks(who: str, town: Town, db: None):
    """allauth's pages guard themselves; here only: nobody gets a fault, and sign-up stays closed."""
    for route, view in addresses():
        if is_library(view):
            address = "/" + re.sub(r"\(\?P<\w+>[^)]*\)", "a", route.replace("^", "").replace("$", ""))
            if address == reverse("account_logout"):
                continue
            assert town.clients[who].get(address).status_code < 500, (who, address)


def test_sign_up_is_closed(town: Town, db: None):
    before = Account.objects.count()
    fields = {"username": "nguoi-la", "password1": "mat-khau-dai-qua", "password2": "mat-khau-dai-qua"}
    Client().post(reverse("account_signup"), fields)
    assert Account.objects.count() == before


@pytest.mark.parametrize("name", ["dossier", "dossier-reasons", "receipt", "return-result"])
def test_a_foreign_dossier_looks_exactly_like_a_missing_one(name: str, town: Town, db: None):
    client = town.clients[NEIGHBOUR]
    foreign = client.get(reverse(name, args=(town.dossier.code,)))
    missing = client.get(reverse(name, args=(ABSENT,)))
    assert foreign.status_code == missing.status_code == HTTPStatus.NOT_FOUND
    assert plain(foreign.text, town.dossier.code) == plain(missing.text, ABSENT)


@pytest.mark.parametrize("name", sorted(MOVES))
def test_a_foreign_dossier_cannot_be_moved(name: str, town: Town, db: None):
    step = town.dossier.steps.get(finished_at=None)
    fields = {"step": str(step.pk), "reason": "Trả lại", "note": ""}
    answers = [
        town.clients[NEIGHBOUR].post(reverse(name, args=(code,)), fields) for code in (town.dossier.code, ABSENT)
    ]
    assert [answer.status_code for answer in answers] == [HTTPStatus.NOT_FOUND] * 2
    assert plain(answers[0].text, town.dossier.code) == plain(answers[1].text, ABSENT)
    assert town.dossier.steps.get(finished_at=None).pk == step.pk


def plain(text: str, code: str) -> str:
    """A page without what differs on every request: its id, the clock, the token, the code asked for."""
    text = re.sub(r"\b[0-9a-f]{32}\b|[0-9a-f-]{36}", "·", text.replace(code, "·"))
    text = re.sub(r'(csrfmiddlewaretoken" value|csrf-token" content)="\w+"', "·", text)
    return re.sub(r"\d\d:\d\d", "·", text)


def test_a_move_is_never_made_by_a_link(town: Town, db: None):
    """GET on what changes something is refused, and nothing moves."""
    before = list(town.dossier.steps.values_list("pk", "official_id", "finished_at"))
    for name in MOVES:
        for who in EVERYBODY:
            town.clients[who].get(reverse(name, args=(town.dossier.code,)))
    assert list(town.dossier.steps.values_list("pk", "official_id", "finished_at")) == before


def test_a_press_after_the_session_ended_leads_back_to_the_page_and_not_into_a_wall(db: None):
    """What is only ever sent cannot be opened by a link; logging in again must not end there."""
    press, page = "/dossiers/H17.21-261122-0001/pass-on/", "/dossiers/H17.21-261122-0001/"
    client = Client()
    answer = client.post(press, headers={"referer": f"http://testserver{page}"})
    assert answer["Location"] == f"/accounts/login/?next={page}"
    for elsewhere in ("", "https://elsewhere.example/steal/"):
        answer = client.post(press, headers={"referer": elsewhere})
        assert answer["Location"] == f"/accounts/login/?next={reverse('start')}"
    assert client.get(page)["Location"] == f"/accounts/login/?next={page}"


def test_an_address_that_is_only_sent_leads_back_to_its_page(town: Town, db: None):
    """Enter in the address bar on what a button leads to: back to the page of the button, never an empty refusal."""
    page = reverse("dossier", args=(town.dossier.code,))
    leader = town.clients["lanhdao"]
    for name in ("take-step", "draft-apology"):
        answer = leader.get(reverse(name, args=(town.dossier.code,)))
        assert (name, answer.status_code, answer.headers.get("Location")) == (name, HTTPStatus.SEE_OTHER, page)


def test_what_is_only_read_refuses_a_press_in_words(db: None):
    answer = Client().post("/due-date/")
    assert answer.status_code == 405
    assert "Chưa có gì được ghi lại" in answer.text
