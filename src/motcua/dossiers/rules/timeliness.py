"""How a dossier stands to its promise."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

OFFICE_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
NEAR_MINUTES = 120


class Timeliness(StrEnum):
    """How a dossier stands to its promise; the words of the law: trước hạn, đúng hạn, quá hạn."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


def timeliness(*, due_at: datetime, ended_at: datetime) -> Timeliness:
    """Late after the promised instant; early on a day before the promised day; else on time.

    The reporting forms (II.06a) tell the three apart; that "early" means an earlier *day* is inferred
    (docs/decisions/0003), since to the minute nothing is ever exactly on time.
    """
    if ended_at > due_at:
        return Timeliness.LATE
    if ended_at.astimezone(OFFICE_TIME).date() < due_at.astimezone(OFFICE_TIME).date():
        return Timeliness.EARLY
    return Timeliness.ON_TIME
