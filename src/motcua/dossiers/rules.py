"""Pure rules: lateness, the dossier's code, and its time ribbon. No Django, no clock, no database."""

import base64
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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


def code_prefix(*, agency_code: str, day: date) -> str:
    """`H17.21-261123-`: agency code and date of receipt; the agency's daily number follows.

    Circular 01/2018/TT-VPCP art. 19; order of the groups as in Circular 03/2025/TT-VPCP art. 13.
    """
    return f"{agency_code}-{day:%y%m%d}-"


def new_tracking_token() -> str:
    """A key of 100 random bits in 20 letters and digits without look-alikes (RFC 4648 base32)."""
    return base64.b32encode(secrets.token_bytes(13)).decode()[:20]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a dossier's life in one pair of hands; `end` None while it lasts."""

    hand: str
    start: datetime
    end: datetime | None
    clock_runs: bool = True


@dataclass(frozen=True, slots=True)
class RibbonPart:
    """One segment of the ribbon: `kind` is a hand (hand-1…4), stop, over or rest; minutes are working minutes."""

    kind: str
    hand: str
    minutes: int
    width: float


@dataclass(frozen=True, slots=True)
class RibbonShape:
    """The band in hundredths of its width: segments, the tick for now, the mark of the promise."""

    parts: tuple[RibbonPart, ...]
    now: float | None
    due: float | None


Elapsed = Callable[[datetime, datetime], int]


def ribbon(*, spans: Sequence[Span], due_at: datetime, until: datetime, ended: bool, elapsed: Elapsed) -> RibbonShape:
    """Lay a dossier's working time out as a band from receipt to promise, or to the end when that is later.

    `elapsed` counts working minutes between two instants (the agency's calendar). Time past the promise is
    drawn as `over`, so that nobody's segment hides it.
    """
    if not spans:
        return RibbonShape((), None, None)
    start = spans[0].start
    promised = max(elapsed(start, due_at), 1)
    lived = elapsed(start, until) if until > start else 0
    total = max(promised, lived, 1)
    kinds: dict[str, str] = {}
    parts: list[RibbonPart] = []
    for span in spans:
        finish = min(span.end or until, due_at)
        minutes = elapsed(span.start, finish) if finish > span.start else 0
        if minutes:
            kind = "stop"
            if span.clock_runs:
                kind = kinds.setdefault(span.hand, f"hand-{len(kinds) % 4 + 1}")
            _append(parts, RibbonPart(kind, span.hand, minutes, round(minutes * 100 / total, 2)))
    over = elapsed(due_at, until) if until > due_at else 0
    if over:
        parts.append(RibbonPart("over", _hand_at(spans, until), over, round(over * 100 / total, 2)))
    elif not ended and promised > lived:
        parts.append(RibbonPart("rest", "", promised - lived, round((promised - lived) * 100 / total, 2)))
    return RibbonShape(
        tuple(parts),
        None if ended else round(lived * 100 / total, 2),
        round(promised * 100 / total, 2) if over else None,
    )


def _append(parts: list[RibbonPart], part: RibbonPart) -> None:
    """Add a segment, merged with the one before when it lies in the same hands."""
    if parts and (parts[-1].kind, parts[-1].hand) == (part.kind, part.hand):
        last = parts.pop()
        part = RibbonPart(part.kind, part.hand, last.minutes + part.minutes, round(last.width + part.width, 2))
    parts.append(part)


def _hand_at(spans: Sequence[Span], at: datetime) -> str:
    return next((span.hand for span in reversed(spans) if span.start <= at), spans[-1].hand)
