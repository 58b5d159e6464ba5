"""The page where an overseer takes a pack with him."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from motcua.core.access import officials
from motcua.people.access import official_of
from motcua.people.overseeing import OVERSEERS, overseen_by
from motcua.reporting.detectors.forms import last_month
from motcua.reporting.pack.forms import PackForm
from motcua.reporting.pack.writing import begin, stream
from motcua.worktime.queries import UnknownCalendar
from motcua.worktime.rules import CalendarGap


@officials(*OVERSEERS)
def record_pack(request: HttpRequest) -> HttpResponseBase:
    """Ask for a pack; sent as it is written, by POST, for the taking itself is an event."""
    by = official_of(request)
    overseen = overseen_by(by)
    form = PackForm(overseen, request.POST if request.method == "POST" else None, initial=last_month(overseen))
    if request.method == "POST" and form.is_valid():
        try:
            pack = begin(
                form.order(), by=by.acting_for(*OVERSEERS), agency_id=by.agency_id,
                desk=f"{by.unit_name}, {by.agency_name}", at=timezone.now(),
            )  # fmt: skip
        except (CalendarGap, UnknownCalendar) as absent:
            form.add_error(None, str(absent))
        else:
            response = StreamingHttpResponse(stream(pack), content_type="application/zip")
            response.headers["Content-Disposition"] = f'attachment; filename="{pack.name}.zip"'
            return response
    return _page(request, form)


def _page(request: HttpRequest, form: PackForm) -> HttpResponse:
    return render(request, "reporting/record_pack.html", {"form": form}, status=422 if form.errors else 200)
