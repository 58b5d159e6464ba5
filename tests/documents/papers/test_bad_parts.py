"""What is not taken, each with its sentence; and nothing of it is kept."""

import base64
import io
import struct
import tracemalloc
import zlib
from pathlib import Path

import pytest
from django.core.files.base import File
from PIL import Image
from pypdf import PdfReader, PdfWriter

from motcua.documents.models import Paper, StoredFile
from motcua.documents.papers.actions import take_in
from motcua.documents.papers.limits import paper_limits
from motcua.documents.papers.refusals import PaperRefused
from tests.documents.papers.conftest import GUEST_OF_A_DRAFT, LAN
from tests.documents.papers.sent import encoded, one_page_pdf, part, pdf, photo, picture, raw_pdf, stream

pytestmark = pytest.mark.django_db
PLAIN = stream(b"q Q")


def spelt(filters: bytes, content: bytes) -> bytes:
    """A stream whose bytes are spelt in these ways."""
    return b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(content), filters, content)


SWELLING = bytes(paper_limits().stream_megabytes * 2 << 20)


def refused(content: bytes, name: str, at) -> tuple[str, str]:
    """The reason and the sentence; nothing was kept."""
    with pytest.raises(PaperRefused) as no:
        take_in([part(content, name)], name="", owner=LAN, at=at)
    assert not Paper.objects.exists()
    assert not StoredFile.objects.exists()
    return no.value.reason, str(no.value)


def in_letters(content: bytes) -> bytes:
    """Packed, then spelt in letters, as some programs write every stream."""
    return spelt(b"/ASCII85Decode /FlateDecode", base64.a85encode(zlib.compress(content, 9)) + b"~>")


