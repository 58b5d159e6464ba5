"""The pages around a result: attached by the records clerk, handed over, downloaded by its owner and nobody else."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.core.models import Event
from motcua.demo.office import PASSWORD
from motcua.documents.papers.issuing import issued_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.intake.models import Submission
from motcua.people.citizens.models import Citizen
from motcua.result.actions import return_result
from motcua.result.collection import Shows, attach_copy
from motcua.result.models import Delivery
from motcua.routing import actions
from tests.cast import BIRTH, Cast, open_step
from tests.documents.papers.sent import part, pdf
from tests.intake.online.conftest import citizen
from tests.intake.online.steps import ready
from tests.intake.online.test_troubles import EXTRACT
from tests.result.test_collection import LATER, ONLINE, POSTED, attached
from tests.result.test_return import finished

WRITTEN = {
    "kind": "electronic", "number": "12/TLKS", "issued_on": f"{timezone.localdate():%d/%m/%Y}", "validity": "for_good",
}  # fmt: skip


def at_work(name: str) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": name, "password": PASSWORD})
    return client


def opened_online(cast: Cast) -> Dossier:
    """A dossier whose result was opened for download."""
    dossier_id = finished(cast)
    attached(cast, dossier_id)
    return_result(dossier_id, recipient=ONLINE, by=cast.receiver, at=LATER)
    return Dossier.objects.get(pk=dossier_id)


def test_the_records_clerk_attaches_what_the_officer_reads(cast: Cast):
    dossier = Dossier.objects.get(pk=finished(cast))
    clerk, address = at_work("vanthu"), reverse("result-copy", args=(dossier.code,))
    refused = clerk.post(address, {"parts": part(b"hello", "a.txt"), **WRITTEN})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "không phải PDF hay ảnh" in refused.text
    assert 'value="12/TLKS"' in refused.text, "what was typed is not lost"
    assert clerk.post(address, {"parts": part(pdf(2), "ket-qua.pdf"), **WRITTEN})["Location"] == address
    assert "2 trang" in clerk.get(address).text
    read = at_work("thuly").get(reverse("result-paper", args=(dossier.code,)))
    assert b"".join(read.streaming_content) == pdf(2), "signed or not, not a byte is changed"
    assert at_work("thuly").get(address).status_code == HTTPStatus.FORBIDDEN


def test_the_holder_of_the_receipt_proves_himself_and_gets_the_paper(cast: Cast):
    dossier = opened_online(cast)
    page = Client().get(reverse("tracking-dossier", args=(dossier.code, dossier.tracking_token)))
    address = reverse("download-result", args=(dossier.code, dossier.tracking_token))
    assert address in page.text
    asked = Client().get(address)
    assert "bốn số cuối" in asked.text.lower()
    assert asked.headers["Referrer-Policy"] == "same-origin"
    assert Client().post(address, {"proof": "9999"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert Delivery.objects.get(dossier=dossier).collected_at is None
    paper = Client().post(address, {"proof": "1234"})
    assert b"".join(paper.streaming_content) == pdf()
    assert paper.headers["Content-Disposition"].startswith("attachment")
    assert (paper.headers["X-Content-Type-Options"], paper.headers["Cache-Control"]) == ("nosniff", "private, no-store")
    assert Delivery.objects.get(dossier=dossier).evidence == "download"
    told = Event.objects.get(subject_id=dossier.pk, kind="dossier.collected")
    assert "1234" not in str(told.after)
    for _again in range(8):
        assert Client().post(address, {"proof": "1234"}).status_code == HTTPStatus.OK, "what is right is not counted"
    for guess in range(4):
        Client().post(address, {"proof": f"000{guess}"})
    assert Client().post(address, {"proof": "1234"}).status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_before_it_is_handed_over_there_is_nothing_to_download(cast: Cast):
    dossier_id = finished(cast)
    attached(cast, dossier_id)
    dossier = Dossier.objects.get(pk=dossier_id)
    address = reverse("download-result", args=(dossier.code, dossier.tracking_token))
    assert Client().get(address).status_code == HTTPStatus.NOT_FOUND
    assert Client().post(address, {"proof": "1234"}).status_code == HTTPStatus.NOT_FOUND
    wrong = reverse("download-result", args=(dossier.code, "A" * 20))
    assert Client().get(wrong).status_code == HTTPStatus.NOT_FOUND


def test_the_desk_sends_by_post_and_notes_that_it_arrived(cast: Cast):
    dossier_id = finished(cast, at=timezone.now() - timedelta(minutes=30))
    dossier, desk = Dossier.objects.get(pk=dossier_id), at_work("tiepnhan")
    Dossier.objects.filter(pk=dossier_id).update(return_method="post", return_address="5 Hùng Vương, Đà Nẵng")
    page = desk.get(reverse("return-result", args=(dossier.code,)))
    assert "5 Hùng Vương, Đà Nẵng" in page.text
    sent = {"method": "post", "recipient_name": "Nguyễn Thị Lan", "carrier": "vnpost", "tracking_number": "EB1VN"}
    assert desk.post(reverse("return-result", args=(dossier.code,)), sent).status_code == HTTPStatus.FOUND
    citizens = Client().get(reverse("tracking-dossier", args=(dossier.code, dossier.tracking_token))).text
    assert "EB1VN" in citizens
    assert "Hùng Vương" not in citizens, "whoever finds the receipt learns no address"
    assert dossier.code in desk.get(reverse("results"), {"list": "sent"}).text
    arrived = reverse("note-arrived", args=(dossier.code,))
    assert desk.post(arrived, {"on": "31/12/2099", "evidence": "carrier"}).status_code == 422
    assert desk.post(arrived, {"on": "", "evidence": ""}).status_code == 422
    today = f"{timezone.localdate():%d/%m/%Y}"
    assert desk.post(arrived, {"on": today, "evidence": "carrier"}).status_code == HTTPStatus.FOUND
    assert dossier.code not in desk.get(reverse("results"), {"list": "sent"}).text
    assert "Bưu chính báo đã phát".lower() not in citizens.lower()
    assert desk.get(arrived).status_code == HTTPStatus.FOUND, "once"


def filed_and_finished(client: Client, cast: Cast, code: str = BIRTH) -> tuple[Dossier, Submission]:
    """Filed from home, worked through, its copy attached; not handed over yet."""
    draft = ready(client, code)
    client.post(reverse("draft-check", args=(draft.pk,)), {"return_method": "online"})
    filed = Submission.objects.get()
    at_work("tiepnhan").post(reverse("submission", args=(filed.number,)), {"answer": "accept"})
    dossier = Dossier.objects.get()
    hands = {"receiver": cast.receiver, "case_officer": cast.case_officer, "records_clerk": cast.records_clerk,
             "approver": cast.leader}  # fmt: skip
    while Dossier.objects.get(pk=dossier.pk).state != State.FINISHED:
        step, role, _unit = open_step(dossier.pk)
        (actions.approve if role == "approver" else actions.pass_on)(step, by=hands[role], at=timezone.now())
    shows = Shows("electronic", timezone.localdate())
    attach_copy(dossier.pk, [part(pdf(), "ket-qua.pdf")], shows=shows, by=cast.records_clerk, at=timezone.now())
    return dossier, filed


def test_the_holder_of_a_guests_key_proves_himself_too(cast: Cast):
    """The key lies in a browser for a month, perhaps in a shop's, and goes round with its link."""
    guest = Client()
    dossier, filed = filed_and_finished(guest, cast, EXTRACT)
    return_result(dossier.pk, recipient=ONLINE, by=cast.receiver, at=timezone.now())
    answer = guest.post(reverse("own-result", args=(filed.id,)))
    assert answer["Location"] == reverse("download-result", args=(dossier.code, dossier.tracking_token))
    assert Delivery.objects.get().collected_at is None
    assert Client().post(reverse("own-result", args=(filed.id,))).status_code == HTTPStatus.NOT_FOUND


