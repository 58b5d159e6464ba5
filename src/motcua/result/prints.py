"""Form 03 of a dossier refused on its merits: what its result says, put into the printed form."""

from django.utils import translation
from django.utils.timezone import localdate

from motcua.documents.prints import PrintedFormKind, RefusalPrint, form_for
from motcua.dossiers.models import Dossier
from motcua.dossiers.tracking import tracking_url
from motcua.routing.prints import NothingToPrint, applicant_of, letterhead_of, numbered, request_of


def refusal_of(dossier: Dossier) -> RefusalPrint:
    """The letter that stands, Vietnamese whatever its reader's pages speak (Decree 61/2018/NĐ-CP art. 19.8).

    Raises `NothingToPrint` when no refusal stands, `PrintedFormGap` when no form is in force.
    """
    letter = dossier.results.filter(superseded_at=None, refusal_number__isnull=False).first()
    if letter is None or letter.refusal_number is None:
        raise NothingToPrint
    with translation.override("vi"):
        shape = form_for(PrintedFormKind.REFUSAL, localdate(dossier.received_at))
        return RefusalPrint(
            printed_form=shape,
            head=letterhead_of(dossier, dossier.received_by.unit.name),
            number=numbered(letter.refusal_number, shape),
            applicant=applicant_of(dossier),
            request=request_of(dossier),
            refused_by=dossier.agency.name,
            reasons=(letter.reason,),
            legal_bases=(letter.legal_basis,),
            refused_at=letter.approved_at,
            receiver=dossier.received_by.full_name,
            dossier_code=dossier.code,
            tracking_url=tracking_url(dossier),
            on_merits=True,
        )
