"""The page of one's reminders."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.core.access import officials
from motcua.people.access import official_of
from motcua.routing.warnings.actions import mark_read
from motcua.routing.warnings.queries import reminders_of

PAGE_ROWS = 50


@officials()
def reminders(request: HttpRequest) -> HttpResponse:
    """What this official was reminded of, unread first."""
    page = Paginator(reminders_of(official_of(request).id), PAGE_ROWS).get_page(request.GET.get("page"))
    unread = sum(1 for reminder in page if reminder.read_at is None and reminder.overtaken_at is None)
    return render(request, "routing/reminders.html", {"page": page, "unread": unread})


@require_POST
@officials()
def read_reminders(request: HttpRequest) -> HttpResponse:
    """Mark one reminder as read, or all of them."""
    by = official_of(request)
    chosen = _chosen(request)
    if chosen is None and "all" not in request.POST:
        return redirect("reminders")
    mark_read(None if chosen is None else [chosen], by=by, at=timezone.now())
    if chosen is None:
        messages.success(request, _("Đã đánh dấu mọi nhắc việc là đã đọc."))
    return redirect("reminders")


def _chosen(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("reminder", ""))
    except ValueError:
        return None
