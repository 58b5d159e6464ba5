"""The pages of messages: the desk's list, one message, the slips to print; the citizen's list; the demo's phone."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from motcua.core.access import citizens, officials, public
from motcua.core.refusals import Refusal
from motcua.correspondence import deskwork
from motcua.correspondence.access import looked_at, message_for, messages_for, messages_to
from motcua.correspondence.models import Message
from motcua.correspondence.outside import say_outside, taken_outside
from motcua.correspondence.queries import message_counts, slips_of, to_whom
from motcua.correspondence.screen import attempt_rows, kind_label, state_kind, waits_for_morning
from motcua.correspondence.slips import printed
from motcua.correspondence.states import MessageState
from motcua.people.access import official_of
from motcua.people.citizens.access import citizen_of
from motcua.people.models import WORKERS, Role

PAGE_ROWS: Final = 50
MOST_SLIPS: Final = 50
DEMO_SENDER: Final = "0905000999"
MAILERS: Final = (Role.RECEIVER, Role.RECORDS_CLERK)


@officials(*WORKERS)
def message_list(request: HttpRequest) -> HttpResponse:
    """What the agency said to people, newest first; by state, and by the code it is about."""
    by = official_of(request)
    chosen, asked = request.GET.get("state", ""), request.GET.get("q", "").strip()[:60]
    rows: QuerySet[Message] = messages_for(by).order_by("-created_at", "-pk")
    if chosen in MessageState.values:
        rows = rows.filter(state=chosen)
    if asked:
        rows = rows.filter(about_code__iexact=asked)
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return render(request, "correspondence/messages.html", {
        "page": page, "rows": [_row(one) for one in page], "counts": message_counts(by.agency_id, since=midnight),
        "tabs": [("", _("Tất cả")), *MessageState.choices], "chosen": chosen, "asked": asked,
    })  # fmt: skip


def _row(one: Message) -> dict[str, Any]:
    return {"message": one, "to": to_whom(one), "kind": state_kind(one.state), "what": kind_label(one.template),
            "waits_for_morning": waits_for_morning(one)}  # fmt: skip


@officials(*WORKERS)
def message_page(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """One message: what it says, where it went, each try."""
    found = message_for(official_of(request), message_id)
    return render(request, "correspondence/message.html", {
        **_row(found), "attempts": attempt_rows(found), "mails": official_of(request).holds(*MAILERS),
        "can_repeat": found.state in deskwork.AGAIN_FROM,
        "can_end": found.state in (MessageState.FAILED, MessageState.QUEUED),
    })  # fmt: skip


@require_POST
@officials(*WORKERS)
def send_again(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Say it once more."""
    by = official_of(request)
    done = _("Đã xếp tin vào hàng gửi lại.")
    return _acted(request, message_id, lambda: deskwork.send_again(message_id, by=by, at=timezone.now()), done)


@require_POST
@officials(*MAILERS)
def give_up(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Nothing more is sent."""
    by = official_of(request)
    done = _("Tin này không gửi nữa.")
    return _acted(request, message_id, lambda: deskwork.give_up(message_id, by=by, at=timezone.now()), done)


def _acted(request: HttpRequest, message_id: UUID, act: Callable[[], None], done: str) -> HttpResponse:
    message_for(official_of(request), message_id)
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("message", message_id)


@officials(*MAILERS)
def slips(request: HttpRequest) -> HttpResponse:
    """What no way could take: to print, and to say that it was mailed."""
    by = official_of(request)
    waiting = [*slips_of(by)[: MOST_SLIPS + 1]]
    return render(request, "correspondence/slips.html", {
        "rows": [_row(one) for one in waiting[:MOST_SLIPS]], "more": len(waiting) > MOST_SLIPS,
    })  # fmt: skip


@officials(*MAILERS)
def slips_pdf(request: HttpRequest) -> HttpResponse:
    """The slips that wait, or the one named, on A5."""
    by = official_of(request)
    waiting = [*slips_of(by)[:MOST_SLIPS]]
    if named := _uuid(request.GET.get("message", "")):
        waiting = [message_for(by, named)]
    if not waiting:
        messages.info(request, _("Không còn phiếu nào chờ in."))
        return redirect("message-slips")
    looked_at(waiting, by)
    response = HttpResponse(printed(waiting, at=timezone.now()), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="phieu-bao-tin.pdf"'
    return response


@require_POST
@officials(*MAILERS)
def slips_mailed(request: HttpRequest) -> HttpResponse:
    """The slips ticked on the page went by post."""
    chosen = [one for one in map(_uuid, request.POST.getlist("message")) if one]
    done = deskwork.mark_mailed(chosen, by=official_of(request), at=timezone.now())
    if done:
        words = ngettext("Đã ghi %(n)d phiếu gửi bưu điện.", "Đã ghi %(n)d phiếu gửi bưu điện.", done)
        messages.success(request, words % {"n": done})
    else:
        messages.error(request, _("Ông/bà đánh dấu phiếu đã gửi bưu điện."))
    return redirect("message-slips")


@citizens()
def my_messages(request: HttpRequest) -> HttpResponse:
    """What the office said to this citizen; opening the page is having seen them."""
    citizen = citizen_of(request)
    page = Paginator(messages_to(citizen.account_id, citizen.party_id), PAGE_ROWS).get_page(request.GET.get("page"))
    unseen = {one.pk for one in page if one.seen_at is None}
    Message.objects.filter(pk__in=unseen).update(seen_at=timezone.now())
    for_morning = {one.pk for one in page if waits_for_morning(one)}
    context = {"page": page, "unseen": unseen, "for_morning": for_morning}
    return render(request, "correspondence/my_messages.html", context)


@public
def demo_phone(request: HttpRequest) -> HttpResponse:
    """What the demo's phones and mailboxes got, and a text message to the office; a real office has no such page."""
    if settings.MOTCUA_MODE != "demo":
        raise Http404
    said = request.POST.get("text", "").strip()[:160]
    if said:
        if say_outside(DEMO_SENDER, said):
            messages.success(request, _("Đã gửi. Trả lời của văn phòng hiện ở đây sau vài giây, khi tải lại trang."))
        else:
            messages.error(request, _("Nhà mạng giả không trả lời"))
        return redirect("demo-phone")
    return render(request, "correspondence/demo_phone.html", {"taken": taken_outside()})


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
