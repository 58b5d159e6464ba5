"""Finding a dossier, and the dossier register."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.core.access import officials
from motcua.documents.prints import PrintedFormGap
from motcua.dossiers.access import dossiers_for, dossiers_read_by
from motcua.dossiers.looking import listed
from motcua.dossiers.prints import register_pdf
from motcua.dossiers.queries import find, register
from motcua.people.access import official_of
from motcua.people.looking import Purpose, Task
from motcua.people.models import WORKERS
from motcua.people.overseeing import overseen_by

# Typed as people write days; as addresses kept from elsewhere may hold them.
_DAY = forms.DateField(input_formats=["%d/%m/%Y", "%Y-%m-%d"])
# As many lines as one request may set; a longer register is printed in parts, never cut off in silence.
MOST_PRINTED = 1_000


@officials(*WORKERS)
def find_dossier(request: HttpRequest) -> HttpResponse:
    """Search by code, name, personal id or phone. Asked by POST: what is typed never stands in an address."""
    text = request.POST.get("q", "").strip() if request.method == "POST" else ""
    found = find(dossiers_for(official_of(request)), text) if text else []
    listed(official_of(request), (row.id for row in found), Task(Purpose.SEARCH))
    return render(request, "dossiers/find.html", {"text": text, "rows": found})


@officials(*WORKERS)
def dossier_register(request: HttpRequest) -> HttpResponse:
    """The register of a period (form 07), on screen or as PDF; for an overseer also those his agency took over."""
    by = official_of(request)
    first, last, fault = _period(request)
    kept = [one for one in overseen_by(by) if one.is_former]
    asked = request.GET.get("agency", "")
    agency_id = next((one.id for one in kept if str(one.id) == asked), by.agency_id)
    rows = register(dossiers_read_by(by).filter(agency_id=agency_id), first=first, last=last)
    status = 200
    if request.GET.get("format") == "pdf" and not fault:
        printed = list(rows[: MOST_PRINTED + 1])
        try:
            if len(printed) <= MOST_PRINTED:
                listed(by, (row.id for row in printed), Task(Purpose.REGISTER))
                return register_pdf(printed, agency_id=agency_id, first=first, last=last)
            fault, status = _too_long(), 422
        except PrintedFormGap as gap:
            fault, status = str(gap), 422
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    listed(by, (row.id for row in page), Task(Purpose.REGISTER))
    context = {"page": page, "first": first, "last": last, "fault": fault, "agency_id": agency_id, "kept": kept}
    return render(request, "dossiers/register.html", context, status=status)


def _too_long() -> str:
    return _(
        "Khoảng này có hơn %(most)s hồ sơ nên chưa in. Ông/bà chọn khoảng ngày ngắn hơn rồi in từng phần, "
        "sổ in ra không bị thiếu dòng."
    ) % {"most": f"{MOST_PRINTED:,}".replace(",", ".")}


def _period(request: HttpRequest) -> tuple[date, date, str]:
    """The asked period, or the last 30 days; a wrong one comes with its sentence."""
    today = localdate()
    default = (today - timedelta(days=30), today)
    texts = request.GET.get("from", ""), request.GET.get("to", "")
    try:
        first = _DAY.clean(texts[0]) if texts[0] else default[0]
        last = _DAY.clean(texts[1]) if texts[1] else default[1]
    except ValidationError:
        first = last = None
    if first is None or last is None:
        return *default, _("Ngày chưa đúng. Ông/bà chọn lại khoảng ngày.")
    if first > last:
        return last, first, _("Từ ngày sau đến ngày; sổ đã đổi lại hai ngày cho đúng thứ tự.")
    if (last - first).days > 366:
        return (
            last - timedelta(days=366),
            last,
            _("Sổ xem nhiều nhất một năm; đã lấy năm gần nhất trong khoảng ông/bà chọn."),
        )
    return first, last, ""
