"""One order in, one answer out: `{"pages": 3, "kept": false}`, or `{"refused": "locked", "detail": "", "part": 0}`."""

import json
import logging
import resource
import shutil
import sys
from pathlib import Path
from typing import Any

from pypdf.errors import LimitReachedError, PyPdfError

from motcua.documents.papers.bench.orders import CannotTake, Order
from motcua.documents.papers.bench.pictures import Photo, page_of
from motcua.documents.papers.bench.portable import Looked, look_through
from motcua.documents.papers.bench.sheets import add_pages, add_photo, new_sheet, write
from motcua.documents.papers.bench.sniffing import HEAD, Kind, kind_of


def confine(order: Order) -> None:
    """Little memory, little time, and no larger output than the parts may be."""
    for what, most in (
        (resource.RLIMIT_AS, order.memory), (resource.RLIMIT_CPU, order.seconds), (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, order.streams_bytes),
    ):  # fmt: skip
        resource.setrlimit(what, (most, most))


def make(order: Order) -> dict[str, Any]:
    """The answer to an order; the PDF lies at `into` afterwards when it was not refused."""
    looked: list[Looked | Photo] = []
    try:
        for part in order.parts:
            looked.append(_look(Path(part), order))
        return _put_together(order, looked)
    except CannotTake as no:
        return {"refused": no.reason, "detail": no.detail, "part": len(looked)}
    except (MemoryError, RecursionError, LimitReachedError):
        return {"refused": "swells", "detail": "", "part": len(looked)}
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, ArithmeticError) as fault:
        # Whatever a broken PDF makes its reader stumble over.
        return {"refused": "broken", "detail": "", "part": len(looked), "fault": type(fault).__name__}


def _look(part: Path, order: Order) -> Looked | Photo:
    with part.open("rb") as begun:
        kind = kind_of(begun.read(HEAD))
    return look_through(part, order) if kind is Kind.PDF else page_of(part, kind, order)


def _put_together(order: Order, looked: list[Looked | Photo]) -> dict[str, Any]:
    """Every part's pages in one PDF; a single PDF stays as it was sent."""
    pages = sum(one.pages for one in looked)
    if pages > order.pages:
        raise CannotTake("too_many_pages", str(order.pages))
    if len(looked) == 1 and isinstance(looked[0], Looked):
        shutil.copyfile(order.parts[0], order.into)
        return {"pages": pages, "as_sent": True}
    if any(isinstance(one, Looked) and one.signed for one in looked):
        raise CannotTake("signed_apart")
    sheet = new_sheet()
    for part, one in zip(order.parts, looked, strict=True):
        if isinstance(one, Photo):
            add_photo(sheet, one)
        else:
            add_pages(sheet, Path(part))
    write(sheet, Path(order.into))
    return {"pages": pages, "as_sent": False}


def main() -> None:
    order = Order.read(json.load(sys.stdin))
    confine(order)
    logging.disable()  # a broken PDF is complained of by the thousand
    json.dump(make(order), sys.stdout)


if __name__ == "__main__":
    main()
