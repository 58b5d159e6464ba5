"""Forms 02, 05 and 06 of a dossier, as PDF."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from motcua.core.access import officials
from motcua.documents.prints import (
    PrintedFormGap,
    render_control_sheet,
    render_discontinuation,
    render_supplement_request,
)
from motcua.dossiers.access import dossier_read_by
from motcua.dossiers.models import Dossier
from motcua.people.access import official_of
from motcua.people.models import WORKERS
from motcua.routing.prints import NothingToPrint, control_sheet_of, discontinuation_of, supplement_request_of


@officials(*WORKERS)
def supplement_request_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Form 02, A5; no such page before papers were asked for."""
    return _pdf(request, code, lambda found: render_supplement_request(supplement_request_of(found)), "phieu-bo-sung")


@officials(*WORKERS)
def discontinuation_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Form 05, A5; no such page unless the dossier was stopped at its applicant's wish."""
    return _pdf(request, code, lambda found: render_discontinuation(discontinuation_of(found)), "thong-bao-dung")


@officials(*WORKERS)
def control_sheet_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Form 06, A4, as far as the dossier has come."""
    now = timezone.now()
    return _pdf(request, code, lambda found: render_control_sheet(control_sheet_of(found, now)), "phieu-kiem-soat")


def _pdf(request: HttpRequest, code: str, draw: Callable[[Dossier], bytes], name: str) -> HttpResponse:
    found = dossier_read_by(official_of(request), code)
    try:
        drawn = draw(found)
    except NothingToPrint as absent:
        raise Http404 from absent
    except PrintedFormGap as gap:
        messages.error(request, str(gap))
        return redirect("dossier", found.code)
    response = HttpResponse(drawn, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}-{found.code}.pdf"'
    return response
