"""Answers out of what a browser posted. Nothing posted can raise; what is not understood is kept as typed."""

from collections.abc import Mapping
from typing import Any, Protocol

from motcua.catalogue.eforms.rules.asking import Answers
from motcua.catalogue.eforms.shapes import EForm, Item, Question, Repeat
from motcua.catalogue.eforms.values import value_typed

ASKED = "eform-asked"
ROWS = "rows"


class Posted(Protocol):
    """What is needed of a `QueryDict`."""

    def getlist(self, key: str) -> list[Any]: ...
    def __contains__(self, key: str) -> bool: ...


def read(eform: EForm, page: int | None, post: Posted, before: Mapping[str, Any] | None = None) -> Answers:
    """The whole answers after this page (from 1; None: all pages) was posted over the answers `before`.

    Only questions that the posted page showed are read, so that nothing typed elsewhere or earlier is lost.
    """
    earlier = before or {}
    answers = dict(earlier)
    shown = shown_in(post)
    for item in _items(eform, page):
        if isinstance(item, Question) and item.always_follows:
            continue
        if shown is not None and item.id not in shown:
            continue
        value = _rows(item, post, earlier.get(item.id)) if isinstance(item, Repeat) else _value(item, item.id, post)
        if value is None:
            answers.pop(item.id, None)
        else:
            answers[item.id] = value
    return answers


def shown_in(post: Posted) -> frozenset[str] | None:
    """The ids that the posted page said it showed; None when it did not say."""
    if ASKED not in post:
        return None
    return frozenset(" ".join(str(one) for one in post.getlist(ASKED)).split())


def with_row(eform: EForm, answers: Mapping[str, Any], repeat_id: str) -> Answers:
    """One more empty row, as long as the repeat has room."""
    item = eform.item(repeat_id)
    if not isinstance(item, Repeat):
        return dict(answers)
    rows = rows_of(item, answers)
    return {**answers, item.id: [*rows, {}][: item.most]}


def without_row(eform: EForm, answers: Mapping[str, Any], repeat_id: str, index: int) -> Answers:
    """Without the row at this index (from 0); an index that is none changes nothing."""
    item = eform.item(repeat_id)
    if not isinstance(item, Repeat):
        return dict(answers)
    return {**answers, item.id: [row for number, row in enumerate(rows_of(item, answers)) if number != index]}


def rows_of(repeat: Repeat, answers: Mapping[str, Any]) -> list[Answers]:
    """The rows to show: at least as many as the repeat demands, at least one when it is asked at all."""
    kept = answers.get(repeat.id)
    rows = [dict(row) for row in kept if isinstance(row, Mapping)] if isinstance(kept, list) else []
    return [*rows, *({} for _missing in range(fewest(repeat) - len(rows)))][: repeat.most]


def fewest(repeat: Repeat) -> int:
    """How many rows always stand on the page."""
    return max(repeat.least, 1 if repeat.required else 0)


def _items(eform: EForm, page: int | None) -> list[Item]:
    if page is None:
        return [*eform.items()]
    return [*eform.pages[page - 1].items()] if 1 <= page <= len(eform.pages) else []


def _value(question: Question, name: str, post: Posted) -> Any:
    return value_typed(question, [str(one) for one in post.getlist(name)])


def _rows(repeat: Repeat, post: Posted, before: Any) -> list[Answers] | None:
    told = [str(one) for one in post.getlist(f"{repeat.id}.{ROWS}")]
    counted = int(told[-1]) if told and told[-1].isascii() and told[-1].isdigit() and len(told[-1]) < 4 else None
    if counted is None:
        return before if isinstance(before, list) else None
    earlier = before if isinstance(before, list) else []
    rows = []
    for index in range(min(counted, repeat.most)):
        row = earlier[index] if index < len(earlier) and isinstance(earlier[index], Mapping) else {}
        rows.append(_row(repeat, f"{repeat.id}.{index}", post, row))
    return rows or None


def _row(repeat: Repeat, name: str, post: Posted, before: Mapping[str, Any]) -> Answers:
    """One row; its questions that the page did not show keep what was typed in them before."""
    told = [str(one) for one in post.getlist(f"{name}.{ASKED}")]
    shown = frozenset(" ".join(told).split()) if told else None
    row: Answers = {}
    for question in repeat.questions:
        if question.always_follows:
            continue
        hidden = shown is not None and question.id not in shown
        value = before.get(question.id) if hidden else _value(question, f"{name}.{question.id}", post)
        if value is not None:
            row[question.id] = value
    return row
