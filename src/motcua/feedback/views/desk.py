"""What the office works on: the code to scan at the counter, papers from the box, remarks, follow-ups."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.documents.qr import qr_svg
from motcua.dossiers.access import dossier_for, dossiers_for
from motcua.dossiers.states import State
from motcua.feedback.actions import follow_up, rate, settle_remark
from motcua.feedback.forms import DeedForm, PaperRatingForm
from motcua.feedback.keys import rating_url
from motcua.feedback.models import Rating, RatingWay
from motcua.feedback.queries import figures, follow_ups_to_do, remarks_to_settle
from motcua.feedback.scales import scale_by_code, scale_on
from motcua.feedback.views.rating import rating_of_agency
from motcua.people.access import official_of
from motcua.people.models import Role
from motcua.people.overseeing import OVERSEERS

ROWS = 50


@officials(Role.RECEIVER)
def rating_desk(request: HttpRequest, code: str) -> HttpResponse:
    """The code and link that the receiver turns to the citizen after he handed the result over."""
    dossier = dossier_for(official_of(request), code)
    rated = Rating.objects.filter(dossier_id=dossier.pk).exists()
    ready = dossier.state == State.RETURNED and not rated
    at_desk, link = rating_url(dossier.pk, at_desk=True), rating_url(dossier.pk)
    context = {
        "dossier": dossier, "rated": rated, "ready": ready, "link": link,
        "qr": qr_svg(at_desk, title=_("Mã QR mở trang đánh giá")) if ready else "",
    }  # fmt: skip
    return render(request, "feedback/desk_code.html", context)


@officials(Role.RECEIVER)
def paper_ratings(request: HttpRequest) -> HttpResponse:
    """Papers from the box, one after another: each saved one opens the next empty page."""
    by, at = official_of(request), timezone.now()
    form = PaperRatingForm(request.POST if request.method == "POST" else None, scale=scale_on(localdate(at)))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["code"].strip()
        dossier_id = dossiers_for(by).filter(code__iexact=typed).values_list("pk", flat=True).first()
        try:
            if dossier_id is None:
                raise Refusal(_("Cơ quan không có hồ sơ mã này. Ông/bà xem lại mã trên phiếu."))
            rate(dossier_id, form.said(), way=RatingWay.PAPER, at=at, entered_by=by)
        except Refusal as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("Đã nhập phiếu của hồ sơ %(code)s.") % {"code": typed})
            return redirect("paper-ratings")
    return render(request, "feedback/paper.html", {"form": form}, status=422 if form.errors else 200)


@officials(*OVERSEERS)
def ratings_desk(request: HttpRequest) -> HttpResponse:
    """What bad ratings ask of the head, which remarks wait, and how this month goes so far."""
    by = official_of(request)
    month = localdate().replace(day=1)
    context = {
        "follow_ups": follow_ups_to_do(by.agency_id)[:ROWS],
        "remarks": remarks_to_settle(by.agency_id)[:ROWS],
        "figures": next(iter(figures(month, least=1, agency_id=by.agency_id)), None),
        "degrees": scale_on(month).degrees,
        "month": month,
        "leads": by.holds(Role.APPROVER),
    }
    return render(request, "feedback/desk.html", context)


@officials(*OVERSEERS)
@require_POST
def remark(request: HttpRequest, rating_id: UUID) -> HttpResponse:
    """Let a remark be shown, or keep it back."""
    by = official_of(request)
    rating_of_agency(by.agency_id, rating_id)
    show = request.POST.get("show")
    if show not in ("yes", "no"):
        raise Http404
    try:
        settle_remark(rating_id, show=show == "yes", by=by, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Ý kiến sẽ hiện công khai.") if show == "yes" else _("Ý kiến không hiện công khai.")
        )
    return redirect("ratings-desk")


@officials(Role.APPROVER)
def follow_up_rating(request: HttpRequest, rating_id: UUID) -> HttpResponse:
    """One bad rating: what was said of which dossier, and what the head did about it."""
    by = official_of(request)
    found = rating_of_agency(by.agency_id, rating_id)
    if not found.is_bad:
        raise Http404
    form = DeedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            follow_up(rating_id, deed=form.cleaned_data["deed"], by=by, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Đã ghi việc làm sau đánh giá."))
        return redirect("ratings-desk")
    return render(request, "feedback/follow_up.html", {
        "rating": found, "lines": _told(found), "form": form,
    }, status=422 if form.errors else 200)  # fmt: skip


def _told(rating: Rating) -> list[tuple[str, str, bool]]:
    """What was asked, how it was answered, and whether that is a bad answer."""
    scale = scale_by_code(rating.scale)
    degrees = {one.code: one for one in scale.degrees}
    asked = [(one, degrees[rating.answers[one.code]]) for one in scale.asked() if one.code in rating.answers]
    return [(str(one), str(degree), degree.bad) for one, degree in asked]
