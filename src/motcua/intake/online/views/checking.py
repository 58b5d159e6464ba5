"""The end of a draft: everything told again, sent, acknowledged."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from motcua.catalogue.eforms.rules import faults, told
from motcua.catalogue.models import Channel
from motcua.catalogue.queries import version_by_id
from motcua.core.access import public
from motcua.core.refusals import Refusal
from motcua.core.throttle import address_of, allow
from motcua.documents.papers.models import Paper
from motcua.documents.prints.acknowledgement import render_acknowledgement
from motcua.documents.qr import qr_svg
from motcua.dossiers.models import FiledBy, ReturnMethod
from motcua.dossiers.phrases import limit_words
from motcua.intake.answer_limits import answer_limit
from motcua.intake.models import Submission
from motcua.intake.online.access import Filer, filer_of, own_draft, should_log_in
from motcua.intake.online.acknowledging import acknowledgement_of
from motcua.intake.online.actions import drop, say_last
from motcua.intake.online.fees import fee_for
from motcua.intake.online.refusals import DraftOvertaken, DraftSent, DraftUnfinished, NoReturnAddress
from motcua.intake.online.rules import LONGEST_SAID, TO_DESK, Way, lacking_told, missing
from motcua.intake.online.sending import content_of, own_alike, send, send_and_accept
from motcua.intake.online.tickets import ticket_of
from motcua.intake.online.views.parts import CHECK_STEP, Desk, on_draft, stepped
from motcua.intake.online.views.returning import session_ended
from motcua.intake.submission_papers import submission_url
from motcua.payments.refunds.queries import orders_told
from motcua.worktime.rules import CalendarGap

RETURN_HINTS = {
    ReturnMethod.COUNTER: gettext_lazy("Mang giấy tờ tùy thân và giấy hẹn đến Bộ phận Một cửa."),
    ReturnMethod.POST: gettext_lazy("Bưu chính đưa đến địa chỉ ghi dưới đây; cước ông/bà trả cho bưu chính."),
    ReturnMethod.ONLINE: gettext_lazy("Bản điện tử ở trang theo dõi, tải về khi có tin báo."),
}
# Many go to the net by one address: a whole ward behind a telephone company's.
PRINTS, WINDOW = 60, timedelta(minutes=10)
# Of each paper that is not here: which of the two answers, and the reason in his own words.
LACK, WHY = "lack-", "why-"


@public
@on_draft
def check(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Everything as it will be sent; POST sends it, once however often it is pressed."""
    sentence, no_address, status = "", False, 200
    if request.method == "POST":
        try:
            method, address = request.POST.get("return_method", ""), request.POST.get("return_address", "")
            say_last(desk.draft.pk, method, address, _said_of_papers(request, desk), at=desk.at)
            if desk.filer.official is not None and desk.draft.filed_by == FiledBy.OFFICER:
                ticket_id = ticket_of(request, desk.draft.pk, by=desk.filer.official, at=desk.at)
                code = send_and_accept(desk.draft.pk, by=desk.filer.official, at=desk.at, ticket_id=ticket_id)
                return redirect(f"{reverse('dossier', args=(code,))}?received")
            send(desk.draft.pk, filer=desk.filer, at=desk.at)
        except DraftSent:
            return redirect("draft-done", desk.draft.pk)
        except DraftOvertaken:
            return redirect("draft-check", desk.draft.pk)
        except (Refusal, CalendarGap, Paper.DoesNotExist) as no:
            sentence, status = _said(no), 422
            no_address = isinstance(no, NoReturnAddress)
            desk.draft.refresh_from_db()
        else:
            return redirect("draft-done", desk.draft.pk)
    context = stepped(desk.context(CHECK_STEP), _("Kiểm tra lại rồi nộp"))
    context |= _checked(desk) | {
        "sentence": sentence, "no_address": no_address, "sent": status != 200,
    }  # fmt: skip
    return render(request, "intake/online/check.html", context, status=status)


def _said_of_papers(request: HttpRequest, desk: Desk) -> dict[str, str]:
    """What he says of each paper that is not here: that he brings it to the desk, or why he has none."""
    said = {}
    content = content_of(desk.draft, desk.offered, desk.eform, desk.at)
    for one in missing(content.wanted, desk.draft.papers):
        chosen, words = request.POST.get(f"{LACK}{one.id}"), request.POST.get(f"{WHY}{one.id}")
        if chosen is not None or words is not None:
            said[str(one.id)] = TO_DESK if chosen == TO_DESK else str(words or "")
    return said


