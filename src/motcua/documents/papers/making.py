"""From bytes that were sent to one PDF in the store: laid out, scanned, made at a bench, kept with their rows."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from motcua.core.sql import fetch_one
from motcua.documents.papers.benching import Made, Part, make_paper
from motcua.documents.papers.keeping import Kept, keep
from motcua.documents.papers.limits import Limits, paper_limits
from motcua.documents.papers.models import StoredFile
from motcua.documents.papers.refusals import PaperRefused, shown_name
from motcua.documents.papers.scanning import scan

Sent = Sequence["File[Any]"]
BENCHES: Final = 0x70617065
"""The class of the advisory locks that stand for benches."""


def require_parts(parts: Sent, limits: Limits) -> None:
    """What is plain before a byte is read: how many parts, and how large. Raises `PaperRefused`."""
    if not parts:
        raise PaperRefused("no_parts")
    if len(parts) > limits.parts:
        raise PaperRefused("too_many_parts", detail=str(limits.parts))
    for part in parts:
        if part.size > limits.part_bytes:
            raise PaperRefused("part_too_large", detail=str(limits.part_megabytes), part=shown_name(part.name or ""))
    if sum(part.size for part in parts) > limits.total_bytes:
        raise PaperRefused("all_too_large", detail=str(limits.total_megabytes))


@contextmanager
def kept_bytes(made: Made, at: datetime) -> Iterator[Kept]:
    """One transaction around the bytes and the rows that point at them; undone, the bytes go too."""
    kept = Kept("")
    try:
        with transaction.atomic():
            kept = keep(made, scanned=bool(settings.MOTCUA_CLAMD), at=at)
            yield kept
    except BaseException:
        kept.take_back()
        raise


@contextmanager
def made_of(parts: Sent, *, before: StoredFile | None) -> Iterator[Made]:
    """The parts laid into a folder of our own, scanned, and made into one PDF; the folder goes at the end.

    Raises `PaperRefused`. The caller asked `require_parts` before.
    """
    limits = paper_limits()
    with tempfile.TemporaryDirectory(prefix="motcua-paper-") as folder:
        laid = [_laid(part, Path(folder) / str(number), limits) for number, part in enumerate(parts)]
        with _bench(limits.benches):
            if settings.MOTCUA_CLAMD:
                scan(laid, settings.MOTCUA_CLAMD)
            if before is not None:
                laid.insert(0, _fetched(before, Path(folder) / "before"))
            made = make_paper(laid, Path(folder) / "made.pdf", limits)
        if made.path.stat().st_size > limits.paper_bytes:
            raise PaperRefused("paper_too_large", detail=str(limits.paper_megabytes))
        yield made


@contextmanager
def _bench(benches: int) -> Iterator[None]:
    """One of the office's few benches, so that however many send papers, other pages find a worker.

    Nothing is asked of the database meanwhile: what goes wrong leaves the transaction whole, and the bench is given
    back. Raises `PaperRefused`, at once, when all are taken.
    """
    for number in range(benches):
        if (fetch_one("SELECT pg_try_advisory_lock(%s, %s)", (BENCHES, number)) or (False,))[0]:
            try:
                yield
            finally:
                fetch_one("SELECT pg_advisory_unlock(%s, %s)", (BENCHES, number))
            return
    raise PaperRefused("busy")


def _laid(part: "File[Any]", path: Path, limits: Limits) -> Part:
    with path.open("xb") as out:
        for chunk in part.chunks():
            out.write(chunk)
    return Part(path, shown_name(part.name or ""))


def _fetched(stored: StoredFile, path: Path) -> Part:
    with default_storage.open(stored.place) as content, path.open("xb") as out:
        shutil.copyfileobj(content, out)
    return Part(path, _("các trang đã có"))
