"""What a reader hands over for each record, and the report of an import."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from motcua.catalogue.rules import VersionContent

# The national shape, a local suffix, or a named bundle of linked procedures ("LT.…").
CODE = re.compile(r"\d\.\d{6}(\.[0-9A-Z]{1,8}){0,3}|LT(\.[0-9A-Z]+(-[0-9A-Z]+)*)+")


class ImportFault(ValueError):
    """The file as a whole cannot be read; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class ProcedureRecord:
    """One procedure as a file states it. Without `content` the file only knows that it exists.

    `draft_reasons` keep it from being published; `valid_from` None means from the day of the import.
    """

    code: str
    name: str
    sector_name: str
    sector_code: str = ""
    levels: tuple[str, ...] = ()
    everyday_words: tuple[str, ...] = ()
    promulgated_by: str = ""
    source: str = ""
    origin: str = ""
    content: VersionContent | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    draft_reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejection:
    """A record that was not taken over, and why."""

    code: str
    reason: str


@dataclass(slots=True)
class ImportReport:
    """Codes by what became of them: `new`, `changed`, `unchanged`, `rejected` add up to the records read.

    `drafts` names those of the first three that hold an unpublished version, and why.
    """

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    rejected: list[tuple[str, str]] = field(default_factory=list)
    drafts: list[tuple[str, str]] = field(default_factory=list)
    published: int = 0

    @property
    def records(self) -> int:
        return len(self.new) + len(self.changed) + len(self.unchanged) + len(self.rejected)


def tidy(text: object) -> str:
    """One line of text, composed (NFC), without stray spaces."""
    return " ".join(unicodedata.normalize("NFC", str(text or "")).split())