def test_nobody_has_collected_what_the_store_has_lost(cast: Cast):
    dossier = opened_online(cast)
    default_storage.delete(issued_of([dossier.pk])[dossier.pk].stored.place)
    address = reverse("download-result", args=(dossier.code, dossier.tracking_token))
    with pytest.raises(FileNotFoundError):
        Client().post(address, {"proof": "1234"})
    assert Delivery.objects.get(dossier=dossier).collected_at is None


def test_who_filed_from_home_downloads_without_being_asked(cast: Cast):
    client, _who = citizen("0905123456", "Nguyễn Thị Lan", "001196012345")
    stranger, _other = citizen("0905999888", "Trần Thị Mai", "001196099999")
    dossier, filed = filed_and_finished(client, cast)
    address = reverse("own-result", args=(filed.id,))
    assert "Tải kết quả về" not in client.get(reverse("my-filings")).text
    assert client.post(address).status_code == HTTPStatus.NOT_FOUND
    return_result(dossier.pk, recipient=ONLINE, by=cast.receiver, at=timezone.now())
    assert address in client.get(reverse("my-filings")).text
    for nobody in (stranger, Client(), at_work("thuly")):
        assert nobody.post(address).status_code == HTTPStatus.NOT_FOUND
    assert Delivery.objects.get().collected_at is None
    assert b"".join(client.post(address).streaming_content) == pdf()
    told = Event.objects.get(subject_id=dossier.pk, kind="dossier.collected")
    assert told.actor_name == "Nguyễn Thị Lan"


