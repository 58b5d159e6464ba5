"""The register as PDF."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from motcua.documents.prints import Letterhead, PrintedFormKind, RegisterPrint, RegisterRow, form_for, render_register
from motcua.dossiers.models import Dossier, ReturnMethod
from motcua.people.models import Agency


def register_pdf(rows: Iterable[Dossier], *, agency_id: UUID, first: date, last: date) -> HttpResponse:
    """Form 07 for a period, A4, always Vietnamese. Raises `PrintedFormGap` when no form is in force on the last day."""
    with translation.override("vi"):
        print_ = _printed(rows, agency_id, first, last)
    response = HttpResponse(render_register(print_), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="so-theo-doi-{first:%Y%m%d}-{last:%Y%m%d}.pdf"'
    return response


def _printed(rows: Iterable[Dossier], agency_id: UUID, first: date, last: date) -> RegisterPrint:
    agency = Agency.objects.select_related("parent").get(pk=agency_id)
    return RegisterPrint(
        printed_form=form_for(PrintedFormKind.REGISTER, last),
        head=Letterhead(
            superior=agency.parent.name if agency.parent else "",
            agency=agency.name,
            section="",
            place=agency.short_name,
        ),
        number="",
        sector="",
        period=_("Từ ngày %(first)s đến ngày %(last)s") % {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"},
        rows=tuple(_line(ordinal, row, agency) for ordinal, row in enumerate(rows, start=1)),
        printed_at=timezone.localtime(),
        keeper="",
    )


def _line(ordinal: int, row: Dossier, agency: Agency) -> RegisterRow:
    return RegisterRow(
        ordinal=ordinal,
        dossier_code=row.code,
        procedure=row.version.name,
        applicant=row.applicant_name,
        address=row.applicant_address,
        phone=row.applicant_phone,
        competent_agency=agency.short_name,
        received_at=row.received_at,
        due_at=row.due_at,
        returned_at=row.returned_at,
        return_method=str(ReturnMethod(row.return_method).label),
    )
