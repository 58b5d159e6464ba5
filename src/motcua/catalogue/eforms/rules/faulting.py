"""What is wrong with the answers, said at each question in a sentence that tells what to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jsonschema.exceptions import ValidationError  # type: ignore[import-untyped]

from motcua.catalogue.eforms.rules.asking import placed_rows, settled
from motcua.catalogue.eforms.rules.comparing import compared
from motcua.catalogue.eforms.rules.sentences import REQUIRED, rank, sentence_for
from motcua.catalogue.eforms.shapes import EForm, Question, Repeat

Way = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A sentence at one question: its JSON pointer ("/members/0/name"), the item it belongs to, the words."""

    pointer: str
    question: str
    sentence: str


def faults(eform: EForm, answers: Mapping[str, Any], *, on: date, page: int | None = None) -> list[Fault]:
    """Everything that keeps these answers from being filed on that day, in the order of the pages.

    At most one sentence a question. With `page` (from 1) only what that page asks. Never raises.
    """
    counted = settled(eform, answers, on=on)
    places = _places(eform, answers, on)
    worst: dict[Way, tuple[int, str]] = {}
    for counted_way, keyword, bound in _broken(eform, counted):
        way = _placed(counted_way, places)
        found = _sentence(eform, way, keyword, bound)
        if found is not None and (way not in worst or rank(keyword) < worst[way][0]):
            worst[way] = (rank(keyword), found)
    told = {_placed(way, places): sentence for way, sentence in compared(eform, counted, on)}
    for way, sentence in told.items():
        worst.setdefault(way, (0, sentence))
    following = {way for way in worst if len(way) == 1 and way not in told and _follows(eform, str(way[0]), counted)}
    if worst.keys() - following:
        worst = {way: said for way, said in worst.items() if way not in following}
    listed = [Fault(_pointer(way), str(way[0]), said) for way, (_rank, said) in worst.items()]
    wanted = listed if page is None else [one for one in listed if eform.page_of(one.question) == page]
    order = _order(eform)
    return sorted(wanted, key=lambda one: _place(order, one.pointer))


def _follows(eform: EForm, item_id: str, counted: Mapping[str, Any]) -> bool:
    """A computed value is at fault because of what it follows from; that is said there."""
    item = eform.item(item_id)
    return isinstance(item, Question) and item.follows(counted)


def _places(eform: EForm, answers: Mapping[str, Any], on: date) -> Mapping[str, Sequence[int]]:
    """For each repeat, where its settled rows stand among the rows as typed."""
    return {
        item.id: [place for place, _row in placed_rows(item, answers.get(item.id), on)]
        for item in eform.items()
        if isinstance(item, Repeat)
    }


def _placed(way: Way, places: Mapping[str, Sequence[int]]) -> Way:
    if len(way) > 1 and isinstance(way[1], int) and str(way[0]) in places:
        return (way[0], places[str(way[0])][way[1]], *way[2:])
    return way


def _broken(eform: EForm, counted: Mapping[str, Any]) -> Iterator[tuple[Way, str, Any]]:
    """Each fault that the schema finds: where, which keyword, its bound."""
    for error in eform.validator.iter_errors(dict(counted)):
        yield from _leaves(error)


def _leaves(error: ValidationError) -> Iterator[tuple[Way, str, Any]]:
    way: Way = tuple(error.absolute_path)
    if error.validator == REQUIRED and isinstance(error.instance, dict):
        for name in error.validator_value:
            if name not in error.instance:
                yield (*way, name), REQUIRED, None
    elif error.context:
        for inner in error.context:
            yield from _leaves(inner)
    else:
        yield way, str(error.validator), error.validator_value


def _sentence(eform: EForm, way: Way, keyword: str, bound: Any) -> str | None:
    """The sentence at the question that stands there; None for what no question of the layout holds."""
    item = eform.item(str(way[0])) if way else None
    if item is None:
        return None
    if isinstance(item, Repeat) and len(way) > 2 and isinstance(way[1], int):
        question = next((one for one in item.questions if one.id == way[2]), None)
        return None if question is None else sentence_for(question, keyword, bound, row_label(item, question, way[1]))
    return sentence_for(item, keyword, bound, str(item.label))


def row_label(repeat: Repeat, question: Question, index: int) -> str:
    """The label of a question of a row, with the row's own name."""
    return f"{question.label} ({row_name(repeat, index)})"


def row_name(repeat: Repeat, index: int) -> str:
    return f"{repeat.row} {index + 1}"


def _pointer(way: Sequence[str | int]) -> str:
    return "".join(f"/{step}" for step in way)


def _order(eform: EForm) -> Mapping[str, int]:
    order: dict[str, int] = {}
    for item in eform.items():
        order[item.id] = len(order)
        for question in item.questions if isinstance(item, Repeat) else ():
            order[f"{item.id}/{question.id}"] = len(order)
    return order


def _place(order: Mapping[str, int], pointer: str) -> tuple[int, int, int]:
    first, *rest = pointer.removeprefix("/").split("/")
    row = int(rest[0]) if rest and rest[0].isdigit() else -1
    inner = order.get(f"{first}/{rest[1]}", -1) if len(rest) > 1 else -1
    return order.get(first, len(order)), row, inner
