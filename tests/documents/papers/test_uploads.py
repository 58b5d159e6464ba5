"""A part sent piece by piece: goes on where it broke off, becomes one paper once, and is nobody else's."""

import base64
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from motcua.documents.models import Paper, Upload
from motcua.documents.papers import access
from motcua.documents.papers.access import Owner, owners_by
from motcua.documents.papers.uploads import receive_piece, sweep_uploads
from tests.documents.papers.conftest import GUEST_OF_A_DRAFT, LAN, BenchTaken
from tests.documents.papers.sent import encoded, pdf, picture

pytestmark = pytest.mark.django_db
PHOTO = encoded(picture())
OWNERS = {"lan": LAN, "guest": GUEST_OF_A_DRAFT}
PIECE = "application/offset+octet-stream"


@pytest.fixture(autouse=True)
def who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose papers a request is about stands in a header."""
    monkeypatch.setattr(access, "_finders", [])

    def finder(request) -> Owner | None:
        return OWNERS.get(request.headers.get("Who", ""))

    owners_by(finder)


class Sender:
    """Whoever sends, as `papers.js` and other programs do."""

    def __init__(self, who: str) -> None:
        self.client, self.who = Client(), who

    def ask(self, method: str, address: str, body: bytes = b"", **headers: str):
        headers |= {"Tus-Resumable": "1.0.0", "Who": self.who}
        said = {"CONTENT_TYPE": PIECE, "CONTENT_LENGTH": str(len(body))}
        return self.client.generic(method, address, body, headers=headers, **said)

    def begin(self, length: int = len(PHOTO), **told: str):
        pairs = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in told.items())
        return self.ask("POST", reverse("uploads"), **{"Upload-Length": str(length), "Upload-Metadata": pairs})

    def piece(self, address: str, offset: int, body: bytes):
        return self.ask("PATCH", address, body, **{"Upload-Offset": str(offset)})


@pytest.fixture
def lan() -> Sender:
    return Sender("lan")


def pieces_kept(storage: Path) -> int:
    return len([path for path in (storage / "uploads").rglob("*") if path.is_file()])


def test_pieces_become_one_paper(lan: Sender, storage: Path, django_capture_on_commit_callbacks):
    begun = lan.begin(filename="IMG_1.jpg", name="Giấy chứng sinh")
    assert begun.status_code == 201
    address = begun["Location"]
    first = lan.piece(address, 0, PHOTO[:4000])
    assert (first.status_code, first["Upload-Offset"], first.has_header("Motcua-Paper")) == (204, "4000", False)
    with django_capture_on_commit_callbacks(execute=True):
        last = lan.piece(address, 4000, PHOTO[4000:])
    paper = Paper.objects.get()
    assert (paper.name, paper.citizen_id, last["Motcua-Paper"]) == ("Giấy chứng sinh", LAN.citizen_id, str(paper.pk))
    assert pieces_kept(storage) == 0


def test_after_a_break_one_asks_how_far_it_came(lan: Sender):
    address = lan.begin()["Location"]
    lan.piece(address, 0, PHOTO[:3000])
    known = lan.ask("HEAD", address)
    assert (known["Upload-Offset"], known["Upload-Length"]) == ("3000", str(len(PHOTO)))
    assert "no-store" in known["Cache-Control"]


@pytest.mark.parametrize("offset", [0, 2999, 3001, len(PHOTO)])
def test_a_piece_that_does_not_follow_is_not_taken(lan: Sender, offset: int):
    address = lan.begin()["Location"]
    lan.piece(address, 0, PHOTO[:3000])
    wrong = lan.piece(address, offset, PHOTO[3000:])
    assert (wrong.status_code, wrong["Upload-Offset"]) == (409, "3000")
    assert Upload.objects.get().arrived == 3000


def test_a_finished_upload_sent_again_is_the_same_paper(lan: Sender):
    address = lan.begin()["Location"]
    first = lan.piece(address, 0, PHOTO)
    assert lan.piece(address, 0, PHOTO).status_code == 409
    again = lan.piece(address, len(PHOTO), b"")
    assert again["Motcua-Paper"] == first["Motcua-Paper"]
    assert lan.ask("HEAD", address)["Motcua-Paper"] == first["Motcua-Paper"]
    assert Paper.objects.count() == 1


def test_a_place_of_five_thousand_digits_is_none(lan: Sender):
    address = lan.begin()["Location"]
    assert lan.ask("PATCH", address, b"x", **{"Upload-Offset": "9" * 5000}).status_code == 400


def test_what_is_longer_than_said_is_cut_where_it_was_said_to_end(lan: Sender):
    address = lan.begin()["Location"]
    assert lan.piece(address, 0, PHOTO + bytes(100_000))["Upload-Offset"] == str(len(PHOTO))
    assert Paper.objects.count() == 1


@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE"])
@pytest.mark.parametrize("who", ["guest", "nobody"])
def test_another_persons_upload_is_not_there(lan: Sender, method: str, who: str):
    address = lan.begin()["Location"]
    assert Sender(who).ask(method, address, b"x", **{"Upload-Offset": "0"}).status_code == 404
    assert Upload.objects.get().arrived == 0


def test_nobody_begins_without_a_store_of_his_own():
    assert Sender("nobody").begin().status_code == 404


def test_pages_go_behind_ones_own_paper_only(lan: Sender):
    lan.piece(lan.begin()["Location"], 0, PHOTO)
    paper = Paper.objects.get()
    assert Sender("guest").begin(extends=str(paper.pk)).status_code == 404
    lan.piece(lan.begin(len(pdf(2)), extends=str(paper.pk))["Location"], 0, pdf(2))
    assert Paper.objects.get().stored.pages == 3


def test_too_large_is_said_before_a_byte_is_sent(lan: Sender):
    answer = lan.begin(200 << 20, filename="phim.jpg")
    assert (answer.status_code, "“phim.jpg”: lớn hơn 20 MB" in answer.text) == (413, True)
    assert not Upload.objects.exists()


def test_what_turns_out_to_be_no_paper_is_gone_with_its_sentence(lan: Sender, storage: Path):
    page = b"<!DOCTYPE html>" + bytes(500)
    answer = lan.piece(lan.begin(len(page), filename="../../x.pdf")["Location"], 0, page)
    assert (answer.status_code, answer.text.startswith("Chưa nhận “x.pdf”: đây là trang web")) == (422, True)
    assert (Upload.objects.count(), Paper.objects.count(), pieces_kept(storage)) == (0, 0, 0)


def test_a_broken_line_keeps_what_came(lan: Sender, at):
    begun = UUID(lan.begin()["Location"].split("/")[-2])
    moved = receive_piece(begun, Breaking(PHOTO[:2500]), offset=0, owner=LAN, at=at)
    assert moved.arrived == Upload.objects.get().arrived == 2500


class Breaking:
    """A line that gives this much and then breaks."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def read(self, size: int) -> bytes:
        if not self.content:
            raise OSError("the line broke")
        piece, self.content = self.content[:size], self.content[size:]
        return piece


