"""Import a catalogue: read, plan, write in bulk, all in one transaction."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.catalogue.actions import By, actor_of
from motcua.catalogue.contents import version_values, write_parts
from motcua.catalogue.importing.national_index import read_index
from motcua.catalogue.importing.own import read_own
from motcua.catalogue.importing.plan import Known, NewVersion, Plan, Planner
from motcua.catalogue.importing.portal import read_portal
from motcua.catalogue.importing.records import ImportFault, ImportReport, ProcedureRecord, Rejection
from motcua.catalogue.models import Procedure, ProcedureVersion, Sector, VersionState
from motcua.catalogue.rules import Period
from motcua.catalogue.search import index_procedures
from motcua.core.events import Actor, record
from motcua.core.ids import uuid7

Progress = Callable[[int, int], None]
Records = Iterator[ProcedureRecord | Rejection]
# One import at a time: a second one waits for the first.
_LOCK = 7_201_842


def read_catalogue(path: Path) -> Records:
    """The records of a file (.yaml, .json) or of every .yaml of a folder. Raises ImportFault."""
    if path.is_dir():
        sources = sorted(path.glob("*.yaml"))
        if not sources:
            raise ImportFault(_("Thư mục %(name)s không có tệp .yaml nào.") % {"name": path.name})
        for source in sources:
            yield from read_own(source)
        return
    if not path.is_file():
        raise ImportFault(_("Không tìm thấy tệp %(name)s.") % {"name": path})
    if path.suffix in (".yaml", ".yml"):
        yield from read_own(path)
        return
    try:
        loaded = json.loads(path.read_text("utf-8"))
    except ValueError as wrong:
        raise ImportFault(
            _("Tệp %(name)s không phải JSON hợp lệ: %(why)s") % {"name": path.name, "why": wrong}
        ) from wrong
    if isinstance(loaded, list):
        yield from read_index(loaded)
    elif isinstance(loaded, dict) and isinstance(loaded.get("procedures"), list):
        yield from read_portal(loaded["procedures"])
    else:
        raise ImportFault(
            _("Tệp %(name)s không theo dạng nào đã biết: cần danh sách hoặc khóa “procedures”.") % {"name": path.name}
        )


@transaction.atomic
def import_catalogue(path: Path, *, by: By, at: datetime, progress: Progress | None = None) -> ImportReport:
    """Bring in a catalogue file or folder; running it again changes nothing.

    What is complete is published from its own day (or the day of the import), the rest kept as a draft.
    `progress(done, total)` is told of records planned. Raises ImportFault when the file as a whole is unreadable.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    records = list(read_catalogue(path))
    planner = Planner(_known(), {name.casefold(): code for code, name in _sectors()}, timezone.localdate(at))
    plan = planner.run(_told(records, progress))
    _write(plan, at)
    _record_events(plan, path.name, actor_of(by), at)
    if plan.new or plan.changed or plan.versions:
        index_procedures()
    return plan.report


def run_import(path: Path, progress: Progress | None = None) -> ImportReport:
    """`import_catalogue` for the command line: now, by the installation itself."""
    return import_catalogue(path, by=Actor(None, gettext_noop("Dòng lệnh")), at=timezone.now(), progress=progress)


def _told(records: list[ProcedureRecord | Rejection], progress: Progress | None) -> Records:
    for done, found in enumerate(records, 1):
        yield found
        if progress is not None and (done % 100 == 0 or done == len(records)):
            progress(done, len(records))


def _sectors() -> list[tuple[str, str]]:
    return list(Sector.objects.values_list("code", "name"))


def _known() -> dict[str, Known]:
    """Every procedure by its code, as far as an import must know it: two queries."""
    known: dict[str, Known] = {}
    by_id: dict[object, Known] = {}
    for row in Procedure.objects.values_list(
        "id", "national_code", "name", "sector_id", "levels", "everyday_words", "promulgated_by", "source"
    ).iterator(chunk_size=5000):
        plain = (row[2], row[3], tuple(row[4]), tuple(row[5]), row[6], row[7])
        by_id[row[0]] = known[row[1]] = Known(row[0], plain)
    latest_first: dict[object, object] = {}
    for version in ProcedureVersion.objects.order_by("number").values_list(
        "procedure_id", "number", "origin", "fingerprint", "state", "id", "valid_from", "valid_to"
    ):
        procedure = by_id[version[0]]
        procedure.last_number = version[1]
        procedure.latest[version[2]] = (version[1], version[3])
        if version[4] == VersionState.PUBLISHED:
            procedure.periods.append(Period(*version[5:]))
            if version[0] not in latest_first or version[6] > latest_first[version[0]]:  # type: ignore[operator]
                latest_first[version[0]] = version[6]
                procedure.in_force_origin = version[2]
    return known


def _write(plan: Plan, at: datetime) -> None:
    Sector.objects.bulk_create(Sector(code=code, name=name) for code, name in plan.sectors.items())
    Procedure.objects.bulk_create(_procedure(*row) for row in plan.new)
    Procedure.objects.bulk_update(
        [_procedure(*row) for row in plan.changed],
        ["name", "sector", "levels", "everyday_words", "promulgated_by", "source"],
        batch_size=500,
    )
    ProcedureVersion.objects.bulk_create(_version(version) for version in plan.versions)
    write_parts({version.id: version.content for version in plan.versions})
    for version_id, last_day in plan.endings.items():
        ProcedureVersion.objects.filter(pk=version_id).update(valid_to=last_day)
    published = [version.id for version in plan.versions if version.publish]
    ProcedureVersion.objects.filter(pk__in=published).update(state=VersionState.PUBLISHED, published_at=at)


def _procedure(procedure_id: UUID, found: ProcedureRecord, sector_code: str) -> Procedure:
    return Procedure(
        id=procedure_id, national_code=found.code, name=found.name, sector_id=sector_code, levels=[*found.levels],
        everyday_words=[*found.everyday_words], promulgated_by=found.promulgated_by, source=found.source,
    )  # fmt: skip


def _version(version: NewVersion) -> ProcedureVersion:
    return ProcedureVersion(
        id=version.id, procedure_id=version.procedure_id, number=version.number, state=VersionState.DRAFT,
        origin=version.origin, valid_from=version.valid_from, valid_to=version.valid_to,
        fingerprint=version.fingerprint, **version_values(version.content),
    )  # fmt: skip


def _record_events(plan: Plan, name: str, by: Actor, at: datetime) -> None:
    """One event per version, and one for the import with its whole report."""
    report = plan.report
    for version in plan.versions:
        record(
            kind="procedure.published" if version.publish else "procedure.drafted",
            subject=("procedure", version.procedure_id), by=by, at=at,
            after={
                "code": version.code, "version": version.number, "origin": version.origin,
                "valid_from": version.valid_from.isoformat(),
            },
        )  # fmt: skip
    record(
        kind="catalogue.imported", subject=("catalogue", uuid7()), by=by, at=at,
        after={
            "name": name, "records": report.records, "new": len(report.new), "changed": len(report.changed),
            "unchanged": len(report.unchanged), "published": report.published,
            "rejected": report.rejected, "drafts": report.drafts,
        },
    )  # fmt: skip
