"""Photos and PDFs as phones and ill-wishers send them, made here."""

import io
import zlib
from collections.abc import Sequence

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from pypdf import PdfWriter


def picture(width: int = 1200, height: int = 900, *, colour: str = "white", ink: str = "black") -> Image.Image:
    """A sheet with a dark bar along its top, so that one sees which way is up."""
    sheet = Image.new("RGB", (width, height), colour)
    ImageDraw.Draw(sheet).rectangle((0, 0, width, height // 8), fill=ink)
    return sheet


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photo(image: Image.Image | None = None, *, orientation: int = 1, name: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    """As a phone takes it: the sensor's picture and a note of how the phone was held."""
    notes = Image.Exif()
    notes[0x0112] = orientation
    notes[0x010F] = "Phone of Lan"
    return SimpleUploadedFile(name, encoded(image or picture(), exif=notes, comment=b"at home"), "image/jpeg")


def part(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/octet-stream")


def pdf(pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _number in range(pages):
        writer.add_blank_page(595, 842)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def raw_pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF written by hand: object 1 is its catalogue."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def one_page_pdf(contents: bytes, *more: bytes, catalogue: bytes = b"", page: bytes = b"") -> bytes:
    """One page whose contents are object 4; `more` are objects 5, 6, …"""
    return raw_pdf([
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
        PAGES,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %s >>" % page,
        contents,
        *more,
    ])  # fmt: skip


def stream(content: bytes, *, layers: int = 1) -> bytes:
    """A stream packed so many times."""
    for _layer in range(layers):
        content = zlib.compress(content, 9)
    filters = b" ".join([b"/FlateDecode"] * layers)
    return b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(content), filters, content)
