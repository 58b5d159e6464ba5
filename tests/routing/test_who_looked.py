"""Every opening is told to the log once in a quarter of an hour; the citizen who proves himself reads who looked."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from motcua.core.models import Event, Throttle
from motcua.dossiers.access import dossier_for
from motcua.intake.submissions import submit
from motcua.people.models import Look
from tests.cast import BIRTH, MONDAY, MRS_LAN, Cast, filing, offered, police_officer, received
from tests.routing.lives import Life, asked, at_officer


def log_in(client, username: str):
    assert client.post("/accounts/login/", {"login": username, "password": "motcua-trinh-dien"}).status_code == 302
    return client


def looks(life: Life) -> list[Event]:
    return list(Event.objects.filter(subject_id=life.id, kind="dossier.viewed").order_by("sequence"))


@pytest.fixture
def life(cast: Cast) -> Life:
    cache.clear()
    Throttle.objects.all().delete()
    return at_officer(cast)


def test_opening_a_dossier_is_an_event_with_the_step_in_hand(client, life: Life):
    log_in(client, "thuly").get(f"/dossiers/{life.row.code}/")
    (told,) = looks(life)
    assert told.actor_id == life.cast.case_officer.account_id
    assert told.agency_id == life.row.agency_id
    assert told.after["task"] == "duty"
    assert told.after["role"] == "case_officer"
    assert told.after["step"]
    assert "Tân Thạnh" in told.after["desk"]


def test_who_holds_no_step_of_it_looked_it_up(client, life: Life):
    log_in(client, "vanthu").get(f"/dossiers/{life.row.code}/")
    assert [told.after["task"] for told in looks(life)] == ["lookup"]


def test_a_quarter_of_an_hour_is_one_look_whatever_is_opened(client, life: Life):
    log_in(client, "thuly")
    for address in ("", "reasons/", "receipt.pdf", "control-sheet.pdf", "", "detours/withdraw/"):
        client.get(f"/dossiers/{life.row.code}/{address}")
    assert len(looks(life)) == 1
    Look.objects.filter(subject_id=life.id).update(looked_at=timezone.now() - timedelta(minutes=16))
    client.get(f"/dossiers/{life.row.code}/receipt.pdf")
    assert len(looks(life)) == 2


@pytest.mark.parametrize("address", ["reasons/", "receipt.pdf", "control-sheet.pdf", "detours/withdraw/"])
def test_each_page_and_print_alone_is_a_look(client, life: Life, address: str):
    assert log_in(client, "tiepnhan").get(f"/dossiers/{life.row.code}/{address}").status_code in (200, 302)
    assert len(looks(life)) == 1


def test_the_slip_of_what_was_asked_for_is_a_look(client, cast: Cast):
    life = asked(cast)
    log_in(client, "vanthu").get(f"/dossiers/{life.row.code}/supplement-request.pdf")
    assert len(looks(life)) == 1


def test_a_search_that_names_somebody_is_a_look_at_each(client, life: Life):
    other = Life(received(BIRTH, life.cast).id, life.cast)
    log_in(client, "vanthu")
    client.post("/dossiers/", {"q": "Võ Đình Quang"})
    assert [told.after["task"] for told in looks(life)] == ["search"]
    assert not looks(other)
    client.post("/dossiers/", {"q": "0905"})
    assert not looks(other)


def test_the_register_is_a_look_at_each_row(client, life: Life):
    log_in(client, "vanthu").get("/register/?from=2026-11-01&to=2026-11-30")
    assert [told.after["task"] for told in looks(life)] == ["register"]


def test_the_days_own_work_is_not_a_look(client, life: Life):
    log_in(client, "thuly").get("/worklist/")
    assert not looks(life)


def test_a_stranger_who_is_told_no_has_not_looked(client, life: Life):
    assert client.get(f"/dossiers/{life.row.code}/").status_code == 302
    log_in(client, "quantri")
    assert client.get(f"/dossiers/{life.row.code}/").status_code == 403
    assert not looks(life)


def test_looks_stand_in_no_story_of_the_dossier(client, life: Life):
    log_in(client, "thuly")
    client.get(f"/dossiers/{life.row.code}/")
    assert "viewed" not in client.get(f"/dossiers/{life.row.code}/").content.decode()


def proof(client, life: Life, text: str):
    return client.post(f"/tracking/{life.row.code}/{life.row.tracking_token}/looks/", {"proof": text})


@pytest.mark.parametrize("text", ["4321", " 4321 ", "01/02/1975", "1975-02-01"])
def test_the_applicant_proves_himself_and_reads_who_looked(client, life: Life, text: str):
    dossier_for(life.cast.case_officer, life.row.code)
    dossier_for(police_officer(), life.row.code)
    page = proof(client, life, text)
    assert page.status_code == 200
    words = page.content.decode()
    assert life.cast.case_officer.name in words
    assert "đang chờ việc của người này" in words
    assert "không giữ bước nào" in words
    assert words.index(police_officer().name) < words.index(life.cast.case_officer.name)


@pytest.mark.parametrize("text", ["4320", "43210", "02/02/1975", "không", "", "٤٣٢١"])
def test_a_wrong_proof_shows_nobody(client, life: Life, text: str):
    dossier_for(life.cast.case_officer, life.row.code)
    page = proof(client, life, text)
    assert page.status_code == 422
    assert life.cast.case_officer.name not in page.content.decode()


def test_guessing_is_cut_off_also_for_the_right_digits(client, life: Life):
    for guess in range(5):
        assert proof(client, life, f"{guess:04d}").status_code == 422
    refused = proof(client, life, "4321")
    assert refused.status_code == 429
    assert "Đã thử sai quá nhiều lần" in refused.content.decode()


def test_reading_through_the_api_with_the_key_is_a_look(client, life: Life):
    address = f"/api/v1/dossiers/{life.row.code}"
    client.get(address)
    client.get(f"{address}?token={'A' * 20}")
    assert not looks(life)
    for _ in range(2):
        assert client.get(f"{address}?token={life.row.tracking_token}").status_code == 200
    assert [(told.after["task"], told.actor_id) for told in looks(life)] == [("key", None)]
    assert "API bằng khóa tra cứu" in proof(client, life, "4321").content.decode()


def test_without_the_key_there_is_no_such_page(client, life: Life):
    assert client.get(f"/tracking/{life.row.code}/{'A' * 20}/looks/").status_code == 404


def test_the_tracking_page_says_where_to_see_it(client, life: Life):
    page = client.get(f"/tracking/{life.row.code}/{life.row.tracking_token}/").content.decode()
    assert f"/tracking/{life.row.code}/{life.row.tracking_token}/looks/" in page


def test_who_named_nothing_cannot_prove_himself(client, life: Life):
    row = life.row
    row.applicant_personal_id, row.applicant_birth_date = "", None
    row.save()
    page = client.get(f"/tracking/{row.code}/{row.tracking_token}/looks/").content.decode()
    assert "Bộ phận Một cửa" in page
    assert 'name="proof"' not in page
    assert proof(client, life, "0000").status_code == 422


def test_what_was_seen_of_the_filing_counts_for_its_dossier(client, cast: Cast, life: Life):
    by = cast.receiver
    sent = submit(filing(BIRTH, MRS_LAN, by, channel="post", papers=()), offered=offered(BIRTH, by), desk=by,
                  by=by.actor, at=MONDAY, registered_by=by.id)  # fmt: skip
    log_in(client, "tiepnhan").get(f"/submissions/{sent.number}/")
    assert Event.objects.get(subject_id=sent.id, kind="submission.viewed").after["task"] == "desk"
    page = client.post(f"/tracking/{sent.number}/{sent.tracking_token}/looks/", {"proof": "1234"}).content.decode()
    assert by.name in page
