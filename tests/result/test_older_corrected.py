"""A line of the register put right: what stood there stays in the log, what was checked is checked again."""

from dataclasses import replace
from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from motcua.core.models import Event
from motcua.core.record.sealing import seal
from motcua.people.models import Agency
from motcua.result.models import OlderResult
from motcua.result.older.actions import OlderFacts, OlderRefused, StaleOlder, check, correct_older
from motcua.result.older.states import OlderState
from tests.cast import MONDAY, Cast, minutes_later
from tests.result.test_older import BIRTH_PAPER, LAND, _witness, listed, scanned
from tests.result.test_result_pages import at_work
from tests.routing.test_record_every_act import astray, named

__all__ = ["_witness"]

WHY = "Gõ nhầm số, đối chiếu sổ gốc năm 2009"
RIGHT = replace(BIRTH_PAPER, number="121/2009", holder_name="Lê Thị Bưởi Hồng")


def corrected(cast: Cast, older: OlderResult, facts: OlderFacts = RIGHT, **more: object) -> OlderResult:
    told = {"seen": OlderFacts.of(OlderResult.objects.get(pk=older.pk)).mark, "why": WHY, "by": cast.receiver,
            "at": minutes_later(MONDAY, 30)} | more  # fmt: skip
    return correct_older(older.id, facts, **told)


def test_the_log_keeps_what_stood_there_and_no_row_is_astray(cast: Cast):
    older = listed(cast)
    seal()
    corrected(cast, older)
    kept = OlderResult.objects.get()
    assert OlderFacts.of(kept) == RIGHT
    assert kept.state == OlderState.LISTED
    told = Event.objects.get(kind="older.corrected")
    assert told.before == {"state": "listed", "number": "112/2009", "holder_name": "Lê Thị Bưởi"}
    assert told.after == {"state": "listed", "reason": WHY, "number": "121/2009", "holder_name": "Lê Thị Bưởi Hồng"}
    seal()
    assert (astray(), named()) == ([], set())


def test_what_was_checked_is_checked_again_and_not_by_who_corrected_it(cast: Cast):
    older = listed(cast)
    copy = scanned(cast, older)
    check(older.id, copy_id=copy, by=cast.receiver, at=minutes_later(MONDAY, 5))
    corrected(cast, older)
    kept = OlderResult.objects.get()
    assert (kept.state, kept.decided_by_id, kept.decided_at) == (OlderState.DIGITIZED, None, None)
    with pytest.raises(OlderRefused, match="Ông/bà đã sửa dòng này"):
        check(older.id, copy_id=copy, by=cast.receiver, at=minutes_later(MONDAY, 40))
    assert OlderResult.objects.get().state == OlderState.DIGITIZED


def test_a_scan_made_after_the_correction_is_checked_by_who_corrected(cast: Cast):
    older = listed(cast)
    corrected(cast, older, at=MONDAY - timedelta(minutes=1))
    copy = scanned(cast, older)
    check(older.id, copy_id=copy, by=cast.receiver, at=minutes_later(MONDAY, 40))
    assert OlderResult.objects.get().state == OlderState.CHECKED


@pytest.mark.parametrize(("facts", "why", "sentence"), [
    (RIGHT, " x ", "vì sao sửa"),
    (BIRTH_PAPER, WHY, "chưa sửa gì"),
    (replace(RIGHT, issued_on=localdate() + timedelta(days=1)), WHY, ""),
    (replace(RIGHT, valid_until=date(2001, 1, 1)), WHY, ""),
    (LAND, WHY, "một kết quả khác"),
])  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_changes(cast: Cast, facts: OlderFacts, why: str, sentence: str):
    older, _other = listed(cast), listed(cast, LAND)
    with pytest.raises(OlderRefused, match=sentence):
        corrected(cast, older, facts, why=why)
    assert OlderFacts.of(OlderResult.objects.get(pk=older.pk)) == BIRTH_PAPER
    assert not Event.objects.filter(kind="older.corrected").exists()


def test_nobody_writes_over_what_he_did_not_see(cast: Cast):
    older = listed(cast)
    before = OlderFacts.of(older).mark
    corrected(cast, older)
    with pytest.raises(StaleOlder):
        corrected(cast, older, replace(RIGHT, title="Giấy khai tử"), seen=before)


def test_another_agencys_is_nobodys(cast: Cast):
    older = listed(cast)
    elsewhere = Agency.objects.exclude(pk=older.agency_id)[0]
    OlderResult.objects.filter(pk=older.pk).update(agency_id=elsewhere.pk)
    with pytest.raises(StaleOlder):
        corrected(cast, older)
    assert at_work("tiepnhan").get(reverse("correct-older", args=[older.id])).status_code == HTTPStatus.NOT_FOUND


def test_the_page_shows_what_stands_and_keeps_what_was_typed(cast: Cast):
    older = listed(cast, LAND)
    client, address = at_work("tiepnhan"), reverse("correct-older", args=[older.id])
    page = client.get(address)
    assert address in client.get(reverse("older-result", args=[older.id])).text
    form = page.context["form"]
    said = {name: form[name].value() or "" for name in form.fields} | {
        "issued_on": "02/03/2021", "valid_until": "01/03/2031", "seen": page.context["seen"],
    }  # fmt: skip
    assert said["holder_name"] == LAND.holder_name
    again = client.post(address, said | {"holder_name": "Công ty Ánh Trăng"})
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY, "without a reason"
    assert "Công ty Ánh Trăng" in again.text
    done = client.post(address, said | {"holder_name": "Công ty Ánh Trăng", "why": WHY})
    assert done.status_code == HTTPStatus.FOUND
    stale = client.post(address, said | {"number": "46/GPXD", "why": WHY})
    assert stale.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Người khác vừa sửa dòng này" in stale.text
    assert OlderResult.objects.get().holder_name == "Công ty Ánh Trăng"
