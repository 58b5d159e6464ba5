"""Having a paper made at the bench: what is asked, and what came of it."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import structlog

from motcua.documents.papers.bench.orders import Order
from motcua.documents.papers.limits import Limits
from motcua.documents.papers.refusals import PaperRefused

log = structlog.get_logger("motcua.papers")
_BENCH: Final = "motcua.documents.papers.bench"


@dataclass(frozen=True, slots=True)
class Part:
    """One photo or PDF as it was sent, lying in a folder of our own; `name` is only ever shown."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Made:
    """A paper at `path`. `as_sent`: the very bytes of its only part."""

    path: Path
    pages: int
    as_sent: bool


def make_paper(parts: Sequence[Part], into: Path, limits: Limits) -> Made:
    """Have one PDF made of the parts. Raises `PaperRefused`."""
    order = Order(
        parts=tuple(str(part.path) for part in parts), into=str(into), pages=limits.pages,
        pixels=limits.picture_megapixels * 1_000_000, page_pixels=limits.page_pixels,
        page_quality=limits.page_quality, stream_bytes=limits.stream_megabytes << 20,
        streams_bytes=limits.streams_megabytes << 20, objects=limits.objects, seconds=limits.seconds,
        memory=limits.memory_megabytes << 20,
    )  # fmt: skip
    told = _ask(order, parts)
    if "refused" in told:
        part = parts[min(int(told["part"]), len(parts) - 1)]
        log.info("paper refused", reason=told["refused"], fault=told.get("fault", ""))
        raise PaperRefused(told["refused"], detail=told["detail"], part=part.name)
    return Made(into, int(told["pages"]), bool(told["as_sent"]))


def _ask(order: Order, parts: Sequence[Part]) -> dict[str, str]:
    """The bench's answer. A bench that dies at its limits has answered too."""
    alone = parts[0].name if len(parts) == 1 else ""
    told = Path(order.into).with_suffix(".said")
    try:
        with told.open("wb") as said:
            bench = subprocess.run(  # noqa: S603
                [sys.executable, "-m", _BENCH], input=json.dumps(order.told()).encode(),
                stdout=subprocess.PIPE, stderr=said, timeout=order.seconds * 2, check=False,
                # Nothing of our own surroundings: no secret, no address of the database.
                env={"PYTHONPATH": ":".join(filter(None, sys.path)), "OPENBLAS_NUM_THREADS": "1", "LANG": "C.UTF-8"},
                cwd=told.parent,
            )  # fmt: skip
    except subprocess.TimeoutExpired as slow:
        raise PaperRefused("too_slow", part=alone) from slow
    if bench.returncode != 0:
        log.warning("bench ended", status=bench.returncode, said=_end_of(told))
        raise PaperRefused("too_slow" if bench.returncode < 0 else "swells", part=alone)
    answer: dict[str, str] = json.loads(bench.stdout)
    return answer


def _end_of(told: Path) -> str:
    """The last that was said, for whoever looks for the cause."""
    with told.open("rb") as said:
        said.seek(max(0, told.stat().st_size - 300))
        return said.read().decode(errors="replace")
