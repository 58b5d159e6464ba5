"""With a scanner set, nothing is kept that it did not call clean."""

from collections.abc import Iterator

import pytest

from motcua.documents.models import Paper, StoredFile
from motcua.documents.papers.actions import take_in
from motcua.documents.papers.refusals import PaperRefused
from tests.documents.papers.clamd_twin import EICAR, Twin, scanner
from tests.documents.papers.conftest import LAN
from tests.documents.papers.sent import one_page_pdf, part, photo, stream

pytestmark = pytest.mark.django_db


@pytest.fixture
def clamd(settings) -> Iterator[Twin]:
    with scanner() as twin:
        settings.MOTCUA_CLAMD = twin.address
        yield twin


def nothing_kept() -> bool:
    return not Paper.objects.exists() and not StoredFile.objects.exists()


def test_every_part_is_shown_to_the_scanner_whole(clamd: Twin, at):
    first, second = photo(), part(one_page_pdf(stream(b"q Q")), "a.pdf")
    paper = take_in([first, second], name="", owner=LAN, at=at)
    first.seek(0)
    second.seek(0)
    assert clamd.seen == [first.read(), second.read()]
    assert paper.stored.scanned_at == at


def test_without_a_scanner_nobody_says_that_it_was_scanned(at):
    assert take_in([photo()], name="", owner=LAN, at=at).stored.scanned_at is None


def test_malware_is_refused_by_name_before_it_is_opened(clamd: Twin, at, monkeypatch):
    monkeypatch.setattr("motcua.documents.papers.making.make_paper", None)
    hidden = one_page_pdf(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(EICAR), EICAR))
    with pytest.raises(PaperRefused, match=r"Chưa nhận “a.pdf”: trình quét thấy mã độc \(Eicar-Signature\)"):
        take_in([part(hidden, "a.pdf")], name="", owner=LAN, at=at)
    assert nothing_kept()


@pytest.mark.parametrize("says", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK but no", b"\0"])
def test_a_scanner_that_does_not_say_clean_is_no_pass(clamd: Twin, at, says):
    clamd.says = says
    with pytest.raises(PaperRefused, match="đang không trả lời"):
        take_in([photo()], name="", owner=LAN, at=at)
    assert nothing_kept()


@pytest.mark.parametrize("where", ["127.0.0.1:1", "/nowhere/clamd.sock"])
def test_a_scanner_that_is_set_and_down_refuses_everything(settings, at, where):
    settings.MOTCUA_CLAMD = where
    with pytest.raises(PaperRefused, match="những gì đã khai vẫn còn"):
        take_in([photo()], name="", owner=LAN, at=at)
    assert nothing_kept()
