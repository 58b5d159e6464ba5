"""Results: the list of those to return, and returning one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.documents.papers.issuing import issued_of
from motcua.documents.prints import PrintedFormGap, render_refusal
from motcua.dossiers.access import dossier_for, dossier_read_by
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import timeliness
from motcua.dossiers.states import State
from motcua.people.access import official_of
from motcua.people.models import WORKERS, PartyKind, Role
from motcua.result.actions import DeliveryRefused, return_result
from motcua.result.forms import ReturnForm
from motcua.result.prints import refusal_of
from motcua.result.queries import sent_results, waiting_results
from motcua.routing.prints import NothingToPrint
from motcua.routing.views.worklists import PAGE_ROWS, page_number

LISTS = ("ready", "sent")


@officials(Role.RECEIVER)
def results(request: HttpRequest) -> HttpResponse:
    """What lies ready for citizens to fetch; what left the office and has not arrived as far as anybody knows."""
    number, chosen = page_number(request), request.GET.get("list", "ready")
    if chosen not in LISTS:
        raise Http404
    read = waiting_results if chosen == "ready" else sent_results
    rows = read(official_of(request), limit=PAGE_ROWS + 1, offset=(number - 1) * PAGE_ROWS)
    return render(
        request,
        "result/results.html",
        {"rows": rows[:PAGE_ROWS], "page": number, "has_next": len(rows) > PAGE_ROWS, "chosen": chosen},
    )


@officials(Role.RECEIVER)
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """Hand one result over, with the recipient's confirmation."""
    by = official_of(request)
    dossier = dossier_for(by, code)
    if dossier.state != State.FINISHED:
        messages.error(request, _not_ready(dossier))
        return redirect("dossier", dossier.code)
    form = ReturnForm(
        request.POST or None,
        initial={
            "method": dossier.return_method,
            **_usual_recipient(dossier),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            return_result(dossier.id, recipient=form.recipient(), by=by, at=timezone.now())
        except DeliveryRefused as refusal:
            form.add_error("method", str(refusal))
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("dossier", dossier.code)
        else:
            messages.success(request, _("Đã trả kết quả hồ sơ %(code)s.") % {"code": dossier.code})
            return redirect("dossier", dossier.code)
    return render(
        request,
        "result/return.html",
        {"dossier": dossier, "form": form, "results": dossier.results.filter(superseded_at=None),
         "copy": issued_of([dossier.id]).get(dossier.id),
         "timeliness": timeliness(due_at=dossier.due_at, ended_at=dossier.finished_at or timezone.now())},
        status=422 if form.errors else 200,
    )  # fmt: skip


@officials(*WORKERS)
def refusal_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Form 03, A5; no such page unless the dossier was refused on its merits and that answer stands."""
    found = dossier_read_by(official_of(request), code)
    try:
        drawn = render_refusal(refusal_of(found))
    except NothingToPrint as absent:
        raise Http404 from absent
    except PrintedFormGap as gap:
        messages.error(request, str(gap))
        return redirect("dossier", found.code)
    response = HttpResponse(drawn, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="phieu-tu-choi-{found.code}.pdf"'
    return response


def _usual_recipient(dossier: Dossier) -> dict[str, str]:
    """Who will most likely come: name and number of the same person; an organisation has no personal id."""
    if dossier.submitter_name:
        return {"recipient_name": dossier.submitter_name, "recipient_personal_id": dossier.submitter_personal_id}
    person = dossier.applicant_kind == PartyKind.PERSON
    return {
        "recipient_name": dossier.applicant_name,
        "recipient_personal_id": dossier.applicant_personal_id if person else "",
    }


def _not_ready(dossier: Dossier) -> str:
    if dossier.state == State.RETURNED:
        return _("Kết quả hồ sơ này đã được trả trước đó.")
    return _("Hồ sơ chưa xử lý xong nên chưa trả kết quả được.")
