"""The answers told again: to the person who checks them, on paper, and to the dossier."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.catalogue.eforms.rules.asking import is_asked, settled
from motcua.catalogue.eforms.rules.faulting import row_name
from motcua.catalogue.eforms.shapes import EForm, Part, Question, Repeat, Widget
from motcua.catalogue.eforms.values import value_told

_MARK = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with its answers; `page` is where they are changed."""

    title: str
    page: int
    rows: tuple[tuple[str, str], ...]


def told(eform: EForm, answers: Mapping[str, Any], *, on: date) -> list[Section]:
    """Every answer that counts, by page and heading, in words; what was left empty is left out."""
    counted = settled(eform, answers, on=on)
    found = []
    for number, page in enumerate(eform.pages, 1):
        for part in page.parts:
            title = str(part.title or page.title)
            found += [Section(name, number, rows) for name, rows in _told_part(part, title, counted) if rows]
    return found


def _told_part(part: Part, title: str, counted: Mapping[str, Any]) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """The part's own rows, then each row of a repeat under a heading of its own."""
    own: list[tuple[str, str]] = []
    repeated: list[tuple[str, tuple[tuple[str, str], ...]]] = []
    for item in part.items:
        if item.id not in counted or not is_asked(item, counted):
            continue
        value = counted[item.id]
        if not isinstance(item, Repeat):
            own += [] if item.quiet else [_row(item, value)]
            continue
        for index, row in enumerate(value):
            rows = tuple(_row(one, row[one.id]) for one in item.questions if one.id in row and not one.quiet)
            repeated.append((f"{item.label} – {row_name(item, index)}", rows))
    return [(title, tuple(own)), *repeated]


def _row(question: Question, value: Any) -> tuple[str, str]:
    """Label and answer; of a ticked box its own words are the answer."""
    if question.widget is Widget.TICK and value is True:
        return _("Đã xác nhận"), str(question.label)
    return str(question.label), value_told(question, value)


def summary(eform: EForm, answers: Mapping[str, Any], *, on: date) -> dict[str, Any]:
    """What the dossier needs of the answers, by the names the e-form's file gives.

    Keys as far as the file and the answers have them: full_name, personal_id, birth_date, gender, address, phone,
    email (of the applicant), request (a sentence), copies; and always `whens`: the circumstances that apply, and
    `besides`: how many copies are asked for of the papers of other procedures, by their codes.
    """
    counted = settled(eform, answers, on=on)
    found: dict[str, Any] = {}
    for name, wanted in eform.summary.items():
        if "{" in wanted:
            found[name] = _filled(eform, wanted, counted)
        elif wanted in counted:
            found[name] = counted[wanted]
    asked = {one.procedure: counted.get(one.copies) for one in eform.besides}
    found["besides"] = {code: copies for code, copies in asked.items() if isinstance(copies, int) and copies > 0}
    found["whens"] = [one.says for one in eform.circumstances if one.when.holds(counted)]
    return found


def _filled(eform: EForm, sentence: str, counted: Mapping[str, Any]) -> str:
    """The sentence with each {question} replaced by its answer in words; unanswered ones leave nothing behind.

    In Vietnamese whatever the reader's language: it is written into the dossier.
    """

    def answer(found: re.Match[str]) -> str:
        item = eform.item(found[1])
        if item is None or isinstance(item, Repeat) or item.id not in counted:
            return ""
        return value_told(item, counted[item.id])

    with override("vi"):
        return " ".join(_MARK.sub(answer, sentence).split()).strip(" ,;:")
