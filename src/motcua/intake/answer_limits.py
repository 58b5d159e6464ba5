"""How soon the desk answers a filing that is not yet received: dated figures from `data/answer-limits.yaml`."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from motcua.core.refusals import Refusal
from motcua.worktime.rules import Amount, Unit

ANSWER_LIMITS = Path(__file__).resolve().parents[3] / "data" / "answer-limits.yaml"


class NoAnswerLimit(Refusal, LookupError):
    """No limit is stated for this channel on that day: such a filing is answered at the desk, at once."""

    def __init__(self, channel: str, on: date) -> None:
        super().__init__(
            _(
                "Chưa có thời hạn trả lời cho hồ sơ nộp theo cách này ngày %(day)s. "
                "Đề nghị người quản trị thêm thời hạn vào data/answer-limits.yaml."
            )
            % {"day": f"{on:%d/%m/%Y}"}
        )
        self.channel = channel


@dataclass(frozen=True, slots=True)
class AnswerLimit:
    """One limit as one legal text sets it, from `valid_from` to `valid_to` inclusive (None: still in force)."""

    channel: str
    amount: Amount
    legal_basis: str
    valid_from: date
    valid_to: date | None


def answer_limit(channel: str, on: date) -> AnswerLimit:
    """The limit for filings of this channel on the day. Raises `NoAnswerLimit`; nothing is guessed."""
    for limit in answer_limits():
        if limit.channel == channel and limit.valid_from <= on and (limit.valid_to is None or on <= limit.valid_to):
            return limit
    raise NoAnswerLimit(channel, on)


@cache
def answer_limits(path: Path = ANSWER_LIMITS) -> tuple[AnswerLimit, ...]:
    """All limits of the shipped table, read once. Raises KeyError or ValueError for a faulty table."""
    table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        AnswerLimit(
            channel=row["channel"],
            amount=Amount(row["number"], Unit(row["unit"])),
            legal_basis=row["legal_basis"],
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
        )
        for row in table["limits"]
    )
