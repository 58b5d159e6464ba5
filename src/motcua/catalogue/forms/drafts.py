"""A draft version as one page of boxes: its texts and five lists of rows, which buttons lengthen and shorten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.forms.parts import Lines, choice_box, clock_box, day_box, number_box, text_box, ticks_box
from motcua.catalogue.forms.rows import ROWS, Row
from motcua.catalogue.models import ApplicantKind, Channel, OnlineLevel, SupplementRule
from motcua.catalogue.rules import VersionContent
from motcua.catalogue.wording import ELEMENTS

MOST_ROWS = 200
Typed = dict[str, Any]


class TextsForm(forms.Form):
    """What a version says outside of its lists; `seen` is the draft as it stood when the page was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=120)
    name = text_box(ELEMENTS["name"], rows=2, missing=gettext_lazy("Ghi tên thủ tục."))
    summary = text_box(ELEMENTS["summary"], rows=2, hint=gettext_lazy("Một câu: ai cần, khi nào cần."))
    decision = text_box(ELEMENTS["decision"], length=200)
    valid_from = day_box(ELEMENTS["valid_from"])
    valid_to = day_box(
        gettext_lazy("Đến hết ngày"), required=False, hint=gettext_lazy("Để trống khi chưa biết ngày hết hiệu lực.")
    )
    applicant_kinds = ticks_box(ELEMENTS["applicant_kinds"], ApplicantKind.choices)
    channels = ticks_box(ELEMENTS["channels"], Channel.choices)
    online_level = choice_box(ELEMENTS["online_level"], OnlineLevel.choices)
    cut_off = clock_box(
        ELEMENTS["cut_off"],
        gettext_lazy("Nộp sau giờ này thì tính từ buổi làm việc kế tiếp. Để trống nếu không quy định."),
    )
    supplement_rule = choice_box(ELEMENTS["supplement_rule"], SupplementRule.choices)
    supplement_days = number_box(ELEMENTS["supplement_days"], low=1, high=365)
    results = Lines(ELEMENTS["results"])
    conditions = Lines(ELEMENTS["conditions"])
    how_to = Lines(ELEMENTS["how_to"], gettext_lazy("Mỗi dòng một bước, theo thứ tự người dân làm."))
    remarks = Lines(ELEMENTS["remarks"])
    unverified = Lines(ELEMENTS["unverified"], gettext_lazy("Mỗi dòng một điều. Xóa dòng khi đã đối chiếu xong."))

    def clean(self) -> Typed:
        cleaned = super().clean() or {}
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Ngày hết hiệu lực phải từ ngày bắt đầu trở đi."))
        return cleaned


LISTS_OF_LINES = frozenset(name for name, box in TextsForm.base_fields.items() if isinstance(box, Lines))
SEVERAL = frozenset(name for name, box in TextsForm.base_fields.items() if isinstance(box, forms.MultipleChoiceField))


@dataclass(frozen=True, slots=True)
class RowGroup:
    """One list of the draft with its rows as forms."""

    element: str
    label: Promise
    row_name: Promise
    add_name: Promise
    rows: Sequence[Row]


