"""A disk that fills up: papers are refused in a sentence before the office itself can write no more."""

from collections import namedtuple
from datetime import datetime

import pytest

from motcua.core.models import Throttle
from motcua.documents.models import Paper, Upload
from motcua.documents.papers import room, uploads
from motcua.documents.papers.actions import take_in
from motcua.documents.papers.limits import MEGABYTE, paper_limits
from motcua.documents.papers.refusals import PaperRefused
from tests.documents.papers.conftest import LAN
from tests.documents.papers.sent import photo

pytestmark = pytest.mark.django_db
Usage = namedtuple("Usage", "total used free")
FLOOR = paper_limits().floor_megabytes * MEGABYTE


def disk(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _place: Usage(FLOOR * 9, FLOOR * 9 - free, free))


def test_below_the_floor_nothing_is_taken_in(at: datetime, monkeypatch: pytest.MonkeyPatch):
    disk(monkeypatch, FLOOR - 1)
    with pytest.raises(PaperRefused, match="Ổ đĩa của cơ quan sắp đầy"):
        take_in([photo()], name="Giấy chứng sinh", owner=LAN, at=at)
    assert not Paper.objects.exists()
    disk(monkeypatch, FLOOR)
    take_in([photo()], name="Giấy chứng sinh", owner=LAN, at=at)


def test_what_is_announced_has_to_fit_above_the_floor(at: datetime, monkeypatch: pytest.MonkeyPatch):
    disk(monkeypatch, FLOOR + MEGABYTE)
    uploads.begin(length=MEGABYTE, part_name="a.jpg", name="a", owner=LAN, at=at)
    with pytest.raises(PaperRefused, match="sắp đầy"):
        uploads.begin(length=MEGABYTE + 1, part_name="a.jpg", name="a", owner=LAN, at=at)
    assert Upload.objects.count() == 1


def test_a_try_counts_though_its_paper_was_refused(at: datetime):
    """Or else bad parts sent piece by piece are tried without end: each opens the bench anew."""
    body = b"khong phai anh, cung khong phai PDF"
    begun = uploads.begin(length=len(body), part_name="a.jpg", name="a", owner=LAN, at=at)

    class Source:
        left = body

        def read(self, size: int, /) -> bytes:
            given, self.left = self.left[:size], self.left[size:]
            return given

    with pytest.raises(PaperRefused):
        uploads.receive_piece(begun.pk, Source(), offset=0, owner=LAN, at=at)
    assert Throttle.objects.get(key__startswith="paper:").hits == 1
