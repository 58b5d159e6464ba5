"""The receipt as PDF."""

from django.http import HttpRequest, HttpResponse

from motcua.core.access import officials
from motcua.documents.prints import render_receipt
from motcua.dossiers.access import dossier_read_by
from motcua.intake.receipt import receipt_of
from motcua.people.access import official_of
from motcua.people.models import Role


@officials(Role.RECEIVER, Role.CASE_OFFICER, Role.APPROVER, Role.RECORDS_CLERK)
def receipt_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Form 01, A5, to print or to keep."""
    dossier = dossier_read_by(official_of(request), code, "agency__parent", "received_by__unit")
    response = HttpResponse(render_receipt(receipt_of(dossier)), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="giay-hen-{dossier.code}.pdf"'
    return response
