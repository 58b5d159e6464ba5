"""The words of the index, and the nearest of them to a word with a slip."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log

from rapidfuzz.distance import OSA

from motcua.catalogue.search.rules.folding import fold_word

LONGEST_SLIP_WORD = 12
LONGEST_JOINED = 24
_LONGEST_SYLLABLE = 7
_FEW = 3


@dataclass(frozen=True, slots=True)
class Term:
    """A folded word, or two neighbouring ones, as the index knows it: row number and how many entries have it."""

    number: int
    entries: int
    display: str = ""


def _shortened(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


@dataclass(slots=True)
class Vocabulary:
    """Terms of one index revision, with what is needed to weigh and to correct words.

    `masses` keeps the weights of entries' wordings by entry number, as they are first needed.
    """

    revision: int
    entries: int
    terms: Mapping[str, Term]
    extra: frozenset[str] = frozenset()
    masses: dict[int, tuple[float, ...]] = field(default_factory=dict, repr=False)
    _near: dict[str, list[str]] = field(init=False, repr=False)
    _words: list[str] = field(init=False, repr=False)
    _pairs: list[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        known = {*self.terms, *self.extra}
        self._pairs = sorted(term for term in known if " " in term)
        self._words = sorted(term for term in known if " " not in term)
        near: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            if len(word) <= LONGEST_SLIP_WORD and word.isalpha():
                for key in {word, *_shortened(word)}:
                    near[key].append(word)
        self._near = dict(near)

    def knows(self, term: str) -> bool:
        """Whether any entry or everyday expression contains this folded word or pair."""
        return term in self.terms or term in self.extra

    def count(self, term: str) -> int:
        """In how many entries the term occurs (1 for a word that only everyday expressions have)."""
        found = self.terms.get(term)
        return found.entries if found else int(term in self.extra)

    def weight(self, term: str) -> float:
        """How telling a term is: ln(1 + entries / entries with it), the usual inverse document frequency."""
        found = self.terms.get(term)
        return log(1 + self.entries / found.entries) if found and found.entries else log(1 + self.entries)

    def nearest(self, word: str) -> list[str]:
        """Known words one slip away (a letter lost, added, changed, or two swapped), two slips for long words."""
        if not 2 <= len(word) <= LONGEST_SLIP_WORD or not word.isalpha():
            return []
        keys = {word, *_shortened(word)}
        found = {near for key in keys for near in self._near.get(key, ())} - {word}
        close = [near for near in found if OSA.distance(word, near, score_cutoff=1) <= 1]
        if close or len(word) < 6:
            return close
        return [near for near in found if OSA.distance(word, near, score_cutoff=2) <= 2]

    def beginning(self, start: str, previous: Iterable[str], most: int = 6) -> list[str]:
        """Known words that begin so; those that follow one of the previous words in some entry come first."""
        after: dict[str, int] = {}
        for word in previous:
            for pair in self._starting(self._pairs, f"{word} {start}"):
                follower = pair.split(" ", 1)[1]
                after[follower] = after.get(follower, 0) + self.count(pair)
        if not after and len(start) >= _FEW:
            after = {word: self.count(word) for word in self._starting(self._words, start)}
        after.pop(start, None)
        return sorted(after, key=lambda word: (-after[word], word))[:most]

    @staticmethod
    def _starting(ordered: list[str], start: str) -> Iterable[str]:
        for place in range(bisect_left(ordered, start), len(ordered)):
            if not ordered[place].startswith(start):
                return
            yield ordered[place]

    def split(self, word: str) -> list[str]:
        """Known neighbours that were typed without the spaces between them ("dangkykhaisinh"), or nothing."""
        if len(word) > LONGEST_JOINED:
            return []
        found: list[list[str]] = []
        for cut in range(2, min(len(word) - 1, _LONGEST_SYLLABLE + 1)):
            first, last = fold_word(word[:cut]), fold_word(word[cut:])
            if self.knows(first):
                rest = [last] if self.knows(last) else self.split(word[cut:])
                if rest and self.knows(f"{first} {rest[0]}"):
                    found.append([first, *rest])
        return max(found, key=lambda parts: self.count(f"{parts[0]} {parts[1]}"), default=[])

    def spelled(self, word: str, before: str, after: str) -> str:
        """A folded word with the diacritics the index gives it beside its neighbours, for showing to people."""
        previous = self.terms.get(f"{before} {word}")
        following = self.terms.get(f"{word} {after}")
        if following and (not previous or following.entries > previous.entries):
            return following.display.split(" ")[0]
        if previous:
            return previous.display.split(" ")[-1]
        single = self.terms.get(word)
        return single.display if single else word
