"""The acknowledgement of a filing: what its row says, put on paper."""

from django.utils import translation

from motcua.catalogue.queries import version_by_id
from motcua.documents.papers.access import handed_in
from motcua.documents.prints.acknowledgement import AcknowledgementPrint
from motcua.documents.prints.letterhead import Letterhead
from motcua.dossiers.models import ReturnMethod
from motcua.intake.models import Submission
from motcua.intake.online.rules import lacking_told
from motcua.intake.submission_papers import applicant_of, submission_url


def acknowledgement_of(filed: Submission) -> AcknowledgementPrint:
    """What was filed, when, and until when the desk answers; Vietnamese whatever its reader's pages speak."""
    offered, agency = version_by_id(filed.version_id), filed.agency
    with translation.override("vi"):
        way = str(ReturnMethod(filed.return_method).label)
        return AcknowledgementPrint(
            head=Letterhead(
                superior=agency.parent.name if agency.parent else "", agency=agency.name, section="",
                place=agency.short_name,
            ),
            number=filed.number,
            applicant=applicant_of(filed),
            filer=filed.submitter_name,
            procedure=offered.name,
            request=filed.request,
            receiving=agency.name,
            papers=tuple(f"{use.name} ({use.stored.pages} trang)" for use in handed_in(submission_id=filed.id)),
            lacking=tuple(f"{name}: {said}" for name, said in lacking_told(filed.lacking, offered)),
            return_way=f"{way}: {filed.return_address}" if filed.return_address else way,
            submitted_at=filed.submitted_at,
            answer_due_at=filed.answer_due_at,
            tracking_url=submission_url(filed),
        )  # fmt: skip
