"""The same bytes sent by two at once are kept once; the same upload finished twice is one paper."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.utils import timezone

from motcua.documents.models import Paper, StoredFile
from motcua.documents.papers.access import Owner
from motcua.documents.papers.actions import append_pages, forget, take_in
from motcua.documents.papers.refusals import PaperRefused
from motcua.documents.papers.uploads import begin, receive_piece
from tests.committed import django_on, own_database, together
from tests.documents.papers.conftest import LAN
from tests.documents.papers.sent import encoded, part, photo, picture

NEIGHBOUR = Owner(UUID(int=2))


@pytest.fixture(scope="module")
def committed(django_db_setup: None, django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        yield name


@pytest.fixture(autouse=True)
def several_benches(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that two are served at the same time."""
    monkeypatch.setattr("motcua.documents.papers.limits.Limits.benches", 8, raising=False)


def bytes_kept(storage: Path) -> int:
    return len([path for path in storage.rglob("*") if path.is_file()])


def test_two_who_send_the_same_at_once_share_its_bytes(committed: str, storage: Path):
    at = timezone.now()
    papers = together(
        [lambda owner=owner: take_in([photo()], name="", owner=owner, at=at) for owner in (LAN, NEIGHBOUR)]
    )
    assert len({paper.stored_id for paper in papers}) == StoredFile.objects.count() == bytes_kept(storage) == 1
    for paper, owner in zip(papers, (LAN, NEIGHBOUR), strict=True):
        forget(paper.pk, owner=owner, at=at)
    assert (StoredFile.objects.count(), bytes_kept(storage)) == (0, 0)


def test_one_sends_what_another_removes_at_that_moment(committed: str, storage: Path):
    at = timezone.now()
    for _time in range(3):
        gone = take_in([photo()], name="", owner=LAN, at=at)
        came, _removed = together([
            lambda: take_in([photo()], name="", owner=NEIGHBOUR, at=at),
            lambda gone=gone: forget(gone.pk, owner=LAN, at=at),
        ])  # fmt: skip
        assert isinstance(came, Paper), came
        assert came.stored.size == StoredFile.objects.get().size
        assert bytes_kept(storage) == 1
        forget(came.pk, owner=NEIGHBOUR, at=at)
    assert bytes_kept(storage) == 0


def test_an_upload_finished_twice_at_once_is_one_paper(committed: str, storage: Path):
    at, content = timezone.now(), encoded(picture())
    upload = begin(length=len(content), part_name="a.jpg", name="", owner=LAN, at=at)

    def finish() -> object:
        return receive_piece(upload.pk, part(content, "a"), offset=0, owner=LAN, at=at)

    came = together([finish, finish])
    assert [type(one).__name__ for one in came].count("Upload") >= 1
    paper = Paper.objects.get()
    assert receive_piece(upload.pk, part(b"", "a"), offset=len(content), owner=LAN, at=at).paper_id == paper.pk
    assert bytes_kept(storage) == 1
    forget(paper.pk, owner=LAN, at=at)


def test_pages_added_twice_at_once_are_never_lost_in_silence(committed: str, storage: Path):
    at = timezone.now()
    paper = take_in([photo()], name="", owner=LAN, at=at)
    came = together(
        [lambda: append_pages(paper.pk, [photo(picture(900, 1200))], owner=LAN, at=at) for _time in range(2)]
    )
    refused = sum(isinstance(one, PaperRefused) for one in came)
    assert Paper.objects.get().stored.pages == 3 - refused
    assert bytes_kept(storage) == 1
