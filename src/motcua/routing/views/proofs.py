"""A citizen checks his own dossier in the record: on the page, or with a program of his own."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.core.access import public
from motcua.core.keyed import keep_key_here
from motcua.core.throttle import address_of, allow
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import tracked_dossier
from motcua.routing.proofs import told_events
from motcua.routing.views.tracking import TRIES, WINDOW


@public
def tracked_record(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Every event of the dossier with its hash and its seal, computed anew here and now."""
    if not _allowed(request):
        fault = _("Trang này được mở quá nhiều lần trong ít phút. Xin thử lại sau 10 phút.")
        return render(request, "routing/track.html", {"fault": fault}, status=429)
    dossier = _dossier(code, token)
    events = told_events(dossier.id)
    context = {
        "dossier": dossier,
        "events": events,
        "waiting": sum(one.proof.covered is None for one in events),
        "broken": [one for one in events if one.proof.covered is not None and not one.proof.sound],
    }
    return _private(render(request, "routing/tracked_record.html", context))


@public
def tracked_proofs(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """The same as a file, with everything that is needed to compute it elsewhere."""
    if not _allowed(request):
        raise Http404
    dossier = _dossier(code, token)
    told = {"code": dossier.code, "proofs": [one.proof.told() for one in told_events(dossier.id)]}
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Content-Disposition"] = f'attachment; filename="{dossier.code}-chung-cu.json"'
    return _private(response)


def _dossier(code: str, token: str) -> Dossier:
    found = tracked_dossier(code, token)
    if found is None:
        raise Http404
    return found


def _allowed(request: HttpRequest) -> bool:
    return allow(what="record-proofs", who=address_of(request), limit=TRIES * 6, window=WINDOW)


def _private(response: HttpResponse) -> HttpResponse:
    return keep_key_here(response)
