"""The same due dates for millions of dossiers at once: look-up tables instead of branches.

A day is one of a few patterns, so everything a minute of the day can mean is a small table
indexed by pattern × 1,440 + minute; it stays in the processor's cache.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motcua.worktime.rules.moments import DAY
from motcua.worktime.rules.plan import Amount, Unit
from motcua.worktime.rules.table import Table

Ints = NDArray[np.int64]
Small = NDArray[np.int32]
Gap = Callable[[int], Exception]
BLOCK = 16_384
"""Rows per pass: the intermediate arrays of a block stay in the second-level cache."""


@dataclass(frozen=True, slots=True)
class Arrays:
    """A table as NumPy arrays. Day arrays have one entry more than there are days."""

    table: Table
    key: Small
    day_before: Small
    worked: Small
    received: Small
    placed: Small
    first_open: Small
    whole_days: Small
    whole_before: Small
    opens: Small
    session_before: Small
    step: int
    session_of: Small


def arrays_of(table: Table) -> Arrays:
    """Build the arrays once per calendar; minutes are counted from the table's start."""
    flat = [np.array([getattr(p, name) for p in table.patterns], np.int32).ravel() for name in _FLAT]
    before = np.array(table.before, np.int32)
    step = int(np.diff(before).min()) if len(before) > 1 else 1
    marks = np.arange(0, int(before[-1]) + step, step)
    return Arrays(
        table=table,
        key=np.array(table.pattern_of, np.int32) * DAY,
        day_before=np.array(table.day_before, np.int32),
        worked=flat[0],
        received=flat[1],
        placed=flat[2],
        first_open=np.array([p.spans[0][0] if p.spans else -1 for p in table.patterns], np.int32),
        whole_days=np.array(table.whole_days, np.int32),
        whole_before=np.array(table.whole_before, np.int32),
        opens=np.array([minute - table.start for minute in table.opens], np.int32),
        session_before=before,
        step=step,
        session_of=(np.searchsorted(before, marks, side="left") - 1).clip(0).astype(np.int32),
    )


_FLAT = ("worked", "received", "placed")


def due_many(arrays: Arrays, starts: Ints, amount: Amount, cut: int | None, gap: Gap) -> Ints:
    """Due minutes of an array of start minutes; `gap` makes the error for a start that leaves the years."""
    due = np.empty(starts.shape, np.int64)
    flat_starts, flat_due = starts.reshape(-1), due.reshape(-1)
    one_block = {
        Unit.WORKING_HOUR: _hours_later,
        Unit.WORKING_DAY: _whole_days_later,
        Unit.DAY: _days_later,
    }[amount.unit]
    for first in range(0, flat_starts.size, BLOCK):
        block = slice(first, first + BLOCK)
        local = _local(arrays, flat_starts[block], gap)
        result = one_block(arrays, local, amount.number, cut)
        if int(result.min()) < 0:
            raise gap(int(flat_starts[block][result < 0].min()))
        flat_due[block] = result
        _refuse_holes(arrays, flat_starts[block], flat_due[block] + arrays.table.start, gap)
    due += arrays.table.start
    return due


def elapsed_many(arrays: Arrays, starts: Ints, ends: Ints, gap: Gap) -> Ints:
    """Working minutes between two arrays of minutes of the same shape."""
    worked = np.empty(starts.shape, np.int64)
    flat_starts, flat_ends, flat = starts.reshape(-1), ends.reshape(-1), worked.reshape(-1)
    if flat_starts.size != flat_ends.size:
        raise ValueError("Hai cột thời điểm phải có cùng số dòng.")
    for first in range(0, flat.size, BLOCK):
        block = slice(first, first + BLOCK)
        one, other = flat_starts[block], flat_ends[block]
        before, until = _local(arrays, one, gap), _local(arrays, other, gap)
        flat[block] = _position(arrays, until) - _position(arrays, before)
        _refuse_holes(arrays, np.minimum(one, other), np.maximum(one, other), gap)
    return worked


def _local(arrays: Arrays, minutes: Ints, gap: Gap) -> Small:
    """Minutes since the table's start, all inside it."""
    table = arrays.table
    for edge in (int(minutes.min()), int(minutes.max())):
        if not table.start <= edge < table.end:
            raise gap(edge)
    return (minutes - table.start).astype(np.int32)


