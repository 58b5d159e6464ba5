"""A filing comes in: by post, online, or at the counter only to be refused there."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.catalogue.queries import OfferedVersion
from motcua.core.events import Actor
from motcua.core.numbering import next_number
from motcua.dossiers.actions import opened_before
from motcua.dossiers.rules import new_tracking_token
from motcua.dossiers.states import State
from motcua.intake.actions import FILED_BY, AnotherFiling, Filing, NoAgencyCode, settled_calendar
from motcua.intake.models import Submission
from motcua.intake.submissions.dues import due_from
from motcua.intake.submissions.shared import Desk, grounds, known, paper_number, plain_paper, tell
from motcua.people.access import ActingOfficial


def submit(
    filing: Filing,
    *,
    offered: OfferedVersion,
    desk: Desk,
    by: Actor,
    at: datetime,
    registered_by: UUID | None = None,
    answers: Mapping[str, Any] | None = None,
) -> Submission:
    """Write down a filing that came by post or online; its number is the acknowledgement, given at once.

    `registered_by`: the official who wrote down a letter. Papers may be missing: the desk asks for them. The same
    `submission_id` again gives the same submission. Raises `NoAgencyCode`, `NoAnswerLimit` (filed at the counter:
    received or refused there), `UnknownPaper`, `AnotherFiling`, `CalendarGap`. Decree 45/2020/NĐ-CP art. 11.
    """
    known([paper.component_id for paper in filing.papers], offered)
    with transaction.atomic():
        due_at = due_from(filing.channel, at, settled_calendar(desk.calendar_code))
        facts = {"registered_by_id": registered_by, "answer_due_at": due_at, "answers": dict(answers or {})}
        return _write(filing, facts, offered=offered, desk=desk, by=by, at=at)[0]


def refuse_at_counter(
    filing: Filing, *, offered: OfferedVersion, reason: str, legal_basis: str, by: ActingOfficial, at: datetime
) -> Submission:
    """Say no to somebody who stands at the counter: submitted and refused in one go, with form 03 to take home.

    The same `submission_id` again gives the same refusal. Raises `GroundsMissing`, `NoAgencyCode`, `UnknownPaper`,
    `AnotherFiling`.
    """
    said = grounds(reason, legal_basis)
    known([paper.component_id for paper in filing.papers], offered)
    facts = {
        "registered_by_id": by.id, "answer_due_at": at, "state": int(State.NOT_ACCEPTED), "decided_at": at,
        "decided_by_id": by.id, **said,
    }  # fmt: skip
    with transaction.atomic():
        refused, is_new = _write(filing, facts, offered=offered, desk=by, by=by.actor, at=at)
        if is_new:
            after = {"state": int(State.NOT_ACCEPTED), "refusal": refused.refusal_number, **said}
            before = {"state": int(State.SUBMITTED)}
            tell(refused, "refused", by=by.actor, at=at, before=before, after=after)
        elif refused.state != State.NOT_ACCEPTED:
            raise AnotherFiling
    return refused


def _write(
    filing: Filing, facts: Mapping[str, Any], *, offered: OfferedVersion, desk: Desk, by: Actor, at: datetime
) -> tuple[Submission, bool]:
    """The new row with its number and event, or the row that the same page wrote before; and whether it is new."""
    if not desk.agency_code:
        raise NoAgencyCode(_("Cơ quan chưa có mã định danh đang hiệu lực. Quản trị cần khai mã trước khi nhận hồ sơ."))
    if opened_before(filing.submission_id, desk.agency_id) is not None:
        raise AnotherFiling
    try:
        with transaction.atomic():
            day = localdate(at)
            ordinal = next_number(agency_id=desk.agency_id, series="submission", day=day)
            refused = facts.get("state") == State.NOT_ACCEPTED
            written = Submission.objects.create(
                **_declared(filing),
                **facts,
                number=f"{desk.agency_code}-NS-{day:%y%m%d}-{ordinal:04d}",
                tracking_token=new_tracking_token(),
                agency_id=desk.agency_id,
                version_id=offered.version_id,
                submitted_at=at,
                refusal_number=paper_number("refusal", desk.agency_id, at) if refused else None,
            )
            after = {
                "state": int(State.SUBMITTED), "number": written.number, "procedure": offered.code,
                "channel": filing.channel, "answer_due_at": written.answer_due_at.isoformat(),
                "papers": len(filing.papers),
            }  # fmt: skip
            tell(written, "submitted", by=by, at=at, before=None, after=after)
            return written, True
    except IntegrityError:
        earlier = _submitted_before(filing, offered, desk.agency_id)
        if earlier is None:
            raise
        return earlier, False


def _declared(filing: Filing) -> dict[str, Any]:
    """What the applicant says, column by column."""
    applicant = {f"applicant_{name}": value for name, value in asdict(filing.applicant).items()}
    applicant["applicant_name"] = applicant.pop("applicant_full_name")
    return applicant | {
        "id": filing.submission_id, "channel": filing.channel,
        "filed_by": filing.filed_by or FILED_BY[filing.channel].value, "source": filing.source,
        "submitter_name": filing.submitter_name,
        "submitter_personal_id": filing.submitter_personal_id, "request": filing.request, "copies": filing.copies,
        "return_method": filing.return_method, "return_address": filing.return_address,
        "papers": [plain_paper(paper) for paper in filing.papers],
        "whens": list(filing.whens), "lacking": dict(filing.lacking),
    }  # fmt: skip


def _submitted_before(filing: Filing, offered: OfferedVersion, agency_id: UUID) -> Submission | None:
    """What this page wrote before, None when it wrote nothing. Raises `AnotherFiling` when it was another filing."""
    earlier = Submission.objects.filter(pk=filing.submission_id).first()
    if earlier is None:
        return None
    seen = (earlier.agency_id, earlier.version_id, earlier.applicant_name)
    if seen != (agency_id, offered.version_id, filing.applicant.full_name):
        raise AnotherFiling
    return earlier
