"""The catalogue for other programs: the same search and the same sheet as the public pages."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Field, P, PathEx, QueryEx, Router, Schema

from motcua.catalogue import queries
from motcua.catalogue.models import Procedure, Sector
from motcua.catalogue.queries import ListedProcedure, OfferedVersion, ProcedureSheet, Standing
from motcua.catalogue.search import find
from motcua.catalogue.views.public import LONGEST_QUERY
from motcua.core.api import UNREADABLE, Problem, Refused
from motcua.people.models import AgencyLevel
from motcua.people.queries import home_agency

router = Router(tags=["procedures"])
MOST_ITEMS = 100
_UPWARDS = (AgencyLevel.COMMUNE, AgencyLevel.DISTRICT, AgencyLevel.PROVINCE, AgencyLevel.MINISTRY)
_KNOWN_ONLY = "null while nothing has been published: it never means none"


class Limit(Schema):
    """How long the office may take. Without `channel` and `when` it is the general limit."""

    number: int
    unit: str = Field(description="working_hour, working_day or day")
    channel: str = Field("", description="counter, online, post; empty for all")
    when: str = Field("", description="The situation it applies to; empty for all.")


class Paper(Schema):
    """A paper the procedure asks for, always or in the situation `when`."""

    name: str
    use: str = Field(description="submit, or show (looked at and given back)")
    originals: int
    copies: int
    required: bool
    when: str
    note: str


class Money(Schema):
    """A fee (phí) or charge (lệ phí) in đồng."""

    kind: str = Field(description="fee or charge")
    name: str
    amount: int | None = Field(description="Đồng; 0 is free. null: see set_by_province, else not stated. Never free.")
    set_by_province: bool
    when: str
    note: str


class Basis(Schema):
    """A legal text the procedure rests on."""

    number: str
    name: str


class Leg(Schema):
    """A step of the route inside the office."""

    name: str
    role: str
    unit: str = Field(description="What the unit does: one_stop, justice, land, leaders …")
    share: int = Field(description="Percent of the time limit.")


class Period(Schema):
    """A published version and the days it is in force; `valid_to` null while open."""

    number: int
    valid_from: date
    valid_to: date | None


class PostedAt(Schema):
    """An agency that receives the procedure."""

    name: str
    address: str
    phone: str


class ProcedureRow(Schema):
    """A procedure in a list."""

    code: str = Field(description="National code.")
    name: str
    sector: str = Field(description="Sector code, as the parameter `sector` takes it.")
    sector_name: str
    level: str | None = Field(description="The lowest level that receives it: commune, district, province, ministry.")
    levels: list[str]
    summary: str
    time_limit: Limit | None = Field(description="The general time limit; " + _KNOWN_ONLY + ".")
    posted_here: bool = Field(description="Whether this office receives it today.")
    url: str = Field(description="Its public page.")


class ProcedureList(Schema):
    """One stretch of the answer. `count` is the whole number of matches (a search names at most 100)."""

    items: list[ProcedureRow]
    count: int
    suggestion: str | None = Field(description="The query as corrected, when a word had a slip.")


class ProcedureFacts(Schema):
    """All that is published of a procedure. Lists are null while nothing has been published."""

    code: str
    name: str
    sector: str
    sector_name: str
    level: str | None
    levels: list[str]
    standing: Standing = Field(description="How the version shown stands today.")
    version: int | None
    valid_from: date | None
    valid_to: date | None
    summary: str | None
    decision: str | None
    applicant_kinds: list[str] | None
    channels: list[str] | None
    online_level: str | None
    components: list[Paper] | None = Field(description="Papers; " + _KNOWN_ONLY + ".")
    time_limits: list[Limit] | None
    cut_off: str | None = Field(description="HH:MM. Received after this hour counts from the next opening.")
    fees: list[Money] | None = Field(description="Fees and charges; " + _KNOWN_ONLY + ".")
    legal_bases: list[Basis] | None
    results: list[str] | None
    conditions: list[str] | None
    how_to: list[str] | None
    remarks: list[str] | None
    route: list[Leg] | None
    unverified: list[str] | None = Field(description="Facts our source did not state.")
    versions: list[Period]
    posted_at: list[PostedAt]
    url: str


@router.get(
    "",
    response={200: ProcedureList, 404: Problem, **UNREADABLE},
    summary=gettext_noop("Tìm thủ tục hành chính"),
    description="Search by name, code or everyday words, with or without diacritics, best first. "
    "Without `q`: the procedures posted at this office, or every known one of the sector.",
    operation_id="list_procedures",
    url_name="procedures",
)
def list_procedures(
    request: HttpRequest,
    q: QueryEx[
        str, P(default="", max_length=LONGEST_QUERY, description="What a person would type.", example="khai sinh")
    ] = "",
    sector: QueryEx[
        str, P(default="", max_length=250, description="Sector code or exact name.", example="ho-tich")
    ] = "",
    limit: QueryEx[int, P(default=20, ge=1, le=MOST_ITEMS, description="Items wanted.")] = 20,
    offset: QueryEx[int, P(default=0, ge=0, le=10_000, description="Items to pass over.")] = 0,
) -> ProcedureList:
    day = timezone.localdate()
    office = home_agency(day)
    here = office.pk if office else None
    wanted = _sector(sector) if sector else None
    suggestion = None
    if q.strip():
        found = find(q, sector=wanted.name if wanted else None, limit=limit, offset=offset)
        ids, count, suggestion = [hit.procedure_id for hit in found.hits], found.count, found.suggestion
    else:
        every = queries.sector_ids(wanted.code, here, day) if wanted else queries.posted_ids(here, day)
        ids, count = every[offset : offset + limit], len(every)
    rows = queries.listed(ids, here, day)
    return ProcedureList(items=_rows(request, rows, ids), count=count, suggestion=suggestion)


@router.get(
    "/{code}",
    response={200: ProcedureFacts, 404: Problem, **UNREADABLE},
    summary=gettext_noop("Một thủ tục: giấy tờ, thời hạn, phí, căn cứ, kết quả, quy trình"),
    description="The version in force today (else the next to come, else the last one: see `standing`).",
    operation_id="get_procedure",
    url_name="procedure",
)
def get_procedure(
    request: HttpRequest, code: PathEx[str, P(description="National code.", example="1.001193")]
) -> ProcedureFacts:
    sheet = queries.procedure_sheet(code, timezone.localdate())
    if sheet is None:
        raise Refused(404, _("Không có thủ tục nào mang mã này. Xem lại mã, hoặc tìm theo tên."))
    return _facts(request, sheet)


def _sector(written: str) -> Sector:
    found = Sector.objects.filter(Q(code=written) | Q(name__iexact=written.strip())).first()
    if found is None:
        sentence = _("Không có lĩnh vực nào tên hoặc mã là “%(sector)s”.")
        raise Refused(404, sentence % {"sector": written}, parameter="sector")
    return found


def lowest(levels: Iterable[str]) -> str | None:
    """The level nearest to the citizen among these; None when none is stated."""
    held = {*levels}
    return next((level.value for level in _UPWARDS if level.value in held), None)


def _rows(request: HttpRequest, rows: Sequence[ListedProcedure], ids: Sequence[UUID]) -> list[ProcedureRow]:
    levels = dict(Procedure.objects.filter(pk__in=ids).values_list("national_code", "levels"))
    return [
        ProcedureRow(
            code=row.code,
            name=row.name,
            sector=row.sector_code,
            sector_name=row.sector_name,
            level=lowest(levels[row.code]),
            levels=levels[row.code],
            summary=row.summary,
            time_limit=Limit.from_orm(row.limit) if row.limit else None,
            posted_here=row.posted,
            url=_address(request, row.code),
        )
        for row in rows
    ]


def _facts(request: HttpRequest, sheet: ProcedureSheet) -> ProcedureFacts:
    procedure, period = sheet.procedure, sheet.period
    return ProcedureFacts(
        code=procedure.national_code,
        name=sheet.version.name if sheet.version else procedure.name,
        sector=procedure.sector.code,
        sector_name=procedure.sector.name,
        level=lowest(procedure.levels),
        levels=procedure.levels,
        standing=sheet.standing,
        version=period.number if period else None,
        valid_from=period.valid_from if period else None,
        valid_to=period.valid_to if period else None,
        versions=[Period.from_orm(row) for row in sheet.periods],
        posted_at=[PostedAt.from_orm(agency) for agency in sheet.agencies],
        url=_address(request, procedure.national_code),
        **_content(sheet.version),
    )


_WORDS = (
    "summary", "decision", "applicant_kinds", "channels", "online_level",
    "results", "conditions", "how_to", "remarks", "unverified",
)  # fmt: skip
_LINES: dict[str, type[Schema]] = {"components": Paper, "fees": Money, "legal_bases": Basis}


def _content(version: OfferedVersion | None) -> dict[str, Any]:
    """What the version says, field by field; all null without one."""
    if version is None:
        return dict.fromkeys((*_WORDS, *_LINES, "time_limits", "cut_off", "route"))
    content = version.content
    said: dict[str, Any] = {name: getattr(content, name) for name in _WORDS}
    said |= {name: [shape.from_orm(line) for line in getattr(content, name)] for name, shape in _LINES.items()}
    said["cut_off"] = f"{content.cut_off:%H:%M}" if content.cut_off else None
    said["route"] = [Leg(name=s.name, role=s.role, unit=s.function, share=s.share) for s in content.route]
    return said | {"time_limits": [Limit.from_orm(line) for line in content.limits]}


def _address(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("procedure", args=[code]))
