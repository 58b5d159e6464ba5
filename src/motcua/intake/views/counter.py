"""The counter: find the procedure, fill, tick, see the promise, receive with one key."""

from dataclasses import replace
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalogue.eforms.queries import eform_for
from motcua.catalogue.queries import NotOffered, OfferedVersion, version_in_force
from motcua.catalogue.search import search
from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.dossiers.actions import Opened, opened_before
from motcua.dossiers.looking import listed
from motcua.dossiers.phrases import limit_words
from motcua.intake.actions import AnotherFiling, PapersMissing, receive, received_before
from motcua.intake.forms import IntakeForm
from motcua.intake.queries import known_contact, recent_procedures
from motcua.intake.rules import PERSON, NoLimit, Promise, counter_channels, promise, who_may_apply
from motcua.people.access import ActingOfficial, official_of
from motcua.people.id_card import IdCard, IdCardError, read_id_card
from motcua.people.looking import Purpose, Task
from motcua.people.models import Role
from motcua.queueing.queries.served import served_by, served_today
from motcua.worktime.phrases import ShownReason, shown
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import CalendarGap, CalendarMistake

ONLINE_ONLY = "online_only"


@officials(Role.RECEIVER)
def choose_procedure(request: HttpRequest) -> HttpResponse:
    """Find what the citizen wants; Enter opens the first hit."""
    acting = official_of(request)
    query = request.GET.get("q", "").strip()
    hits = search(query, limit=12) if query else []
    return render(
        request,
        "intake/choose.html",
        {"query": query, "hits": hits, "recent": recent_procedures(acting.agency_id) if not query else []},
    )


@officials(Role.RECEIVER)
def intake(request: HttpRequest, code: str) -> HttpResponse:
    """Receive one dossier of this procedure. `read_card` and `preview` re-draw the page without receiving."""
    acting, at = official_of(request), timezone.now()
    try:
        offered = _offered_at_counter(code, acting, at)
    except NotOffered as refusal:
        earlier = _submitted_before(request, acting)
        if earlier is not None:
            return _received_twice(request, earlier)
        context = {"sentence": str(refusal), "code": code, "online_only": refusal.reason == ONLINE_ONLY}
        return render(request, "intake/not_offered.html", context, status=404)
    if request.method != "POST":
        return _page(request, offered, IntakeForm(offered, initial=_new(acting)), acting, at)
    if "read_card" in request.POST or "from_counter" in request.POST:
        return _read_card(request, offered, acting, at)
    form = IntakeForm(offered, request.POST)
    if "preview" in request.POST:
        return _page(request, offered, _unchecked(offered, request), acting, at)
    if form.is_valid():
        received = _receive(request, form, acting, at)
        if received is not None:
            return received
    return _page(request, offered, form, acting, at, status=422)


def _new(acting: ActingOfficial) -> dict[str, Any]:
    """What a page that was just opened carries: its number, and the ticket of whom the official serves now."""
    served = served_by(acting)
    return {"submission_id": uuid4(), "ticket": str(served.id) if served else ""}


def _offered_at_counter(code: str, acting: ActingOfficial, at: datetime) -> OfferedVersion:
    """What is offered here now and may be handed in at a desk. Raises `NotOffered`."""
    offered = version_in_force(code, acting.agency_id, timezone.localdate(at))
    if not counter_channels(offered.channels):
        raise NotOffered(
            ONLINE_ONLY,
            _(
                "Thủ tục %(code)s chỉ nộp trực tuyến, không nhận tại quầy. "
                "Ông/bà hướng dẫn người dân nộp trên Cổng Dịch vụ công quốc gia, dichvucong.gov.vn."
            )
            % {"code": code},
        )
    return offered


def _submitted_before(request: HttpRequest, acting: ActingOfficial) -> Opened | None:
    """The dossier of a submit that is sent again after its procedure left this office."""
    try:
        found = opened_before(UUID(request.POST.get("submission_id", "")), acting.agency_id)
    except ValueError:
        return None
    return found.opened if found else None


def _receive(request: HttpRequest, form: IntakeForm, acting: ActingOfficial, at: datetime) -> HttpResponse | None:
    """Receive and go to the dossier, or put the fault on the form and give back None."""
    served = served_today(form.cleaned_data["ticket"], acting, timezone.localdate(at))
    filing = replace(form.filing(), ticket_id=served.id if served else None)
    try:
        opened, is_new = receive(filing, offered=form.offered, by=acting, at=at)
    except (Refusal, CalendarGap, CalendarMistake) as refusal:
        if not isinstance(refusal, AnotherFiling):
            earlier = received_before(filing, form.offered.code, by=acting)
            if earlier is not None:
                return _received_twice(request, earlier)
        _say(form, refusal)
        return None
    if is_new:
        return redirect(reverse("dossier", args=(opened.code,)) + "?received")
    return _received_twice(request, opened)


