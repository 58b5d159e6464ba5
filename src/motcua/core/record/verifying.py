"""Checking the whole record: the chain, the rows, what else the program knows, and the witness outside."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from motcua.core.record.astray import told_astray
from motcua.core.record.chain import Walked, walk
from motcua.core.record.findings import Findings, Found, What
from motcua.core.record.gaps import Gaps, gaps
from motcua.core.record.reading import one_snapshot
from motcua.core.record.rows import compare
from motcua.core.record.sealing import kept_waiting, waiting
from motcua.core.record.witness import NAME, witnessed
from motcua.core.sql import fetch_all

_AT_ONCE: Final = 1000
Check = Callable[[Findings], None]
"""One more thing to hold the rows to, known to a higher room: what the events say of a dossier, what counters say."""
Progress = Callable[[str, int], None]
"""What is being checked, and how many of it so far."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was checked, and everything that does not agree. `unsealed` events wait for the next seal.

    `gaps` are sequences under which nothing stands; they are no findings.
    """

    seals: int
    events: int
    subjects: int
    unsealed: int
    chain_seconds: float
    seconds: float
    findings: Findings
    gaps: Gaps

    @property
    def sound(self) -> bool:
        """Nothing was found."""
        return not self.findings.count


def verify(
    *, against: Path | None = None, checks: Iterable[Check] = (), progress: Progress | None = None
) -> Verdict:  # fmt: skip
    """Check everything as of one instant; nothing is written. Raises `OSError` when the witness cannot be read."""
    found, begun = Findings(), time.perf_counter()
    with one_snapshot():
        walked = walk(found, _of("events", progress))
        chain_seconds = time.perf_counter() - begun
        subjects = compare(found, floor=walked.floor, told=_counted("subjects", progress))
        told_astray(found)
        _kept_waiting(found)
        for check in checks:
            check(found)
        if against is not None:
            compare_witness(against, found)
        unsealed, empty = waiting(), gaps(walked.floor)
    return Verdict(
        walked.seals, walked.events, subjects, unsealed, chain_seconds, time.perf_counter() - begun, found, empty
    )


def _kept_waiting(found: Findings) -> None:
    """Events that should long be sealed: one is named, the others counted."""
    waits = kept_waiting()
    if waits:
        sequence, kind = waits[0]
        where = _("sự kiện %(kind)s, tất cả %(count)d sự kiện") % {"kind": kind, "count": len(waits)}
        found.add(Found("core_event", str(sequence), What.WAITING, where))


def compare_witness(path: Path, found: Findings) -> None:
    """Hold the chain to the seals that were written down outside: what is gone, and what was rewritten."""
    several, before = list[tuple[int, str]](), 0
    for number, kept in witnessed(path):
        if number > before + 1:
            found.add(Found(NAME, str(before + 1), What.MISSING, _("sổ chứng thiếu số này")))
        before = max(before, number)
        several.append((number, kept))
        if len(several) == _AT_ONCE:
            _hold(several, found)
            several = []
    _hold(several, found)


def _hold(several: list[tuple[int, str]], found: Findings) -> None:
    rows = fetch_all("SELECT number, hash FROM core_seal WHERE number = ANY(%s)", ([one for one, _kept in several],))
    stored = dict(rows)
    for number, kept in several:
        if number not in stored:
            where = _("sổ chứng có niêm phong số %(n)d mà cơ sở dữ liệu không có") % {"n": number}
            found.add(Found("core_seal", str(number), What.MISSING, where))
        elif stored[number] != kept:
            where = _("sổ chứng ghi niêm phong số %(n)d khác") % {"n": number}
            found.add(Found("core_seal", str(number), What.CHANGED, where))


def _of(name: str, progress: Progress | None) -> Callable[[Walked], None] | None:
    return (lambda walked: progress(name, walked.events)) if progress else None


def _counted(name: str, progress: Progress | None) -> Callable[[int], None] | None:
    return (lambda count: progress(name, count)) if progress else None
