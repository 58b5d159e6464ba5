"""Reading a printed paper back."""

import io
from typing import cast

import pypdf


def opened(pdf: bytes) -> pypdf.PdfReader:
    """The paper as a reader opens it."""
    return pypdf.PdfReader(io.BytesIO(pdf))


def pages(pdf: bytes) -> list[str]:
    """The text of each page, blanks evened out, invisible line-break marks taken away."""
    return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in opened(pdf).pages]


def words(pdf: bytes) -> str:
    """The text of all pages."""
    return " ".join(pages(pdf))


def millimetres(pdf: bytes) -> tuple[int, int]:
    """Width and height of the first page."""
    box = opened(pdf).pages[0].mediabox
    return round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)


def assert_archival(pdf: bytes) -> None:
    """PDF/A-2a: it says so, is tagged, and names its language."""
    catalog = cast(pypdf.generic.DictionaryObject, opened(pdf).trailer["/Root"])
    metadata = cast(pypdf.generic.StreamObject, catalog["/Metadata"]).get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert str(catalog["/Lang"]).startswith("vi")
    assert str(cast(pypdf.generic.DictionaryObject, catalog["/MarkInfo"])["/Marked"]) == "True"
