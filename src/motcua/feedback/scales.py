"""What is asked, in which degrees: dated rows of `data/ratings.yaml`."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from motcua.core.named import Named
from motcua.core.refusals import Refusal

RATINGS = Path(__file__).resolve().parents[3] / "data" / "ratings.yaml"
OVERALL = "overall"
"""The key of the answer about everything, beside the criteria."""


class NoScale(Refusal, LookupError):
    """No scale is stated for that day: nothing is asked rather than something invented."""

    def __init__(self, on: date) -> None:
        super().__init__(
            _("Chưa có bộ tiêu chí đánh giá cho ngày %(day)s. Đề nghị người quản trị thêm vào data/ratings.yaml.")
            % {"day": f"{on:%d/%m/%Y}"}
        )


@dataclass(frozen=True, slots=True)
class Degree(Named):
    """One degree of satisfaction. `bad`: it asks the head of the office for a follow-up."""

    bad: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """One legal text's degrees, best first, and criteria, from `valid_from` to `valid_to` inclusive."""

    code: str
    legal_basis: str
    valid_from: date
    valid_to: date | None
    overall: Named
    degrees: tuple[Degree, ...]
    criteria: tuple[Named, ...]

    def is_bad(self, answers: dict[str, str]) -> bool:
        """Whether any answer, overall or of one criterion, is of a bad degree."""
        bad = {degree.code for degree in self.degrees if degree.bad}
        return not bad.isdisjoint(answers.values())

    def asked(self) -> tuple[Named, ...]:
        """Everything that is asked, the overall question first."""
        return (self.overall, *self.criteria)


def scale_on(day: date) -> Scale:
    """The scale in force on a day. Raises `NoScale`."""
    for scale in scales():
        if scale.valid_from <= day and (scale.valid_to is None or day <= scale.valid_to):
            return scale
    raise NoScale(day)


def scale_by_code(code: str) -> Scale:
    """The scale under which a rating was given. Raises KeyError for one the table does not know."""
    return {scale.code: scale for scale in scales()}[code]


def least_answers(day: date, path: Path = RATINGS) -> int:
    """From how many answers on the figures of a month come out. Raises `NoScale` when no row says so."""
    for row in _table(path)["publishing"]:
        if row["valid_from"] <= day and (row["valid_to"] is None or day <= row["valid_to"]):
            return int(row["least"])
    raise NoScale(day)


@cache
def scales(path: Path = RATINGS) -> tuple[Scale, ...]:
    """All scales of the shipped table. Raises KeyError or ValueError for a faulty one."""
    return tuple(_scale(row) for row in _table(path)["scales"])


@cache
def _table(path: Path) -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return table


def _scale(row: dict[str, Any]) -> Scale:
    found = Scale(
        code=row["code"], legal_basis=row["legal_basis"], valid_from=row["valid_from"], valid_to=row["valid_to"],
        overall=Named(OVERALL, _words(row["overall"])),
        degrees=tuple(Degree(one["code"], _words(one["name"]), one["bad"]) for one in row["degrees"]),
        criteria=tuple(Named(one["code"], _words(one["name"])) for one in row["criteria"]),
    )  # fmt: skip
    if not any(degree.bad for degree in found.degrees):
        raise ValueError(f"{found.code}: no degree is bad, nothing would ever be followed up")
    return found


def _words(said: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return (("vi", said["vi"]), ("en", said["en"]))
