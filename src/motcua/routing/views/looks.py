"""A citizen who proves who he is sees who looked at his dossier, when, and under which task."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.core.access import public
from motcua.core.keyed import keep_key_here
from motcua.core.throttle import address_of, allow
from motcua.routing.looks import MOST, looks_at, tracked_by
from motcua.routing.views.proving import WINDOW, ProofForm, proved

OPENINGS, OPENINGS_WINDOW = 60, timedelta(minutes=10)


@public
def who_looked(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Ask for a proof, then show the looks on the answer itself: nothing is kept, nothing stands in an address."""
    if not allow(what="who-looked", who=address_of(request), limit=OPENINGS * 2, window=OPENINGS_WINDOW):
        fault = _("Trang này được mở quá nhiều lần trong ít phút. Xin thử lại sau 10 phút.")
        return render(request, "routing/track.html", {"fault": fault}, status=429)
    subject = tracked_by(code, token)
    if subject is None:
        raise Http404
    context: dict[str, Any] = {"subject": subject, "rows": None, "most": MOST}
    form = ProofForm(request.POST if request.method == "POST" else None)
    status = proved(request, form, subject) if request.method == "POST" else 200
    if request.method == "POST" and status == 200:
        context["rows"] = looks_at(subject.subjects)
    response = render(request, "routing/who_looked.html", {**context, "form": form}, status=status)
    keep_key_here(response)
    if status == 429:
        response.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
    return response
