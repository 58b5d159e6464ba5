"""What anybody opens: the rating page behind a key, and the figures of offices and months."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate

from motcua.core.access import public
from motcua.core.keyed import keep_key_here
from motcua.core.refusals import Refusal
from motcua.core.throttle import address_of, allow
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import tracked_dossier
from motcua.dossiers.states import State
from motcua.feedback.actions import RatedBefore, rate
from motcua.feedback.forms import RatingForm
from motcua.feedback.keys import dossier_of, rating_token
from motcua.feedback.models import Rating, RatingWay
from motcua.feedback.queries import figures, rated_months, shown_remarks
from motcua.feedback.scales import least_answers, scale_on

OPENED, WINDOW = 120, timedelta(minutes=10)


@public
def rate_dossier(request: HttpRequest, rating_token: str) -> HttpResponse:
    """The questions, once; then thanks. Before the result is returned it says when to come back."""
    if not allow(what="rate", who=address_of(request), limit=OPENED, window=WINDOW):
        return keep_key_here(render(request, "feedback/busy.html", status=429))
    dossier_id = dossier_of(rating_token)
    dossier = Dossier.objects.select_related("agency", "version").filter(pk=dossier_id).first() if dossier_id else None
    if dossier is None:
        raise Http404
    page: dict[str, Any] = {"dossier": dossier}
    if Rating.objects.filter(dossier_id=dossier.pk).exists():
        return keep_key_here(_thanks(request, page, again=request.method == "POST"))
    if dossier.state != State.RETURNED:
        return keep_key_here(
            render(request, "feedback/not_yet.html", page, status=409 if request.method == "POST" else 200)
        )
    form = RatingForm(request.POST if request.method == "POST" else None, scale=scale_on(localdate()))
    if request.method == "POST" and form.is_valid():
        way = RatingWay.DESK if "desk" in request.GET else RatingWay.LINK
        try:
            rate(dossier.pk, form.said(), way=way, at=timezone.now())
        except RatedBefore:
            return keep_key_here(_thanks(request, page, again=True))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return keep_key_here(redirect("rate", rating_token))
    return keep_key_here(
        render(request, "feedback/rate.html", page | {"form": form}, status=422 if form.errors else 200)
    )


def _thanks(request: HttpRequest, page: dict[str, Any], *, again: bool) -> HttpResponse:
    return render(request, "feedback/thanks.html", page | {"again": again}, status=409 if again else 200)


@public
def rate_tracked(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """From the tracking page, whose key the citizen holds, to the rating page."""
    if not allow(what="rate", who=address_of(request), limit=OPENED, window=WINDOW):
        return keep_key_here(render(request, "feedback/busy.html", status=429))
    found = tracked_dossier(code, token)
    if found is None:
        raise Http404
    return keep_key_here(redirect("rate", rating_token(found.pk)))


@public
def ratings(request: HttpRequest) -> HttpResponse:
    """How people rated each office in a month that is over; a month under way would betray who came last."""
    months = rated_months(localdate().replace(day=1))
    month = _month_asked(request, months)
    offices = figures(month) if month else []
    chosen = next((one for one in offices if str(one.agency_id) == request.GET.get("office")), None)
    chosen = chosen or (offices[0] if offices else None)
    remarks = shown_remarks(chosen.agency_id, month) if chosen and month and chosen.overall.count else []
    context = {
        "months": months, "month": month, "offices": offices, "chosen": chosen, "remarks": remarks,
        "degrees": scale_on(month or localdate()).degrees, "least": least_answers(month or localdate()),
    }  # fmt: skip
    return render(request, "feedback/ratings.html", context)


def _month_asked(request: HttpRequest, months: list[date]) -> date | None:
    """The month of the address, the newest without one. A month nobody rated in is no page."""
    asked = request.GET.get("month", "")
    if not asked:
        return months[0] if months else None
    found = next((month for month in months if f"{month:%Y-%m}" == asked), None)
    if found is None:
        raise Http404
    return found


def rating_of_agency(agency_id: UUID, rating_id: UUID) -> Rating:
    """The rating, or `Http404` alike for a foreign and a missing one."""
    rows = Rating.objects.select_related("dossier__version", "follow_up")
    found = rows.filter(pk=rating_id, agency_id=agency_id).first()
    if found is None:
        raise Http404
    return found
