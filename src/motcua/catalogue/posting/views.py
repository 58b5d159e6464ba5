"""Where officials order posters and handbooks, and find the addresses of the kiosk and the slides."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue.posting import keeping
from motcua.catalogue.posting.handbook import Copy, copies_of, copy_of
from motcua.catalogue.posting.kiosk import kiosk_address
from motcua.catalogue.posting.posters import office_posters, printed, procedure_posters, sector_posters
from motcua.catalogue.posting.slides import slides_address
from motcua.catalogue.queries import listed, offered_at, posted_ids
from motcua.core.access import officials, public
from motcua.core.unattended import by_htmx, unattended
from motcua.documents.prints import Poster, render_posters
from motcua.documents.prints.poster import SHEETS
from motcua.people.access import official_of
from motcua.people.models import Agency
from motcua.people.queries import home_agency

# Of procedures on posters of their own in one go.
MOST_POSTERS = 60


@officials()
@require_http_methods(["GET", "HEAD", "POST"])
@unattended(when=by_htmx)
def board(request: HttpRequest) -> HttpResponse:
    """Posters, handbooks, screens; POST orders the handbook of a sector (empty: of everything)."""
    agency, day = _own_agency(request), timezone.localdate()
    if request.method == "POST":
        wanted = copy_of(agency, day, sector=request.POST.get("sector", ""))
        if wanted is None:
            raise Http404
        keeping.begin(wanted, at=timezone.localtime())
        return redirect(f"{reverse('notice-board')}#handbook")
    books = [_book(copy) for copy in copies_of(agency, day)]
    context: dict[str, Any] = {"books": books, "busy": any(one["making"] and not one["making"].failed for one in books)}
    if getattr(request, "htmx", False):
        return render(request, "catalogue/posting/_books.html", context)
    rows = books[0]["copy"].rows if books else []
    sector = request.GET.get("sector", "")
    context |= {
        "agency": agency, "rows": rows, "sector": sector, "most": MOST_POSTERS,
        "chosen": [row for row in rows if row.sector_code == sector],
        "kiosk_address": kiosk_address(),
        "slides_address": slides_address(agency),
    }  # fmt: skip
    return render(request, "catalogue/posting/board.html", context)


@officials()
@require_safe
def posters(request: HttpRequest) -> HttpResponse:
    """The posters asked for: `what` is office, sectors or procedures; `sheet` a4 or a3; `sector`; `code` of each."""
    agency, asked = _own_agency(request), request.GET
    sheet = asked.get("sheet", "a4")
    if sheet not in SHEETS:
        raise Http404
    found = _asked_posters(agency, asked.get("what", ""), asked.get("sector", ""), asked.getlist("code"))
    if not found:
        return redirect(f"{reverse('notice-board')}?nothing=1#posters")
    pdf = render_posters(printed(agency, found, sheet=sheet, at=timezone.localtime()))
    return _pdf(pdf, f"ap-phich-{sheet}.pdf")


@public
@require_safe
def handbook(request: HttpRequest) -> HttpResponse:
    """The kept handbook of this office as it stands today; while there is none, the list it would be made from."""
    agency = home_agency(timezone.localdate())
    copy = copy_of(agency, timezone.localdate(), sector=request.GET.get("sector", "")) if agency else None
    if copy is None or keeping.kept(copy) is None:
        return redirect("postings")
    return _pdf(keeping.read(copy), f"so-tay-{copy.sector or 'thu-tuc'}-{copy.day:%Y%m%d}.pdf")


def _asked_posters(agency: Agency, what: str, sector: str, codes: list[str]) -> list[Poster]:
    day = timezone.localdate()
    if what == "procedures":
        wanted = set(codes)
        of_these = [
            version
            for version in offered_at(agency.pk, day)
            if (version.code in wanted if wanted else version.sector_code == sector)
        ]
        return procedure_posters(of_these[:MOST_POSTERS])
    rows = listed(posted_ids(agency.pk, day), agency.pk, day)
    if what == "sectors":
        return sector_posters([row for row in rows if not sector or row.sector_code == sector])
    return office_posters(rows) if what == "office" and rows else []


def _book(copy: Copy) -> dict[str, Any]:
    return {"copy": copy, "kept": keeping.kept(copy), "making": keeping.making(copy)}


def _own_agency(request: HttpRequest) -> Agency:
    return get_object_or_404(Agency.objects.select_related("parent"), pk=official_of(request).agency_id)


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
