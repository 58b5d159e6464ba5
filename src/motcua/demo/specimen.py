"""The one page that stands behind every digitized result of a simulated place: a real PDF, kept once by its hash.

The bytes are there and can be opened, and say on their face that they are a simulation: nobody takes the page for the
result of a citizen who never was.
"""

import io
from datetime import datetime
from functools import cache
from typing import Final

from django.core.files.base import ContentFile
from django.utils.timezone import now
from PIL import Image

from motcua.demo.from_home.pictures import photographed
from motcua.documents.papers.keeping import Kept
from motcua.documents.papers.making import kept_bytes, made_of

_LINES: Final = (
    "Trang này thay cho kết quả của mọi hồ sơ mô phỏng.",
    "Hồ sơ, người nộp và kết quả đều không có thật.",
    "Tệp lưu một lần, mọi dòng mô phỏng trỏ đến đây.",
)
_DATED: Final = datetime(2024, 1, 2).timetuple()  # noqa: DTZ001 (what Pillow writes into the page; the same every time)


@cache
def specimen() -> bytes:
    """The page as a PDF, the same bytes every time."""
    photo = Image.open(photographed("KẾT QUẢ MÔ PHỎNG", _LINES, name="mo-phong.jpg"))
    out = io.BytesIO()
    photo.save(out, "PDF", resolution=100, creationDate=_DATED, modDate=_DATED, producer="", creator="")
    return out.getvalue()


def specimen_part() -> "ContentFile[bytes]":
    """The page as it is sent in."""
    return ContentFile(specimen(), name="mo-phong.pdf")


def keep_specimen() -> str:
    """Keep the page as any other paper is kept, looked through at the bench; its hash. Raises `PaperRefused`."""
    with made_of([specimen_part()], before=None) as made, kept_bytes(made, now()) as kept:
        held: Kept = kept
    return held.sha256
