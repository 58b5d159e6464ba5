"""The desk's answer to a filing that waits: accept, refuse, take what came; and the applicant's withdrawal."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.catalogue.queries import version_by_id
from motcua.core.events import Actor
from motcua.documents.papers.actions import HandedTo, carry_over
from motcua.dossiers.actions import Opened
from motcua.dossiers.states import State
from motcua.intake.actions import Filing, handed_in, receive, settled_calendar
from motcua.intake.from_home import sent_for, take_sent
from motcua.intake.models import Submission
from motcua.intake.online.fees import ask_fee_anew
from motcua.intake.submissions.dues import due_from
from motcua.intake.submissions.mending import mended_columns, said_by
from motcua.intake.submissions.shared import (
    DemandRefused,
    change,
    grounds,
    known,
    paper_number,
    papers_of,
    plain_paper,
    tell,
    waiting,
)
from motcua.people.access import ActingOfficial
from motcua.people.actions import PartyFacts
from motcua.worktime.queries import calendar_for

WAITED: Final = {"state": int(State.SUBMITTED)}


def accept(submission_id: UUID, *, by: ActingOfficial, at: datetime, ticket_id: UUID | None = None) -> Opened:
    """Take the filing in: the dossier opens now, with everything that was declared (Decree 61/2018 art. 17.3).

    It keeps the version it was filed under; `ticket_id`: whose number it was. Raises `StaleSubmission` and what
    `receive` raises (`PapersMissing`, `NoLimit`, …); then nothing is written.
    """
    with transaction.atomic():
        settled_calendar(by.calendar_code)  # before the filing's row, as a change of the calendar takes them
        found = waiting(submission_id, by.agency_id)
        offered = version_by_id(found.version_id)
        opened, _is_new = receive(replace(filing_of(found), ticket_id=ticket_id), offered=offered, by=by, at=at)
        carry_over(found.id, HandedTo(f"{offered.name}, {opened.code}", dossier_id=opened.id), at=at)
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
        found = waiting(submission_id, by.agency_id)
        number = paper_number("refusal", by.agency_id, at)
        _answer(found, State.NOT_ACCEPTED, at=at, decided_by_id=by.id, refusal_number=number, **said)
        after = {"state": int(State.NOT_ACCEPTED), "refusal": number, **said}
        tell(found, "refused", by=by.actor, at=at, before=WAITED, after=after)
    return number


def add_papers(submission_id: UUID, component_ids: Collection[UUID], *, by: ActingOfficial, at: datetime) -> None:
    """Write down what came after the filing: papers, and the answers sent from home that were asked for again.

    The first of it that was asked for starts the desk's time anew. That the answer is then due after another whole
    limit is our reading: the law names none. A desk that asked when its answer was already due stays late. Papers
    nobody asked for change no date.
    Raises `DemandRefused` when nothing came, `UnknownPaper`, `NoAnswerLimit`, `CalendarGap`, `StaleSubmission`.
    """
    with transaction.atomic():
        found = waiting(submission_id, by.agency_id)
        sent = sent_for(submission_id=found.id)
        anew = sent.answers if sent is not None else {}
        if not component_ids and not anew:
            raise DemandRefused(_("Ông/bà đánh dấu giấy tờ vừa nhận thêm."))
        lines = known(component_ids, version_by_id(found.version_id))
        here = papers_of(found)
        had = {paper.component_id for paper in here}
        more = [handed_in(line, line.id) for line in lines if line.id is not None and line.id not in had]
        changes: dict[str, Any] = {"papers": [plain_paper(paper) for paper in (*here, *more)]}
        changes |= mended_columns(found, anew, at=at)
        demanded = {row["component"] for row in found.demands if "component" in row}
        came = bool(anew) or any(str(line.id) in demanded for line in lines)
        if found.papers_came_at is None and came:
            changes |= {"papers_came_at": at, "answer_due_at": _due_anew(found, by.calendar_code, at)}
        change(found, **changes)
        take_sent(submission_id=found.id, by=by, at=at)
        if anew:
            found.refresh_from_db()
            ask_fee_anew(found, said_by(found), by=by, at=at)
        after = {"papers": [str(line.id) for line in lines]} | ({"questions": [*anew]} if anew else {})
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
        found = waiting(submission_id, agency_id)
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
        return_address=submission.return_address,
    )


def _answer(found: Submission, to: State, *, at: datetime, **changes: Any) -> None:
    change(found, state=int(to), decided_at=at, **changes)