class DraftSheet:
    """A draft as its page shows it and as it comes back: `texts` and the rows of each list."""

    def __init__(self, texts: TextsForm, rows: Mapping[str, Sequence[Row]]) -> None:
        self.texts = texts
        self.rows = rows

    @classmethod
    def of(cls, content: VersionContent, *, valid_from: date, valid_to: date | None, seen: str) -> Self:
        """The page of a draft as it is stored."""
        values: Typed = {"valid_from": valid_from, "valid_to": valid_to, "seen": seen}
        for name in TextsForm.base_fields.keys() - values.keys():
            value = getattr(content, name)
            values[name] = "\n".join(value) if name in LISTS_OF_LINES else value
        rows = {element: [row.typed(line) for line in getattr(content, element)] for element, row in ROWS.items()}
        return cls._unchecked(values, rows)

    @classmethod
    def checked(cls, sent: QueryDict) -> Self:
        """The page as it came back, with its faults."""
        return cls(
            TextsForm(sent),
            {
                element: [row(sent, prefix=f"{element}-{place}") for place in range(_count(sent, element))]
                for element, row in ROWS.items()
            },
        )

    @classmethod
    def rearranged(cls, sent: QueryDict) -> Self | None:
        """The page as typed so far with a row more, less or higher up; None when no such button was pressed."""
        rows = {element: _typed_rows(sent, element) for element in ROWS}
        if not _rearrange(rows, sent):
            return None
        texts = {name: sent.getlist(name) if name in SEVERAL else sent.get(name, "") for name in TextsForm.base_fields}
        return cls._unchecked(texts, rows)

    @classmethod
    def _unchecked(cls, texts: Typed, rows: Mapping[str, Sequence[Typed]]) -> Self:
        return cls(
            TextsForm(initial=texts),
            {
                element: [
                    ROWS[element](initial=typed, prefix=f"{element}-{place}") for place, typed in enumerate(lines)
                ]
                for element, lines in rows.items()
            },
        )

    @property
    def groups(self) -> list[RowGroup]:
        """The lists in the order of the page."""
        return [
            RowGroup(element, ELEMENTS[element], ROWS[element].row_name, ROWS[element].add_name, rows)
            for element, rows in self.rows.items()
        ]

    @property
    def short_texts(self) -> list[forms.BoundField]:
        """The boxes that stand before the lists."""
        return [box for box in self.texts.visible_fields() if box.name not in LISTS_OF_LINES]

    @property
    def long_texts(self) -> list[forms.BoundField]:
        """The boxes of many lines, which stand after them."""
        return [box for box in self.texts.visible_fields() if box.name in LISTS_OF_LINES]

    @property
    def forms(self) -> list[forms.Form]:
        return [self.texts, *(row for rows in self.rows.values() for row in rows)]

    def is_valid(self) -> bool:
        """Whether everything typed can be stored; what is still missing for publishing is another question."""
        return all(form.is_valid() for form in self.forms)

    def content(self, before: VersionContent) -> VersionContent:
        """What was typed as plain values; call after `is_valid()`. What is ticked keeps the order it had `before`."""
        values: Typed = {
            name: _ticked(value, getattr(before, name)) if name in SEVERAL else value
            for name, value in self.texts.cleaned_data.items()
            if name not in ("seen", "valid_from", "valid_to")
        }
        for element, rows in self.rows.items():
            values[element] = tuple(line for line in (row.line() for row in rows) if line is not None)
        return VersionContent(**values)

    def show_again(self, sent: QueryDict, seen: str) -> None:
        """Let the next press of the button count from the draft as it stands now."""
        changed = sent.copy()
        changed["seen"] = seen
        self.texts.data = changed


def _ticked(chosen: Sequence[str], before: Sequence[str]) -> tuple[str, ...]:
    return (*(one for one in before if one in chosen), *(one for one in chosen if one not in before))


def _count(sent: QueryDict, element: str) -> int:
    given = sent.get(f"{element}-count", "")
    return min(int(given), MOST_ROWS) if given.isascii() and given.isdecimal() and len(given) < 5 else 0


def _typed_rows(sent: QueryDict, element: str) -> list[Typed]:
    boxes = ROWS[element].base_fields
    return [
        {name: sent.get(f"{element}-{place}-{name}", "") for name in boxes} for place in range(_count(sent, element))
    ]


def _rearrange(rows: dict[str, list[Typed]], sent: QueryDict) -> bool:
    """Do what the pressed button says: `add_fees`, `remove_fees-2`, `up_route-3`."""
    for element, lines in rows.items():
        if f"add_{element}" in sent:
            if len(lines) < MOST_ROWS:
                lines.append({})
            return True
        for place in range(len(lines)):
            if f"remove_{element}-{place}" in sent:
                del lines[place]
                return True
            if place and f"up_{element}-{place}" in sent:
                lines.insert(place - 1, lines.pop(place))
                return True
    return False
