"""What a part is by its own bytes: neither its name nor what the browser said is asked."""

from enum import StrEnum
from typing import Final

import puremagic

from motcua.documents.papers.bench.orders import CannotTake

HEAD: Final = 4096
_HEIC_BRANDS: Final = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_OFFICE: Final = {".doc", ".xls", ".ppt", ".rtf"}
_PACKED: Final = {".rar", ".7z", ".gz", ".xz", ".bz2"}


class Kind(StrEnum):
    """What is taken."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    HEIC = "heic"


def kind_of(head: bytes) -> Kind:
    """The kind of a part that begins with `head`. Raises `CannotTake` with what it is instead, as far as known."""
    if head.startswith(b"%PDF-"):
        return Kind.PDF
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return Kind.HEIC
    raise CannotTake(_instead(head))


def _instead(head: bytes) -> str:
    text = head.lstrip(b"\xef\xbb\xbf\r\n\t ").lower()
    if not head:
        return "empty"
    if b"<svg" in text:
        return "drawing"
    if text.startswith((b"<!doctype html", b"<html", b"<script", b"<head", b"<body", b"<!--")):
        return "web_page"
    if head.startswith(b"PK"):  # what office programs write are packed folders too
        return "office" if b"[Content_Types].xml" in head or b"mimetypeapplication/vnd.oasis" in head else "packed"
    guesses = {guess.extension for guess in _guesses(head)}
    if guesses & _OFFICE:
        return "office"
    return "packed" if guesses & _PACKED else "unknown_kind"


def _guesses(head: bytes) -> list[puremagic.PureMagicWithConfidence]:
    try:
        return list(puremagic.magic_string(head))
    except puremagic.PureError:  # its way of saying: nothing known begins like this
        return []
