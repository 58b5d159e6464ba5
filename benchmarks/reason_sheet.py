"""The reason sheet of every dossier of the demo, reading it included: the target is 5 ms.

The dossiers are in every state, paused, restarted, late, settled. Beside it, in the same run, the queries of a sheet
alone: what the computing adds to them is the ratio.
"""

import time
from collections.abc import Callable
from importlib import import_module
from io import StringIO
from statistics import median, quantiles
from typing import Any

from django.core.management import call_command

from benchmarks.open_clocks import _database

TARGET_MS = 5.0
ROUNDS = 20


def run() -> dict[str, float]:
    """Milliseconds a sheet over all dossiers: the first, the median, one in a hundred; and of the queries alone."""
    with _database():
        return _measure()


def _measure() -> dict[str, float]:
    # These need Django to be set up, which only `run` can do: the settings are read from the environment.
    dossiers, reasons, queries, calendars = (
        import_module(f"motcua.{name}")
        for name in ("dossiers.models", "dossiers.reasons", "routing.queries", "worktime.queries")
    )
    codes = _fill()

    def read(code: str) -> Any:
        found = dossiers.Dossier.objects.select_related("agency").get(code=code)
        reasons.told_entries(found)
        return found, queries.events_of(found.id, "dossier.recalculated") if found.due_at != found.promised_at else ()

    def sheet(code: str) -> int:
        found = dossiers.Dossier.objects.select_related("agency").get(code=code)
        rows = reasons.reasons_of(found, calendars.calendar_for(found.agency.calendar_code))
        moves = queries.events_of(found.id, "dossier.recalculated") if found.due_at != found.promised_at else ()
        return len(rows) + len(moves)

    first = _milliseconds(sheet, codes[0])
    most_rows = max(sheet(code) for code in codes)
    times = [_milliseconds(sheet, code) for _round in range(ROUNDS) for code in codes]
    alone = [_milliseconds(read, code) for _round in range(ROUNDS) for code in codes]
    return {
        "dossiers": float(len(codes)),
        "most_rows": float(most_rows),
        "first_ms": first,
        "median_ms": median(times),
        "p99_ms": quantiles(times, n=100)[98],
        "target_ms": TARGET_MS,
        "queries_alone_ms": median(alone),
        "ratio_to_queries": median(times) / median(alone),
    }


def _milliseconds(call: Callable[[str], object], code: str) -> float:
    start = time.perf_counter()
    call(code)
    return (time.perf_counter() - start) * 1_000


def _fill() -> list[str]:
    """The whole demo; the codes of its dossiers."""
    call_command("load_calendar", stdout=StringIO())
    call_command("import_catalogue", quiet=True)
    call_command("demo")
    models = import_module("motcua.dossiers.models")
    return list(models.Dossier.objects.order_by("code").values_list("code", flat=True))


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:20} {value:10.2f}")