def _said(no: Exception) -> str:
    if isinstance(no, Paper.DoesNotExist):
        return _("Một giấy tờ kèm theo không còn trong kho của ông/bà. Ông/bà xem lại trang giấy tờ.")
    return "" if isinstance(no, DraftUnfinished) else str(no)


def _checked(desk: Desk) -> dict[str, Any]:
    """What the answers say, what is still wrong, which papers go along."""
    day = localdate(desk.at)
    content = content_of(desk.draft, desk.offered, desk.eform, desk.at)
    wanted = content.wanted
    wrong = [
        (one.sentence, desk.eform.page_of(one.question), f"f-{one.pointer.removeprefix('/').replace('/', '-')}")
        for one in faults(desk.eform, desk.draft.answers, on=day)
    ]
    absent, said = content.absent, desk.draft.lacking
    names = {
        str(paper.id): paper
        for paper in Paper.objects.filter(
            pk__in=[key for several in desk.draft.papers.values() for key in several]
        ).select_related("stored")
    }
    return {
        "sections": told(desk.eform, desk.draft.answers, on=day), "wrong": wrong,
        "barring": [one for one in absent if one.barring],
        "absent": [(one, said.get(str(one.id), "")) for one in absent if not one.barring],
        "rows": [
            (one, [names[key] for key in desk.draft.papers.get(str(one.id), []) if key in names])
            for one in wanted
            if one.way is not Way.EFORM
        ],
        "returns": [(way.value, way.label, RETURN_HINTS[way]) for way in ReturnMethod],
        "return_address": desk.draft.return_address or str(content.said.get("address") or ""), "longest": LONGEST_SAID,
        "answer_limit": _answer_limit(desk),
        "alike": own_alike(desk.draft),
        "fee": fee_for(desk.draft.agency_id, desk.offered, content.said, desk.at),
    }  # fmt: skip


def _answer_limit(desk: Desk) -> str:
    """How long the desk has to answer, in words."""
    amount = answer_limit(Channel.ONLINE, localdate(desk.at)).amount
    return limit_words(amount.number, amount.unit)


@public
@require_safe
def acknowledgement(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The acknowledgement on paper; each is set anew, so that nobody has the office set them without end."""
    if not allow(what="acknowledgement", who=address_of(request), limit=PRINTS, window=WINDOW):
        answer = render(request, "intake/online/too_often.html", {"draft_id": draft_id}, status=429)
        answer.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
        return answer
    sent = _own_sent(filer_of(request), draft_id)
    response = HttpResponse(render_acknowledgement(acknowledgement_of(sent)), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="xac-nhan-da-nop-{sent.number}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _own_sent(filer: Filer, draft_id: UUID) -> Submission:
    draft = own_draft(filer, draft_id)
    if draft.submitted_at is None:
        raise Http404
    return Submission.objects.select_related("agency__parent", "version").get(pk=draft.submission_id)


@public
@require_safe
def done(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The acknowledgement: the number, where to follow it, until when the desk answers."""
    filer = filer_of(request)
    if should_log_in(request, filer, draft_id):
        return session_ended(request, draft_id)
    draft = own_draft(filer, draft_id)
    if draft.submitted_at is None:
        return redirect("draft", draft.pk)
    sent = _own_sent(filer, draft_id)
    address = submission_url(sent)
    context = {
        "draft": draft, "submission": sent, "address": address,
        "qr": qr_svg(address, title=_("Mã QR mở trang theo dõi")), "guest": draft.citizen_id is None,
        "orders": orders_told(sent.id), "lacking": lacking_told(sent.lacking, version_by_id(sent.version_id)),
    }  # fmt: skip
    return render(request, "intake/online/done.html", context)


@public
@require_POST
def drop_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    filer = filer_of(request)
    draft = own_draft(filer, draft_id)
    try:
        drop(draft.pk)
    except DraftSent as sent:
        raise Http404 from sent
    if filer.official is not None:
        return redirect("assist", draft.version.procedure.national_code)
    return redirect("my-filings" if filer.citizen is not None else "guest-filings")
