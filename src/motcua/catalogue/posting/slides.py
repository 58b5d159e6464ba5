"""A television in the hall that nobody touches: who we are, where a dossier is, what a procedure asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from motcua.catalogue.models import Channel
from motcua.catalogue.queries import ListedProcedure, OfferedVersion, by_sector, listed, offered_at, posted_ids
from motcua.catalogue.rules import checklist, choose_limit
from motcua.catalogue.sheet import public_address
from motcua.catalogue.wording import fee_headline, limit_text
from motcua.core.access import public
from motcua.core.alphabet import in_order
from motcua.core.unattended import unattended
from motcua.documents.qr import qr_svg
from motcua.people.models import Agency, AgencyCode
from motcua.people.queries import home_agency

# So many procedures a round; the next round shows the next ones, so that in a day all had their turn.
A_ROUND = 10
ROUND_MINUTES = 3
SECTORS_A_SLIDE = 6
PAPERS = 2
SECONDS_EACH = 12
# Letters that still stand on a screen in a size read from eight metres.
LONGEST_TITLE, LONGEST_PAPER = 84, 72


@dataclass(frozen=True, slots=True)
class Slide:
    """One picture: `lines` are pairs, the second may be empty; `qr` is inline SVG or empty."""

    over: str
    title: str
    lines: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    qr: str = ""
    qr_words: str = ""


@public
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The slides of the agency this installation serves."""
    agency = home_agency(timezone.localdate())
    if agency is None:
        raise Http404
    return redirect("slides", _code(agency, timezone.localdate()))


@public
@require_safe
@unattended()
def show(request: HttpRequest, office_code: str) -> HttpResponse:
    """The slides of an agency by its code; `n` is the one to begin with where no script turns them."""
    at = timezone.localtime()
    agency = _agency(office_code, at.date())
    found = slides_of(agency, at)
    wanted = request.GET.get("n", "")
    number = int(wanted) % len(found) if wanted.isdecimal() and len(wanted) < 5 else 0
    return render(
        request,
        "catalogue/posting/slides.html",
        {
            "agency": agency, "slides": found, "number": number, "next": (number + 1) % len(found), "at": at,
            "seconds": SECONDS_EACH,
        },
    )  # fmt: skip


def slides_address(agency: Agency) -> str:
    """Where a television of this agency looks."""
    return f"{settings.MOTCUA_BASE_URL}{reverse('slides', args=[_code(agency, timezone.localdate())])}"


def slides_of(agency: Agency, at: datetime) -> list[Slide]:
    """The slides of one round."""
    rows = listed(posted_ids(agency.pk, at.date()), agency.pk, at.date())
    return [
        _welcome(agency),
        _where(),
        *_sectors(rows),
        *(_procedure(version) for version in turn(offered_at(agency.pk, at.date()), at)),
    ]


def turn(versions: Sequence[OfferedVersion], at: datetime) -> list[OfferedVersion]:
    """Whose turn it is in this round."""
    if len(versions) <= A_ROUND:
        return [*versions]
    first = (at.hour * 60 + at.minute) // ROUND_MINUTES * A_ROUND
    return [versions[(first + place) % len(versions)] for place in range(A_ROUND)]


def _welcome(agency: Agency) -> Slide:
    reach = tuple((line, "") for line in (agency.address, agency.phone) if line)
    return Slide(
        over=_("Bộ phận Một cửa"), title=agency.name, lines=reach,
        qr=_qr(reverse("procedures")), qr_words=_("Tìm thủ tục"),
    )  # fmt: skip


def _where() -> Slide:
    lines = (_("Quét mã trên giấy hẹn"), _("hoặc mở trang này, nhập mã hồ sơ"), _("Xem được cả ban đêm, ngày nghỉ"))
    return Slide(
        over=_("Không cần gọi điện hỏi"), title=_("Hồ sơ của ông/bà đến đâu?"),
        lines=tuple((line, "") for line in lines), qr=_qr("/tracking/"), qr_words=_("Tra cứu hồ sơ"),
    )  # fmt: skip


def _sectors(rows: Sequence[ListedProcedure]) -> list[Slide]:
    sectors = sorted(((name, len(found)) for name, found in by_sector(rows)), key=lambda one: in_order(one[0]))
    pages = [sectors[start : start + SECTORS_A_SLIDE] for start in range(0, len(sectors), SECTORS_A_SLIDE)]
    said = ngettext("%(n)d thủ tục làm tại đây", "%(n)d thủ tục làm tại đây", len(rows)) % {"n": len(rows)}
    return [
        Slide(over=said, title=_("Các lĩnh vực"), lines=tuple((cut(name, 48), str(n)) for name, n in page))
        for page in pages
    ]


def _procedure(version: OfferedVersion) -> Slide:
    limit, always = choose_limit(version.limits, channel=Channel.COUNTER), checklist(version.components).always
    lines = [(cut(line.name, LONGEST_PAPER), "") for line in always[:PAPERS]]
    more = len(version.components) - len(lines)
    if more:
        words = ngettext("và %(n)d giấy tờ khác, tùy trường hợp", "và %(n)d giấy tờ khác, tùy trường hợp", more)
        lines.append((words % {"n": more}, ""))
    return Slide(
        over=version.sector_name,
        title=cut(version.name, LONGEST_TITLE),
        facts=(
            (_("Bao lâu"), limit_text(limit) if limit else _("Chưa rõ")),
            (_("Phí, lệ phí"), fee_headline(version.fees)),
        ),
        lines=tuple(lines),
        qr=qr_svg(public_address(version.code), title=_("Mã QR của thủ tục này")),
        qr_words=_("Xem đầy đủ"),
    )


def _qr(path: str) -> str:
    return qr_svg(f"{settings.MOTCUA_BASE_URL}{path}")


def cut(text: str, longest: int) -> str:
    """At most so many letters, ended after a word."""
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} …"


def _agency(office_code: str, day: date) -> Agency:
    """The agency known by this code, or by its key."""
    code = AgencyCode.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), code=office_code, valid_from__lte=day)
    found = code.select_related("agency").order_by("-valid_from").first()
    if found is not None:
        return found.agency
    try:
        return Agency.objects.get(pk=UUID(office_code))
    except (Agency.DoesNotExist, ValidationError, ValueError) as nobody:
        raise Http404 from nobody


def _code(agency: Agency, day: date) -> str:
    codes = agency.codes.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)
    return codes.order_by("-valid_from").values_list("code", flat=True).first() or str(agency.pk)
