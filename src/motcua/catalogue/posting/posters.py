"""What stands on a poster: the whole office, a sector, or one procedure."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.catalogue.models import Channel
from motcua.catalogue.queries import ListedProcedure, OfferedVersion, by_sector
from motcua.catalogue.rules import checklist, choose_limit
from motcua.catalogue.sheet import public_address
from motcua.catalogue.wording import fee_headline, limit_text, paper_count
from motcua.documents.prints import Letterhead, Poster, PostersPrint
from motcua.people.models import Agency

# So many papers, or names, are still read from a step away.
PAPERS, NAMES = 10, 26
LONGEST_PAPER = 240


def letterhead(agency: Agency) -> Letterhead:
    """Whose notice board it is."""
    superior = agency.parent.name if agency.parent else ""
    return Letterhead(superior=superior, agency=agency.name, section="", place=agency.short_name)


def printed(agency: Agency, posters: Sequence[Poster], *, sheet: str, at: datetime) -> PostersPrint:
    """These posters as they go to the press."""
    where = [part for part in (agency.address, agency.phone) if part]
    return PostersPrint(
        head=letterhead(agency), posters=tuple(posters), sheet=sheet, contact=" · ".join(where), posted_at=at
    )


def office_posters(rows: Sequence[ListedProcedure]) -> list[Poster]:
    """One poster for the door: every sector with the number of its procedures."""
    with translation.override("vi"):
        sectors = [(sector, str(len(found))) for sector, found in by_sector(rows)]
        return [
            Poster(
                over=_("Niêm yết thủ tục hành chính"),
                title=_("Thủ tục làm tại đây"),
                under=_count(len(rows)),
                rows_title=_("Theo lĩnh vực"),
                rows=tuple(sectors),
                url=f"{settings.MOTCUA_BASE_URL}{reverse('procedures')}",
                call=_("Quét mã để tìm thủ tục, xem cần mang gì, tốn bao nhiêu, bao lâu có kết quả"),
            )
        ]


def sector_posters(rows: Iterable[ListedProcedure]) -> list[Poster]:
    """A poster for each sector with its procedures and their limits; a long sector goes on to the next sheet."""
    with translation.override("vi"):
        return [poster for _name, found in by_sector(rows) for poster in _sector(found)]


def procedure_posters(versions: Iterable[OfferedVersion]) -> list[Poster]:
    """A poster for each of these procedures: how long, how much, where, what to bring."""
    with translation.override("vi"):
        return [_procedure(version) for version in versions]


def _sector(found: Sequence[ListedProcedure]) -> list[Poster]:
    sheets = [found[start : start + NAMES] for start in range(0, len(found), NAMES)]
    query = urlencode({"sector": found[0].sector_code})
    return [
        Poster(
            over=_("Niêm yết thủ tục hành chính"),
            title=found[0].sector_name if len(sheets) == 1 else f"{found[0].sector_name} ({number}/{len(sheets)})",
            under=_count(len(found)),
            rows=tuple((row.name, limit_text(row.limit) if row.limit else "") for row in sheet),
            url=f"{settings.MOTCUA_BASE_URL}{reverse('procedures')}?{query}",
            call=_("Quét mã để xem từng thủ tục cần mang gì, tốn bao nhiêu"),
        )
        for number, sheet in enumerate(sheets, 1)
    ]


def _procedure(version: OfferedVersion) -> Poster:
    limit, asked = choose_limit(version.limits, channel=Channel.COUNTER), checklist(version.components)
    shown = asked.always[:PAPERS]
    more = len(version.components) - len(shown)
    online = Channel.ONLINE in version.channels
    rest = ngettext(
        "và %(n)d giấy tờ nữa, tùy trường hợp: quét mã để xem",
        "và %(n)d giấy tờ nữa, tùy trường hợp: quét mã để xem",
        more,
    ) % {"n": more}
    return Poster(
        over=f"{version.sector_name} · {version.code}",
        title=version.name,
        under=version.content.summary,
        facts=(
            (_("Bao lâu"), limit_text(limit) if limit else _("Chưa rõ")),
            (_("Phí, lệ phí"), fee_headline(version.fees)),
            (_("Nộp ở đâu"), _("Tại quầy hoặc trực tuyến") if online else _("Tại quầy")),
        ),
        rows_title=_("Mang theo") if shown else "",
        rows=tuple((_shortened(line.name), paper_count(line)) for line in shown),
        rest=rest if more else "",
        ticked=True,
        url=public_address(version.code),
        call=_("Quét mã để xem đầy đủ trên điện thoại"),
    )


def _count(n: int) -> str:
    return ngettext("%(n)d thủ tục tiếp nhận tại đây", "%(n)d thủ tục tiếp nhận tại đây", n) % {"n": n}


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_PAPER else f"{text[:LONGEST_PAPER].rsplit(' ', 1)[0]} …"
