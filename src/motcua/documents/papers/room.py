"""Room for what is sent in: on the disk, in the owner's store, within the hour.

Below a floor of free disk nothing more is taken in, so that the office itself can go on writing.
"""

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Sum

from motcua.core.throttle import allow
from motcua.documents.papers.access import Owner, papers_of
from motcua.documents.papers.limits import MEGABYTE, paper_limits
from motcua.documents.papers.refusals import PaperRefused


@dataclass(frozen=True, slots=True)
class Room:
    """The disk that the store lies on, in bytes; `floor` is what must stay free of it."""

    total: int
    free: int
    floor: int

    @property
    def is_low(self) -> bool:
        """Whether papers are refused now."""
        return self.free < self.floor


def room_of_store() -> Room:
    """The disk of MEDIA_ROOT, or of the folder above it that is there already."""
    folder = Path(settings.MEDIA_ROOT)
    there = next(place for place in (folder, *folder.parents) if place.exists())
    usage = shutil.disk_usage(there)
    return Room(usage.total, usage.free, paper_limits().floor_megabytes * MEGABYTE)


def require_space(owner: Owner, coming: int) -> None:
    """Room for `coming` bytes more: on the disk, and in the owner's store with what he has half sent.

    Raises `PaperRefused`.
    """
    room, limits = room_of_store(), paper_limits()
    if room.free - coming < room.floor:
        raise PaperRefused("disk_full")
    papers, megabytes = limits.store_papers, limits.store_megabytes
    if owner.citizen_id is None:
        papers, megabytes = limits.guest_papers, limits.guest_megabytes
    held = papers_of(owner).aggregate(size=Sum("stored__size"))["size"] or 0
    if papers_of(owner).count() >= papers or held + coming >= megabytes * MEGABYTE:
        raise PaperRefused("store_full")


def require_try(owner: Owner) -> None:
    """Count one try of his; outside of a transaction that a refusal undoes. Raises `PaperRefused`."""
    who = str(owner.citizen_id or owner.key_hash)
    if not allow(what="paper", who=who, limit=paper_limits().tries_an_hour, window=timedelta(hours=1)):
        raise PaperRefused("too_often")
