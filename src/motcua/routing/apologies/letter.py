"""Form 04 of a letter: what its row says, put into the printed form."""

from django.utils import translation
from django.utils.timezone import localdate

from motcua.catalogue.queries import version_by_id
from motcua.documents.prints import (
    ApologyPrint,
    Letterhead,
    PrintedFormKind,
    PrintedParty,
    PrintedSignatory,
    form_for,
)
from motcua.dossiers.tracking import tracking_url
from motcua.people.models import Agency, PartyKind
from motcua.routing.apologies.models import Apology
from motcua.routing.apologies.reasons import reason_words


def letter_of(letter: Apology) -> ApologyPrint:
    """The letter as printed, Vietnamese whatever its reader's pages speak; a draft has neither number nor signatory.

    Raises `PrintedFormGap` when no form was in force on the day the dossier was received.
    """
    dossier, by = letter.dossier, letter.signed_by
    agency = Agency.objects.select_related("parent").get(pk=letter.agency_id)
    party = PrintedParty(
        name=dossier.applicant_name,
        is_organisation=dossier.applicant_kind == PartyKind.ORGANISATION,
        identifier=dossier.applicant_personal_id,
        address=dossier.applicant_address,
        phone=dossier.applicant_phone,
        email=dossier.applicant_email,
    )
    with translation.override("vi"):
        shape = form_for(PrintedFormKind.APOLOGY, localdate(dossier.received_at))
        return ApologyPrint(
            printed_form=shape,
            head=Letterhead(
                superior=agency.parent.name if agency.parent else "",
                agency=agency.name,
                section="",
                place=agency.short_name,
            ),
            number="" if letter.number is None else f"{letter.number}/{shape.symbol}",
            addressee=party,
            agency=agency.name,
            procedure=version_by_id(dossier.version_id).name,
            applicant=party,
            dossier_code=dossier.code,
            received_at=dossier.received_at,
            promised_at=letter.promised_at,
            reason=reason_words(letter.reason_code, letter.reason),
            new_due_at=letter.new_due_at,
            reappointment=letter.ordinal,
            issued_at=letter.signed_at or letter.drafted_at,
            signatory=PrintedSignatory(name=by.full_name if by else "", title=by.title if by else ""),
            tracking_url=tracking_url(dossier),
        )
