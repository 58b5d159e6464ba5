"""The handbook of an office: what stands in it, and the mark of the catalogue it was made from."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from motcua.catalogue.models import ApplicantKind, Channel, Procedure, ProcedureVersion, VersionState
from motcua.catalogue.posting.posters import letterhead
from motcua.catalogue.queries import ListedProcedure, OfferedVersion, by_sector, listed, offered_at, posted_ids
from motcua.catalogue.rules import ComponentLine, checklist, choose_limit
from motcua.catalogue.sheet import public_address
from motcua.catalogue.wording import fee_headline, fee_text, limit_text, paper_count
from motcua.core.alphabet import in_order
from motcua.documents.prints import HandbookPrint, PrintedBlock, PrintedProcedure
from motcua.people.models import Agency

# Raised when the book is laid out anew: kept books are then made again.
LAYOUT = 1
LONGEST_ENTRY = 110
SHOWN_OF_THE_STATE = 12


@dataclass(frozen=True, slots=True)
class Copy:
    """What a handbook would be made from on a day; equal states make equal books. `sector` empty: all of them."""

    agency: Agency
    sector: str
    day: date
    rows: Sequence[ListedProcedure]
    words: Mapping[str, list[str]]
    state: str

    @property
    def sector_name(self) -> str:
        """The name of the sector; empty for the whole office."""
        return self.rows[0].sector_name if self.sector and self.rows else ""


def copies_of(agency: Agency, day: date) -> list[Copy]:
    """The handbook of everything the agency posts on the day, then one of each sector; none when it posts nothing."""
    rows = listed(posted_ids(agency.pk, day), agency.pk, day)
    codes = [row.code for row in rows]
    words = dict(Procedure.objects.filter(national_code__in=codes).values_list("national_code", "everyday_words"))
    in_force = Q(valid_to=None) | Q(valid_to__gte=day)
    versions = ProcedureVersion.objects.filter(
        in_force, state=VersionState.PUBLISHED, valid_from__lte=day, procedure__national_code__in=codes
    )
    marks = dict(versions.values_list("procedure__national_code", "fingerprint"))
    sectors = {row.sector_code: row.sector_name for row in rows}
    scopes = [("", rows), *((code, [row for row in rows if row.sector_code == code]) for code in sectors)]
    return [
        Copy(agency, sector, day, found, words, _state(agency, found, marks, words))
        for sector, found in scopes
        if found
    ]


def copy_of(agency: Agency, day: date, *, sector: str = "") -> Copy | None:
    """The one of a sector, or of everything; None when nothing of it is posted."""
    return next((copy for copy in copies_of(agency, day) if copy.sector == sector), None)


def handbook_print(copy: Copy, *, at: datetime) -> HandbookPrint:
    """The book as it goes to the press, always in Vietnamese."""
    with translation.override("vi"):
        versions = {version.code: version for version in offered_at(copy.agency.pk, copy.day)}
        return HandbookPrint(
            head=letterhead(copy.agency),
            scope=_("Lĩnh vực %(name)s") % {"name": copy.sector_name} if copy.sector else copy.agency.short_name,
            contact=" · ".join(part for part in (copy.agency.address, copy.agency.phone) if part),
            as_of=copy.day,
            made_at=at,
            state=copy.state[:SHOWN_OF_THE_STATE],
            sections=tuple(
                (name, tuple(_printed(row, versions.get(row.code)) for row in rows))
                for name, rows in by_sector(copy.rows)
            ),
            index=_index(copy),
        )


def _state(
    agency: Agency, rows: Iterable[ListedProcedure], marks: Mapping[str, str], words: Mapping[str, list[str]]
) -> str:
    """SHA-256 over everything that the book is made from, without the day."""
    head = letterhead(agency)
    lines = [f"{LAYOUT}", head.superior, head.agency, agency.short_name, agency.address, agency.phone]
    for row in rows:
        lines.append(
            "\t".join((row.code, row.sector_name, row.name, marks.get(row.code, "-"), *words.get(row.code, [])))
        )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _printed(row: ListedProcedure, version: OfferedVersion | None) -> PrintedProcedure:
    if version is None:
        told = PrintedBlock(
            title="", kind="list", rows=((_("Nội dung thủ tục này chưa được công khai. Xin hỏi tại quầy."), ""),)
        )
        return PrintedProcedure(
            code=row.code, name=row.name, summary=row.summary, facts=(), blocks=(told,), url=public_address(row.code)
        )
    limit = choose_limit(version.limits, channel=Channel.COUNTER)
    channels = dict(Channel.choices)
    return PrintedProcedure(
        code=row.code,
        name=version.name,
        summary=version.content.summary,
        facts=(
            (_("Bao lâu"), limit_text(limit) if limit else _("Chưa rõ")),
            (_("Phí, lệ phí"), fee_headline(version.fees)),
            (_("Cách nộp"), ", ".join(str(channels[one]) for one in version.channels if one in channels)),
        ),
        blocks=tuple(block for block in _blocks(version) if block.rows),
        url=public_address(row.code),
    )


def _blocks(version: OfferedVersion) -> Iterable[PrintedBlock]:
    content, kinds = version.content, dict(ApplicantKind.choices)
    who = ", ".join(str(kinds[kind]) for kind in content.applicant_kinds if kind in kinds)
    yield _listed(_("Ai làm được"), (f"{who}." if who else "", *content.conditions))
    asked = checklist(version.components)
    yield PrintedBlock(title=_("Mang theo"), kind="papers", rows=_papers(asked.always))
    for when, lines in asked.by_situation:
        title = _("Thêm, nếu: %(when)s") % {"when": when} if when else _("Thêm, tùy trường hợp")
        yield PrintedBlock(title=title, kind="papers", rows=_papers(lines))
    yield _listed(_("Lưu ý về giấy tờ"), content.remarks)
    fees = tuple((". ".join(part for part in (f.name, f.when, f.note) if part), fee_text(f)) for f in version.fees)
    yield PrintedBlock(title=_("Tốn bao nhiêu"), kind="money", rows=fees)
    general, channels = choose_limit(version.limits, channel=Channel.COUNTER), dict(Channel.choices)
    rows = tuple(
        (", ".join(part for part in (limit.when, str(channels.get(limit.channel, ""))) if part), limit_text(limit))
        for limit in version.limits
        if limit is not general
    )
    yield PrintedBlock(title=_("Thời hạn trong trường hợp riêng"), kind="money", rows=rows)
    yield _listed(_("Ông/bà nhận được"), content.results)
    yield PrintedBlock(title=_("Làm thế nào"), kind="steps", rows=tuple((line, "") for line in content.how_to if line))
    bases = [f"{b.number} {b.name}".strip() if b.name != b.number else b.number for b in version.content.legal_bases]
    decision = _("Quyết định công bố: %(number)s") % {"number": content.decision} if content.decision else ""
    yield _listed(_("Căn cứ pháp lý"), ("; ".join(bases), decision))


def _listed(title: str, lines: Iterable[str]) -> PrintedBlock:
    return PrintedBlock(title=title, kind="list", rows=tuple((line, "") for line in lines if line))


def _papers(lines: Iterable[ComponentLine]) -> tuple[tuple[str, str], ...]:
    return tuple((". ".join(part for part in (line.name, line.note) if part), paper_count(line)) for line in lines)


def _index(copy: Copy) -> tuple[tuple[str, str], ...]:
    """Names and everyday words, each once for a procedure, in the order of the Vietnamese alphabet."""
    entries = {
        (_entry(said), row.code) for row in copy.rows for said in (row.name, *copy.words.get(row.code, [])) if said
    }
    return tuple(sorted(entries, key=lambda entry: (in_order(entry[0]), entry[1])))


def _entry(said: str) -> str:
    entry = said[:1].upper() + said[1:]
    return entry if len(entry) <= LONGEST_ENTRY else f"{entry[:LONGEST_ENTRY].rsplit(' ', 1)[0]} …"