def test_no_stranger_spends_the_tries_of_whom_it_belongs_to(cast: Cast):
    """Wrong guesses from many addresses end for everybody but him who filed it, with his account or a guest's key."""
    client, who = citizen("0905123456", "Nguyễn Thị Lan", "001196012345")
    dossier, _filed = filed_and_finished(client, cast)
    return_result(dossier.pk, recipient=ONLINE, by=cast.receiver, at=timezone.now())
    address = reverse("download-result", args=(dossier.code, dossier.tracking_token))
    for house in range(7):
        for guess in range(5):
            Client(REMOTE_ADDR=f"192.0.2.{house}").post(address, {"proof": f"9{house}{guess}9"})
    right = dossier.applicant_personal_id[-4:] or f"{dossier.applicant_birth_date:%d/%m/%Y}"
    shut = Client(REMOTE_ADDR="198.51.100.1").post(address, {"proof": right})
    assert shut.status_code == HTTPStatus.TOO_MANY_REQUESTS, "thirty wrong ones of a day, from wherever"
    assert "Đã thử sai quá nhiều lần" in shut.text
    assert client.post(address, {"proof": right}).status_code == HTTPStatus.OK
    identified, her = citizen("0905777888", "Nguyễn Thị Lan", dossier.applicant_personal_id)
    assert identified.post(address, {"proof": right}).status_code == HTTPStatus.TOO_MANY_REQUESTS, "only typed"
    Citizen.objects.filter(pk=who.pk).update(personal_id="")
    Citizen.objects.filter(pk=her.pk).update(level="identified", subject="lan", identified_at=timezone.now())
    assert identified.post(address, {"proof": right}).status_code == HTTPStatus.OK
    for guess in range(5):
        identified.post(address, {"proof": f"000{guess}"})
    assert identified.post(address, {"proof": right}).status_code == HTTPStatus.TOO_MANY_REQUESTS, "his own are few too"
    assert client.post(address, {"proof": right}).status_code == HTTPStatus.OK


def test_one_address_guesses_at_few_dossiers_and_other_pages_stay_open(cast: Cast):
    dossier = opened_online(cast)
    address = reverse("download-result", args=(dossier.code, dossier.tracking_token))
    for _opening in range(120):
        Client().get(address)
    assert Client().get(address).status_code == HTTPStatus.TOO_MANY_REQUESTS
    tracking = reverse("tracking-dossier", args=(dossier.code, dossier.tracking_token))
    assert Client().get(tracking).status_code == HTTPStatus.OK, "another page, another book"
    assert Client().get(f"{tracking}looks/").status_code == HTTPStatus.OK


def test_a_posted_result_is_not_collected_by_reading_its_copy(cast: Cast):
    dossier_id = finished(cast)
    attached(cast, dossier_id)
    return_result(dossier_id, recipient=POSTED, by=cast.receiver, at=LATER)
    dossier = Dossier.objects.get(pk=dossier_id)
    address = reverse("download-result", args=(dossier.code, dossier.tracking_token))
    assert b"".join(Client().post(address, {"proof": "05/09/1984"}).streaming_content) == pdf()
    assert Delivery.objects.get(dossier=dossier).collected_at is None


def test_what_the_desk_typed_stays_when_there_is_nothing_to_download(cast: Cast):
    dossier = Dossier.objects.get(pk=finished(cast, at=timezone.now() - timedelta(minutes=30)))
    sent = {"method": "online", "recipient_name": "Nguyễn Thị Lan Anh"}
    answer = at_work("tiepnhan").post(reverse("return-result", args=(dossier.code,)), sent)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Chưa có bản điện tử để tải về" in answer.text
    assert "Nguyễn Thị Lan Anh" in answer.text
    assert Dossier.objects.get(pk=dossier.pk).state == State.FINISHED


def test_what_was_opened_for_download_has_no_letter_that_arrives(cast: Cast):
    dossier = opened_online(cast)
    arrived = reverse("note-arrived", args=(dossier.code,))
    assert at_work("tiepnhan").get(arrived)["Location"] == reverse("dossier", args=(dossier.code,))
    assert Delivery.objects.get(dossier=dossier).collected_at is None
