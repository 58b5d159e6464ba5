"""A place made from nothing: its offices, what they posted, then everything that was received, in some processes."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from motcua.demo.office import MACHINE
from motcua.demo.places.building import Ground, survey, write_chunk, write_series
from motcua.demo.places.bundles import write_bundles
from motcua.demo.places.certificates import certify
from motcua.demo.places.citizens import names_of
from motcua.demo.places.crowd import Crowd, Plot
from motcua.demo.places.digitizing import write_older
from motcua.demo.places.late import settle_late
from motcua.demo.places.offered import offer
from motcua.demo.places.offices import open_place
from motcua.demo.places.ratings import rate_place
from motcua.demo.places.receptions import receive_citizens
from motcua.demo.places.reform import reform_place
from motcua.demo.places.told import read_place
from motcua.dossiers.models import Dossier
from motcua.people.models import Agency
from motcua.reporting.rebuilding import rebuild

Progress = Callable[[int], None]
"""Told how many filings more are written."""
PROCESSES: Final = 3
"""Workers on two cores: while one of them waits for the database, the others go on."""


def make_places(keys: list[str], *, seed: int, processes: int = PROCESSES, progress: Progress | None = None) -> int:
    """Make these places; how many filings were received in them. Those that are there already are left as they are.

    The second largest comes first: it is being filled while the offices of the others are opened. Then everybody
    fills the largest, so that it can be counted while the others are being filled. Give `processes=1` where the
    tables are only seen by one connection.
    """
    tell = progress or (lambda _count: None)
    plots: list[Plot] = []
    agencies: dict[str, list[UUID]] = {}
    crowd = Crowd()
    for key in _in_turn(keys):
        there = prepare(key, seed)
        if is_made(there, key):
            continue
        agencies[key] = [agency.id for agency in there.values()]
        plots.append(Plot(survey(key, there, seed)))
        if processes > 1 and len(plots) == 1 and len(keys) > 1:
            crowd.send(plots)
    plots.sort(key=lambda plot: -plot.ground.place.filings)
    if processes > 1 and plots:
        crowd.send(plots, processes)
    elif plots:
        for plot in plots:
            for first, after in plot.chunks():
                tell(write_chunk(plot.ground, first, after))
    for plot in plots:
        tell(write_bundles(plot.ground))
        write_series(plot.ground)
    uncounted: list[UUID] = []
    for ground in _full(plots, crowd, tell):
        settle_late(ground)
        rate_place(ground)
        receive_citizens(ground)
        write_older(ground)
        reform_place(ground)
        uncounted += agencies[ground.place.key]
        if ground is plots[0].ground:
            rebuild(uncounted)
            uncounted = []
    if uncounted:
        rebuild(uncounted)
    return sum(len(plot.ground.arrivals) for plot in plots)


def _in_turn(keys: Sequence[str]) -> list[str]:
    """The second largest first, then from the largest to the smallest."""
    found = sorted(keys, key=lambda key: -read_place(key).filings)
    return [*found[1:2], *found[:1], *found[2:]]


def _full(plots: Sequence[Plot], crowd: Crowd, tell: Progress) -> Iterator[Ground]:
    """Each place as soon as everything is written in it, while others are still being filled."""
    left = Counter({plot.ground.place.key: plot.ground.singles for plot in plots})
    grounds = {plot.ground.place.key: plot.ground for plot in plots}
    for key, count in crowd.written():
        tell(count)
        left[key] -= count
        if not left[key]:
            yield grounds.pop(key)
    yield from grounds.values()


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
    certify(place, agencies)
    return agencies
