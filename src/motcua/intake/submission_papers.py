"""Forms 02 and 03 of a filing that is not a dossier: what its row says, put into the printed forms."""

from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.catalogue.models import Channel
from motcua.catalogue.queries import version_by_id
from motcua.documents.prints import (
    Letterhead,
    PrintedDemand,
    PrintedForm,
    PrintedFormKind,
    PrintedParty,
    RefusalPrint,
    SupplementRequestPrint,
    form_for,
)
from motcua.dossiers.phrases import limit_words
from motcua.dossiers.tracking import tracking_address
from motcua.intake.answer_limits import answer_limit
from motcua.intake.models import Submission
from motcua.people.models import Official, PartyKind


class NothingToPrint(LookupError):
    """The filing was not asked for papers, or not refused: there is no such paper."""


def submission_url(submission: Submission) -> str:
    """The public address where the applicant follows this filing; nothing for one that ended at the counter."""
    if submission.channel == Channel.COUNTER:
        return ""
    return tracking_address(submission.number, submission.tracking_token)


def refusal_of(submission: Submission) -> RefusalPrint:
    """Form 03 as printed, Vietnamese whatever its reader's pages speak.

    It bears no dossier code: none was issued. Raises `NothingToPrint`, and `PrintedFormGap` when no form is in force.
    """
    by, at, number = submission.decided_by, submission.decided_at, submission.refusal_number
    if by is None or at is None or number is None:
        raise NothingToPrint
    with translation.override("vi"):
        shape = form_for(PrintedFormKind.REFUSAL, localdate(submission.submitted_at))
        return RefusalPrint(
            printed_form=shape,
            head=_letterhead(submission, by),
            number=_numbered(number, shape),
            applicant=applicant_of(submission),
            request=_request(submission),
            refused_by=by.unit.name,
            reasons=(submission.reason,),
            legal_bases=(submission.legal_basis,),
            refused_at=at,
            receiver=by.full_name,
            tracking_url=submission_url(submission),
        )


def supplement_request_of(submission: Submission) -> SupplementRequestPrint:
    """Form 02 as printed. Raises `NothingToPrint`, and `PrintedFormGap` when no form is in force."""
    by, at, number = submission.asked_by, submission.asked_at, submission.asked_number
    if by is None or at is None or number is None:
        raise NothingToPrint
    with translation.override("vi"):
        shape = form_for(PrintedFormKind.SUPPLEMENT_REQUEST, localdate(submission.submitted_at))
        limit = answer_limit(submission.channel, localdate(at)).amount
        return SupplementRequestPrint(
            printed_form=shape,
            head=_letterhead(submission, by),
            number=_numbered(number, shape),
            dossier_code="",
            applicant=applicant_of(submission),
            request=_request(submission),
            demands=tuple(
                PrintedDemand(paper=name, fault=fault or _("Chưa nộp")) for name, fault in submission.demanded()
            ),
            reason=submission.asked_reason,
            contact=by.full_name,
            contact_phone=submission.agency.phone,
            clock_rule=_(
                "Hồ sơ chưa được tiếp nhận nên thời hạn giải quyết chưa tính. Khi nhận giấy tờ bổ sung, "
                "cơ quan trả lời trong %(limit)s."
            )
            % {"limit": limit_words(limit.number, limit.unit)},
            issued_at=at,
            official=by.full_name,
            tracking_url=submission_url(submission),
        )


def _numbered(number: int, shape: PrintedForm) -> str:
    return f"{number}/{shape.symbol}" if shape.symbol else str(number)


def _letterhead(submission: Submission, by: Official) -> Letterhead:
    agency = submission.agency
    return Letterhead(
        superior=agency.parent.name if agency.parent else "",
        agency=agency.name,
        section=by.unit.name,
        place=agency.short_name,
    )


def applicant_of(submission: Submission) -> PrintedParty:
    """Whose filing it is, as papers print him."""
    return PrintedParty(
        name=submission.applicant_name,
        is_organisation=submission.applicant_kind == PartyKind.ORGANISATION,
        identifier=submission.applicant_personal_id,
        address=submission.applicant_address,
        phone=submission.applicant_phone,
        email=submission.applicant_email,
    )


def _request(submission: Submission) -> str:
    """What was asked for, with the number of the filing: it has no dossier code to be known by."""
    asked = submission.request or version_by_id(submission.version_id).name
    return _("%(request)s (số %(number)s)") % {"request": asked, "number": submission.number}