def _refuse_holes(arrays: Arrays, starts: Ints, ends: Ints, gap: Gap) -> None:
    for hole in arrays.table.holes:
        touched = (starts < hole.end) & (hole.start <= ends)
        if touched.any():
            raise gap(int(starts[touched].min()))


def _split(local: Small) -> tuple[Small, Small]:
    day = local // DAY
    return day, local - day * DAY


def _position(arrays: Arrays, local: Small) -> Small:
    day, minute = _split(local)
    worked: Small = arrays.day_before[day] + arrays.worked[arrays.key[day] + minute]
    return worked


def _hours_later(arrays: Arrays, local: Small, number: int, cut: int | None) -> Small:
    day, minute = _split(local)
    position: Small = arrays.day_before[day] + arrays.worked[arrays.key[day] + minute]
    if cut is not None:
        late = minute > cut
        position = np.where(late, arrays.day_before[day + 1], position)
        local = np.where(late, (day + 1) * DAY, local)
    if number == 0:
        return _next_open(arrays, local)
    total = int(arrays.session_before[-1])
    if number * 60 > total:
        return np.full_like(local, -1)
    target = position + number * 60
    beyond = target > total
    target = np.minimum(target, total)
    session = arrays.session_of[target // arrays.step]
    session += arrays.session_before[session + 1] < target
    due: Small = arrays.opens[session] + (target - arrays.session_before[session])
    if beyond.any():
        due[beyond] = -1
    return due


def _next_open(arrays: Arrays, local: Small) -> Small:
    """The minute itself when the office is open (or just closing), else the next opening; -1 past the end."""
    lengths = np.diff(arrays.session_before)
    session = np.searchsorted(arrays.opens, local, side="right") - 1
    last = np.maximum(session, 0)
    inside = (session >= 0) & (local <= arrays.opens[last] + lengths[last])
    opens = np.append(arrays.opens, np.int32(-1))
    return np.where(inside, local, opens[session + 1]).astype(np.int32)


def _whole_days_later(arrays: Arrays, local: Small, number: int, cut: int | None) -> Small:
    day, minute = _split(local)
    begins = arrays.received[arrays.key[day] + minute]
    shifted = begins < 0 if cut is None else (begins < 0) | (minute > cut)
    rank = arrays.whole_before[day + shifted]
    last = len(arrays.whole_days)
    if number >= last:
        return np.full_like(local, -1)
    beyond = rank >= last - number
    from_day = arrays.whole_days[np.minimum(rank, last - 1)]
    begins = np.where(shifted, arrays.first_open[arrays.key[from_day] // DAY], begins)
    due_day = arrays.whole_days[np.minimum(rank + number, last - 1)]
    due: Small = due_day * DAY + arrays.placed[arrays.key[due_day] + begins]
    if beyond.any():
        due[beyond] = -1
    return due


def _days_later(arrays: Arrays, local: Small, number: int, cut: int | None) -> Small:
    day, minute = _split(local)
    last, days = len(arrays.whole_days), len(arrays.key)
    beyond = np.zeros(local.shape, bool)
    if number >= days:
        return np.full_like(local, -1)
    if cut is not None:
        late = minute > cut
        rank = arrays.whole_before[day + 1]
        beyond |= late & (rank >= last)
        next_day = arrays.whole_days[np.minimum(rank, last - 1)]
        day = np.where(late, next_day, day)
        minute = np.where(late, arrays.first_open[arrays.key[next_day] // DAY], minute)
    target = day + number
    beyond |= target >= days
    rank = arrays.whole_before[np.minimum(target, days)]
    beyond |= rank >= last
    due_day = arrays.whole_days[np.minimum(rank, last - 1)]
    due: Small = due_day * DAY + arrays.placed[arrays.key[due_day] + minute]
    early = due < local
    if early.any():
        beyond |= early & (rank + 1 >= last)
        due_day = arrays.whole_days[np.minimum(rank + 1, last - 1)]
        due = np.where(early, due_day * DAY + arrays.first_open[arrays.key[due_day] // DAY], due)
    due[beyond] = -1
    return due
