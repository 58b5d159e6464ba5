"""Following a dossier from outside: by the receipt's QR everything, by the bare code only how far it is."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.access import public
from motcua.core.keyed import keep_key_here
from motcua.core.throttle import address_of, allow
from motcua.dossiers.ledger import entries_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import completion_of, tracked_dossier
from motcua.dossiers.states import State
from motcua.intake.queries import completion_of_submission, tracked_submission
from motcua.payments.queries import duties_of
from motcua.payments.refunds.queries import orders_told
from motcua.routing.apologies.queries import told_letters
from motcua.routing.bundles.queries import completion_of_bundle, tracked_bundle
from motcua.routing.bundles.views import tracked_bundle_page
from motcua.routing.consultations.queries import open_consultations
from motcua.routing.queries import steps_of
from motcua.routing.stories import last_pause
from motcua.routing.told import told_story
from motcua.routing.views.dossier import clock_face, reason_sheet
from motcua.worktime.queries import calendar_for

TRIES, WINDOW = 20, timedelta(minutes=10)
Teller = Callable[[Dossier], Mapping[str, Any]]
_tellers: list[Teller] = []


def tell_more_by(teller: Teller) -> None:
    """Ask `teller` too what the holder of a receipt is told of his dossier: rooms above this one; twice is once."""
    if teller not in _tellers:
        _tellers.append(teller)


@public
def track(request: HttpRequest) -> HttpResponse:
    """Ask for a code; answer only the degree of completion, and not to somebody who tries many codes."""
    code = request.GET.get("code", "").strip().upper()
    context: dict[str, Any] = {"code": code}
    status = 200
    if code:
        if not allow(what="tracking", who=address_of(request), limit=TRIES, window=WINDOW):
            context["fault"] = _(
                "Ông/bà đã tra quá nhiều mã trong ít phút. Xin đợi 10 phút, hoặc quét mã QR trên giấy hẹn."
            )
            status = 429
        else:
            context["completion"] = completion_of(code)
            if context["completion"] is None:
                context["completion"] = completion_of_submission(code)
            if context["completion"] is None:
                context["completion"] = completion_of_bundle(code)
            if context["completion"] is None:
                context["fault"] = _(
                    "Không thấy hồ sơ mang mã này. Ông/bà xem lại mã in trên giấy hẹn, ví dụ H17.21-261123-0007."
                )
                status = 404
    response = render(request, "routing/track.html", context, status=status)
    if status == 429:
        response.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
    return response


@public
def tracked(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """The whole story for who holds the receipt: where it stands, which unit has it, what is due when and why."""
    if not allow(what="tracking-key", who=address_of(request), limit=TRIES * 6, window=WINDOW):
        return render(
            request,
            "routing/track.html",
            {"fault": _("Trang này được mở quá nhiều lần trong ít phút. Xin thử lại sau 10 phút.")},
            status=429,
        )
    found = tracked_dossier(code, token)
    if found is not None:
        response = render(request, "routing/tracked.html", tracking_page(found))
    elif (bundle := tracked_bundle(code, token)) is not None:
        response = render(request, "routing/tracked_bundle.html", tracked_bundle_page(bundle))
    else:
        submission = tracked_submission(code, token)
        if submission is None:
            raise Http404
        context = {"submission": submission, "orders": orders_told(submission.id)}
        response = render(request, "routing/tracked_submission.html", context)
    return keep_key_here(response)


def tracking_page(found: Dossier) -> dict[str, Any]:
    """What the holder of the receipt sees; officials are named by unit only."""
    at = timezone.now()
    calendar = calendar_for(found.agency.calendar_code)
    steps, entries = steps_of(found.id), entries_of(found.id)
    current = next((step for step in reversed(steps) if step.finished_at is None), None)
    return {
        "dossier": found,
        "state": State(found.state),
        "steps": steps,
        "told": told_story(found.id, steps),
        "current": current,
        "wanted": last_pause(found.id) if found.paused_at else None,
        "consulted": open_consultations(found.id),
        "duties": duties_of(found.id, at=at) if entries else (),
        "orders": orders_told(found.submission_id),
        "letters": told_letters(found.id, entries),
        **clock_face(found, steps, entries, at, calendar, "#reasons"),
        **reason_sheet(found, found.agency.calendar_code),
        **{name: value for teller in _tellers for name, value in teller(found).items()},
    }
