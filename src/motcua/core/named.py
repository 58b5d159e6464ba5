"""What dated data calls a thing: a code that stays, and words in each language."""

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Named:
    """A code that stays, and its words in both languages; read in the language of the page."""

    code: str
    words: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        said = dict(self.words)
        return said.get((get_language() or "vi")[:2], said["vi"])
