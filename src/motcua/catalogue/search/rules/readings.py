"""Everyday expressions found in a query, and the official wordings it may therefore be read as."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log

from motcua.catalogue.search.rules.folding import clean, fold_word, mark_word, words
from motcua.catalogue.search.rules.slots import Slot
from motcua.catalogue.search.rules.vocabulary import Vocabulary

MOST_READINGS = 8
_FILLER = 0.2
_LEFT_OVER = 0.5
_LONGEST_FILLER = 4
_WIDEST_GAP = 5
_ENOUGH = 0.6
_PARTIAL = 0.85
_SKIPPED = 0.9
_TURNED = 0.85
_TURNABLE = 4
_OTHER_MARKS = 0.4


@dataclass(frozen=True, slots=True)
class Wording:
    """A phrase as folded words with their exact marks."""

    folded: tuple[str, ...]
    marked: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Wording":
        found = words(clean(text))
        return cls(tuple(fold_word(word) for word in found), tuple(mark_word(word) for word in found))


@dataclass(frozen=True, slots=True)
class Expression:
    """What people say, the official wordings it stands for, and procedure codes it points at in the first place."""

    said: Wording
    means: tuple[Wording, ...]
    codes: tuple[str, ...] = ()


@dataclass(slots=True)
class Phrasebook:
    """All everyday expressions, found by their words."""

    expressions: Sequence[Expression]
    fillers: frozenset[tuple[str, ...]] = frozenset()
    _by_word: dict[str, list[int]] = field(init=False, repr=False)
    _share: dict[str, float] = field(init=False, repr=False)
    _mass: list[float] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_word: dict[str, list[int]] = defaultdict(list)
        for place, expression in enumerate(self.expressions):
            for word in {*expression.said.folded}:
                by_word[word].append(place)
        self._by_word = dict(by_word)
        self._share = {word: log(1 + len(self.expressions) / len(at)) for word, at in by_word.items()}
        self._mass = [self._weigh({*expression.said.folded}) for expression in self.expressions]

    def terms(self) -> frozenset[str]:
        """Every word and pair of neighbours that people say, so that they do not count as slips."""
        said = [expression.said.folded for expression in self.expressions]
        pairs = (f"{a} {b}" for phrase in said for a, b in pairwise(phrase))
        return frozenset([*self._by_word, *pairs, *(word for filler in self.fillers for word in filler)])

    def _weigh(self, said: Iterable[str]) -> float:
        return sum(self._share[word] for word in said)

    def akin(self, said: Iterable[str]) -> list[tuple[Expression, float]]:
        """Expressions whose words are all among these, or all but one that tells little; and how far each is."""
        hits: dict[int, list[str]] = defaultdict(list)
        for word in said:
            for place in self._by_word.get(word, ()):
                hits[place].append(word)
        found = []
        for place, matched in hits.items():
            expression = self.expressions[place]
            missing = len({*expression.said.folded}) - len(matched)
            if not missing:
                found.append((expression, 1.0))
            elif missing == 1 and len(matched) > 1:
                part = self._weigh(matched) / self._mass[place]
                if part >= _ENOUGH:
                    found.append((expression, part * _PARTIAL))
        return found

    def filling(self, words: Sequence[str]) -> set[int]:
        """Places of the words that only fill the sentence ("xin", "thủ tục", "ở phường")."""
        return {
            at
            for start in range(len(words))
            for length in range(1, _LONGEST_FILLER + 1)
            if tuple(words[start : start + length]) in self.fillers
            for at in range(start, min(start + length, len(words)))
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as it may be understood: slots, what each weighs, how far we trust it.

    `codes` are what its expressions point at, `pointing` (0–1) how clearly: it falls fast with words left over.
    """

    slots: tuple[Slot, ...]
    weights: tuple[float, ...]
    trust: float
    codes: tuple[str, ...] = ()
    pointing: float = 0.0

    @property
    def everyday(self) -> bool:
        """Whether an expression was put into official words."""
        return any(slot.official for slot in self.slots)


@dataclass(frozen=True, slots=True)
class _Match:
    expression: Expression
    places: frozenset[int]
    quality: float
    mass: float


