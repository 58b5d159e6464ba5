"""The copy of a result, and whether the result arrived: what is written, by whom, and that it happens once."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from motcua.core.events import Actor
from motcua.core.models import Event
from motcua.documents.models import IssuedPaper
from motcua.documents.papers.issuing import issued_of
from motcua.documents.papers.keeping import sweep_stored
from motcua.documents.papers.refusals import PaperRefused
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import StaleMove, State
from motcua.result.actions import return_result
from motcua.result.collection import (
    Arrived,
    CopyRefused,
    NotCollected,
    Shows,
    attach_copy,
    note_arrival,
    note_download,
)
from motcua.result.models import Delivery, Result
from motcua.result.queries import handed_over, sent_results, waiting_results
from motcua.routing.actions.detours import reopen
from tests.cast import BIRTH, MONDAY, Cast, minutes_later, received
from tests.documents.papers.sent import part, pdf
from tests.result.test_return import MRS_LAN, finished

LATER = minutes_later(MONDAY, 60)
POSTED = replace(MRS_LAN, method="post", confirmed=False, carrier="vnpost", tracking_number="EB123456789VN")
ONLINE = replace(MRS_LAN, method="online", confirmed=False)
CITIZEN = Actor(None, "Nguyễn Thị Lan")


SHOWS = Shows("electronic", localdate(MONDAY), "12/TLKS", localdate(MONDAY) + timedelta(days=365))


def attached(cast: Cast, dossier_id: UUID, pages: int = 1) -> UUID:
    """A copy of so many pages, in place of the one that stands."""
    standing = issued_of([dossier_id]).get(dossier_id)
    return attach_copy(
        dossier_id, [part(pdf(pages), "ket-qua.pdf")], shows=SHOWS, by=cast.records_clerk, at=LATER,
        replaces=standing.id if standing else None,
    )  # fmt: skip


def kinds(dossier_id: UUID) -> list[str]:
    return list(Event.objects.filter(subject_id=dossier_id).order_by("sequence").values_list("kind", flat=True))


def test_a_copy_is_kept_byte_for_byte_and_replaced_until_it_left(cast: Cast):
    dossier_id = finished(cast)
    attached(cast, dossier_id)
    first = issued_of([dossier_id])[dossier_id]
    attached(cast, dossier_id, pages=2)
    second = issued_of([dossier_id])[dossier_id]
    assert (first.stored.pages, second.stored.pages) == (1, 2)
    assert second.name.startswith(Result.objects.get(dossier_id=dossier_id).code)
    assert kinds(dossier_id)[-2:] == ["dossier.result_attached"] * 2
    assert not sweep_stored(second.stored_id), "what was given out does not go"
    return_result(dossier_id, recipient=ONLINE, by=cast.receiver, at=LATER)
    with pytest.raises(CopyRefused, match="mở lại hồ sơ"):
        attached(cast, dossier_id, pages=3)
    assert issued_of([dossier_id])[dossier_id] == second


def test_a_returned_result_without_a_copy_gets_one_afterwards(cast: Cast):
    """A paper given at the desk is scanned the next day."""
    dossier_id = finished(cast)
    return_result(dossier_id, recipient=MRS_LAN, by=cast.receiver, at=LATER)
    attached(cast, dossier_id)
    assert dossier_id in issued_of([dossier_id])


def test_nothing_is_attached_before_the_approval_or_by_another_office(cast: Cast):
    young = received(BIRTH, cast).id
    with pytest.raises(CopyRefused, match="Chưa có kết quả"):
        attached(cast, young)
    dossier_id = finished(cast)
    stranger = replace(cast.records_clerk, agency_id=UUID(int=1))
    with pytest.raises(CopyRefused):
        attach_copy(dossier_id, [part(pdf(), "a.pdf")], shows=SHOWS, by=stranger, at=LATER)
    with pytest.raises(PaperRefused):
        attach_copy(dossier_id, [part(b"<svg onload=alert(1)>", "a.svg")], shows=SHOWS, by=cast.records_clerk, at=LATER)
    assert not IssuedPaper.objects.exists()


def test_a_reopened_dossier_takes_its_copy_back(cast: Cast):
    dossier_id = finished(cast)
    attached(cast, dossier_id)
    return_result(dossier_id, recipient=ONLINE, by=cast.receiver, at=LATER)
    reopen(dossier_id, reason="Sai họ tên", by=cast.leader, at=minutes_later(LATER, 5))
    assert issued_of([dossier_id]) == {}


def test_the_first_download_is_the_collection(cast: Cast):
    dossier_id = finished(cast)
    attached(cast, dossier_id)
    return_result(dossier_id, recipient=ONLINE, by=cast.receiver, at=LATER)
    assert Dossier.objects.get(pk=dossier_id).state == State.RETURNED, "returned is when the office opened it"
    assert [row.code for row in sent_results(cast.receiver)] == [Dossier.objects.get(pk=dossier_id).code]
    first = minutes_later(LATER, 10)
    assert note_download(dossier_id, by=CITIZEN, at=first)
    assert not note_download(dossier_id, by=CITIZEN, at=minutes_later(LATER, 20))
    kept = Delivery.objects.get(dossier_id=dossier_id)
    assert (kept.collected_at, kept.evidence, kept.confirmed, kept.collection_noted_by) == (
        first, "download", True, None,
    )  # fmt: skip
    assert kinds(dossier_id).count("dossier.collected") == 1
    assert not sent_results(cast.receiver)


def test_what_went_by_post_arrives_once_and_on_a_day_that_can_be(cast: Cast):
    dossier_id = finished(cast)
    return_result(dossier_id, recipient=POSTED, by=cast.receiver, at=LATER)
    assert Event.objects.get(subject_id=dossier_id, kind="dossier.returned").after["tracking_number"] == "EB123456789VN"
    assert not note_download(dossier_id, by=CITIZEN, at=LATER), "a copy read at home is not the letter"
    left = handed_over(dossier_id)
    assert left is not None
    assert (left.carrier.startswith("Bưu điện Việt Nam"), "EB123456789VN" in left.follow) == (True, True)
    days_later = LATER + timedelta(days=3)
    for day in (localdate(LATER) - timedelta(days=1), localdate(days_later) + timedelta(days=1)):
        with pytest.raises(NotCollected, match="Ngày nhận"):
            note_arrival(dossier_id, Arrived(day, "carrier"), by=cast.receiver, at=days_later)
    note_arrival(dossier_id, Arrived(localdate(LATER), "signed_slip"), by=cast.receiver, at=days_later)
    kept = Delivery.objects.get(dossier_id=dossier_id)
    assert kept.collected_at is not None
    assert localdate(kept.collected_at) == localdate(LATER)
    assert kept.collected_at >= kept.returned_at
    with pytest.raises(StaleMove):
        note_arrival(dossier_id, Arrived(localdate(LATER), "carrier"), by=cast.receiver, at=days_later)
    assert kinds(dossier_id).count("dossier.collected") == 1


def test_at_the_desk_it_is_collected_at_once(cast: Cast):
    dossier_id = finished(cast)
    return_result(dossier_id, recipient=replace(MRS_LAN, shown="id_card"), by=cast.receiver, at=LATER)
    kept = Delivery.objects.get(dossier_id=dossier_id)
    assert (kept.collected_at, kept.evidence, kept.shown) == (LATER, "at_desk", "id_card")
    with pytest.raises(StaleMove):
        note_arrival(dossier_id, Arrived(localdate(LATER), "carrier"), by=cast.receiver, at=LATER)


def test_the_list_says_how_long_a_result_waits(cast: Cast):
    finished(cast)
    row = next(row for row in waiting_results(cast.receiver))
    assert replace(row, finished_at=timezone.now() - timedelta(days=12)).days_waiting() == 12
