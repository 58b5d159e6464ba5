"""A dossier's working time laid out as a band."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a dossier's life in one pair of hands; `end` None while it lasts."""

    hand: str
    start: datetime
    end: datetime | None
    clock_runs: bool = True


def laid(spans: Sequence[Span], stops: Sequence[tuple[datetime, datetime | None]]) -> tuple[Span, ...]:
    """Spans one after the other, whatever ran side by side, with the times the clock stood still cut out of them."""
    parts: list[Span] = []
    reached: datetime | None = None
    for span in sorted(spans, key=lambda span: span.start):
        start = span.start if reached is None else max(span.start, reached)
        if span.end is not None and span.end <= start:
            continue
        parts += _cut(Span(span.hand, start, span.end), stops)
        if span.end is None:
            break
        reached = span.end
    return tuple(parts)


def _cut(span: Span, stops: Sequence[tuple[datetime, datetime | None]]) -> list[Span]:
    parts, at = [], span.start
    for start, end in stops:
        begins = max(start, at)
        ends = span.end if end is None else end if span.end is None else min(end, span.end)
        if (span.end is not None and begins >= span.end) or (ends is not None and ends <= begins):
            continue
        if begins > at:
            parts.append(Span(span.hand, at, begins))
        parts.append(Span(span.hand, begins, ends, clock_runs=False))
        if ends is None:
            return parts
        at = ends
    if span.end is None or at < span.end:
        parts.append(Span(span.hand, at, span.end))
    return parts


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