def test_what_nobody_goes_on_sending_is_given_up(lan: Sender, storage: Path, at):
    address = lan.begin()["Location"]
    lan.piece(address, 0, PHOTO[:3000])
    assert sweep_uploads(at + timedelta(hours=23)) == 0
    assert sweep_uploads(at + timedelta(hours=25)) == 1
    assert pieces_kept(storage) == 0
    assert lan.ask("HEAD", address).status_code == 404


def test_it_is_given_up_when_asked(lan: Sender, storage: Path):
    address = lan.begin()["Location"]
    lan.piece(address, 0, PHOTO[:3000])
    assert lan.ask("DELETE", address).status_code == 204
    assert (Upload.objects.count(), pieces_kept(storage)) == (0, 0)


def test_a_program_is_told_what_is_spoken(lan: Sender):
    told = lan.ask("OPTIONS", reverse("uploads"))
    assert (told["Tus-Version"], told["Tus-Max-Size"]) == ("1.0.0", str(20 << 20))


@pytest.mark.parametrize(
    "spoil", [{"Upload-Length": "-1"}, {"Upload-Length": "½"}, {"Upload-Length": ""}, {"Tus-Resumable": "0.9"}]
)
def test_what_is_not_the_protocol_is_refused(lan: Sender, spoil: dict[str, str]):
    headers = {"Upload-Length": "10", "Tus-Resumable": "1.0.0", "Who": "lan"} | spoil
    assert Client().post(reverse("uploads"), headers=headers).status_code in (400, 412)
    assert not Upload.objects.exists()


def test_with_every_bench_taken_nothing_is_lost_and_asking_again_makes_the_paper(lan: Sender, bench_taken: BenchTaken):
    address = lan.begin(filename="a.jpg")["Location"]
    with bench_taken():
        turned_away = lan.piece(address, 0, PHOTO)
        assert (turned_away.status_code, Upload.objects.get().arrived) == (503, len(PHOTO))
        assert "gửi lại sau một phút" in turned_away.text
    made = lan.piece(address, len(PHOTO), b"")
    assert (made.status_code, made["Motcua-Paper"]) == (204, str(Paper.objects.get().pk))


def test_what_is_half_sent_takes_room_too(monkeypatch: pytest.MonkeyPatch):
    guest = Sender("guest")
    monkeypatch.setattr("motcua.documents.papers.limits.Limits.guest_megabytes", 1, raising=False)
    assert guest.begin(600_000, filename="a.jpg").status_code == 201
    refused = guest.begin(600_000, filename="b.jpg")
    assert (refused.status_code, "đã đầy" in refused.text) == (422, True)
