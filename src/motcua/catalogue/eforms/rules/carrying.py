"""Answers carried from a version that was replaced while somebody was filling it in, and what changed for him."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.eforms.rules.asking import Answers, is_asked, settled
from motcua.catalogue.eforms.rules.knowing import fits
from motcua.catalogue.eforms.shapes import EForm, Item, Question, Repeat
from motcua.catalogue.eforms.values import value_told


@dataclass(frozen=True, slots=True)
class Carried:
    """The answers under the new version, what could not be kept, and what is newly asked; in sentences."""

    answers: Answers
    lost: tuple[str, ...]
    asked_anew: tuple[str, ...]


def changes(old: EForm, new: EForm, answers: Mapping[str, Any], *, on: date) -> Carried:
    """Carry a draft over. A question keeps its id for good, or names the one it `replaces`.

    An answer is kept when the new question accepts it, or when it is half typed under the same question.
    """
    carried: Answers = {}
    taken: set[str] = set()
    for item in new.items():
        earlier = _earlier(old, item)
        if earlier is None or earlier.id not in answers:
            continue
        value = _kept(old, new, earlier, item, answers[earlier.id])
        if value is not None:
            carried[item.id] = value
            taken.add(earlier.id)
    lost = tuple(
        _lost(old, new, item, answers[item.id]) for item in _answered(old, answers, on) if item.id not in taken
    ) + tuple(
        _("Trong “%(label)s”, một phần câu trả lời không còn dùng được: ông/bà xem lại.") % {"label": item.label}
        for item in new.items()
        if isinstance(item, Repeat) and _is_cut(item, old, answers, carried)
    )
    counted = settled(new, carried, on=on)
    anew = tuple(
        _anew(item) for item in new.items() if is_asked(item, counted) and item.id not in counted and _is_new(old, item)
    )
    return Carried(carried, lost, anew)


def _earlier(old: EForm, item: Item) -> Item | None:
    return old.item(item.id) or (old.item(item.replaces) if item.replaces else None)


def _kept(old: EForm, new: EForm, earlier: Item, item: Item, value: Any) -> Any:
    if isinstance(earlier, Repeat) and isinstance(item, Repeat):
        inner = {one.id: one for one in earlier.questions}
        rows = [
            {one.id: row[one.id] for one in item.questions if one.id in row and one.id in inner}
            for row in (value if isinstance(value, list) else [])
            if isinstance(row, Mapping)
        ]
        return rows[: item.most] or None
    if not isinstance(earlier, Question) or not isinstance(item, Question) or item.always_follows:
        return None
    half_typed = earlier.widget is item.widget and not fits(old, earlier, value) and not item.choices
    return value if half_typed or fits(new, item, value) else None


def _is_cut(item: Repeat, old: EForm, answers: Mapping[str, Any], carried: Mapping[str, Any]) -> bool:
    """Whether rows, or answers in them, of a repeat that was kept fell out."""
    earlier = _earlier(old, item)
    was = answers.get(earlier.id) if earlier is not None else None
    if item.id not in carried or not isinstance(was, list):
        return False
    return sum(len(row) for row in was if isinstance(row, Mapping)) > sum(len(row) for row in carried[item.id])


def _answered(old: EForm, answers: Mapping[str, Any], on: date) -> list[Item]:
    counted = settled(old, answers, on=on)
    return [item for item in old.items() if item.id in counted and item.id in answers]


def _is_new(old: EForm, item: Item) -> bool:
    """Never asked before, or asked before without having to be answered."""
    if isinstance(item, Question) and item.always_follows:
        return False
    earlier = _earlier(old, item)
    return earlier is None or (item.required and not earlier.required)


def _lost(old: EForm, new: EForm, item: Item, value: Any) -> str:
    asked_still = any(_earlier(old, one) == item for one in new.items())
    if isinstance(item, Repeat):
        return _("Mẫu mới không còn hỏi “%(label)s”.") % {"label": item.label}
    said = {"label": item.label, "value": value_told(item, value)}
    if asked_still:
        return (
            _("“%(label)s” nay hỏi cách khác: câu trả lời cũ “%(value)s” không dùng được, ông/bà trả lời lại.") % said
        )
    return _("Mẫu mới không còn hỏi “%(label)s” (ông/bà đã điền “%(value)s”).") % said


def _anew(item: Item) -> str:
    if item.required:
        return _("Mẫu mới hỏi thêm “%(label)s”, cần trả lời.") % {"label": item.label}
    return _("Mẫu mới hỏi thêm “%(label)s”, trả lời nếu có.") % {"label": item.label}
