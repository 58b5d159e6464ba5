"""Public pages: home, search, one procedure, the posting list."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_safe

from motcua.catalogue import queries
from motcua.catalogue.eforms.queries import eform_for
from motcua.catalogue.models import Channel, OnlineLevel
from motcua.catalogue.search.queries import find
from motcua.catalogue.sheet import due_example, public_address, sheet_context
from motcua.core.access import public
from motcua.documents.qr import qr_svg
from motcua.people.models import Agency
from motcua.people.queries import home_agency
from motcua.worktime.queries import calendar_for

PAGE = 20
LONGEST_QUERY = 200
NATIONAL_CALENDAR = "VN"
# Asked of the catalogue in Vietnamese, whatever language they are shown in.
COMMON = (
    (gettext_noop("khai sinh"), gettext_lazy("khai sinh")),
    (gettext_noop("sao y bản chính"), gettext_lazy("sao y bản chính")),
    (gettext_noop("xác nhận tình trạng hôn nhân"), gettext_lazy("xác nhận tình trạng hôn nhân")),
    (gettext_noop("đăng ký thường trú"), gettext_lazy("đăng ký thường trú")),
)


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The door: a big search, common searches, where else to go, the sectors of this office."""
    day = timezone.localdate()
    office = home_agency(day)
    here = _id(office)
    return render(
        request,
        "catalogue/home.html",
        {
            "common": COMMON,
            "sectors": [sector for sector in queries.sectors(here, day) if sector.posted],
            "figures": queries.catalogue_figures(here, day),
        },
    )  # fmt: skip


@public
@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """Search the catalogue, or browse what is received here; the results alone for htmx."""
    day = timezone.localdate()
    here = _id(home_agency(day))
    q = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    known = queries.sectors(here, day)
    sector = next((s for s in known if s.code == request.GET.get("sector", "")), None)
    wanted = request.GET.get("page", "1")
    suggestion, ids = None, []
    if q:
        start = (int(wanted) - 1) * PAGE if wanted.isdecimal() and len(wanted) < 3 and int(wanted) > 0 else 0
        found = find(q, sector=sector.name if sector else None, limit=PAGE, offset=start)
        page: Page[Any] = Paginator(range(found.count), PAGE).get_page(wanted)
        ids = [hit.procedure_id for hit in found.hits]
        suggestion = found.suggestion
    else:
        every = queries.sector_ids(sector.code, here, day) if sector else queries.posted_ids(here, day)
        page = Paginator(every, PAGE).get_page(wanted)
        ids = [*page]
    context: dict[str, Any] = {
        "q": q, "sector": sector, "page": page, "rows": queries.listed(ids, here, day), "suggestion": suggestion,
        "sectors_here": [s for s in known if s.posted], "sectors_elsewhere": [s for s in known if not s.posted],
        "common": COMMON,
    }  # fmt: skip
    fragment = bool(getattr(request, "htmx", False))
    response = render(request, "catalogue/_results.html" if fragment else "catalogue/procedures.html", context)
    response.headers["Vary"] = "HX-Request, Cookie, Accept-Language"
    return response


@public
@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure: can I, what do I bring, what does it cost, how long, where and how, then the law."""
    at = timezone.now()
    day = timezone.localdate(at)
    number = request.GET.get("version", "")
    sheet = queries.procedure_sheet(code, day, number=int(number) if number.isdecimal() and len(number) < 6 else None)
    if sheet is None:
        return _absent(request, code)
    context: dict[str, Any] = {"sheet": sheet, "procedure": sheet.procedure, "version": sheet.version}
    address = public_address(code)
    context |= {"address": address, "qr": qr_svg(address, title=_("Mã QR của trang này"))}
    if sheet.version is None:
        return render(request, "catalogue/procedure_without_details.html", context)
    office = home_agency(day)
    if sheet.standing == "in_force":
        calendar = calendar_for(office.calendar_code if office else NATIONAL_CALENDAR)
        context["example"] = due_example(sheet.version, calendar, at)
    context |= sheet_context(sheet.version)
    context["here"] = office is not None and any(agency.pk == office.pk for agency in sheet.agencies)
    context["from_home"] = _is_filed_from_home(code, sheet.version, day)
    return render(request, "catalogue/procedure.html", context)


def _is_filed_from_home(code: str, version: queries.OfferedVersion, day: date) -> bool:
    """Whether there is an e-form for what the law lets be filed online."""
    online = Channel.ONLINE in version.channels and version.content.online_level != OnlineLevel.INFORMATION
    return online and eform_for(code, day) is not None


@public
@require_safe
def procedure_qr(request: HttpRequest, code: str) -> HttpResponse:
    """The QR code of a procedure's page as a picture to print and post."""
    if queries.procedure_sheet(code, timezone.localdate()) is None:
        return _absent(request, code)
    svg = qr_svg(public_address(code))
    if "xmlns=" not in svg:
        svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return HttpResponse(svg, content_type="image/svg+xml")


@public
@require_safe
def postings(request: HttpRequest) -> HttpResponse:
    """The posting list of this office, by sector (Decree 63/2010/NĐ-CP art. 17)."""
    day = timezone.localdate()
    office = home_agency(day)
    rows = queries.listed(queries.posted_ids(_id(office), day), _id(office), day)
    return render(
        request,
        "catalogue/postings.html",
        {"agency": office, "day": day, "groups": queries.by_sector(rows), "count": len(rows)},
    )


def _absent(request: HttpRequest, code: str) -> HttpResponse:
    """No such procedure: say so, and offer what is nearest."""
    day = timezone.localdate()
    nearest = find(code[:LONGEST_QUERY], limit=5)
    context = {"code": code, "rows": queries.listed([h.procedure_id for h in nearest.hits], _id(home_agency(day)), day)}
    return render(request, "catalogue/procedure_absent.html", context, status=404)


def _id(agency: Agency | None) -> UUID | None:
    return agency.pk if agency is not None else None
