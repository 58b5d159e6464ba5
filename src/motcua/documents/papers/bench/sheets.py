"""Pages put together into one PDF, so that equal pages give equal bytes."""

from pathlib import Path
from typing import Final

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, StreamObject

from motcua.documents.papers.bench.pictures import Photo

_LONG, _SHORT = 842.0, 595.0  # A4 in points
_GREY, _COLOUR = "/DeviceGray", "/DeviceRGB"
_PRODUCER: Final = "Mot Cua"


def new_sheet() -> PdfWriter:
    """An empty PDF that says neither when nor by which version it was made."""
    writer = PdfWriter()
    writer.add_metadata({"/Producer": _PRODUCER})
    return writer


def add_photo(writer: PdfWriter, photo: Photo) -> None:
    """One photo as one page, as large as fits an A4 page of its direction."""
    wide, high = (_LONG, _SHORT) if photo.width > photo.height else (_SHORT, _LONG)
    scale = min(wide / photo.width, high / photo.height)
    wide, high = round(photo.width * scale, 2), round(photo.height * scale, 2)
    picture = StreamObject()
    picture.set_data(photo.jpeg)
    picture.update({
        NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image"),
        NameObject("/Width"): NumberObject(photo.width), NameObject("/Height"): NumberObject(photo.height),
        NameObject("/ColorSpace"): NameObject(_GREY if photo.grey else _COLOUR),
        NameObject("/BitsPerComponent"): NumberObject(8), NameObject("/Filter"): NameObject("/DCTDecode"),
    })  # fmt: skip
    page = writer.add_blank_page(wide, high)
    drawn = StreamObject()
    drawn.set_data(f"q {wide} 0 0 {high} 0 0 cm /P Do Q".encode())
    page[NameObject("/Contents")] = writer._add_object(drawn)
    page[NameObject("/Resources")] = DictionaryObject({
        NameObject("/XObject"): DictionaryObject({NameObject("/P"): writer._add_object(picture)})
    })  # fmt: skip
    page[NameObject("/MediaBox")] = ArrayObject([FloatObject(value) for value in (0, 0, wide, high)])


def add_pages(writer: PdfWriter, path: Path) -> None:
    """All pages of a PDF that was looked through, without its outline."""
    writer.append(PdfReader(path), import_outline=False)


def write(writer: PdfWriter, into: Path) -> None:
    """To disk."""
    with into.open("wb") as out:
        writer.write(out)
