"""Bundles at the counter and from outside: one form, one receipt, one timeline."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.catalogue.queries import NotOffered, OfferedVersion
from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.documents.qr import qr_svg
from motcua.dossiers.looking import listed
from motcua.dossiers.phrases import limit_words
from motcua.dossiers.tracking import tracking_url
from motcua.intake.actions import AnotherFiling, PapersMissing
from motcua.intake.rules import NoLimit, promise
from motcua.people.access import ActingOfficial, official_of
from motcua.people.looking import Purpose, Task
from motcua.people.models import WORKERS, Agency, Role
from motcua.routing.bundles.agencies import agency_for
from motcua.routing.bundles.definitions import NoSuchBundle, ProcedureBundle, bundle_in_force, bundles_in_force
from motcua.routing.bundles.following import refuse_member
from motcua.routing.bundles.forms import BundleForm, RefuseMemberForm
from motcua.routing.bundles.models import Bundle, BundleMember, MemberState
from motcua.routing.bundles.opening import open_member
from motcua.routing.bundles.papers import merged
from motcua.routing.bundles.queries import bundle_for, members_of, recent_bundles, timeline
from motcua.routing.bundles.receiving import offers_of, receive_bundle
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import CalendarGap, CalendarMistake


@officials(Role.RECEIVER)
def bundles(request: HttpRequest) -> HttpResponse:
    """What may be filed together today, and the bundles of this desk; those held up stand first."""
    by = official_of(request)
    return render(
        request,
        "routing/bundles.html",
        {"definitions": bundles_in_force(timezone.localdate()), "rows": recent_bundles(by.agency_id)},
    )


@officials(Role.RECEIVER)
def receive_bundle_page(request: HttpRequest, definition: str) -> HttpResponse:
    """Receive one bundle: one form, one list of papers, the date of every part before anything is pressed."""
    by, at = official_of(request), timezone.now()
    try:
        wanted = bundle_in_force(definition, timezone.localdate(at))
        offers = offers_of(wanted, desk_agency=by.agency_id, at=at)
    except (NoSuchBundle, NotOffered) as refusal:
        context = {"sentence": str(refusal), "code": definition, "online_only": False}
        return render(request, "intake/not_offered.html", context, status=404)
    offered = merged(wanted, offers)
    if request.method != "POST":
        form = BundleForm(offered, initial={"submission_id": uuid4()})
        return _form_page(request, form, wanted, offers, by, at)
    form = BundleForm(offered, request.POST)
    if form.is_valid():
        received = _received(request, form, wanted, by, at)
        if received is not None:
            return received
    return _form_page(request, form, wanted, offers, by, at, status=422)


def _received(
    request: HttpRequest, form: BundleForm, wanted: ProcedureBundle, by: ActingOfficial, at: datetime
) -> HttpResponse | None:
    """Receive and go to the bundle's receipt, or put the fault on the form and give back None."""
    try:
        bundle, is_new = receive_bundle(form.filing(), definition=wanted, by=by, at=at)
    except PapersMissing as refusal:
        for name in refusal.names:
            form.add_error(
                "papers", _("Còn thiếu: %(name)s. Chưa đủ giấy tờ bắt buộc thì chưa tiếp nhận.") % {"name": name}
            )
        return None
    except (Refusal, CalendarGap, CalendarMistake) as refusal:
        if isinstance(refusal, AnotherFiling):
            sent = cast("QueryDict", form.data).copy()
            sent["submission_id"] = str(uuid4())
            form.data = sent
        form.add_error(None, str(refusal))
        return None
    if not is_new:
        messages.info(request, _("Hồ sơ này đã được tiếp nhận ở lần bấm trước, không tạo thêm hồ sơ mới."))
    return redirect("bundle", bundle.code)


def _form_page(
    request: HttpRequest, form: BundleForm, wanted: ProcedureBundle, offers: list[OfferedVersion],
    by: ActingOfficial, at: datetime, status: int = 200,
) -> HttpResponse:  # fmt: skip
    whens = tuple(str(when) for when in (form["whens"].value() or ()))
    ticked = {str(value) for value in (form["papers"].value() or ())}
    return render(
        request,
        "routing/bundle_intake.html",
        {
            "definition": wanted,
            "form": form,
            "parts": _foreseen(wanted, offers, whens, by, at),
            "papers": [(line, str(line.id) in ticked) for line in form.offered.components],
            "whens": [(value, value in whens) for value, _label in form.fields["whens"].choices],  # type: ignore[attr-defined]
        },
        status=status,
    )


