"""What each word of a query may have been meant as."""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.catalogue.search.rules.folding import MOST_WORDS, fold_word, mark_word, words
from motcua.catalogue.search.rules.keystrokes import is_syllable, typed
from motcua.catalogue.search.rules.vocabulary import Vocabulary

_CORRECTED = 0.85
_GUESSED = 0.6
_DOUBTED = 0.75
_BEGUN = 0.8
_MOST_CORRECTIONS = 3


@dataclass(slots=True)
class Slot:
    """One word of the query: folded readings with their trust (0–1), the first as typed; its exact marks if any.

    `written` is the word as the person meant to write it, Telex and VNI read.
    """

    options: dict[str, float]
    marked: str | None = None
    written: str = ""
    corrected: bool = False
    unfinished: bool = False
    official: bool = False

    @property
    def best(self) -> str:
        return max(self.options, key=lambda word: self.options[word])


def _first_reading(word: str, vocabulary: Vocabulary) -> list[Slot]:
    meant = typed(word)
    folded = fold_word(meant)
    options = {folded: 1.0}
    if meant != word and vocabulary.knows(word):
        options[word] = 1.0 if is_syllable(word) else 0.9
    elif meant == word and not vocabulary.knows(folded):
        parts = vocabulary.split(folded)
        if parts:
            return [Slot({part: 0.95}, corrected=True) for part in parts]
    marks = mark_word(meant)
    return [Slot(options, marks if marks != folded else None, meant)]


def _meets(vocabulary: Vocabulary, left: Slot | None, word: str, right: Slot | None) -> int:
    """In how many entries a word stands beside its neighbours of the query."""
    before = max((vocabulary.count(f"{other} {word}") for other in left.options), default=0) if left else 0
    after = max((vocabulary.count(f"{word} {other}") for other in right.options), default=0) if right else 0
    return min(before, 50) + min(after, 50)


def _correct(slots: list[Slot], place: int, vocabulary: Vocabulary) -> None:
    """Add near words to a slot that the index does not know, or knows but never beside these neighbours."""
    slot = slots[place]
    left = slots[place - 1] if place else None
    right = slots[place + 1] if place + 1 < len(slots) else None
    known = [word for word in slot.options if vocabulary.knows(word)]
    if known and (slot.marked or len(slots) == 1 or any(_meets(vocabulary, left, word, right) for word in known)):
        return
    meeting = {
        near: _meets(vocabulary, left, near, right) for word in slot.options for near in vocabulary.nearest(word)
    }
    ranked = sorted(meeting, key=lambda near: (-meeting[near], -vocabulary.count(near), near))
    if known:
        ranked = [near for near in ranked if meeting[near]]
    for near in ranked[:_MOST_CORRECTIONS]:
        trust = _DOUBTED if known else _CORRECTED if meeting[near] else _GUESSED
        slot.options.setdefault(near, trust)
    if ranked and not known:
        slot.options = {word: trust for word, trust in slot.options.items() if vocabulary.knows(word)}
        slot.marked = None
        slot.written = ""
    slot.corrected = bool(ranked)


def _continue(slots: list[Slot], vocabulary: Vocabulary) -> None:
    """The last word may be unfinished: add the words that begin with it."""
    last = slots[-1]
    previous = slots[-2].options if len(slots) > 1 else ()
    for word in [*last.options]:
        known_here = any(vocabulary.knows(f"{other} {word}") for other in previous)
        if not known_here:
            for longer in vocabulary.beginning(word, previous):
                last.options.setdefault(longer, _BEGUN)
                last.unfinished = True


def read_slots(cleaned: str, vocabulary: Vocabulary) -> list[Slot]:
    """Each word of a cleaned query with what it may mean: Telex and VNI read, slips corrected, the last completed."""
    slots = [slot for word in words(cleaned)[:MOST_WORDS] for slot in _first_reading(word, vocabulary)]
    if not slots:
        return []
    _continue(slots, vocabulary)
    for place in range(len(slots)):
        if not (slots[place].unfinished or slots[place].corrected):
            _correct(slots, place, vocabulary)
    return slots


def corrected_text(slots: Sequence[Slot], found: str, vocabulary: Vocabulary) -> str | None:
    """The query with its slips corrected to the words of what was found; None when nothing had to be.

    A word that the index knows counts as a slip only when the corrected one, beside its neighbour, was found.
    """
    padded = f" {found} "
    meant: list[str] = []
    changed: set[int] = set()
    for at, slot in enumerate(slots):
        word = next(iter(slot.options))
        if slot.corrected:
            before = meant[-1] if meant else ""
            after = slots[at + 1].best if at + 1 < len(slots) else ""
            near = [
                option for option in slot.options if f" {before} {option} " in padded or f" {option} {after} " in padded
            ]
            better = near[0] if near else word if slot.written else slot.best
            if better != word or not slot.written:
                changed.add(at)
            word = better
        meant.append(word)
    if not changed:
        return None
    around = ["", *meant, ""]
    shown = [
        slot.written if at not in changed and slot.marked else vocabulary.spelled(meant[at], around[at], around[at + 2])
        for at, slot in enumerate(slots)
    ]
    return " ".join(shown)
