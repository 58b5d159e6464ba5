"""Queries as people type them, on both real corpora: the right procedure among the first five."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from motcua.catalogue.search import SearchEntryInput, reindex, search
from tests.catalogue.search_corpora import commune, national

Corpus = Callable[[Path], list[SearchEntryInput]]
FIRST = 5
LEAST = {"A": 0.95, "B": 0.95, "C": 0.95, "D": 0.95, "E": 0.85, "F": 0.85}


@pytest.mark.parametrize(("corpus", "size"), [(commune, 285), (national, 5670)])
def test_recall_at_five(db: None, shared: Path, corpus: Corpus, size: int, capsys: pytest.CaptureFixture[str]) -> None:
    counts = reindex(corpus(shared))
    assert counts.entries >= size
    groups = json.loads((shared / "data" / "search-queries.json").read_text())["queries"]
    missed = {
        group: [q for q, code in queries if code not in [hit.code for hit in search(q, limit=FIRST)]]
        for group, queries in groups.items()
    }
    recall = {group: 1 - len(missed[group]) / len(groups[group]) for group in groups}
    with capsys.disabled():
        print(f"\n{corpus.__name__} ({counts.entries} entries), recall@{FIRST}:")
        for group, share in recall.items():
            print(f"  {group:18} {share:.3f}  {missed[group] or ''}")
    for group, share in recall.items():
        assert share >= LEAST[group[0]], (group, missed[group])


@pytest.mark.parametrize("corpus", [commune, national])
def test_every_name_finds_itself_as_typed_without_diacritics(db: None, shared: Path, corpus: Corpus) -> None:
    """Names of one catalogue repeat (the same procedure in several provinces): the name counts, not the code."""
    entries = corpus(shared)
    reindex(entries)
    sample = entries[:: max(len(entries) // 120, 1)]
    missed = [
        entry.name
        for entry in sample
        if entry.name.strip().lower() not in [hit.name.strip().lower() for hit in search(entry.name, limit=FIRST)]
    ]
    assert len(missed) <= len(sample) * 0.03, missed