def pdf_with(writer_does) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer_does(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def huge_png() -> bytes:
    """A picture of 50,000 by 50,000 that packs into a few kilobytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(4096))) + chunk(b"IEND", b"")
    )


BAD = {
    "nothing in it": (b"", "empty"),
    "a drawing with a script": (b'<?xml version="1.0"?><svg onload="alert(1)"><script>1</script></svg>', "drawing"),
    "a web page called pdf": (b"<!DOCTYPE html><script>alert(1)</script>", "web_page"),
    "a web page after blanks": (b"\xef\xbb\xbf\n  <HTML><body>", "web_page"),
    "a packed folder": (b"PK\x03\x04" + bytes(200), "packed"),
    "a Word file": (b"PK\x03\x04\x14\x00\x06\x00" + bytes(18) + b"\x13\x00\x00\x00[Content_Types].xml", "office"),
    "a Word file of old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "office"),
    "bytes without meaning": (bytes(range(1, 255)) * 4, "unknown_kind"),
    "a PDF that does not begin as one": (b"<html>%PDF-1.7" + pdf(), "web_page"),
    "a picture of 2.5 milliard points": (huge_png(), "picture_too_large"),
    "half a photo": (encoded(picture(2000, 1500))[:9_000], "broken_picture"),
    "a photo's head": (encoded(picture())[:300], "broken_picture"),
    "a stamp": (encoded(Image.new("RGB", (60, 40))), "picture_too_small"),
    "half a PDF": (pdf(3)[:250], "broken"),
    "a PDF's head": (b"%PDF-1.7\n", "broken"),
    "a password": (pdf_with(lambda writer: writer.encrypt("x", algorithm="RC4-128")), "locked"),
    "a password to change it": (
        pdf_with(lambda writer: writer.encrypt("", owner_password="x", algorithm="RC4-128")), "locked"
    ),
    "a script at opening": (one_page_pdf(PLAIN, catalogue=b"/OpenAction << /S /JavaScript /JS (1) >>"), "active"),
    "a script on a page": (one_page_pdf(PLAIN, page=b"/AA << /O << /S /JavaScript /JS (1) >> >>"), "active"),
    "a program to start": (one_page_pdf(PLAIN, catalogue=b"/OpenAction << /S /Launch /F (cmd.exe) >>"), "active"),
    "a script hidden in an array": (one_page_pdf(PLAIN, b"[ [ << /S /JavaScript /JS (1) >> ] ]"), "active"),
    "a name in codes": (one_page_pdf(PLAIN, catalogue=b"/OpenAction << /S /J#61vaScript /#4AS (1) >>"), "active"),
    "an embedded file": (pdf_with(lambda writer: writer.add_attachment("a.exe", b"MZ")), "embedded"),
    "a stream that swells": (one_page_pdf(stream(SWELLING)), "swells"),
    "a stream packed twice": (one_page_pdf(stream(SWELLING, layers=2)), "swells"),
    "a stream packed five times": (one_page_pdf(stream(b"q Q", layers=5)), "swells"),
    "a swelling stream in letters": (one_page_pdf(in_letters(SWELLING)), "swells"),
    "runs without end": (one_page_pdf(spelt(b"/RunLengthDecode", b"\x81x" * 1_500_000)), "swells"),
    "ten thousand pages": (raw_pdf([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [" + b" ".join(b"%d 0 R" % n for n in range(3, 10_003)) + b"] >>",
        *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"] * 10_000,
    ]), "too_many_pages"),
    "one page ten thousand times": (raw_pdf([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [" + b"<< /Type /Page /MediaBox [0 0 9 9] >> " * 10_000 + b"] >>",
    ]), "too_many_pages"),
    "a page tree that bites its tail": (raw_pdf([
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [2 0 R 2 0 R] >>",
    ]), "no_pages"),
    "arrays in arrays": (one_page_pdf(PLAIN, b"[" * 50_000 + b"]" * 50_000), "swells"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "reason"), BAD.values(), ids=BAD.keys())
def test_a_part_that_is_not_taken(content, reason, at):
    said, sentence = refused(content, "giay-to.pdf", at)
    assert said == reason, sentence
    assert sentence.startswith("Chưa nhận “giay-to.pdf”: ")
    assert "%(" not in sentence


def test_the_part_that_is_wrong_is_named(at):
    with pytest.raises(PaperRefused, match="“ba"):
        take_in([photo(name="hai.jpg"), part(b"\xff\xd8\xff\xe0", "ba")], name="", owner=LAN, at=at)


def test_a_path_in_a_name_is_only_ever_shown_without_it(at):
    _reason, sentence = refused(b"\xff\xd8\xff", "..\\../../etc/\u202epasswd\x00.jpg", at)
    assert sentence.startswith("Chưa nhận “passwd.jpg”: ")


def test_a_signed_pdf_is_kept_alone_and_never_put_together(at):
    signed = one_page_pdf(PLAIN, b"<< /Type /Sig /ByteRange [0 1 2 3] /Contents <00> >>")
    assert take_in([part(signed, "a.pdf")], name="", owner=LAN, at=at).stored.pages == 1
    with pytest.raises(PaperRefused, match="đã ký số"):
        take_in([part(signed, "a.pdf"), photo()], name="", owner=LAN, at=at)


def test_a_stream_spelt_in_letters_is_no_reason_to_refuse(at):
    letters = one_page_pdf(in_letters(b"q Q" * 100))
    assert take_in([part(letters, "a.pdf")], name="", owner=LAN, at=at).stored.pages == 1


def test_too_many_parts_and_none_at_all(at):
    for parts, words in (([], "chưa chọn tệp nào"), ([photo()] * 21, "nhiều nhất 20")):
        with pytest.raises(PaperRefused, match=words):
            take_in(parts, name="", owner=LAN, at=at)


def test_two_hundred_megabytes_are_refused_before_they_are_read(at, tmp_path: Path):
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as sparse:
        sparse.truncate(200 << 20)
    tracemalloc.start()
    with huge.open("rb") as content, pytest.raises(PaperRefused, match="lớn hơn 20 MB"):
        take_in([File(content, name="huge.pdf")], name="", owner=LAN, at=at)
    assert tracemalloc.get_traced_memory()[1] < 2 << 20
    tracemalloc.stop()


def test_whoever_sends_without_end_is_asked_to_wait(at, monkeypatch):
    monkeypatch.setattr("motcua.documents.papers.limits.Limits.tries_an_hour", 2, raising=False)
    for _time in range(2):
        refused(b"", "a.pdf", at)
    assert refused(pdf(), "a.pdf", at)[0] == "too_often"


def test_a_store_that_is_full_takes_no_more(at, monkeypatch):
    take_in([photo()], name="", owner=LAN, at=at)
    monkeypatch.setattr("motcua.documents.papers.limits.Limits.store_papers", 1, raising=False)
    with pytest.raises(PaperRefused, match="đã đầy"):
        take_in([photo()], name="", owner=LAN, at=at)


def test_with_every_bench_taken_it_is_said_at_once_and_the_bench_is_given_back(at, bench_taken):
    with bench_taken():
        assert refused(pdf(), "a.pdf", at)[0] == "busy"
    for _time in range(2):
        take_in([photo()], name="", owner=LAN, at=at)


def test_who_has_no_account_keeps_less(at, monkeypatch):
    monkeypatch.setattr("motcua.documents.papers.limits.Limits.guest_papers", 1, raising=False)
    take_in([photo()], name="", owner=GUEST_OF_A_DRAFT, at=at)
    with pytest.raises(PaperRefused, match="đã đầy"):
        take_in([photo()], name="", owner=GUEST_OF_A_DRAFT, at=at)
    take_in([photo()], name="", owner=LAN, at=at)
    take_in([photo()], name="", owner=LAN, at=at)
