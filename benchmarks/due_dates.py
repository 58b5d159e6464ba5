"""Due dates: microseconds for one, millions a second vectorised, beside numpy.busday_offset in the same run.

    python benchmarks/due_dates.py

`busday_offset` knows whole days only: no hours, half-days, sessions, cut-off or reasons. It is the limit
to compare with, not a substitute.
"""

import timeit
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

import numpy as np
import yaml

from motcua.worktime.rules import VIETNAM, Amount, Calendar, DayKind, Unit, minute_of
from motcua.worktime.rules.parse import parse_calendar

NATIONAL = Path(__file__).parents[1] / "data/holidays/vn.yaml"
MANY = 1_000_000
LIMITS = {Unit.WORKING_HOUR: 80, Unit.WORKING_DAY: 10, Unit.DAY: 30}


def _microseconds(call: Callable[[], object], number: int = 50_000) -> float:
    """The best of five runs, per call."""
    return min(timeit.repeat(call, number=number, repeat=5)) / number * 1e6


def _millions(call: Callable[[], object]) -> float:
    """The best of five runs, in millions of rows a second."""
    return MANY / min(timeit.repeat(call, number=1, repeat=5)) / 1e6


def run() -> dict[str, float]:
    """Figures by name: *_us are microseconds a call, *_millions rows a second, *_ratio against busday_offset."""
    plan = parse_calendar(yaml.safe_load(NATIONAL.read_text(encoding="utf-8"))).plan
    calendar = Calendar(plan)
    start = datetime(2026, 8, 21, 9, 17, tzinfo=VIETNAM)
    off = [dated.day for dated in plan.days if dated.kind is not DayKind.MAKE_UP_DAY]
    weekdays = np.busdaycalendar(holidays=np.array(off, "datetime64[D]"))
    first, last = minute_of(datetime(2019, 1, 1, tzinfo=VIETNAM)), minute_of(start)
    starts = np.random.default_rng(20_260_821).integers(first, last, MANY)
    days = starts.astype("datetime64[m]").astype("datetime64[D]")
    one_day = np.datetime64("2026-08-21")

    figures: dict[str, float] = {
        "compile_ms": _microseconds(lambda: Calendar(plan), number=5) / 1e3,
        "busday_offset_us": _microseconds(lambda: np.busday_offset(one_day, 10, "forward", busdaycal=weekdays)),
        "busday_offset_millions": _millions(lambda: np.busday_offset(days, 10, "forward", busdaycal=weekdays)),
    }
    for unit, number in LIMITS.items():
        amount = Amount(number, unit)
        figures[f"due_{unit}_us"] = _microseconds(lambda amount=amount: calendar.due(start, amount))  # type: ignore[misc]
        figures[f"due_{unit}_millions"] = _millions(
            lambda number=number, unit=unit: calendar.due_many(starts, number, unit)  # type: ignore[misc]
        )
    limit = Amount(10, Unit.WORKING_DAY)
    due = calendar.due(start, limit)
    ends = calendar.due_many(starts, 10, Unit.WORKING_DAY)
    cut_off = time(15)
    figures["due_with_cut_off_us"] = _microseconds(lambda: calendar.due(start, limit, cut_off))
    figures["elapsed_us"] = _microseconds(lambda: calendar.elapsed(start, due))
    figures["explain_us"] = _microseconds(lambda: calendar.explain(start, limit), number=2_000)
    figures["elapsed_millions"] = _millions(lambda: calendar.elapsed_many(starts, ends))
    working_day = f"due_{Unit.WORKING_DAY}"
    figures["one_call_ratio"] = figures["busday_offset_us"] / figures[f"{working_day}_us"]
    figures["vectorised_ratio"] = figures[f"{working_day}_millions"] / figures["busday_offset_millions"]
    return figures


def main() -> None:
    """Print the figures as a table."""
    for name, figure in run().items():
        print(f"{name:28} {figure:10.2f}")


if __name__ == "__main__":
    main()
