"""What an e-form is made of: plain values, read from a file once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import get_language
from jsonschema.protocols import Validator  # type: ignore[import-untyped]

from motcua.catalogue.eforms.conditions import Condition


@dataclass(frozen=True, slots=True)
class Words:
    """What a person reads, in both languages; `str()` gives the reader's."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.vi if (get_language() or "vi").startswith("vi") else self.en


class Widget(StrEnum):
    """How a question is put."""

    TEXT = "text"
    LONG_TEXT = "longtext"
    DAY = "day"
    YEAR = "year"
    NUMBER = "number"
    MONEY = "money"
    MEASURE = "measure"
    CHOICE = "choice"
    SELECT = "select"
    TICK = "tick"
    TICKS = "ticks"
    PERSONAL_ID = "personal_id"
    PHONE = "phone"
    EMAIL = "email"


CHOSEN = (Widget.CHOICE, Widget.SELECT, Widget.TICKS)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose from; its value is permanent."""

    value: str
    label: Words
    hint: Words | None = None


class Sum(StrEnum):
    """The ways a question can be computed."""

    SUM = "sum"
    COUNT = "count"
    COPY = "copy"
    DAYS_BETWEEN = "days_between"
    YEARS_BETWEEN = "years_between"
    DAY_IN_WORDS = "day_in_words"


@dataclass(frozen=True, slots=True)
class Computation:
    """How a value follows from earlier answers ("today" is the day of filing); with `when`, only then."""

    sum: Sum
    of: tuple[str, ...]
    when: Condition | None = None

    def applies(self, counted: Mapping[str, Any]) -> bool:
        """Whether the value follows by itself; otherwise the question is asked."""
        return self.when is None or self.when.holds(counted)


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `required` means: whenever it is asked. `quiet`: computed for the office, shown to nobody."""

    id: str
    widget: Widget
    label: Words
    schema: Mapping[str, Any]
    hint: Words | None = None
    missing: Words | None = None
    wrong: Words | None = None
    choices: tuple[Choice, ...] = ()
    when: Condition | None = None
    known: str = ""
    computed: Computation | None = None
    required: bool = False
    suggest: tuple[str, ...] = ()
    unit: Words | None = None
    width: str = ""
    quiet: bool = False
    replaces: str = ""

    def follows(self, counted: Mapping[str, Any]) -> bool:
        """Whether its value is computed, given the settled answers, and so not asked."""
        return self.computed is not None and self.computed.applies(counted)

    @property
    def always_follows(self) -> bool:
        """Computed whatever was answered: nobody is ever asked."""
        return self.computed is not None and self.computed.when is None


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same few questions, asked for each of several things."""

    id: str
    label: Words
    row: Words
    add: Words
    questions: tuple[Question, ...]
    least: int
    most: int
    hint: Words | None = None
    missing: Words | None = None
    when: Condition | None = None
    required: bool = False
    replaces: str = ""


Item = Question | Repeat


@dataclass(frozen=True, slots=True)
class Part:
    """Questions under one heading."""

    title: Words | None
    hint: Words | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked at one time."""

    id: str
    title: Words
    hint: Words | None
    parts: tuple[Part, ...]

    def items(self) -> Iterator[Item]:
        for part in self.parts:
            yield from part.items


@dataclass(frozen=True, slots=True)
class DayRule:
    """The day in `question` comes before or after another, with the sentence to say when it does not."""

    question: str
    not_after: str
    not_before: str
    sentence: Words


@dataclass(frozen=True, slots=True)
class NumberRule:
    """A personal number agrees with what else was said of the person (Decree 70/2024/NĐ-CP)."""

    question: str
    born: str
    gender: str


@dataclass(frozen=True, slots=True)
class OthersRule:
    """These questions are about different people or things: no two answers are the same."""

    questions: tuple[str, ...]
    sentence: Words


Rule = DayRule | NumberRule | OthersRule


@dataclass(frozen=True, slots=True)
class Circumstance:
    """A special circumstance of the procedure, worded as its papers and fees word it."""

    when: Condition
    says: str


@dataclass(frozen=True, slots=True)
class Besides:
    """Copies asked for along with the matter: the procedure whose fee they cost, and the question that counts them."""

    procedure: str
    copies: str


@dataclass(frozen=True, slots=True)
class EForm:
    """One version of an e-form, with the schema that checks its answers.

    `stands_for`: the papers of the procedure's list, by name, that nobody hands in because he filled this in.
    `sent_only_with`: papers, by name, without which nothing can be sent from home at all; others the desk may ask for.
    """

    code: str
    number: int
    procedures: tuple[str, ...]
    title: Words
    valid_from: date
    valid_to: date | None
    schema: Mapping[str, Any]
    pages: tuple[Page, ...]
    rules: tuple[Rule, ...] = ()
    summary: Mapping[str, str] = field(default_factory=dict)
    circumstances: tuple[Circumstance, ...] = ()
    besides: tuple[Besides, ...] = ()
    stands_for: tuple[str, ...] = ()
    sent_only_with: tuple[str, ...] = ()
    changed: Words | None = None
    source: str = ""
    unverified: tuple[str, ...] = ()
    samples: Mapping[str, Any] = field(default_factory=dict, repr=False)
    validator: Validator = field(default=None, compare=False, repr=False)

    @property
    def key(self) -> tuple[str, int]:
        return self.code, self.number

    def items(self) -> Iterator[Item]:
        for page in self.pages:
            yield from page.items()

    def item(self, item_id: str) -> Item | None:
        """The question or the repeat of this id."""
        return next((one for one in self.items() if one.id == item_id), None)

    def page_of(self, item_id: str) -> int:
        """The number of the page that asks this, from 1; 0 when none does."""
        for number, page in enumerate(self.pages, 1):
            if any(one.id == item_id for one in page.items()):
                return number
        return 0
