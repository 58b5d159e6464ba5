"""Which official form a paper follows, by the day its dossier was received: titles and citations are dated data."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from motcua.core.refusals import Refusal

PRINTED_FORMS = Path(__file__).resolve().parents[4] / "data" / "printed-forms.yaml"


class PrintedFormKind(StrEnum):
    """The papers of a dossier, whatever number they bear in the circular of the day."""

    RECEIPT = "receipt"
    SUPPLEMENT_REQUEST = "supplement_request"
    REFUSAL = "refusal"
    APOLOGY = "apology"
    DISCONTINUATION = "discontinuation"
    CONTROL_SHEET = "control_sheet"
    REGISTER = "register"
    DELIVERY_NOTE = "delivery_note"


class PrintedFormGap(Refusal, LookupError):
    """No form of this kind is in force on that day; the message says what the administrator should add."""


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """One form as one legal text sets it, from `valid_from` to `valid_to` inclusive (None: still in force).

    `number` is empty for papers that practice, not the circular, asks for. `symbol` follows the running number.
    """

    kind: PrintedFormKind
    number: str
    title: str
    symbol: str
    citation: str
    valid_from: date
    valid_to: date | None

    @property
    def mark(self) -> str:
        """The small line in the upper right corner, or nothing for papers outside the circular."""
        return f"Mẫu số {self.number} ({self.citation})" if self.number else ""


def form_for(kind: PrintedFormKind, on: date) -> PrintedForm:
    """The form of this kind in force on the day its dossier was received; for a register, the last day it shows.

    Raises PrintedFormGap when there is none: a paper with a wrong legal basis is worse than no paper.
    """
    for printed_form in printed_forms():
        if (
            printed_form.kind is kind
            and printed_form.valid_from <= on
            and (printed_form.valid_to is None or on <= printed_form.valid_to)
        ):
            return printed_form
    known_as = next((each.title for each in printed_forms() if each.kind is kind), kind.value)
    raise PrintedFormGap(
        _(
            "Chưa có mẫu “%(title)s” có hiệu lực ngày %(day)s. "
            "Đề nghị người quản trị thêm mẫu của ngày này vào data/printed-forms.yaml."
        )
        % {"title": known_as, "day": f"{on:%d/%m/%Y}"}
    )


@cache
def printed_forms(path: Path = PRINTED_FORMS) -> tuple[PrintedForm, ...]:
    """All forms of the shipped table, read once. Raises KeyError or ValueError for a faulty table."""
    table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        PrintedForm(
            kind=PrintedFormKind(row["kind"]),
            number=row["number"],
            title=row["title"],
            symbol=row["symbol"],
            citation=table["circulars"][row["circular"]] if row["circular"] else "",
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
        )
        for row in table["forms"]
    )
