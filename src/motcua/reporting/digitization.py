"""How much of what was settled is digitized, and how much of it the log followed step by step.

A result is digitized when a copy of it lies in the store and stands. One that is excepted (`result.digitizing`) counts
as not digitized. A dossier was handled in the software when the log has its receipt, an event at the very moment at
which each of its steps was done, and nothing of all that written long after the moment it claims, or after something
later. What was handled wholly outside and never entered is in no number: nothing here can know of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.dossiers.states import DossierOutcome
from motcua.reporting.lists import count_of
from motcua.reporting.rules.figures import Figure, share
from motcua.reporting.which import Kind, Which
from motcua.result.older.queries import older_count

SETTLED: Final = (DossierOutcome.GRANTED.value, DossierOutcome.REJECTED.value)


@dataclass(frozen=True, slots=True)
class Digitization:
    """The figures of a period, each with the list behind it. Older results are told of its last day, and have none."""

    results: Figure
    granted: Figure
    without: Figure
    excepted: Figure
    in_software: Figure
    settled: Figure
    outside: Figure
    older: Figure
    older_without: Figure

    @property
    def rows(self) -> tuple[tuple[Figure, Figure, Figure], ...]:
        """Each share with the whole it is of and the rest of it; page and export write the same."""
        return (
            (self.results, self.granted, self.without),
            (self.in_software, self.settled, self.outside),
            (self.older, Figure(self.older.label, self.older.denominator), self.older_without),
        )


def digitization_notes() -> tuple[str, ...]:
    """What each share counts and does not, under the figures on the page and in every copy of it."""
    return (
        _(
            "Kết quả được số hóa: hồ sơ được giải quyết trong kỳ mà bản điện tử của kết quả đang lưu trong kho; "
            "kết quả có ghi lý do không số hóa vẫn tính là chưa."
        ),
        _(
            "Hồ sơ giải quyết trên phần mềm: từ lúc nhận đến lúc xong, bước nào cũng có việc ghi trong sổ, "
            "đúng thứ tự, không ghi lùi. "
            "Hồ sơ giải quyết hẳn ở ngoài phần mềm thì không ai đếm được ở đây."
        ),
        _(
            "Kết quả cũ: trên số đã ghi vào sổ và còn hiệu lực vào ngày cuối kỳ. "
            "Kết quả cũ chưa ai ghi vào sổ thì không tính."
        ),
    )


def digitization(agencies: Sequence[UUID], base: Which, *, last: date, now: datetime) -> Digitization:
    """The figures of what `base` selects (settled in a period); `agencies` are those whose older results count."""
    granted = base.but(kind=Kind.SETTLED, outcome=(DossierOutcome.GRANTED.value,))
    settled = base.but(kind=Kind.SETTLED, outcome=SETTLED)
    lists = {name: granted.but(copy=(name,)) for name in ("with", "without", "excepted")}
    turns = {name: settled.but(log=(name,)) for name in ("in_turn", "not_in_turn")}
    counts = {name: count_of(which, now=now) for name, which in (lists | turns).items()}
    older = older_count(agencies, last)
    every = counts["in_turn"] + counts["not_in_turn"]
    return Digitization(
        share(_("Kết quả được số hóa"), counts["with"], counts["with"] + counts["without"], url=lists["with"].url),
        Figure(_("Kết quả"), counts["with"] + counts["without"], url=granted.url),
        Figure(_("Kết quả chưa số hóa"), counts["without"], url=lists["without"].url),
        Figure(_("Trong đó có ghi lý do"), counts["excepted"], url=lists["excepted"].url),
        share(_("Hồ sơ giải quyết trên phần mềm"), counts["in_turn"], every, url=turns["in_turn"].url),
        Figure(_("Hồ sơ"), every, url=settled.url),
        Figure(_("Hồ sơ ghi lùi hoặc thiếu việc"), counts["not_in_turn"], url=turns["not_in_turn"].url),
        share(_("Kết quả cũ còn hiệu lực đã số hóa"), older.digitized, older.listed),
        Figure(_("Kết quả cũ chưa số hóa"), older.listed - older.digitized),
    )
