"""The printed and the computed side in words, claim by claim."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Final

import yaml

from motcua.reporting.press.claims import Answer, Claim, Reading, Verdict, claims_of, judged, rounded
from motcua.reporting.press.computing import answer_of

VERDICTS: Final = {
    Verdict.AGREES: "khớp",
    Verdict.AGREES_ROUNDED: "khớp",
    Verdict.DIFFERS: "KHÁC",
    Verdict.WITHOUT: "chưa có số liệu",
    Verdict.NOT_YET: "chưa tính được",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """A claim, what was computed, and what comes of it."""

    claim: Claim
    answer: Answer | None
    verdict: Verdict


def compared(path: Path) -> list[Compared]:
    """Every claim of the table beside its computed figure."""
    found = []
    for claim in claims_of(yaml.safe_load(path.read_text(encoding="utf-8"))):
        answer = answer_of(claim) if claim.query else None
        found.append(Compared(claim, answer, judged(claim, answer)))
    return found


def told(rows: Iterable[Compared]) -> Iterator[str]:
    """The whole comparison in lines, place by place."""
    for place, its_rows in groupby(rows, key=lambda row: row.claim.place):
        yield ""
        yield place
        for row in its_rows:
            yield f"  {row.claim.words} ({row.claim.agency})"
            yield f"    báo in: {row.claim.printed:<12}  tính được: {_computed(row):<24}  {VERDICTS[row.verdict]}"
            why = reason(row)
            if why:
                yield f"    {why}"


def reason(row: Compared) -> str:
    """Why the two are not the same to the letter; empty where they are and nothing is to be said."""
    claim = row.claim
    if row.verdict is Verdict.NOT_YET:
        return claim.why_not
    if row.answer is None:
        return ""
    said = [claim.note] if claim.note else []
    if row.verdict is Verdict.AGREES_ROUNDED:
        said.insert(0, _why_rounded(claim, row.answer))
    elif row.verdict is Verdict.DIFFERS:
        said.insert(0, f"lệch {_number(row.answer.value - Fraction(claim.value))}")
    return "; ".join(said)


def _why_rounded(claim: Claim, answer: Answer) -> str:
    if claim.reading is Reading.MOST:
        return "báo chỉ viết bằng lời; đúng khi quá nửa"
    if claim.reading is Reading.AT_LEAST:
        return f"báo viết “từ”, tức ít nhất; hơn {_number(answer.value - Fraction(claim.value))}"
    if claim.reading is Reading.ALMOST:
        return f"báo in số gần đúng, thấp hơn {_number(Fraction(claim.value) - answer.value)}"
    near = rounded(answer.value, claim.decimals)
    return f"báo làm tròn: {_number(answer.value)} thành {str(near).replace('.', ',')}"


def _computed(row: Compared) -> str:
    answer = row.answer
    if answer is None:
        return "–"
    if answer.denominator is None:
        return _number(answer.value)
    return f"{_number(answer.value)}% ({_count(answer.numerator or 0)}/{_count(answer.denominator)})"


def _number(value: Fraction) -> str:
    """At most four decimals, as people here write numbers."""
    if value.denominator == 1:
        return _count(value.numerator)
    return str(rounded(value, 4).normalize()).replace(".", ",")


def _count(number: int) -> str:
    return f"{number:,d}".replace(",", ".")
