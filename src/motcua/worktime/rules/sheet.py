"""The reason sheet: every interval between receipt and due date, counted or skipped, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from motcua.worktime.rules.moments import DAY, moment_of
from motcua.worktime.rules.plan import OFF_KINDS, Amount, DatedDay, DayKind, Unit
from motcua.worktime.rules.reasons import Reason, ReasonKind, sentence
from motcua.worktime.rules.table import Table

_OFF = {
    DayKind.HOLIDAY: ReasonKind.HOLIDAY,
    DayKind.COMPENSATION_OFF: ReasonKind.COMPENSATION_OFF,
    DayKind.CLOSED: ReasonKind.CLOSED,
}
_WORKED = {DayKind.MAKE_UP_DAY: ReasonKind.MAKE_UP_WORK, DayKind.SPECIAL: ReasonKind.SPECIAL_WORK}
_DATED_KINDS = frozenset({*_OFF.values(), *_WORKED.values(), ReasonKind.CALENDAR_DAY_OFF})
_WORK_KINDS = frozenset({ReasonKind.WORK, ReasonKind.HALF_DAY_WORK, ReasonKind.MAKE_UP_WORK, ReasonKind.SPECIAL_WORK})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch [start, end) of one day with its nature, before anyone asks whether it counts."""

    start: int
    end: int
    kind: ReasonKind
    day: int


def explain(table: Table, start: int, due: int, amount: Amount, cut: int | None) -> list[Reason]:
    """Reasons contiguous from start to due, both wall-clock minutes; see Calendar.explain."""
    cut_applies = cut is not None and (start - table.start) % DAY > cut
    begins = _begins(table, start, amount.unit) if cut_applies else start
    return explain_until(table, start, due, amount.unit, begins, begins + amount.number * DAY, cut or 0)


def explain_until(table: Table, start: int, end: int, unit: Unit, begins: int, full: int, cut: int) -> list[Reason]:
    """Reasons contiguous from start to end; counting begins at `begins`, calendar days are all counted at `full`."""
    lead = [_late(table, piece, cut) for piece in _pieces(table, start, min(begins, end))]
    first = max(start, begins)
    rest = _calendar_days(table, first, end, full) if unit is Unit.DAY else _working_time(table, first, end, unit)
    return lead + list(rest)


def _begins(table: Table, start: int, unit: Unit) -> int:
    """Where counting begins for something received after the cut-off."""
    day = (start - table.start) // DAY
    if unit is Unit.WORKING_HOUR:
        return table.start + (day + 1) * DAY
    whole = table.whole_days[table.whole_before[day + 1]]
    return table.start + whole * DAY + table.patterns[table.pattern_of[whole]].spans[0][0]


def _late(table: Table, piece: Piece, cut: int) -> Reason:
    if piece.kind in _WORK_KINDS:
        return _reason(table, piece, ReasonKind.CUT_OFF, counted=False, name=f"{cut // 60:02}:{cut % 60:02}")
    return _reason(table, piece, piece.kind, counted=False)


def _working_time(table: Table, start: int, due: int, unit: Unit) -> Iterator[Reason]:
    by_hours = unit is Unit.WORKING_HOUR
    for piece in _pieces(table, start, due):
        works = piece.kind in _WORK_KINDS
        if works and not by_hours and not table.patterns[table.pattern_of[piece.day]].whole:
            yield _reason(table, piece, ReasonKind.HALF_DAY_SKIPPED, counted=False)
        else:
            yield _reason(table, piece, piece.kind, counted=works)


def _calendar_days(table: Table, start: int, due: int, full: int) -> Iterator[Reason]:
    position = start
    while position < min(full, due):
        day = (position - table.start) // DAY
        end = min(table.start + (day + 1) * DAY, full, due)
        off = not table.patterns[table.pattern_of[day]].spans
        kind = ReasonKind.CALENDAR_DAY_OFF if off else ReasonKind.CALENDAR_DAY
        name = _name_of_rest(table, day) if off else ""
        yield _reason(table, Piece(position, end, kind, day), kind, counted=True, name=name)
        position = end
    for piece in _pieces(table, max(start, full), due):
        kind = ReasonKind.MOVED_ON if piece.kind in _WORK_KINDS else piece.kind
        yield _reason(table, piece, kind, counted=False)


def _name_of_rest(table: Table, day: int) -> str:
    dated = table.dated.get(day)
    return dated.name if dated else sentence(ReasonKind.WEEKLY_REST, "", False)


def _pieces(table: Table, start: int, end: int) -> Iterator[Piece]:
    """Everything between two minutes, day by day: sessions, breaks, nights, days off."""
    position = start
    while position < end:
        day = (position - table.start) // DAY
        midnight = table.start + day * DAY
        for piece in _day_pieces(table, day, midnight):
            first, last = max(piece.start, position), min(piece.end, end)
            if first < last:
                yield Piece(first, last, piece.kind, day)
        position = midnight + DAY


def _day_pieces(table: Table, day: int, midnight: int) -> Iterator[Piece]:
    pattern = table.patterns[table.pattern_of[day]]
    dated = table.dated.get(day)
    if not pattern.spans:
        kind = _OFF[dated.kind] if dated and dated.kind in OFF_KINDS else ReasonKind.WEEKLY_REST
        yield Piece(midnight, midnight + DAY, kind, day)
        return
    work = _WORKED[dated.kind] if dated else ReasonKind.WORK if pattern.whole else ReasonKind.HALF_DAY_WORK
    position, between = midnight, ReasonKind.NIGHT
    for opens, closes in pattern.spans:
        yield Piece(position, midnight + opens, between, day)
        yield Piece(midnight + opens, midnight + closes, work, day)
        position, between = midnight + closes, ReasonKind.BREAK
    yield Piece(position, midnight + DAY, ReasonKind.NIGHT, day)


def _speaks_of(dated: DatedDay | None, kind: ReasonKind) -> bool:
    """Whether an interval of this kind is explained by its dated day's own decision."""
    return dated is not None and kind in _DATED_KINDS


def _reason(table: Table, piece: Piece, kind: ReasonKind, *, counted: bool, name: str = "") -> Reason:
    dated = table.dated.get(piece.day)
    speaks = _speaks_of(dated, kind)
    shown = name or (dated.name if dated and speaks else "")
    provisional = bool(dated and speaks and dated.provisional)
    return Reason(
        start=moment_of(piece.start),
        end=moment_of(piece.end),
        counted=counted,
        minutes=piece.end - piece.start if counted else 0,
        text=sentence(kind, shown, provisional),
        decision=dated.decision if dated and speaks else "",
        kind=kind,
        name=shown,
        provisional=provisional,
    )
