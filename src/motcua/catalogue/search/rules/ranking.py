"""How well an entry answers a query: a number from 0 to about 1.2, the same on every machine.

The hottest code of the search, run for each candidate, wording and reading: texts are compared as padded strings
(" dang ki khai sinh "), in which finding a word or two neighbours is one substring test.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from motcua.catalogue.search.rules.readings import Reading
from motcua.catalogue.search.rules.vocabulary import Vocabulary

_PAIRS = 0.35
_CLOSENESS = 0.22
_UNMARKED = 0.88
_ALIAS = 0.97
_KEYWORD = 0.5
_CODE = 0.25
_STANDING = 0.12
_TELLING = 2


@dataclass(frozen=True, slots=True)
class Title:
    """One wording of an entry (its name or an everyday name): padded folded and marked words, and their weight."""

    folded: str
    marked: str
    mass: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that shares words with the query. `standing` (0–1) is its own weight: level, offered here."""

    code: str
    titles: Sequence[Title]
    keywords: str
    standing: float


@dataclass(frozen=True, slots=True)
class Gauge:
    """A reading prepared for comparing: per slot its padded options (best first), weight and exact marks.

    `telling` are its two heaviest words when it comes from an everyday expression: a wording with neither of them
    is not what the expression stands for, and is not compared further.
    """

    slots: tuple[tuple[tuple[tuple[str, float], ...], float, str], ...]
    total: float
    links: float
    trust: float
    codes: frozenset[str]
    pointing: float
    telling: tuple[str, ...]

    @classmethod
    def of(cls, reading: Reading) -> "Gauge":
        slots = tuple(
            (
                tuple((f" {word} ", trust) for word, trust in sorted(slot.options.items(), key=lambda item: -item[1])),
                weight,
                f" {slot.marked} " if slot.marked else "",
            )
            for slot, weight in zip(reading.slots, reading.weights, strict=True)
        )
        links = sum(a + b for a, b in pairwise(reading.weights))
        heaviest = sorted(slots, key=lambda slot: -slot[1])[:_TELLING] if reading.everyday else []
        telling = tuple(options[0][0] for options, _, _ in heaviest)
        codes = frozenset(reading.codes)
        return cls(slots, sum(reading.weights), links, reading.trust, codes, reading.pointing, telling)


def mass_of(folded: str, vocabulary: Vocabulary) -> float:
    """The weight of all distinct words of a wording: what an exact answer would have to match."""
    return sum(vocabulary.weight(word) for word in {*folded.split()})


def _against(gauge: Gauge, title: Title, keywords: str) -> float:
    """Share of the reading's weight that a title answers, words and neighbours, and how little else it says."""
    folded, marks = title.folded, title.marked
    words = matched = links = before_weight = 0.0
    before = ""
    for options, weight, marked in gauge.slots:
        for found, trust in options:
            if found in folded:
                matched += weight
                words += weight * trust if not marked or marked in marks else weight * trust * _UNMARKED
                if before and before + found[1:] in folded:
                    links += (before_weight + weight) * trust
                before = found
                break
        else:
            before = ""
            if options[0][0] in keywords:
                words += weight * _KEYWORD
        before_weight = weight
    score = words / gauge.total
    if gauge.links:
        score = (1 - _PAIRS) * score + _PAIRS * links / gauge.links
    closeness = min(matched / title.mass, 1.0) if title.mass else 0.0
    return gauge.trust * score * (1 - _CLOSENESS + _CLOSENESS * closeness)


def rate(gauges: Sequence[Gauge], candidate: Candidate) -> float:
    """The best of an entry's wordings against the best reading of the query, plus what its standing adds."""
    best = 0.0
    for gauge in gauges:
        pointed = _CODE * gauge.pointing if candidate.code in gauge.codes else 0.0
        if not gauge.total or gauge.trust + pointed <= best:
            continue
        for place, title in enumerate(candidate.titles):
            if gauge.telling and not any(word in title.folded for word in gauge.telling):
                continue
            score = _against(gauge, title, candidate.keywords) * (_ALIAS if place else 1.0) + pointed
            best = max(best, score)
    return best * (1 - _STANDING + _STANDING * candidate.standing)
