"""Searching the catalogue: one indexed look-up in PostgreSQL, then the pure ranking of what it brings."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from motcua.catalogue.search.index import KEYWORD
from motcua.catalogue.search.phrases import language_read, phrasebook
from motcua.catalogue.search.rules.folding import clean, code_key, codes_in, looks_like_code
from motcua.catalogue.search.rules.ranking import Candidate, Gauge, Title, mass_of, rate
from motcua.catalogue.search.rules.readings import Reading, read
from motcua.catalogue.search.rules.slots import Slot, corrected_text, read_slots
from motcua.catalogue.search.rules.vocabulary import Term, Vocabulary
from motcua.catalogue.search.upkeep import current_revision
from motcua.core.sql import fetch_all, fetch_one

MOST_HITS = 80
_FIRST = 240
_MOST_TERMS = 40
_COMMON = 0.1
_TELLING = 0.8
_RELEVANT = 0.5
_FAINT = 0.2
_FEW = 8
_NOTHING = 0.1
_PAIR = 0.8
_KEYWORD = 0.3

# Two limits: most of the entries that share a word never get as far as their row. With a sector the first is off.
_CANDIDATES = """
SELECT e.id, e.procedure_id, e.code, e.name, e.sector, e.titles, e.marked, e.keywords, e.standing, e.offered
  FROM (SELECT entry, sum(weight) AS score
          FROM (SELECT p.entry, t.weight
                  FROM unnest(%(terms)s::int[], %(weights)s::real[]) AS t (term, weight)
                  JOIN catalogue_searchposting p ON p.term = t.term
                 UNION ALL
                SELECT id, %(pointed)s::real FROM catalogue_searchentry WHERE code_key = ANY(%(codes)s)) AS found
         GROUP BY entry ORDER BY score DESC, entry LIMIT %(first)s) AS scored
 CROSS JOIN LATERAL (SELECT * FROM catalogue_searchentry WHERE id = scored.entry OFFSET 0) AS e
 WHERE e.active AND (%(sector)s::text IS NULL OR e.sector = %(sector)s)
 ORDER BY scored.score * (0.85 + 0.15 * e.standing) DESC, e.code
 LIMIT %(most)s
