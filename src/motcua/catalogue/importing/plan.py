"""Decide, record by record, what an import does: plain values in, a plan out. No database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.catalogue.importing.records import ImportReport, ProcedureRecord, Rejection
from motcua.catalogue.rules import Period, PeriodTaken, VersionContent, faults, fingerprint, make_room
from motcua.catalogue.rules.names import slug
from motcua.core.ids import uuid7


@dataclass(slots=True)
class Known:
    """A procedure as the database has it, with the latest version of each origin and the published periods."""

    id: UUID
    plain: tuple[object, ...]
    last_number: int = 0
    latest: dict[str, tuple[int, str]] = field(default_factory=dict)
    in_force_origin: str = ""
    periods: list[Period] = field(default_factory=list)


@dataclass(slots=True)
class NewVersion:
    id: UUID
    procedure_id: UUID
    code: str
    number: int
    origin: str
    fingerprint: str
    content: VersionContent
    valid_from: date
    valid_to: date | None
    publish: bool


@dataclass(slots=True)
class Plan:
    """Everything an import will write, in the order it must be written."""

    report: ImportReport
    sectors: dict[str, str] = field(default_factory=dict)
    new: list[tuple[UUID, ProcedureRecord, str]] = field(default_factory=list)
    changed: list[tuple[UUID, ProcedureRecord, str]] = field(default_factory=list)
    versions: list[NewVersion] = field(default_factory=list)
    endings: dict[UUID, date] = field(default_factory=dict)


def plain_values(record: ProcedureRecord, sector_code: str, known: Known) -> tuple[object, ...]:
    """The values of the `Procedure` row itself, to compare; versions hold the rest.

    Once a version is published the name is that of the version in force, whatever a file says.
    """
    name = known.plain[0] if known.periods else record.name
    return (name, sector_code, record.levels, record.everyday_words, record.promulgated_by, record.source)


class Planner:
    """Turns records into a Plan against what is known (by code) and the sectors (name in lower case → code)."""

    def __init__(self, known: Mapping[str, Known], sectors: Mapping[str, str], today: date) -> None:
        self.known = known
        self.sectors = dict(sectors)
        self.today = today
        self.seen: set[str] = set()
        self.plan = Plan(ImportReport())

    def run(self, records: Iterable[ProcedureRecord | Rejection]) -> Plan:
        for record in records:
            if isinstance(record, Rejection):
                self.plan.report.rejected.append((record.code, record.reason))
            elif record.code in self.seen:
                self.plan.report.rejected.append((record.code, _("mã lặp lại trong tệp; chỉ giữ bản ghi đầu.")))
            else:
                self.seen.add(record.code)
                self._decide(record)
        return self.plan

    def _sector(self, record: ProcedureRecord) -> str:
        key = record.sector_name.casefold()
        if key not in self.sectors:
            code = record.sector_code or slug(record.sector_name)
            taken = set(self.sectors.values())
            free = next(c for c in (code, *(f"{code[:56]}-{n}" for n in range(2, 999))) if c and c not in taken)
            self.sectors[key] = free
            self.plan.sectors[free] = record.sector_name
        return self.sectors[key]

    def _decide(self, record: ProcedureRecord) -> None:
        report = self.plan.report
        known = self.known.get(record.code)
        if known is not None and known.last_number and record.content is None:
            # The index knows less than we do: it never overrules a procedure with details.
            report.unchanged.append(record.code)
            return
        sector = self._sector(record)
        if known is None:
            known = Known(uuid7(), ())
            self.plan.new.append((known.id, record, sector))
            report.new.append(record.code)
            self._add_version(record, known)
            return
        added = self._add_version(record, known)
        owner = known.in_force_origin in ("", record.origin)
        values = plain_values(record, sector, known)
        touched = owner and values != known.plain
        if touched:
            self.plan.changed.append((known.id, replace(record, name=str(values[0])), sector))
        (report.changed if added or touched else report.unchanged).append(record.code)

    def _add_version(self, record: ProcedureRecord, known: Known) -> bool:
        """Add a version when the content is new for its origin; publish it when nothing speaks against it."""
        content = record.content
        if content is None:
            return False
        mark = fingerprint(content)
        if known.latest.get(record.origin, (0, ""))[1] == mark:
            return False
        first = record.valid_from or self.today
        reasons = [*record.draft_reasons, *faults(content)]
        if known.in_force_origin not in ("", record.origin):
            reasons.append(_("thủ tục đang có phiên bản từ nguồn khác; giữ bản này làm dự thảo để đối chiếu."))
        if record.valid_to is not None and record.valid_to < first:
            reasons.append(_("đã hết hiệu lực từ sau %(day)s.") % {"day": f"{record.valid_to:%d/%m/%Y}"})
        if not reasons:
            try:
                ends = make_room(known.periods, first, record.valid_to, today=self.today)
            except PeriodTaken as taken:
                reasons.append(str(taken))
            else:
                if ends is not None:
                    self.plan.endings[ends[0]] = ends[1]
        if reasons:
            self.plan.report.drafts.append((record.code, " ".join(reasons)))
        self.plan.versions.append(
            NewVersion(
                uuid7(), known.id, record.code, known.last_number + 1, record.origin, mark, content, first,
                None if reasons and record.valid_to and record.valid_to < first else record.valid_to, not reasons,
            )
        )  # fmt: skip
        self.plan.report.published += not reasons
        return True
