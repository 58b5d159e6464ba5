"""What waits for a second person: the list, and one change of the calendar seen before it is made."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.people.access import official_of
from motcua.people.actions.passwords import may_confirm_renewal, waiting_renewals
from motcua.people.models import Role
from motcua.routing.confirmations.actions import confirm, drop
from motcua.routing.confirmations.queries import may_confirm, reread, waiting_proposals
from motcua.routing.faults.confirmers import leading_unit
from motcua.routing.outlook import moved_words
from motcua.routing.recalculation import look
from motcua.worktime.models import Calendar
from motcua.worktime.rules import CalendarGap, CalendarMistake

SHOWN = 20
FAULTS = (CalendarMistake, CalendarGap, Refusal)


@officials(Role.ADMINISTRATOR, Role.APPROVER)
def confirmations(request: HttpRequest) -> HttpResponse:
    """Changes of the calendar and passwords that one person asked for."""
    by, at = official_of(request), timezone.now()
    leaders = leading_unit(by)
    return render(
        request,
        "routing/confirmations.html",
        {
            "proposals": [(one, may_confirm(one, by, leaders, at)) for one in waiting_proposals(by.agency_id)],
            "renewals": [(one, may_confirm_renewal(one, by, at)) for one in waiting_renewals(by)],
        },
    )


@officials(Role.APPROVER)
def calendar_proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Show a leader what the change would do; with `seen`, the revision that he saw, make it."""
    by, at = official_of(request), timezone.now()
    asked = waiting_proposals(by.agency_id).filter(pk=proposal_id).first()
    if asked is None:
        raise Http404
    mine = Calendar.objects.get(code=by.calendar_code)
    try:
        if request.method == "POST":
            seen = request.POST.get("seen", "")
            known = seen.isascii() and seen.isdigit() and len(seen) < 10
            proposal, outlook = confirm(asked.pk, seen=int(seen) if known else None, by=by, at=at)
            messages.success(request, f"{proposal.done} {moved_words(outlook)}")
            return redirect("confirmations")
        proposal = reread(asked, mine.code)
        outlook = look(proposal.make)
    except FAULTS as fault:
        messages.error(request, str(fault))
        return redirect("confirmations")
    return render(
        request,
        "routing/calendar_preview.html",
        {
            "proposal": proposal, "outlook": outlook, "calendar": mine, "asked": asked,
            "moves": Paginator(outlook.farthest_first(), SHOWN).get_page(request.GET.get("page")),
            "may_confirm": may_confirm(asked, by, leading_unit(by), at),
        },
    )  # fmt: skip


@require_POST
@officials(Role.ADMINISTRATOR, Role.APPROVER)
def drop_proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Nothing comes of the change."""
    try:
        title = drop(proposal_id, by=official_of(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã bỏ đề nghị: %(title)s.") % {"title": title})
    return redirect("confirmations")
