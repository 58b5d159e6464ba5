"""A citizen whose session ended while he filled in: told so, and back where he was with what he had just typed."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from motcua.intake.models import Draft

LOG_IN = "citizen-log-in"
SAVING = "X-Motcua-Saving"
HELD = "held-page"
LONGEST = 60_000


def session_ended(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """To the log-in page, told why. What was posted is held in this browser's session until he is back.

    A script that saves gets a status and no page: it says so where he types.
    """
    if SAVING in request.headers:
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    if Draft.objects.filter(pk=draft_id, submitted_at=None).exists():
        said = _("Phiên đăng nhập đã hết. Ông/bà đăng nhập lại: bản nháp vẫn còn và mở ra đúng trang đang điền.")
        messages.warning(request, said)
        if request.method == "POST" and not request.FILES:
            post = request.POST.copy()
            post.pop("csrfmiddlewaretoken", None)
            typed = post.urlencode()
            if len(typed) <= LONGEST:
                request.session[HELD] = {"at": request.path, "post": typed}
    return redirect_to_login(request.path, LOG_IN)


def held_page(request: HttpRequest) -> QueryDict | None:
    """What he posted to this page before his session ended, once; anything else that was held is forgotten."""
    held = request.session.pop(HELD, None)
    return QueryDict(held["post"]) if held and held["at"] == request.path else None