def _order(places: Sequence[int]) -> float:
    """How well words stand together: 1 side by side, less with words between; turned round only from four words on.

    Two syllables the other way round are another word ("tự kỷ", "ký … từ"), two pairs are not ("xe cũ sang tên").
    """
    steps = [later - earlier for earlier, later in pairwise(places)]
    if max(places) - min(places) + 1 - len(places) > _WIDEST_GAP:
        return 0.0
    turned = sum(step < 0 for step in steps)
    if turned > (1 if len(places) >= _TURNABLE else 0):
        return 0.0
    return _TURNED**turned * _SKIPPED ** sum(step > 1 for step in steps)


def _place(expression: Expression, quality: float, slots: Sequence[Slot], masses: Sequence[float]) -> _Match | None:
    """Where an expression's words stand in the query, and how well they fit there."""
    places: list[int] = []
    for word, marked in zip(expression.said.folded, expression.said.marked, strict=True):
        free = [at for at, slot in enumerate(slots) if word in slot.options and at not in places]
        if not free:
            continue
        after = [at for at in free if places and at > places[-1]]
        at = (after or free)[0]
        places.append(at)
        quality *= slots[at].options[word]
        if slots[at].marked and marked != word and slots[at].marked != marked:
            quality *= _OTHER_MARKS
    order = _order(places) if places else 0.0
    if not order:
        return None
    return _Match(expression, frozenset(places), quality * order, sum(masses[at] for at in places))


def _combined(matches: Sequence[_Match]) -> list[tuple[_Match, ...]]:
    """Each match alone, and the heaviest ones that do not overlap together."""
    together: list[_Match] = []
    taken: set[int] = set()
    for match in matches:
        if not taken & match.places:
            together.append(match)
            taken |= match.places
    alone: list[tuple[_Match, ...]] = [(match,) for match in matches]
    return [tuple(together), *alone] if len(together) > 1 else alone


def _phrase_slots(wording: Wording) -> list[Slot]:
    return [
        Slot({word: 1.0}, marked if marked != word else None, official=True)
        for word, marked in zip(wording.folded, wording.marked, strict=True)
    ]


def _read_as(
    chosen: tuple[_Match, ...], slots: Sequence[Slot], masses: Sequence[float], vocabulary: Vocabulary
) -> list[Reading]:
    """The query with these expressions replaced, where they begin, by each of their official wordings."""
    covered = frozenset().union(*(match.places for match in chosen))
    share = sum(masses[at] for at in covered) / (sum(masses) or 1.0)
    quality = min(match.quality for match in chosen)
    codes = tuple(code for match in chosen for code in match.expression.codes)
    starts = {min(match.places): match.expression.means for match in chosen}
    readings = []
    for choice in range(max(len(means) for means in starts.values())):
        weighed: list[tuple[Slot, float]] = []
        for at, slot in enumerate(slots):
            if means := starts.get(at):
                official = _phrase_slots(means[min(choice, len(means) - 1)])
                weighed += [(word, vocabulary.weight(word.best)) for word in official]
            elif at not in covered:
                weighed.append((slot, masses[at] * _LEFT_OVER))
        readings.append(
            Reading(
                tuple(slot for slot, _ in weighed),
                tuple(weight for _, weight in weighed),
                quality * (0.5 + 0.5 * share),
                codes,
                (quality * share) ** 2,
            )
        )
    return readings


def _distinct(readings: Iterable[Reading]) -> list[Reading]:
    """Of readings that say the same in official words, the first; their left-over words hardly differ."""
    kept: dict[tuple[str, ...], Reading] = {}
    for reading in readings:
        kept.setdefault(tuple(slot.best for slot in reading.slots if slot.official), reading)
    return [*kept.values()]


def read(slots: Sequence[Slot], phrasebook: Phrasebook, vocabulary: Vocabulary) -> list[Reading]:
    """The readings of a query: as it stands, and with each everyday expression put into official words."""
    filling = phrasebook.filling([slot.best for slot in slots])
    masses = [vocabulary.weight(slot.best) * (_FILLER if at in filling else 1.0) for at, slot in enumerate(slots)]
    direct = Reading(tuple(slots), tuple(masses), 1.0)
    said = {word for slot in slots for word in slot.options}
    placed = (_place(expression, quality, slots, masses) for expression, quality in phrasebook.akin(said))
    matches = sorted(
        (match for match in placed if match),
        key=lambda match: (-match.mass * match.quality, len(match.places)),
    )
    readings = [
        reading
        for chosen in _combined(matches[:MOST_READINGS])
        for reading in _read_as(chosen, slots, masses, vocabulary)
    ]
    readings.sort(key=lambda reading: -reading.trust)
    return [direct, *_distinct(readings)[:MOST_READINGS]]
