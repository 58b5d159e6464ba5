"""Papers on their way in, piece by piece, so that a broken line costs no more than the last piece.

The rules are those of tus 1.0 (core protocol, creation, termination): who sends says where his piece begins, and it is
taken only where the last one ended.
"""

import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import BinaryIO, Final, Protocol
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count, Sum

from motcua.core.ids import uuid7
from motcua.documents.papers.access import Owner, own_papers, uploads_of
from motcua.documents.papers.actions import append_pages, take_in
from motcua.documents.papers.limits import paper_limits
from motcua.documents.papers.models import Paper, Upload
from motcua.documents.papers.refusals import PaperRefused, shown_name
from motcua.documents.papers.room import require_space, require_try

_AT_ONCE: Final = 64 * 1024
_OPEN_AT_ONCE: Final = 40


class Source(Protocol):
    """Where bytes come from: a request, or a file."""

    def read(self, size: int, /) -> bytes: ...


class OutOfPlace(Exception):
    """A piece that does not begin where the last one ended: `arrived` is where it must."""

    def __init__(self, arrived: int) -> None:
        super().__init__(arrived)
        self.arrived = arrived


def begin(*, length: int, part_name: str, name: str, owner: Owner, at: datetime, extends: UUID | None = None) -> Upload:
    """Announce a part of `length` bytes; it becomes a paper called `name`, or further pages of the paper `extends`.

    Raises `PaperRefused` for what is plain beforehand, `Paper.DoesNotExist` when that paper is not his.
    """
    limits, shown = paper_limits(), shown_name(part_name)
    if length <= 0:
        raise PaperRefused("empty", part=shown)
    if length > limits.part_bytes:
        raise PaperRefused("part_too_large", detail=str(limits.part_megabytes), part=shown)
    half_sent = uploads_of(owner).filter(paper=None).aggregate(number=Count("pk"), size=Sum("length"))
    if half_sent["number"] >= _OPEN_AT_ONCE:
        raise PaperRefused("too_many_uploads")
    require_space(owner, (half_sent["size"] or 0) + length)
    return Upload.objects.create(
        length=length, part_name=shown, name=shown_name(name), begun_at=at, moved_at=at,
        extends=own_papers(owner, [extends])[0] if extends else None,
        citizen_id=owner.citizen_id, key_hash=owner.key_hash,
    )  # fmt: skip


def receive_piece(upload_id: UUID, source: Source, *, offset: int, owner: Owner, at: datetime) -> Upload:
    """Take what comes from `source`, beginning at `offset`; all of it there, the upload becomes a paper.

    A line that breaks leaves what came before it. The last piece sent again changes nothing. Raises `OutOfPlace`,
    `PaperRefused` (then the upload is gone, unless all benches are taken), `Upload.DoesNotExist` when it is not his.
    """
    upload = uploads_of(owner).get(pk=upload_id)
    if offset != upload.arrived:
        raise OutOfPlace(upload.arrived)
    if upload.arrived < upload.length:
        _take_piece(upload, source, at)
    if upload.arrived == upload.length:
        return _finish(upload, owner, at)
    return upload


def give_up(upload: Upload) -> None:
    """Forget an upload with what arrived of it; the paper it became, if any, stays."""
    pieces = list(upload.pieces)
    upload.delete()
    _drop(pieces)


def sweep_uploads(at: datetime) -> int:
    """Give up what nobody went on sending for a day, and the memory of what became papers; how many."""
    before = at - timedelta(hours=paper_limits().upload_hours)
    old = list(Upload.objects.filter(moved_at__lt=before)[:1000])
    for upload in old:
        give_up(upload)
    return len(old)


def _take_piece(upload: Upload, source: Source, at: datetime) -> None:
    """One more piece into the storage, and its place into the row, unless another was quicker."""
    with tempfile.TemporaryFile() as piece:
        size = _copy(source, piece, upload.length - upload.arrived)
        if not size:
            return
        piece.seek(0)
        place = default_storage.save(f"uploads/{upload.pk}/{uuid7().hex}", File(piece))
    seen, pieces = upload.arrived, [*upload.pieces, place]
    moved = Upload.objects.filter(pk=upload.pk, arrived=seen).update(arrived=seen + size, pieces=pieces, moved_at=at)
    if not moved:
        default_storage.delete(place)
        upload.refresh_from_db()
        raise OutOfPlace(upload.arrived)
    upload.arrived, upload.pieces = seen + size, pieces


def _copy(source: Source, into: BinaryIO, most: int) -> int:
    """As much as comes, up to `most` bytes; a line that breaks is the end of what comes."""
    size = 0
    while size < most:
        try:
            chunk = source.read(min(_AT_ONCE, most - size))
        except OSError:  # the caller's line broke: what came before is kept, he goes on from there
            break
        if not chunk:
            break
        into.write(chunk)
        size += len(chunk)
    return size


def _finish(upload: Upload, owner: Owner, at: datetime) -> Upload:
    """Once, however often the last piece is sent. The try counts though its transaction may be undone."""
    if upload.paper_id is None:
        require_try(owner)
    try:
        with transaction.atomic():
            whole = Upload.objects.select_for_update().get(pk=upload.pk)
            if whole.paper_id is None:
                whole.paper, pieces = _made_of(whole, owner, at), whole.pieces
                whole.pieces = []
                whole.save(update_fields=["paper", "pieces"])
                transaction.on_commit(lambda: _drop(pieces))
    except PaperRefused as no:
        if no.reason != "busy":  # then all of it is there, and it becomes a paper when its sender asks again
            give_up(upload)
        raise
    return whole


def _made_of(upload: Upload, owner: Owner, at: datetime) -> Paper:
    with tempfile.TemporaryFile() as whole:
        for chunk in _chunks(upload.pieces):
            whole.write(chunk)
        part = File(whole, name=upload.part_name)
        if upload.extends_id is not None:
            return append_pages(upload.extends_id, [part], owner=owner, at=at, counted=True)
        return take_in([part], name=upload.name, owner=owner, at=at, counted=True)


def _chunks(pieces: list[str]) -> Iterator[bytes]:
    for place in pieces:
        with default_storage.open(place) as piece:
            yield from piece.chunks()


def _drop(pieces: list[str]) -> None:
    for place in pieces:
        default_storage.delete(place)