"""

_BY_CODE = """
SELECT id, procedure_id, code, name, sector, titles, marked, keywords, standing, offered
  FROM catalogue_searchentry
 WHERE active AND (%(sector)s::text IS NULL OR sector = %(sector)s)
   AND code_key LIKE ANY (%(patterns)s::text[])
 ORDER BY code_key = ANY (%(keys)s::text[]) DESC, code_key LIKE ANY (%(starts)s::text[]) DESC, standing DESC, code
 LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A procedure found. `score` compares hits of one answer only; 1 and more is a full match."""

    procedure_id: UUID
    code: str
    name: str
    sector: str
    offered: bool
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """One answer: the hits of the page asked for, how many there are in all (at most MOST_HITS), and a suggestion.

    `suggestion` is the query as corrected ("đăng ký khai sinh"), or None when no word had a slip.
    """

    hits: Sequence[Hit]
    count: int
    suggestion: str | None = None


@lru_cache(maxsize=4)
def _vocabulary(revision: int, language: str) -> Vocabulary:
    size = fetch_one("SELECT count(*) FROM catalogue_searchentry")
    rows = fetch_all("SELECT term, id, entries, display FROM catalogue_searchterm WHERE entries > 0")
    terms = {term: Term(number, entries, display) for term, number, entries, display in rows}
    return Vocabulary(revision, size[0] if size else 0, terms, phrasebook(language).terms())


def vocabulary(revision: int | None, language: str = "vi") -> Vocabulary | None:
    """The words of the index of this revision, kept per process until the index changes; None while it is empty."""
    known = _vocabulary(revision, language) if revision is not None else None
    return known if known and known.entries else None


def _wanted(readings: Sequence[Reading], known: Vocabulary) -> dict[int, float]:
    """Index terms to look up, each with its weight.

    Terms that a tenth of all entries have cost most and tell least: they are left out when rarer ones say as much.
    """
    rare: dict[int, float] = defaultdict(float)
    common: dict[int, float] = defaultdict(float)
    keyword: dict[int, float] = defaultdict(float)

    def want(term: str, factor: float) -> None:
        found = known.terms.get(term)
        if found:
            often = found.entries > known.entries * _COMMON
            wanted = keyword if term.startswith(KEYWORD) else common if often else rare
            wanted[found.number] = max(wanted[found.number], known.weight(term) * factor)

    for reading in readings:
        before: Slot | None = None
        total = sum(reading.weights) or 1.0
        for slot, weight in zip(reading.slots, reading.weights, strict=True):
            share = reading.trust * min(weight / known.weight(slot.best), 1.0) / total
            for word, trust in slot.options.items():
                want(word, trust * share)
                want(KEYWORD + word, trust * share * _KEYWORD)
                for other, earlier in before.options.items() if before else ():
                    want(f"{other} {word}", trust * earlier * share * _PAIR)
            before = slot
    telling = max(rare.values(), default=0.0) >= _TELLING * max(common.values(), default=0.0)
    wanted = {**keyword, **rare} if rare and telling else {**keyword, **rare, **common}
    return dict(sorted(wanted.items(), key=lambda item: -item[1])[:_MOST_TERMS])


def _candidate(row: tuple[Any, ...], known: Vocabulary) -> Candidate:
    number, _, code, _, _, titles, marked, keywords, standing, _ = row
    wordings = titles.split("\n")
    masses = known.masses.get(number)
    if masses is None:
        masses = known.masses[number] = tuple(mass_of(wording, known) for wording in wordings)
    prepared = [
        Title(f" {folded} ", f" {exact} ", mass)
        for folded, exact, mass in zip(wordings, marked.split("\n"), masses, strict=True)
    ]
    return Candidate(code, prepared, f" {keywords} ", standing)


def _hit(row: tuple[Any, ...], score: float) -> Hit:
    _, procedure_id, code, name, sector, _, _, _, _, offered = row
    return Hit(procedure_id, code, name, sector, offered, round(score, 4))


def _by_code(keys: Sequence[str], sector: str | None, *, whole: bool) -> list[Hit]:
    starts = [key + "%" for key in keys]
    patterns = [*keys] if whole else ["%" + start for start in starts]
    rows = fetch_all(
        _BY_CODE,
        {"sector": sector, "patterns": patterns, "keys": [*keys], "starts": starts, "most": MOST_HITS},
    )
    return [_hit(row, 1.0) for row in rows]


def _by_words(cleaned: str, sector: str | None, revision: int | None) -> tuple[list[Hit], str | None]:
    language = language_read()
    known = vocabulary(revision, language)
    slots = read_slots(cleaned, known) if known else []
    if known is None or not slots:
        return [], None
    readings = read(slots, phrasebook(language), known)
    wanted = _wanted(readings, known)
    codes = sorted({code_key(code) for reading in readings for code in reading.codes})
    rows = fetch_all(
        _CANDIDATES,
        {
            "terms": [*wanted],
            "weights": [*wanted.values()],
            "codes": codes,
            "pointed": max(wanted.values(), default=1.0),
            "sector": sector,
            "first": None if sector else _FIRST,
            "most": MOST_HITS,
        },
    )
    gauges = [Gauge.of(reading) for reading in readings]
    rated = [(rate(gauges, _candidate(row, known)), row) for row in rows]
    rated.sort(key=lambda pair: (-pair[0], pair[1][2]))
    if not rated or rated[0][0] < _NOTHING:
        return [], None
    hits = [_hit(row, score) for score, row in _relevant(rated)]
    return hits, corrected_text(slots, rated[0][1][5].replace("\n", " "), known)


def _relevant(rated: Sequence[tuple[float, tuple[Any, ...]]]) -> list[tuple[float, tuple[Any, ...]]]:
    """The entries worth showing: near the best one, and a few weaker ones when those are few."""
    floor = rated[0][0] * _RELEVANT
    faint = rated[0][0] * _FAINT
    return [pair for place, pair in enumerate(rated) if pair[0] >= (floor if place >= _FEW else faint)]


def find(q: str, *, sector: str | None = None, limit: int = 20, offset: int = 0) -> Found:
    """Procedures that answer what a person typed, best first. Never raises for any text; nothing typed finds nothing.

    Reads names, everyday names, codes; with or without diacritics; raw Telex and VNI; slips; an unfinished last word;
    and the English words of `data/synonyms.en.yaml` for whoever reads the pages in English.
    `sector` is a sector's exact name.
    """
    cleaned = clean(q)
    revision = current_revision() if cleaned else None
    suggestion: str | None = None
    hits: list[Hit] = []
    if looks_like_code(cleaned):
        hits = _by_code([code_key(cleaned)], sector, whole=False)
    elif codes := codes_in(cleaned):
        hits = _by_code(codes, sector, whole=True)
    if not hits and cleaned:
        hits, suggestion = _by_words(cleaned, sector, revision)
    start = max(offset, 0)
    return Found(hits[start : start + max(limit, 0)], len(hits), suggestion)


def search(q: str, *, sector: str | None = None, limit: int = 20, offset: int = 0) -> list[Hit]:
    """The hits of `find` alone."""
    return [*find(q, sector=sector, limit=limit, offset=offset).hits]


def suggest(q: str) -> str | None:
    """The query as corrected, for “Ý ông/bà là …?”; None when no word had a slip."""
    return find(q, limit=0).suggestion
