"""A PDF looked through before it is kept: whether a person sees all of it on its pages, and may open it without harm.

Refused: a password (nobody can look inside), scripts and programs to start, other files embedded in it (an official
decides by what he sees on pages), more pages or more unpacked bytes than a paper has. Kept as it came otherwise, so
that a digital signature in it stays valid.
"""

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pypdf import PdfReader
from pypdf.filters import ASCII85Decode, ASCIIHexDecode, LZWDecode, RunLengthDecode
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from motcua.documents.papers.bench.orders import CannotTake, Order

_ACTING: Final = frozenset({"/JS", "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/RichMedia", "/XFA"})
_CARRYING: Final = frozenset({"/EmbeddedFile", "/EmbeddedFiles", "/FileAttachment", "/EF", "/Movie", "/Sound"})
_FLATE: Final = frozenset({"/FlateDecode", "/Fl"})
_PACKING: Final = _FLATE | {"/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
_LAYERS: Final = 2
_AT_ONCE: Final = 1 << 20
# The other ways to spell bytes; what swells among them stops at pypdf's own bound of 75 MB.
_SPELT: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "/ASCII85Decode": ASCII85Decode.decode, "/A85": ASCII85Decode.decode,
    "/ASCIIHexDecode": ASCIIHexDecode.decode, "/AHx": ASCIIHexDecode.decode,
    "/LZWDecode": LZWDecode.decode, "/LZW": LZWDecode.decode,
    "/RunLengthDecode": RunLengthDecode.decode, "/RL": RunLengthDecode.decode,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Looked:
    """What a PDF is found to be."""

    pages: int
    signed: bool


def look_through(path: Path, order: Order) -> Looked:
    """Raises `CannotTake`."""
    # Its catalogue leads to every page; what no page leads to is looked at too.
    reader = PdfReader(path, strict=False, root_object_recovery_limit=100)
    if reader.is_encrypted:
        raise CannotTake("locked")
    pages = _count_pages(reader.trailer["/Root"].get_object(), order.pages)
    if not pages:
        raise CannotTake("no_pages")
    return Looked(pages, signed=_every_object(reader, order))


def _count_pages(root: Any, limit: int) -> int:
    """The leaves of the page tree, which may lie about their number, or bite their own tail."""
    pending, seen, pages = [root.raw_get("/Pages")], set[tuple[int, int]](), 0
    while pending:
        node = pending.pop()
        if isinstance(node, IndirectObject):
            if (node.idnum, node.generation) in seen:
                continue
            seen.add((node.idnum, node.generation))
            node = node.get_object()
        if not isinstance(node, DictionaryObject):
            continue
        if "/Kids" in node:
            pending.extend(node["/Kids"].get_object())  # type: ignore[arg-type]
        else:
            pages += 1
        if pages > limit or len(pending) > limit * 50:
            raise CannotTake("too_many_pages", str(limit))
    return pages


def _every_object(reader: PdfReader, order: Order) -> bool:
    """Look at each object of the file, reached or not; whether one is a digital signature."""
    places = [(number, generation) for generation, row in reader.xref.items() for number in row]
    places += [(number, 0) for number in reader.xref_objStm]
    if len(places) > order.objects:
        raise CannotTake("too_many_objects")
    signed, unpacked = False, 0
    for number, generation in places:
        found = IndirectObject(number, generation, reader).get_object()
        for words in _words(found):
            if not words.isdisjoint(_ACTING):
                raise CannotTake("active")
            if not words.isdisjoint(_CARRYING):
                raise CannotTake("embedded")
            signed = signed or "/ByteRange" in words
        if isinstance(found, StreamObject):
            unpacked += _unpacked(found, order.stream_bytes)
        if unpacked > order.streams_bytes:
            raise CannotTake("swells")
    return signed


def _words(found: Any) -> Iterator[frozenset[str]]:
    """The keys of every dictionary in an object, with the names that say what it is; never another object's."""
    pending = [found]
    while pending:
        one = pending.pop()
        if isinstance(one, DictionaryObject):
            said = {
                one.raw_get(key)
                for key in ("/S", "/Type", "/Subtype")
                if key in one and isinstance(one.raw_get(key), str)
            }
            yield frozenset(one) | frozenset(map(str, said))
            pending.extend(one.raw_get(key) for key in one)
        elif isinstance(one, ArrayObject):
            pending.extend(list.__iter__(one))


def _unpacked(stream: StreamObject, limit: int) -> int:
    """The bytes of a stream, unpacked up to where a picture's own coding begins; counted and thrown away."""
    filters = stream.get("/Filter", ArrayObject())
    names = [str(one.get_object()) for one in filters] if isinstance(filters, ArrayObject) else [str(filters)]
    if sum(name in _PACKING for name in names) > _LAYERS:
        raise CannotTake("swells")
    pieces: Iterator[bytes] = iter([stream._data])
    for name in names:
        if name in _FLATE:
            pieces = _inflated(pieces)
        elif name in _SPELT:
            pieces = iter([_SPELT[name](_whole(pieces, limit))])
        else:
            break
    return sum(len(piece) for piece in _bounded(pieces, limit))


def _bounded(pieces: Iterator[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise CannotTake("swells")
        yield piece


def _whole(pieces: Iterator[bytes], limit: int) -> bytes:
    return b"".join(_bounded(pieces, limit))


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Piece by piece, however far it swells. A broken stream ends where it breaks, as viewers read it."""
    unpacker = zlib.decompressobj()
    for packed in pieces:
        rest = packed
        while rest and not unpacker.eof:
            try:
                piece = unpacker.decompress(rest, _AT_ONCE)
            except zlib.error:
                return
            rest = unpacker.unconsumed_tail
            if piece:
                yield piece