def _received_twice(request: HttpRequest, opened: Opened) -> HttpResponse:
    messages.info(request, _("Hồ sơ này đã được tiếp nhận ở lần bấm trước, không tạo thêm hồ sơ mới."))
    return redirect("dossier", opened.code)


def _say(form: IntakeForm, refusal: Exception) -> None:
    """Put what stands in the way where the receiver is looking; a used page gets a new submission number."""
    if isinstance(refusal, PapersMissing):
        for name in refusal.names:
            form.add_error(
                "papers", _("Còn thiếu: %(name)s. Chưa đủ giấy tờ bắt buộc thì chưa tiếp nhận.") % {"name": name}
            )
        return
    if isinstance(refusal, AnotherFiling):
        data = cast("QueryDict", form.data).copy()
        data["submission_id"] = str(uuid4())
        form.data = data
    form.add_error(None, str(refusal))


def _read_card(request: HttpRequest, offered: OfferedVersion, acting: ActingOfficial, at: datetime) -> HttpResponse:
    """Fill the applicant from the scanned string; what was typed before stays."""
    values = _plain(request)
    fault, scanned = "", request.POST.get("scanned", "")
    if "from_counter" in request.POST:
        values = {**_new(acting), "ticket": request.POST.get("ticket", "")}
        if not scanned.strip():
            return _page(request, offered, IntakeForm(offered, initial=values), acting, at)
    try:
        card = read_id_card(scanned, today=timezone.localdate(at))
    except IdCardError as error:
        fault = str(error)
    else:
        values |= _from_card(card, offered, acting, values)
    form = IntakeForm(offered, initial=values)
    return _page(request, offered, form, acting, at, card_fault=fault, status=422 if fault else 200)


def _from_card(card: IdCard, offered: OfferedVersion, acting: ActingOfficial, typed: dict[str, Any]) -> dict[str, Any]:
    """The card's holder as applicant; as who hands it in where only organisations may apply."""
    if PERSON not in who_may_apply(offered.content.applicant_kinds):
        return {"submitter_name": card.full_name, "submitter_personal_id": card.personal_id}
    phone, email, remembered = known_contact(acting.agency_id, card)
    if remembered is not None:
        listed(acting, (remembered,), Task(Purpose.DESK))
    return {
        "applicant_kind": PERSON,
        "full_name": card.full_name,
        "personal_id": card.personal_id,
        "birth_date": card.birth_date,
        "gender": card.gender.value,
        "address": card.address,
        "phone": typed.get("phone") or phone,
        "email": typed.get("email") or email,
    }


def _plain(request: HttpRequest) -> dict[str, Any]:
    return {
        name: request.POST.getlist(name) if name in ("whens", "papers") else value
        for name, value in request.POST.items()
    }


def _unchecked(offered: OfferedVersion, request: HttpRequest) -> IntakeForm:
    """The form as typed so far, without complaints."""
    return IntakeForm(offered, initial=_plain(request))


def _page(
    request: HttpRequest,
    offered: OfferedVersion,
    form: IntakeForm,
    acting: ActingOfficial,
    at: datetime,
    *,
    card_fault: str = "",
    status: int = 200,
) -> HttpResponse:
    channel = str(form["channel"].value() or "counter")
    whens = tuple(str(when) for when in (form["whens"].value() or ()))
    promised, reasons, gap = _promise(offered, channel, whens, acting, at)
    ticked = {str(value) for value in (form["papers"].value() or ())}
    return render(
        request,
        "intake/intake.html",
        {
            "offered": offered,
            "eform": eform_for(offered.code, timezone.localdate(at)),
            "form": form,
            "promised": promised,
            "reasons": reasons,
            "gap": gap,
            "at": at,
            "limit": limit_words(promised.number, promised.unit) if promised else "",
            "card_fault": card_fault,
            "served": served_today(str(form["ticket"].value() or ""), acting, timezone.localdate(at)),
            "papers": [
                (paper, str(paper.id) in ticked, bool(paper.when) and paper.when not in whens)
                for paper in offered.components
            ],
            "whens": [(value, value in whens) for value, _label in form.fields["whens"].choices],  # type: ignore[attr-defined]
        },
        status=status,
    )


def _promise(
    offered: OfferedVersion, channel: str, whens: tuple[str, ...], acting: ActingOfficial, at: datetime
) -> tuple[Promise | None, list[ShownReason], str]:
    """The promise if received now, its reasons, and the sentence when no date can be computed."""
    try:
        calendar = calendar_for(acting.calendar_code)
        promised = promise(offered, channel=channel, whens=whens, at=at, calendar=calendar)
        reasons = shown(calendar.explain(at, promised.amount, cut_off=offered.cut_off))
    except NoLimit:
        return None, [], _("Thủ tục này chưa có thời hạn cho cách nộp đã chọn.")
    except (Refusal, CalendarGap, CalendarMistake) as fault:
        return None, [], str(fault)
    return promised, reasons, ""
