"""The desk's answer to a filing that waits: accept, refuse, ask for papers once; and the applicant's withdrawal."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.catalogue.queries import version_by_id
from motcua.core.events import Actor
from motcua.dossiers.actions import Opened
from motcua.dossiers.states import State
from motcua.intake.actions import Filing, handed_in, receive, settled_calendar
from motcua.intake.models import Submission
from motcua.intake.submissions.dues import due_from
from motcua.intake.submissions.shared import (
    DemandRefused,
    StaleSubmission,
    WantedPaper,
    grounds,
    known,
    paper_number,
    papers_of,
    plain_paper,
    tell,
)
from motcua.people.access import ActingOfficial
from motcua.people.actions import PartyFacts
from motcua.worktime.queries import calendar_for

WAITED: Final = {"state": int(State.SUBMITTED)}


def accept(submission_id: UUID, *, by: ActingOfficial, at: datetime) -> Opened:
    """Take the filing in: the dossier opens now, with everything that was declared (Decree 61/2018 art. 17.3).

    It keeps the version it was filed under. Raises what `receive` raises (`PapersMissing`, `NoLimit`, …) and
    `StaleSubmission`; then nothing is written.
    """
    with transaction.atomic():
        settled_calendar(by.calendar_code)  # before the filing's row, as a change of the calendar takes them
        found = _waiting(submission_id, by.agency_id)
        opened, _is_new = receive(filing_of(found), offered=version_by_id(found.version_id), by=by, at=at)
        _answer(found, State.RECEIVED, at=at, decided_by_id=by.id, dossier_id=opened.id)
        after = {"state": int(State.RECEIVED), "dossier": opened.code}
        tell(found, "accepted", by=by.actor, at=at, before=WAITED, after=after)
    return opened


def refuse(submission_id: UUID, *, reason: str, legal_basis: str, by: ActingOfficial, at: datetime) -> int:
    """Say no to a filing before intake and give back the year's number of its form 03.

    Raises `GroundsMissing`, `StaleSubmission`. Decree 61/2018/NĐ-CP art. 17.1.
    """
    said = grounds(reason, legal_basis)
    with transaction.atomic():
        found = _waiting(submission_id, by.agency_id)
        number = paper_number("refusal", by.agency_id, at)
        _answer(found, State.NOT_ACCEPTED, at=at, decided_by_id=by.id, refusal_number=number, **said)
        after = {"state": int(State.NOT_ACCEPTED), "refusal": number, **said}
        tell(found, "refused", by=by.actor, at=at, before=WAITED, after=after)
    return number


def ask_papers(
    submission_id: UUID, demands: Sequence[WantedPaper], *, reason: str, by: ActingOfficial, at: datetime
) -> int:
    """Guide the applicant, once and completely, to what is missing; give back the year's number of form 02.

    The filing stays submitted. Raises `DemandRefused` (asked before, nothing asked, a paper already here),
    `UnknownPaper`, `StaleSubmission`. Decree 61/2018/NĐ-CP arts. 11.2c, 17.1.
    """
    wanted = {demand.component_id: demand.fault.strip() for demand in demands}
    if not wanted or not reason.strip():
        raise DemandRefused(_("Ông/bà đánh dấu giấy tờ cần bổ sung và ghi lý do, đầy đủ trong một lần."))
    with transaction.atomic():
        found = _waiting(submission_id, by.agency_id)
        if found.asked_at is not None:
            raise DemandRefused(
                _("Hồ sơ này đã được hướng dẫn bổ sung một lần. Pháp luật chỉ cho yêu cầu một lần: nhận hoặc từ chối.")
            )
        lines = known(wanted, version_by_id(found.version_id))
        here = {paper.component_id for paper in papers_of(found)}
        if twice := [line.name for line in lines if line.id in here]:
            raise DemandRefused(
                _("Giấy tờ này đã nộp rồi, không yêu cầu lại: %(names)s.") % {"names": "; ".join(twice)}
            )
        number = paper_number("supplement", by.agency_id, at)
        asked = [{"component": str(line.id), "fault": wanted[line.id]} for line in lines if line.id is not None]
        _set(found, asked_at=at, asked_by_id=by.id, asked_number=number, demands=asked, asked_reason=reason.strip())
        after = {"supplement_request": number, "demands": asked, "reason": reason.strip()}
        tell(found, "papers_asked", by=by.actor, at=at, before=None, after=after)
    return number


def add_papers(submission_id: UUID, component_ids: Collection[UUID], *, by: ActingOfficial, at: datetime) -> None:
    """Write down papers that came after the filing. The first that was asked for starts the desk's time anew.

    That the answer is then due after another whole limit is our reading: the law names none. A desk that asked
    when its answer was already due stays late. Papers nobody asked for change no date.
    Raises `DemandRefused` when nothing is named, `UnknownPaper`, `NoAnswerLimit`, `CalendarGap`, `StaleSubmission`.
    """
    if not component_ids:
        raise DemandRefused(_("Ông/bà đánh dấu giấy tờ vừa nhận thêm."))
    with transaction.atomic():
        found = _waiting(submission_id, by.agency_id)
        lines = known(component_ids, version_by_id(found.version_id))
        here = papers_of(found)
        had = {paper.component_id for paper in here}
        more = [handed_in(line, line.id) for line in lines if line.id is not None and line.id not in had]
        changes: dict[str, Any] = {"papers": [plain_paper(paper) for paper in (*here, *more)]}
        demanded = {UUID(row["component"]) for row in found.demands}
        if found.papers_came_at is None and any(paper.component_id in demanded for paper in more):
            changes |= {"papers_came_at": at, "answer_due_at": _due_anew(found, by.calendar_code, at)}
        _set(found, **changes)
        after = {"papers": [str(paper.component_id) for paper in more]}
        tell(found, "papers_added", by=by.actor, at=at, before=None, after=after)


def _due_anew(found: Submission, calendar_code: str, at: datetime) -> datetime:
    """When the answer is due now that what was asked for came; the old moment when it had passed before asking."""
    if found.asked_at is None or found.answer_due_at < found.asked_at:
        return found.answer_due_at
    return due_from(found.channel, at, calendar_for(calendar_code))


def withdraw(
    submission_id: UUID, *, agency_id: UUID, by: Actor, at: datetime, reason: str = "", written_by: UUID | None = None
) -> None:
    """End the filing as the applicant wishes; `written_by` is the official who wrote the wish down, if one did.

    Raises `StaleSubmission` when the desk has answered.
    """
    with transaction.atomic():
        found = _waiting(submission_id, agency_id)
        _answer(found, State.WITHDRAWN, at=at, decided_by_id=written_by, reason=reason.strip())
        after = {"state": int(State.WITHDRAWN), "reason": reason.strip()}
        tell(found, "withdrawn", by=by, at=at, before=WAITED, after=after)


def filing_of(submission: Submission) -> Filing:
    """The submission as `receive` takes it in."""
    return Filing(
        submission_id=submission.id,
        channel=submission.channel,
        filed_by=submission.filed_by,
        source=submission.source,
        applicant=PartyFacts(
            kind=submission.applicant_kind,
            full_name=submission.applicant_name,
            personal_id=submission.applicant_personal_id,
            birth_date=submission.applicant_birth_date,
            gender=submission.applicant_gender,
            address=submission.applicant_address,
            phone=submission.applicant_phone,
            email=submission.applicant_email,
        ),
        papers=papers_of(submission),
        whens=tuple(submission.whens),
        submitter_name=submission.submitter_name,
        submitter_personal_id=submission.submitter_personal_id,
        request=submission.request,
        copies=submission.copies,
        return_method=submission.return_method,
    )


def _waiting(submission_id: UUID, agency_id: UUID) -> Submission:
    """The agency's submission that still waits, locked. Raises `StaleSubmission`, or DoesNotExist for a foreign one."""
    found = Submission.objects.select_for_update().get(pk=submission_id, agency_id=agency_id)
    if found.state != State.SUBMITTED:
        raise StaleSubmission
    return found


def _answer(found: Submission, to: State, *, at: datetime, **changes: Any) -> None:
    _set(found, state=int(to), decided_at=at, **changes)


def _set(found: Submission, **changes: Any) -> None:
    """By compare-and-set on the state that was seen."""
    if Submission.objects.filter(pk=found.pk, state=State.SUBMITTED).update(**changes) != 1:
        raise StaleSubmission
