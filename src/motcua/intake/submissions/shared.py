"""What the actions before intake share: their refusals, the papers of the list, the numbers of their forms."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.catalogue.queries import OfferedVersion
from motcua.catalogue.rules import ComponentLine
from motcua.core.events import Actor, record
from motcua.core.numbering import next_number
from motcua.core.refusals import Refusal
from motcua.dossiers.actions import PaperHandedIn
from motcua.dossiers.states import State
from motcua.intake.models import Submission


class Desk(Protocol):
    """The office a filing is addressed to; an `ActingOfficial` is one, and so is `queries.AddressedDesk`."""

    @property
    def agency_id(self) -> UUID: ...
    @property
    def agency_code(self) -> str: ...
    @property
    def calendar_code(self) -> str: ...


@dataclass(frozen=True, slots=True)
class WantedPaper:
    """A paper of the published list to bring, and what is wanted of it.

    `unusable`: it is here, but wrong, torn, unreadable or expired; `fault` says which.
    """

    component_id: UUID
    fault: str
    unusable: bool = False


@dataclass(frozen=True, slots=True)
class WantedAnswer:
    """An answer of the e-form to be corrected, by its question, and what is wrong with it."""

    question: str
    fault: str


class StaleSubmission(Refusal):
    """Somebody answered this filing since the page was read. Nothing was changed."""

    def __str__(self) -> str:
        return _(
            "Hồ sơ này vừa được trả lời ở chỗ khác. Trang đã tải lại theo tình trạng mới, việc của ông/bà chưa ghi."
        )


class UnknownPaper(Refusal):
    """A paper that is not on the published list of this procedure's version (Decree 61/2018/NĐ-CP art. 4)."""

    def __str__(self) -> str:
        return _("Có giấy tờ không thuộc thủ tục này. Ông/bà tải lại trang và đánh dấu lại.")


class DemandRefused(Refusal):
    """Papers cannot be asked like this; the sentence says why."""


class GroundsMissing(Refusal):
    """A refusal without a reason or a legal basis is none."""

    def __str__(self) -> str:
        return _("Ông/bà ghi lý do từ chối và căn cứ pháp lý: người dân có quyền biết cả hai.")


def papers_of(submission: Submission) -> tuple[PaperHandedIn, ...]:
    """The papers that are here."""
    return tuple(PaperHandedIn(UUID(row["component"]), row["originals"], row["copies"]) for row in submission.papers)


def plain_paper(paper: PaperHandedIn) -> dict[str, Any]:
    """A paper as the JSON column keeps it."""
    return {"component": str(paper.component_id), "originals": paper.originals, "copies": paper.copies}


def known(component_ids: Collection[UUID], offered: OfferedVersion) -> list[ComponentLine]:
    """The papers of the list with these ids, in its order. Raises `UnknownPaper` for any other id."""
    lines = [line for line in offered.components if line.id in component_ids]
    if {line.id for line in lines} != set(component_ids):
        raise UnknownPaper
    return lines


def grounds(reason: str, legal_basis: str) -> dict[str, str]:
    """Why a filing is refused, column by column. Raises `GroundsMissing`."""
    said = {"reason": reason.strip(), "legal_basis": legal_basis.strip()}
    if not all(said.values()):
        raise GroundsMissing
    return said


def paper_number(series: str, agency_id: UUID, at: datetime) -> int:
    """The next number of this kind of paper in the calendar year, without gaps: the series of 1 January.

    Papers an office sends out are numbered through the year (Decree 30/2020/NĐ-CP art. 15, from memory).
    """
    return next_number(agency_id=agency_id, series=series, day=date(localdate(at).year, 1, 1))


def tell(
    about: Submission, what: str, *, by: Actor, at: datetime, before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> None:
    """Record `submission.<what>`, in the caller's transaction."""
    record(
        kind=f"submission.{what}", subject=("submission", about.id), by=by, at=at, agency_id=about.agency_id,
        before=before, after=after,
    )  # fmt: skip


def waiting(submission_id: UUID, agency_id: UUID) -> Submission:
    """The agency's submission that still waits, locked. Raises `StaleSubmission`, or DoesNotExist for a foreign one."""
    found = Submission.objects.select_for_update().get(pk=submission_id, agency_id=agency_id)
    if found.state != State.SUBMITTED:
        raise StaleSubmission
    return found


def change(found: Submission, **changes: Any) -> None:
    """Change a filing that waits, by compare-and-set on that state. Raises `StaleSubmission`."""
    if Submission.objects.filter(pk=found.pk, state=State.SUBMITTED).update(**changes) != 1:
        raise StaleSubmission
