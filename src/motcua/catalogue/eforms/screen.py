"""One page of an e-form as the screen shows it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.catalogue.eforms.rules import Fault, settled
from motcua.catalogue.eforms.rules.asking import is_asked
from motcua.catalogue.eforms.rules.faulting import row_name
from motcua.catalogue.eforms.rules.reading import fewest, rows_of
from motcua.catalogue.eforms.shapes import CHOSEN, EForm, Item, Part, Question, Repeat, Widget, Words
from motcua.catalogue.eforms.turning import ADD, REMOVE
from motcua.catalogue.eforms.values import value_shown, value_told

COMPUTED = "computed"
# What a browser may fill in by itself (WCAG 2.2, 1.3.5), by what the question is bound to.
AUTOCOMPLETE = {
    "full_name": "name",
    "birth_date": "bday",
    "address": "street-address",
    "phone": "tel",
    "email": "email",
}
# What a script may follow at once; typed answers follow when the page is sent on, so that no typing is disturbed.
PICKED = (*CHOSEN, Widget.TICK)
INPUT_MODES = {
    Widget.DAY: "numeric", Widget.YEAR: "numeric", Widget.NUMBER: "numeric", Widget.MONEY: "numeric",
    Widget.MEASURE: "decimal", Widget.PERSONAL_ID: "numeric", Widget.PHONE: "tel", Widget.EMAIL: "email",
}  # fmt: skip
WIDTHS = {
    Widget.DAY: "10", Widget.YEAR: "5", Widget.NUMBER: "5", Widget.MONEY: "10", Widget.MEASURE: "5",
    Widget.PERSONAL_ID: "20", Widget.PHONE: "20",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """One radio, option or box."""

    id: str
    value: str
    label: Words
    hint: Words | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One question with its value, its sentence and all that the markup needs."""

    kind: str
    id: str
    name: str
    label: Words
    hint: Words | None
    value: str
    choices: tuple[ShownChoice, ...]
    fault: str
    required: bool
    width: str
    inputmode: str
    autocomplete: str
    longest: int | None
    suggest: tuple[str, ...]
    unit: Words | None
    decides: bool
    known: bool

    @property
    def described_by(self) -> str:
        """The ids of the hint and the sentence, for screen readers."""
        return " ".join(
            f"{self.id}-{end}"
            for end, there in (("hint", self.hint), ("note", self.known), ("fault", self.fault))
            if there
        )

    @property
    def target(self) -> str:
        """Where a link of the summary leads: the first thing that can be answered."""
        return self.choices[0].id if self.choices and self.kind != Widget.SELECT else self.id


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of a repeat."""

    name: str
    remove: str
    asked: str
    questions: tuple[ShownQuestion, ...]


@dataclass(frozen=True, slots=True)
class ShownRepeat:
    """A repeat with its rows; `add` and `remove` are names of buttons, so that no script is needed."""

    kind: str
    id: str
    name: str
    label: Words
    hint: Words | None
    fault: str
    required: bool
    rows: tuple[ShownRow, ...]
    add: str
    add_label: Words

    @property
    def target(self) -> str:
        return self.id


Shown = ShownQuestion | ShownRepeat


@dataclass(frozen=True, slots=True)
class ShownPart:
    """Questions under one heading."""

    title: Words | None
    hint: Words | None
    items: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class ShownPage:
    """All that `catalogue/eforms/_page.html` draws."""

    code: str
    number: int
    count: int
    title: Words
    hint: Words | None
    parts: tuple[ShownPart, ...]
    asked: str
    summary: tuple[tuple[str, str], ...]

    @property
    def faulted(self) -> str:
        """The pointers of the questions that a sentence stands at: posted along, so that they keep it."""
        return " ".join(_pointer(one.name) for part in self.parts for one in _each(part.items) if one.fault)

    @property
    def known(self) -> bool:
        """Whether anything here was filled in from what the office knows."""
        return any(isinstance(item, ShownQuestion) and item.known for part in self.parts for item in part.items)


def page_context(
    eform: EForm,
    number: int,
    answers: Mapping[str, Any],
    faults: Iterable[Fault] = (),
    *,
    on: date,
    known: Iterable[str] = (),
) -> dict[str, ShownPage]:
    """The context of `catalogue/eforms/_page.html`: page `number` (from 1) with these answers and sentences.

    `known`: ids that were filled in from what the office knows; they say so. Raises IndexError for no such page.
    """
    if not 1 <= number <= len(eform.pages):
        raise IndexError(number)
    page = eform.pages[number - 1]
    drawing = _Drawing(eform, answers, {one.pointer: one.sentence for one in faults}, frozenset(known), on)
    parts = tuple(drawing.part(part) for part in page.parts)
    return {"page": _shown(eform, number, page.title, page.hint, parts)}


def open_context(
    eform: EForm, ids: Collection[str], answers: Mapping[str, Any], faults: Iterable[Fault] = (), *, on: date
) -> dict[str, ShownPage]:
    """The same for these questions only, wherever they stand, each page of the e-form under its own heading."""
    drawing = _Drawing(eform, answers, {one.pointer: one.sentence for one in faults}, frozenset(), on)
    parts = tuple(
        drawing.part(Part(page.title, None, tuple(item for item in page.items() if item.id in ids)))
        for page in eform.pages
    )
    return {"page": _shown(eform, 0, eform.title, None, parts)}


def _shown(eform: EForm, number: int, title: Words, hint: Words | None, parts: Iterable[ShownPart]) -> ShownPage:
    shown = tuple(part for part in parts if part.items)
    asked = " ".join(item.name for part in shown for item in part.items if item.kind != COMPUTED)
    return ShownPage(eform.code, number, len(eform.pages), title, hint, shown, asked, tuple(_summary(shown)))


def _pointer(name: str) -> str:
    return f"/{name.replace('.', '/')}"


def _each(items: Iterable[Shown]) -> Iterable[Shown]:
    """What is drawn, with the questions of each row."""
    for item in items:
        yield item
        for row in item.rows if isinstance(item, ShownRepeat) else ():
            yield from row.questions


class _Drawing:
    """Draws one page: what was answered, what is at fault, what other questions hang on."""

    def __init__(
        self, eform: EForm, answers: Mapping[str, Any], sentences: Mapping[str, str], known: frozenset[str], on: date
    ) -> None:
        self.answers = answers
        self.counted = settled(eform, answers, on=on)
        self.sentences = sentences
        self.known = known
        self.deciding = frozenset[str]().union(*(item.when.reads() for item in eform.items() if item.when))

    def part(self, part: Part) -> ShownPart:
        asked = [item for item in part.items if is_asked(item, self.counted)]
        return ShownPart(part.title, part.hint, tuple(one for item in asked if (one := self._item(item)) is not None))

    def _item(self, item: Item) -> Shown | None:
        if isinstance(item, Repeat):
            return self._repeat(item)
        if item.follows(self.counted):
            value = self.counted.get(item.id)
            return (
                None if value is None or item.quiet else self._question(item, item.id, value, COMPUTED, decides=False)
            )
        return self._question(item, item.id, self.answers.get(item.id), item.widget, decides=item.id in self.deciding)

    def _question(self, question: Question, name: str, value: Any, kind: str, *, decides: bool) -> ShownQuestion:
        box = f"f-{name.replace('.', '-')}"
        picked = value if isinstance(value, list) else [value]
        choices = tuple(
            ShownChoice(f"{box}-{index}", one.value, one.label, one.hint, one.value in picked)
            for index, one in enumerate(question.choices)
        )
        longest = question.schema.get("maxLength")
        told = value_told(question, value) if kind == COMPUTED else value_shown(question, value)
        return ShownQuestion(
            kind=str(kind), id=box, name=name, label=question.label, hint=question.hint,
            value="on" if value is True and question.widget is Widget.TICK else told, choices=choices,
            fault=self.sentences.get(_pointer(name), ""), required=question.required,
            width=question.width or WIDTHS.get(question.widget, ""), inputmode=INPUT_MODES.get(question.widget, ""),
            autocomplete=AUTOCOMPLETE.get(question.known, "off"), longest=longest if longest else None,
            suggest=question.suggest, unit=question.unit, decides=decides and question.widget in PICKED,
            known=name in self.known,
        )  # fmt: skip

    def _repeat(self, repeat: Repeat) -> ShownRepeat:
        rows = rows_of(repeat, self.answers)
        shown = []
        deciding = frozenset[str]().union(*(one.when.reads() for one in repeat.questions if one.when))
        for index, row in enumerate(rows):
            asked: list[ShownQuestion] = []
            for one in repeat.questions:
                if is_asked(one, row) and not one.follows(row):
                    name, decides = f"{repeat.id}.{index}.{one.id}", one.id in deciding
                    asked.append(self._question(one, name, row.get(one.id), one.widget, decides=decides))
            remove = f"{REMOVE}{repeat.id}.{index}" if len(rows) > fewest(repeat) else ""
            ids = " ".join(one.name.rpartition(".")[2] for one in asked)
            shown.append(ShownRow(row_name(repeat, index), remove, ids, tuple(asked)))
        return ShownRepeat(
            kind="repeat", id=f"f-{repeat.id}", name=repeat.id, label=repeat.label, hint=repeat.hint,
            fault=self.sentences.get(f"/{repeat.id}", ""), required=repeat.required, rows=tuple(shown),
            add=f"{ADD}{repeat.id}" if len(rows) < repeat.most else "", add_label=repeat.add,
        )  # fmt: skip


def _summary(parts: Sequence[ShownPart]) -> Iterable[tuple[str, str]]:
    """Each sentence with where it leads, for the list above the page."""
    for part in parts:
        yield from ((one.target, one.fault) for one in _each(part.items) if one.fault)
