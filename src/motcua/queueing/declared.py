"""What a hall declares on its wall: whom it calls first and how often, from the dated rows of `data/queue.yaml`."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from django.utils.translation import gettext as _

from motcua.core.named import Named
from motcua.core.refusals import Refusal

DECLARED: Final = Path(__file__).resolve().parents[3] / "data" / "queue.yaml"


class NoRule(Refusal, LookupError):
    """No order is declared for that day: nobody is called by a guess."""

    def __init__(self, on: date) -> None:
        super().__init__(
            _("Chưa có quy tắc gọi số cho ngày %(day)s. Đề nghị người quản trị thêm vào data/queue.yaml.")
            % {"day": f"{on:%d/%m/%Y}"}
        )


@dataclass(frozen=True, slots=True)
class Declared:
    """The order rule of some days: `cap` favoured calls in a row at most, and the grounds of priority.

    Appointments are taken up to `days_ahead` days before, `each_day` for one telephone; the telephone is forgotten
    `forgotten_after` the appointed time.
    """

    valid_from: date
    valid_to: date | None
    cap: int
    late: timedelta
    days_ahead: int
    each_day: int
    forgotten_after: timedelta
    grounds: tuple[Named, ...]

    def ground(self, code: str) -> Named | None:
        """The ground of this code, if it is one."""
        return next((ground for ground in self.grounds if ground.code == code), None)

    @property
    def sentence(self) -> str:
        """The rule as anybody can read it on the wall."""
        return _(
            "Người được ưu tiên, người đến đúng giờ đã hẹn và người quay lại được gọi trước; nhưng sau mỗi %(cap)d "
            "lượt như vậy, mỗi quầy gọi một người theo thứ tự lấy số. Trong mỗi nhóm, ai đến trước được gọi trước."
        ) % {"cap": self.cap}


def declared_on(day: date) -> Declared:
    """The rule in force that day. Raises `NoRule`."""
    for rule in declared():
        if rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to):
            return rule
    raise NoRule(day)


@cache
def declared(path: Path = DECLARED) -> tuple[Declared, ...]:
    """Every rule that is stated, as the rows stand."""
    return tuple(_rule(row) for row in yaml.safe_load(path.read_text("utf-8"))["rules"])


def _rule(row: dict[str, Any]) -> Declared:
    grounds = tuple(Named(ground["code"], tuple(ground["name"].items())) for ground in row["grounds"])
    late = timedelta(minutes=row["late_minutes"])
    forgotten = timedelta(days=row["forgotten_after_days"])
    return Declared(
        row["valid_from"], row["valid_to"], int(row["cap"]), late, int(row["days_ahead"]), int(row["each_day"]),
        forgotten, grounds,
    )  # fmt: skip
