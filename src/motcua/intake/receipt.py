"""Form 01 of a dossier: what its rows say, put into the printed form."""

from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.catalogue.models import ComponentUse
from motcua.catalogue.queries import version_by_id
from motcua.catalogue.rules import fee_lines
from motcua.documents.prints import (
    Letterhead,
    PrintedFee,
    PrintedFormKind,
    PrintedMandate,
    PrintedPaper,
    PrintedParty,
    ReceiptPrint,
    form_for,
)
from motcua.dossiers.models import Dossier, ReturnMethod
from motcua.dossiers.phrases import limit_words
from motcua.dossiers.tracking import tracking_url
from motcua.people.models import PartyKind


def receipt_of(dossier: Dossier) -> ReceiptPrint:
    """The receipt as printed, Vietnamese whatever its reader's pages speak (Decree 61/2018 form 01).

    Raises `PrintedFormGap` when no form is in force on the day of receipt.
    """
    with translation.override("vi"):
        return _printed(dossier)


def _printed(dossier: Dossier) -> ReceiptPrint:
    printed_form = form_for(PrintedFormKind.RECEIPT, localdate(dossier.received_at))
    offered = version_by_id(dossier.version_id)
    number = dossier.code.rsplit("-", 1)[-1]
    applicant = PrintedParty(
        name=dossier.applicant_name,
        is_organisation=dossier.applicant_kind == PartyKind.ORGANISATION,
        identifier=dossier.applicant_personal_id,
        address=dossier.applicant_address,
        phone=dossier.applicant_phone,
        email=dossier.applicant_email,
    )
    filer, mandate = applicant, None
    if dossier.submitter_name:
        filer = PrintedParty(name=dossier.submitter_name, identifier=dossier.submitter_personal_id)
        mandate = PrintedMandate(principal=applicant, paper=_("Văn bản ủy quyền"))
    return ReceiptPrint(
        printed_form=printed_form,
        head=_letterhead(dossier),
        number=f"{number}/{printed_form.symbol}" if printed_form.symbol else number,
        dossier_code=dossier.code,
        receiving_centre=dossier.received_by.unit.name,
        filer=filer,
        mandate=mandate,
        request=dossier.request or offered.name,
        papers=_papers(dossier),
        sets=dossier.copies,
        time_limit=limit_words(dossier.limit_number, dossier.limit_unit),
        received_at=dossier.received_at,
        due_at=dossier.promised_at,
        return_at=_return_place(dossier),
        receiver=dossier.received_by.full_name,
        tracking_url=tracking_url(dossier),
        fees=tuple(PrintedFee(name=fee.name, amount=fee.amount, note=fee.note) for fee in fee_lines(offered.fees)),
        ordinal=int(number),
    )


def _letterhead(dossier: Dossier) -> Letterhead:
    agency = dossier.agency
    return Letterhead(
        superior=agency.parent.name if agency.parent else "",
        agency=agency.name,
        section=dossier.received_by.unit.name,
        place=agency.short_name,
    )


def _papers(dossier: Dossier) -> tuple[PrintedPaper, ...]:
    rows = dossier.components.select_related("component").order_by("component__position")
    return tuple(
        PrintedPaper(
            name=row.component.name,
            originals=row.originals,
            copies=row.copies,
            note=_("xuất trình, đã trả lại") if row.component.use == ComponentUse.SHOW else "",
        )
        for row in rows
    )


def _return_place(dossier: Dossier) -> str:
    if dossier.return_method == ReturnMethod.COUNTER:
        return f"{dossier.received_by.unit.name}, {dossier.agency.address}".rstrip(", ")
    way = str(ReturnMethod(dossier.return_method).label)
    return f"{way}, {dossier.return_address}" if dossier.return_address else way
