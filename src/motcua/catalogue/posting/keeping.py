"""A handbook is made once for each state of the catalogue, apart from the counters, and kept."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import structlog
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from pypdf import PdfReader

from motcua.catalogue.posting.handbook import Copy, handbook_print
from motcua.documents.press_apart import PressFailed, typeset_apart
from motcua.documents.prints import handbook_values
from motcua.documents.prints.handbook import TEMPLATE

log = structlog.get_logger("motcua.handbook")
FOLDER = "handbooks"
# Seconds: the press gives up; what it was making may be ordered anew a little later.
LONGEST = 180.0
FORGOTTEN = int(LONGEST) + 30
# Told to whoever waits for the first book of an office; afterwards its own pace is known.
USUAL_SECONDS_EACH = 0.04
OLDER_KEPT = 5


@dataclass(frozen=True, slots=True)
class Kept:
    """A handbook that is there. `took` in seconds, `size` in bytes, `made_at` as ISO 8601."""

    procedures: int
    pages: int
    size: int
    took: float
    made_at: str

    @property
    def made(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.made_at)


@dataclass(frozen=True, slots=True)
class Making:
    """A handbook being made, or one that failed: begun so many seconds ago, of so many usually."""

    procedures: int
    seconds: int
    usual: int
    failed: bool = False


def path_of(copy: Copy) -> str:
    """Where the book of this state lies among the stored files."""
    return f"{FOLDER}/{copy.agency.pk}/{copy.sector or 'all'}/{copy.state}.pdf"


def kept(copy: Copy) -> Kept | None:
    """The book of exactly this state, if it was made."""
    told = f"{path_of(copy)}.json"
    if not default_storage.exists(told):
        return None
    with default_storage.open(told) as stored:
        return Kept(**json.load(stored))


def read(copy: Copy) -> bytes:
    """The kept book. Raises FileNotFoundError when there is none of this state."""
    with default_storage.open(path_of(copy)) as stored:
        return bytes(stored.read())


def making(copy: Copy) -> Making | None:
    """How far it is; None when nobody ordered it, or it is kept already."""
    order: dict[str, Any] | None = cache.get(_key(copy))
    if order is None:
        return None
    return Making(len(copy.rows), int(time.time() - order["since"]), order["usual"], order["failed"])


def begin(copy: Copy, *, at: datetime, patience: float = 2.0) -> None:
    """Make it unless it is kept or being made; comes back when it is done, or after `patience` seconds."""
    if kept(copy) is not None:
        return
    standing = making(copy)
    if standing is not None and standing.failed:
        cache.delete(_key(copy))
    if not cache.add(_key(copy), _order(copy), FORGOTTEN):
        return
    press = beside(lambda: _press(copy, at))
    press.join(patience)


def beside(work: Callable[[], None]) -> threading.Thread:
    """Start this beside the request."""
    thread = threading.Thread(target=work, name="handbook", daemon=True)
    thread.start()
    return thread


def make(copy: Copy, *, at: datetime) -> Kept:
    """Make it and keep it. Raises `PressFailed` when the press could not."""
    begun = time.monotonic()
    values = handbook_values(handbook_print(copy, at=at))
    pdf = typeset_apart(TEMPLATE, values, at=at, seconds=LONGEST)
    made = Kept(len(copy.rows), len(PdfReader(BytesIO(pdf)).pages), len(pdf), time.monotonic() - begun, at.isoformat())
    for name, content in ((path_of(copy), pdf), (f"{path_of(copy)}.json", json.dumps(asdict(made)).encode())):
        default_storage.delete(name)
        default_storage.save(name, ContentFile(content))
    _drop_old(copy)
    return made


def _press(copy: Copy, at: datetime) -> None:
    """One order from beginning to end, in a thread of its own with a database connection of its own."""
    try:
        made = make(copy, at=at)
    except (PressFailed, OSError) as fault:
        log.error("handbook", sector=copy.sector, fault=str(fault))
        cache.set(_key(copy), _order(copy) | {"failed": True}, FORGOTTEN)
    else:
        log.info("handbook", sector=copy.sector, pages=made.pages, seconds=round(made.took, 1))
        cache.set(_pace_key(copy), made.took / made.procedures, None)
        cache.delete(_key(copy))
    finally:
        connection.close()


def _order(copy: Copy) -> dict[str, Any]:
    pace = cache.get(_pace_key(copy)) or USUAL_SECONDS_EACH
    return {"since": time.time(), "usual": max(2, round(pace * len(copy.rows))), "failed": False}


def _drop_old(copy: Copy) -> None:
    """Books of earlier states go, but for the last few."""
    folder = path_of(copy).rpartition("/")[0]
    names = [name for name in default_storage.listdir(folder)[1] if name.endswith(".pdf")]
    names.sort(key=lambda name: default_storage.get_modified_time(f"{folder}/{name}"), reverse=True)
    for name in names[1 + OLDER_KEPT :]:
        default_storage.delete(f"{folder}/{name}")
        default_storage.delete(f"{folder}/{name}.json")


def _key(copy: Copy) -> str:
    return f"handbook:{copy.agency.pk}:{copy.sector}:{copy.state}"


def _pace_key(copy: Copy) -> str:
    return f"handbook-pace:{copy.agency.pk}"
