"""Raw Telex and VNI keystrokes read as the Vietnamese syllables they stand for.

People paste or type them when no input method is on: "ddawng kys", "d9a8ng ky1". A word is only read when the
result has the shape of a Vietnamese syllable; everything else ("photo", "KT3", "CT01") comes back unchanged.
"""

import re
import unicodedata
from functools import lru_cache

from motcua.catalogue.search.rules.folding import fold_word

_VOWELS = "aeiouy"
_NUCLEI_OPEN = (
    "a|ai|ao|au|ay|e|eo|eu|i|ia|ieu|iu|o|oa|oai|oao|oay|oe|oeo|oi|u|ua|uay|ue|ui|uo|uoi|uou|uy|uya|uyu|uu|y|yeu"
)
_NUCLEI_CLOSED = "a|e|i|ie|o|oa|oe|u|ua|ue|uo|uy|uye|y|ye"
_ONSETS = "ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x"
_SYLLABLE = re.compile(rf"(?:{_ONSETS})?(?:(?:{_NUCLEI_OPEN})|(?:{_NUCLEI_CLOSED})(?:ch|ng|nh|[cmnpt]))")
_TONE_MARK = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}
_VNI_TONE = dict(zip("12345", "sfrxj", strict=True))
_TELEX_WORD = re.compile(r"[a-z]{2,12}")
_VNI_WORD = re.compile(r"[a-z][a-z0-9]{1,11}")


def is_syllable(word: str) -> bool:
    """Whether a word has the shape of one Vietnamese syllable, diacritics or not."""
    return _SYLLABLE.fullmatch(fold_word(word)) is not None


class _Syllable:
    """Letters as they are typed, with the marks that later keys put on them."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.tone = ""
        self.changed = False

    def has_vowel(self) -> bool:
        return any(letter in _VOWELS or letter in "ăâêôơư" for letter in self.letters)

    def replace(self, place: int, letter: str) -> bool:
        self.letters[place] = letter
        self.changed = True
        return True

    def last(self, letters: str) -> int:
        """Place of the last of these letters in the vowel group; -1 when there is none or another vowel follows."""
        for place in range(len(self.letters) - 1, -1, -1):
            if self.letters[place] in letters:
                return place
        return -1

    def circumflex(self, letter: str) -> bool:
        place = self.last(letter)
        if place < 0 or any(later in _VOWELS for later in self.letters[place + 1 :]):
            return False
        return self.replace(place, _CIRCUMFLEX[letter])

    def horn(self) -> bool:
        """u → ư, o → ơ, uo → ươ; "ua" takes it on the u (mưa), unless q owns the u."""
        place = self.last("uo")
        if place < 0:
            return False
        if self.letters[place] == "o":
            self.replace(place, "ơ")
            if place and self.letters[place - 1] == "u" and self.letters[:place] != ["q", "u"]:
                self.replace(place - 1, "ư")
            return True
        return self.replace(place, "ư")

    def breve(self) -> bool:
        place = self.last("a")
        return place >= 0 and self.replace(place, "ă")

    def hook(self) -> bool:
        """Telex w: breve on a lone a, horn on u and o, a bare ư where no vowel stands yet."""
        text = "".join(self.letters)
        if "ua" in text and "qua" not in text:
            return self.replace(text.index("ua"), "ư")
        if self.last("a") > self.last("uo"):
            return self.breve()
        if self.horn():
            return True
        if not self.has_vowel() and self.letters:
            self.letters.append("ư")
            self.changed = True
            return True
        return False

    def stroke(self) -> bool:
        return bool(self.letters) and self.letters[0] == "d" and self.replace(0, "đ")

    def press_tone(self, tone: str) -> bool:
        if not self.has_vowel():
            return False
        self.tone = tone
        self.changed = True
        return True

    def written(self) -> str:
        """The syllable with its tone on the right vowel, or "" when it is no Vietnamese syllable."""
        text = "".join(self.letters)
        if not self.changed or not is_syllable(text):
            return ""
        return _with_tone(text, self.tone)


def _with_tone(text: str, tone: str) -> str:
    if not tone:
        return text
    start = 2 if text.startswith("qu") or (text.startswith("gi") and len(text) > 2 and text[2] in "aăâeêoôơuư") else 0
    places = [place for place in range(start, len(text)) if fold_word(text[place]) in {*_VOWELS}]
    hatted = [place for place in places if text[place] in "ăâêôơư"]
    if hatted:
        place = hatted[-1]
    elif len(places) == 1 or places[-1] < len(text) - 1:
        place = places[-1]
    else:
        place = places[-2] if len(places) == 2 else places[1]
    return unicodedata.normalize("NFC", text[: place + 1] + _TONE_MARK[tone] + text[place + 1 :])


def _press_telex(syllable: _Syllable, key: str) -> bool:
    if key == "w":
        return syllable.hook()
    if key in _CIRCUMFLEX and syllable.circumflex(key):
        return True
    if key == "d" and syllable.stroke():
        return True
    return key in _TONE_MARK and syllable.press_tone(key)


def _press_vni(syllable: _Syllable, key: str) -> bool:
    if key in _VNI_TONE:
        return syllable.press_tone(_VNI_TONE[key])
    if key == "6":
        return any(syllable.circumflex(vowel) for vowel in "aeo")
    if key == "7":
        return syllable.horn()
    if key == "8":
        return syllable.breve()
    return key == "9" and syllable.stroke()


@lru_cache(maxsize=8192)
def telex(word: str) -> str:
    """The syllable that Telex keys stand for ("ddawng" → "đăng"); any other word unchanged."""
    if not _TELEX_WORD.fullmatch(word) or is_syllable(word):
        return word
    syllable = _Syllable()
    for key in word:
        if not _press_telex(syllable, key):
            syllable.letters.append(key)
    return syllable.written() or word


@lru_cache(maxsize=8192)
def vni(word: str) -> str:
    """The syllable that VNI keys stand for ("d9a8ng" → "đăng"); any other word unchanged."""
    if not _VNI_WORD.fullmatch(word) or word.isalpha():
        return word
    syllable = _Syllable()
    for key in word:
        if not _press_vni(syllable, key):
            syllable.letters.append(key)
    return syllable.written() or word


def typed(word: str) -> str:
    """A word as meant, whichever of the two typing habits it was keyed in."""
    return vni(word) if any(key.isdigit() for key in word) else telex(word)