def _foreseen(
    wanted: ProcedureBundle, offers: list[OfferedVersion], whens: tuple[str, ...], by: ActingOfficial, at: datetime
) -> list[dict[str, Any]]:
    """Each part before it is filed: who handles it, how long it takes, and its date where it begins now."""
    day = timezone.localdate(at)
    found = [agency_for(line.handler, line.procedure, desk_agency=by.agency_id, day=day) for line in wanted.members]
    agencies = {agency.pk: agency for agency in Agency.objects.filter(pk__in=[one for one in found if one])}
    parts: list[dict[str, Any]] = []
    for line, offer, agency_id in zip(wanted.members, offers, found, strict=True):
        agency = agencies.get(agency_id) if agency_id else None
        part: dict[str, Any] = {"line": line, "name": offer.name, "agency": agency, "gap": ""}
        try:
            calendar = calendar_for(agency.calendar_code if agency else by.calendar_code)
            promised = promise(offer, channel="counter", whens=whens, at=at, calendar=calendar)
            part |= {"limit": limit_words(promised.number, promised.unit), "due_at": promised.due_at}
        except (NoLimit, CalendarGap, CalendarMistake) as gap:
            part["gap"] = str(gap)
        parts.append(part)
    return parts


@officials(*WORKERS)
def bundle(request: HttpRequest, bundle_code: str) -> HttpResponse:
    """One bundle with all its parts and one timeline; for the receiving desk and the agencies of its parts."""
    return _bundle_page(request, bundle_for(official_of(request), bundle_code), official_of(request))


def _bundle_page(
    request: HttpRequest, found: Bundle, by: ActingOfficial, form: RefuseMemberForm | None = None,
    position: int | None = None,
) -> HttpResponse:  # fmt: skip
    members = members_of(found)
    rows = [
        {
            "member": member,
            "own": member.agency_id == by.agency_id and member.dossier_id is not None,
            "waits": member.state == MemberState.WAITING and by.holds(Role.RECEIVER),
            "sends": found.agency_id == by.agency_id and _its_turn(member, members),
            "refusing": form if member.position == position else RefuseMemberForm(auto_id=f"id_{member.position}_%s"),
            "open": member.position == position,
        }
        for member in members
    ]
    context = {
        "bundle": found,
        "rows": rows,
        "moments": timeline(found, members),
        "here": found.agency_id == by.agency_id,
    }
    return render(request, "routing/bundle.html", context, status=422 if form else 200)


def _its_turn(member: BundleMember, members: list[BundleMember]) -> bool:
    before = next((one for one in members if one.position == member.after), None)
    return before is None or before.state == MemberState.DONE


@officials(Role.RECEIVER)
def bundle_receipt(request: HttpRequest, bundle_code: str) -> HttpResponse:
    """What the citizen takes home: every part with its own date, and where to follow them all."""
    found = bundle_for(official_of(request), bundle_code)
    if found.agency_id != official_of(request).agency_id:
        raise Http404
    address = tracking_url(found)
    members = members_of(found)
    listed(official_of(request), (one.dossier_id for one in members if one.dossier_id), Task(Purpose.DESK))
    context = {"bundle": found, "members": members, "address": address, "qr": qr_svg(address)}
    return render(request, "routing/bundle_receipt.html", context)


@require_POST
@officials(Role.RECEIVER)
def send_member(request: HttpRequest, bundle_code: str, position: int) -> HttpResponse:
    """Send a part again that something held up."""
    by, at = official_of(request), timezone.now()
    found = bundle_for(by, bundle_code)
    member = _member(found, position)
    if found.agency_id != by.agency_id:
        raise Http404
    try:
        opened = open_member(member, at=at, by=by.actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        if opened:
            messages.success(request, _("Đã mở hồ sơ ở nơi giải quyết."))
        else:
            messages.error(request, _("Vẫn chưa mở được. Lý do ghi ở phần đó."))
    return redirect("bundle", bundle_code)


@require_POST
@officials(Role.RECEIVER)
def refuse_member_page(request: HttpRequest, bundle_code: str, position: int) -> HttpResponse:
    """Refuse a part that is not opened yet, with form 03."""
    by, at = official_of(request), timezone.now()
    found = bundle_for(by, bundle_code)
    member = _member(found, position)
    form = RefuseMemberForm(request.POST, auto_id=f"id_{position}_%s")
    if not form.is_valid():
        return _bundle_page(request, found, by, form, position)
    try:
        refuse_member(member, **form.cleaned_data, by=by, at=at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã từ chối phần này. Ông/bà in phiếu từ chối trao người nộp."))
    return redirect("bundle", bundle_code)


def _member(found: Bundle, position: int) -> UUID:
    """The id of the part at this place, or `Http404`."""
    member_id: UUID | None = found.members.filter(position=position).values_list("pk", flat=True).first()
    if member_id is None:
        raise Http404
    return member_id


def tracked_bundle_page(found: Bundle) -> dict[str, Any]:
    """What the holder of the bundle's receipt sees: no name but those of agencies and units."""
    members = members_of(found)
    return {"bundle": found, "members": members, "moments": timeline(found, members)}
