"""Forms 02 and 03 of a filing before intake, as PDF."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from motcua.core.access import officials
from motcua.documents.prints import render_refusal, render_supplement_request
from motcua.intake.models import Submission
from motcua.intake.queries import submission_for
from motcua.intake.submission_papers import NothingToPrint, refusal_of, supplement_request_of
from motcua.people.access import official_of
from motcua.people.models import Role


@officials(Role.RECEIVER)
def refusal_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """Form 03, A5; no such page while the filing is not refused."""
    return _pdf(request, number, lambda found: render_refusal(refusal_of(found)), "phieu-tu-choi")


@officials(Role.RECEIVER)
def asked_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """Form 02, A5; no such page before papers were asked."""
    return _pdf(request, number, lambda found: render_supplement_request(supplement_request_of(found)), "phieu-bo-sung")


def _pdf(request: HttpRequest, number: str, draw: Callable[[Submission], bytes], name: str) -> HttpResponse:
    found = submission_for(official_of(request), number)
    try:
        drawn = draw(found)
    except NothingToPrint as absent:
        raise Http404 from absent
    response = HttpResponse(drawn, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}-{found.number}.pdf"'
    return response
