"""When dossiers come: by season, weekday and hour, so many and not one more."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from typing import Final

import numpy as np

from motcua.demo.places.told import Place, Stream
from motcua.dossiers.rules import OFFICE_TIME
from motcua.worktime.rules import Calendar

# A week at the counter, Monday first, and the hours of a day of eight: both have their crowds.
WEEK: Final = (120, 104, 100, 98, 92, 40, 0)
HOURS: Final = (70, 130, 150, 110, 80, 120, 100, 50)
LAST_DAY_HOURS: Final = 3
_SUMMED: Final = tuple(accumulate(HOURS))


@dataclass(frozen=True, slots=True)
class Arrival:
    """A filing is received at that moment; `stream` is the place of its stream in the table."""

    at: datetime
    stream: int


def arrivals(place: Place, calendar: Calendar, seed: int) -> list[Arrival]:
    """Everything received in the place, in time. The same seed gives the same moments."""
    found: list[Arrival] = []
    for ordinal, stream in enumerate(place.streams):
        draw = np.random.default_rng([seed, place.ordinal, ordinal])
        random = Random(f"{seed}:{place.key}:{ordinal}")  # noqa: S311 (a repeatable demo, not a secret)
        days = working_days(calendar, stream)
        weights = np.array([place.season[day.month - 1] * WEEK[day.weekday()] for day in days], float)
        counts = draw.multinomial(stream.dossiers, weights / weights.sum())
        for day, count in zip(days, counts, strict=True):
            is_last = day == days[-1]
            found += [Arrival(_moment(calendar, day, random, is_last), ordinal) for _ in range(int(count))]
    return sorted(found, key=lambda arrival: arrival.at)


def working_days(calendar: Calendar, stream: Stream) -> list[date]:
    """The days on which the stream flows. Raises `CalendarGap`."""
    every = (stream.first + timedelta(days=n) for n in range((stream.last - stream.first).days + 1))
    return [day for day in every if day.isoweekday() in stream.weekdays and calendar.is_working_day(day)]


def _moment(calendar: Calendar, day: date, random: Random, is_last: bool) -> datetime:
    weights = _SUMMED[:LAST_DAY_HOURS] if is_last else _SUMMED
    hour = random.choices(range(len(weights)), cum_weights=weights)[0]
    midnight = datetime.combine(day, time(), OFFICE_TIME)
    at = calendar.after(midnight, hour * 60 + random.randrange(1, 60))
    return at.replace(second=random.randrange(60))
