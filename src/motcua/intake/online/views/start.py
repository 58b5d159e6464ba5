"""The beginning of a filing: who files, where, and what is needed; and a guest's way back by his private link."""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.catalogue.eforms.queries import eform_for
from motcua.catalogue.queries import procedure_sheet
from motcua.core.access import public
from motcua.core.keyed import keep_key_here
from motcua.core.refusals import Refusal
from motcua.core.throttle import address_of, allow
from motcua.intake.models import Draft
from motcua.intake.online.access import Filer, drafts_of, filer_of
from motcua.intake.online.actions import KEPT, MOST_OPEN, Beginning, begin
from motcua.intake.online.guests import is_open_to_guests
from motcua.intake.online.keys import forget_key, keep_key, key_hash, key_of, new_key, own_key_of
from motcua.intake.online.refusals import TooManyDrafts
from motcua.intake.online.rules import is_filed_online, wanted_papers
from motcua.intake.online.views.mine import about_draft

AN_HOUR, BEGUN_AN_HOUR = timedelta(hours=1), 30


@public
def start(request: HttpRequest, code: str) -> HttpResponse:
    """What one needs, who files and where; POST begins the draft."""
    at = timezone.now()
    day = localdate(at)
    sheet, eform = procedure_sheet(code, day), eform_for(code, day)
    if sheet is None:
        raise Http404
    offered = sheet.version
    if offered is None or eform is None or not sheet.agencies or not is_filed_online(offered):
        return render(request, "intake/online/not_online.html", {"sheet": sheet}, status=404)
    filer, sentence, too_many = filer_of(request), "", False
    if filer.official is not None:
        return redirect("assist", code)
    guests = is_open_to_guests(code, day)
    if request.method == "POST":
        answer = _begun(request, code, filer, guests)
        if isinstance(answer, HttpResponse):
            return answer
        sentence, too_many = str(answer), isinstance(answer, TooManyDrafts)
    context = {
        "sheet": sheet, "offered": offered, "eform": eform, "guests": guests, "sentence": sentence,
        "held": [one for one in filer.citizen.mandates if one.covers(code)] if filer.citizen else [],
        "papers": wanted_papers(offered, eform, ()), "filer": filer, "kept_days": KEPT.days,
        "chosen_agency": request.POST.get("agency", str(sheet.agencies[0].pk)),
        "chosen": request.POST.get("mandate", ""), "too_many": too_many, "begun": _begun_before(filer, code, at),
    }  # fmt: skip
    return render(request, "intake/online/start.html", context, status=422 if sentence else 200)


def _begun(request: HttpRequest, code: str, filer: Filer, guests: bool) -> HttpResponse | Refusal | str:
    """The way to the first page of a new draft, or the sentence that says why there is none."""
    key = ""
    if filer.citizen is None:
        if not guests:
            return redirect(f"/me/login/?next={request.path}")
        if not allow(what="draft", who=address_of(request), limit=BEGUN_AN_HOUR, window=AN_HOUR):
            return _("Từ mạng này vừa có quá nhiều bản nháp. Xin thử lại sau một giờ.")
        key = own_key_of(request) or new_key()
        filer = Filer(guest_hash=key_hash(key))
    try:
        beginning = Beginning(code, UUID(request.POST["agency"]), _uuid(request.POST.get("mandate", "")))
    except (KeyError, ValueError):
        return _("Ông/bà chọn cơ quan nhận hồ sơ.")
    try:
        draft = begin(beginning, filer=filer, at=timezone.now())
    except Refusal as no:
        return no
    answer = redirect("draft-page", draft.pk, 1)
    if key:
        keep_key(answer, key)
    return answer


def _begun_before(filer: Filer, code: str, at: datetime) -> list[tuple[Draft, str]]:
    """His open drafts of this procedure, so that he goes on in one instead of beginning again."""
    if not filer.is_anybody:
        return []
    rows = drafts_of(filer).filter(
        version__procedure__national_code=code, submitted_at=None, expires_at__gte=at
    )  # fmt: skip
    return [(row, about_draft(row)) for row in rows[:MOST_OPEN]]


def _uuid(text: str) -> UUID | None:
    return UUID(text) if text else None


@public
@require_http_methods(["GET", "HEAD", "POST"])
def open_by_key(request: HttpRequest, key: str) -> HttpResponse:
    """The guest's private link: asked first, for a link must not take away the key that this browser holds.

    A key under which nothing lies is none of ours: nobody makes up keys, and with each a store of papers.
    """
    held = key_of(request)
    if not allow(what="guest-key", who=address_of(request), limit=60, window=AN_HOUR):
        raise Http404
    if held != key and not drafts_of(Filer(guest_hash=key_hash(key))).exists():
        return keep_key_here(render(request, "intake/online/no_key.html", status=404))
    if request.method != "POST" and held != key:
        return keep_key_here(render(request, "intake/online/open_key.html", {"held": held}))
    answer = redirect("guest-filings")
    if held != key:
        keep_key(answer, key, by_link=True)
    return answer


@public
@require_POST
def forget_here(request: HttpRequest) -> HttpResponse:
    """This browser forgets the guest's key: his drafts open by the private link only."""
    answer = redirect("home")
    forget_key(answer)
    return answer
