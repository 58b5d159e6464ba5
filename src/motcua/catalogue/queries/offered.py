"""What an office offers on a day: the hot read of intake.

A published version never changes, so its snapshot is built once per process and kept; each call asks the
database only which version is in force and whether it is posted here.
"""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.catalogue.contents import content_of, contents_of
from motcua.catalogue.models import Posting, ProcedureVersion, VersionState
from motcua.catalogue.rules import ComponentLine, FeeLine, LimitLine, StepLine, VersionContent
from motcua.core.refusals import Refusal
from motcua.core.sql import fetch_one

UNKNOWN, NO_DETAILS, NOT_IN_FORCE, NOT_HERE = "unknown", "no_details", "not_in_force", "not_here"


class NotOffered(Refusal, LookupError):
    """The procedure cannot be received here on that day; the sentence says why, `reason` is its code."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class OfferedVersion:
    """A published version as intake needs it; `content` holds the rest (how to, conditions, results …)."""

    version_id: UUID
    procedure_id: UUID
    code: str
    name: str
    sector_code: str
    sector_name: str
    number: int
    valid_from: date
    channels: tuple[str, ...]
    components: tuple[ComponentLine, ...]
    limits: tuple[LimitLine, ...]
    fees: tuple[FeeLine, ...]
    route: tuple[StepLine, ...]
    cut_off: time | None
    results: tuple[str, ...]
    content: VersionContent


_IN_FORCE = """
SELECT p.id, p.sector_id, v.id,
       EXISTS (SELECT 1 FROM catalogue_posting o WHERE o.procedure_id = p.id AND o.agency_id = %(agency)s
               AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s))
FROM catalogue_procedure p
LEFT JOIN catalogue_procedureversion v ON v.procedure_id = p.id AND v.state = 'published'
     AND v.valid_from <= %(day)s AND (v.valid_to IS NULL OR v.valid_to >= %(day)s)
WHERE p.national_code = %(code)s
"""
_DATES = """
SELECT count(*), min(valid_from) FILTER (WHERE valid_from > %(day)s), max(valid_to) FILTER (WHERE valid_to < %(day)s)
FROM catalogue_procedureversion WHERE procedure_id = %(procedure)s AND state = 'published'
"""

_snapshots: dict[tuple[UUID, str], OfferedVersion] = {}


def version_in_force(national_code: str, agency_id: UUID, day: date) -> OfferedVersion:
    """The version of the procedure in force on `day` at an agency that posts it.

    Raises NotOffered with `.reason` "unknown", "no_details", "not_in_force" or "not_here".
    """
    row = fetch_one(_IN_FORCE, {"code": national_code, "agency": agency_id, "day": day})
    if row is None:
        raise NotOffered(
            UNKNOWN,
            _("Không có thủ tục nào mang mã %(code)s. Kiểm tra lại mã hoặc tìm theo tên.") % {"code": national_code},
        )
    procedure_id, sector_code, version_id, posted = row
    if version_id is None:
        raise _not_in_force(national_code, procedure_id, day)
    if not posted:
        raise NotOffered(
            NOT_HERE,
            _("Thủ tục %(code)s không tiếp nhận tại đây: cơ quan chưa niêm yết thủ tục này.") % {"code": national_code},
        )
    return snapshot(version_id, sector_code)


def snapshot(version_id: UUID, sector_code: str) -> OfferedVersion:
    """The snapshot of a published version, from memory after its first use in this process."""
    found = _snapshots.get((version_id, sector_code))
    if found is None:
        found = _snapshots[version_id, sector_code] = _build(version_id)
    return found


def draft_snapshot(version_id: UUID) -> OfferedVersion:
    """A draft as it would be offered, read anew each time: it may change."""
    return _build(version_id)


def offered_at(agency_id: UUID, day: date) -> list[OfferedVersion]:
    """Every version in force on `day` that the agency posts, by code; eight queries however many there are."""
    posted = Posting.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), agency=agency_id, valid_from__lte=day)
    versions = list(
        ProcedureVersion.objects.filter(
            Q(valid_to=None) | Q(valid_to__gte=day), state=VersionState.PUBLISHED, valid_from__lte=day,
            procedure__in=posted.values("procedure"),
        )
        .select_related("procedure__sector")
        .order_by("procedure__national_code")
    )  # fmt: skip
    contents = contents_of(versions)
    return [_of(version, contents[version.id]) for version in versions]


def _build(version_id: UUID) -> OfferedVersion:
    version = ProcedureVersion.objects.select_related("procedure__sector").get(pk=version_id)
    return _of(version, content_of(version))


def _of(version: ProcedureVersion, content: VersionContent) -> OfferedVersion:
    return OfferedVersion(
        version_id=version.id,
        procedure_id=version.procedure_id,
        code=version.procedure.national_code,
        name=content.name,
        sector_code=version.procedure.sector.code,
        sector_name=version.procedure.sector.name,
        number=version.number,
        valid_from=version.valid_from,
        channels=content.channels,
        components=content.components,
        limits=content.limits,
        fees=content.fees,
        route=content.route,
        cut_off=content.cut_off,
        results=content.results,
        content=content,
    )


def _not_in_force(code: str, procedure_id: UUID, day: date) -> NotOffered:
    row = fetch_one(_DATES, {"procedure": procedure_id, "day": day})
    published, begins, ended = row if row is not None else (0, None, None)
    asked = f"{day:%d/%m/%Y}"
    if not published:
        return NotOffered(
            NO_DETAILS,
            _("Thủ tục %(code)s chưa có nội dung được công khai tại đây nên chưa tiếp nhận được.") % {"code": code},
        )
    if begins is not None:
        sentence = _("Thủ tục %(code)s chưa có hiệu lực ngày %(day)s: áp dụng từ %(begins)s.")
        return NotOffered(NOT_IN_FORCE, sentence % {"code": code, "day": asked, "begins": f"{begins:%d/%m/%Y}"})
    sentence = _("Thủ tục %(code)s không còn hiệu lực ngày %(day)s: đã hết từ sau %(ended)s.")
    return NotOffered(NOT_IN_FORCE, sentence % {"code": code, "day": asked, "ended": f"{ended:%d/%m/%Y}"})


_by_id: dict[UUID, OfferedVersion] = {}


def version_by_id(version_id: UUID) -> OfferedVersion:
    """The snapshot of the version a dossier was received under, in force or not."""
    found = _by_id.get(version_id)
    if found is None:
        found = _by_id[version_id] = _build(version_id)
    return found
