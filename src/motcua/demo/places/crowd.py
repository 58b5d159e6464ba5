"""Worker processes that write arrivals, each on a connection of its own; they share what is still to be taken."""

import gc
import multiprocessing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from multiprocessing.sharedctypes import Synchronized
from typing import Final

from django.db import connections

from motcua.demo.places.building import Ground, write_chunk

_FORK: Final = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True)
class Plot:
    """A place to be filled, and how many of its chunks somebody has taken."""

    ground: Ground
    taken: "Synchronized[int]" = field(default_factory=lambda: _FORK.Value("i", 0))

    def chunks(self) -> Iterator[tuple[int, int]]:
        """One chunk after another that nobody else has taken."""
        spans = self.ground.chunks
        while True:
            with self.taken.get_lock():
                place = self.taken.value
                self.taken.value += 1
            if place >= len(spans):
                return
            yield spans[place]


class Crowd:
    """The workers that are under way. A worker knows the plots that were ready when it was sent."""

    def __init__(self) -> None:
        self._workers: dict[Connection, ForkProcess] = {}

    def send(self, plots: Sequence[Plot], count: int = 1) -> None:
        """Let so many more work on these plots, the first one first. The caller's connection is closed."""
        for _ in range(count):
            connections.close_all()
            gc.collect()
            gc.freeze()
            ours, theirs = _FORK.Pipe(duplex=False)
            worker = _FORK.Process(target=_work, args=(plots, theirs), daemon=True)
            worker.start()
            theirs.close()
            self._workers[ours] = worker

    def written(self) -> Iterator[tuple[str, int]]:
        """In which place how many dossiers more are written, until all workers have ended.

        Raises RuntimeError when one of them failed.
        """
        while self._workers:
            for ours in [one for one in wait([*self._workers]) if isinstance(one, Connection)]:
                try:
                    yield ours.recv()
                except EOFError:
                    worker = self._workers.pop(ours)
                    worker.join()
                    if worker.exitcode:
                        raise RuntimeError("a process of the simulation failed") from None


def _work(plots: Sequence[Plot], done: Connection) -> None:
    gc.disable()  # rows are made and written by the thousand; nothing of them refers to itself
    try:
        for plot in plots:
            for first, after in plot.chunks():
                done.send((plot.ground.place.key, write_chunk(plot.ground, first, after)))
    finally:
        connections.close_all()
        done.close()
