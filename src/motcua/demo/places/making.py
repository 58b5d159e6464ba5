"""A place made from nothing: its offices, what they posted, then everything that was received, in two processes."""

import gc
import multiprocessing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from django.db import connections, transaction
from django.utils import timezone

from motcua.demo.office import MACHINE
from motcua.demo.places.building import Ground, survey, write_chunk, write_series
from motcua.demo.places.bundles import write_bundles
from motcua.demo.places.citizens import names_of
from motcua.demo.places.late import settle_late
from motcua.demo.places.offered import offer
from motcua.demo.places.offices import open_place
from motcua.demo.places.told import read_place
from motcua.dossiers.models import Dossier
from motcua.people.models import Agency
from motcua.reporting.rebuilding import rebuild

Progress = Callable[[int], None]
"""Told how many filings more are written."""
PROCESSES: Final = 2


class PlaceThere(ValueError):
    """The place was made before."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Arrivals of one place that are written together."""

    place: int
    first: int
    after: int


def make_places(keys: list[str], *, seed: int, processes: int = PROCESSES, progress: Progress | None = None) -> int:
    """Make these places; how many filings were received in them. Those that are there already are left as they are.

    Give `processes=1` where the tables are only seen by one connection.
    """
    tell = progress or (lambda _count: None)
    grounds: list[Ground] = []
    agencies: list[Mapping[str, Agency]] = []
    for key in keys:
        there = prepare(key, seed)
        if not is_made(there, key):
            agencies.append(there)
            grounds.append(survey(key, there, seed))
    chunks = [Chunk(n, *span) for n, ground in enumerate(grounds) for span in ground.chunks]
    if processes > 1 and len(chunks) > 1:
        _side_by_side(grounds, chunks, processes, tell)
    else:
        for chunk in chunks:
            tell(write_chunk(grounds[chunk.place], chunk.first, chunk.after))
    for ground in grounds:
        tell(write_bundles(ground))
        write_series(ground)
        settle_late(ground)
    if grounds:
        rebuild([agency.id for there in agencies for agency in there.values()])
    return sum(len(ground.arrivals) for ground in grounds)


def is_made(agencies: Mapping[str, Agency], key: str) -> bool:
    """Whether the agencies of this place have dossiers."""
    own = [agencies[told.key].id for told in read_place(key).agencies if told.staff is not None]
    return Dossier.objects.filter(agency__in=own).exists()


@transaction.atomic
def prepare(key: str, seed: int) -> dict[str, Agency]:
    """Agencies, people and postings; found again when they are there."""
    place, at = read_place(key), timezone.now()
    random = Random(f"{seed}:{key}:people")  # noqa: S311 (a repeatable demo, not a secret)
    agencies = open_place(place, names_of(place.people), random, at)
    for told in place.agencies:
        for posted in told.posts:
            offer(agencies[told.key], posted, by=MACHINE, at=at)
    return agencies


def _side_by_side(grounds: list[Ground], chunks: list[Chunk], processes: int, tell: Progress) -> None:
    """Each process takes every n-th chunk on a connection of its own. Raises RuntimeError when one of them failed."""
    connections.close_all()
    gc.collect()
    gc.freeze()
    fork = multiprocessing.get_context("fork")
    done: multiprocessing.SimpleQueue[int] = fork.SimpleQueue()
    workers = [
        fork.Process(target=_work, args=(grounds, chunks[n::processes], done), daemon=True) for n in range(processes)
    ]
    for worker in workers:
        worker.start()
    over = 0
    while over < processes:
        count = done.get()
        over += count < 0
        tell(max(count, 0))
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        raise RuntimeError("a process of the simulation failed")


def _work(grounds: list[Ground], chunks: list[Chunk], done: "multiprocessing.SimpleQueue[int]") -> None:
    gc.disable()  # rows are made and written by the thousand; nothing of them refers to itself
    try:
        for chunk in chunks:
            done.put(write_chunk(grounds[chunk.place], chunk.first, chunk.after))
    finally:
        connections.close_all()
        done.put(-1)
