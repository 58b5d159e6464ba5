"""Writes: load a calendar text, mark one day. Each runs in one transaction and records its event."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.core.events import Actor, record
from motcua.core.ids import uuid7
from motcua.core.sql import fetch_all
from motcua.worktime.models import Calendar, CalendarDay, CalendarYear, DayState, WeeklyHours
from motcua.worktime.queries import UnknownCalendar, plan_of
from motcua.worktime.rules import Calendar as CompiledCalendar
from motcua.worktime.rules import CoveredYear, DatedDay
from motcua.worktime.rules import WeeklyHours as PlainHours
from motcua.worktime.rules.parse import CalendarRejected, ParsedCalendar, parse_calendar


@dataclass(slots=True)
class LoadReport:
    """What loading did: labels of what was new, changed and removed, and how much stayed as it was."""

    code: str
    revision: int = 0
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0

    @property
    def touched(self) -> bool:
        """Whether anything a due date depends on is different now."""
        return bool(self.new or self.changed or self.removed)

    def counts(self) -> dict[str, int]:
        """How many of each, for the event row and the command line."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "removed": len(self.removed),
            "unchanged": self.unchanged,
        }


def read_calendar(path: Path) -> ParsedCalendar:
    """A calendar text from disk. Raises CalendarRejected when it cannot be read or says nonsense."""
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError) as error:
        raise CalendarRejected(
            [_("Không đọc được %(path)s: %(error)s") % {"path": path.name, "error": error}]
        ) from error
    return parse_calendar(said)


@transaction.atomic
def load_calendar(
    source: Path | Mapping[str, Any] | ParsedCalendar, *, by: Actor | None = None, at: datetime | None = None
) -> LoadReport:
    """Bring a calendar's rows to what the text says; loading the same twice changes nothing.

    Dated days are replaced within the years the text covers (everywhere, if it has its own `days`), weekly
    hours when it speaks of hours. The revision rises, with that of every calendar that follows this one,
    only when something changed. Raises CalendarRejected, UnknownCalendar (the parent), CalendarMistake.
    """
    said = source if isinstance(source, ParsedCalendar) else None
    if said is None:
        said = read_calendar(source) if isinstance(source, Path) else parse_calendar(source)
    report = LoadReport(said.plan.code)
    row = _write_calendar(said, report)
    if said.says_hours:
        _write_hours(row, said.plan.weekly, report)
    _write_years(row, said.plan.years, report)
    covered = {covered.year for covered in said.plan.years}
    scope = Q() if said.all_days else Q(date__year__in=covered)
    _write_days(row, said.plan.days, scope, report)
    return _finish(row, report, kind="calendar.loaded", by=by, at=at)


@transaction.atomic
def mark_day(code: str, dated: DatedDay, *, by: Actor, at: datetime | None = None) -> LoadReport:
    """Mark one date of a calendar (closed for a storm, special hours), replacing what it said before.

    Raises UnknownCalendar, and CalendarMistake when the sessions overlap.
    """
    row = _locked(code)
    report = LoadReport(code)
    _write_days(row, (dated,), Q(date=dated.day), report)
    return _finish(row, report, kind="calendar.day_marked", by=by, at=at)


@transaction.atomic
def unmark_day(code: str, day: date, *, by: Actor, at: datetime | None = None) -> LoadReport:
    """Let a date follow its weekday (or the parent calendar) again. Raises UnknownCalendar."""
    row = _locked(code)
    report = LoadReport(code)
    _write_days(row, (), Q(date=day), report)
    return _finish(row, report, kind="calendar.day_unmarked", by=by, at=at)


def _locked(code: str) -> Calendar:
    row = Calendar.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise UnknownCalendar(code)
    return row


def _finish(row: Calendar, report: LoadReport, *, kind: str, by: Actor | None, at: datetime | None) -> LoadReport:
    """Prove that the calendar still compiles, raise the revisions, record the event."""
    if report.touched:
        heirs = fetch_all(
            "WITH RECURSIVE heir (id) AS (SELECT %s::uuid UNION"
            " SELECT c.id FROM worktime_calendar c JOIN heir ON c.parent_id = heir.id) SELECT id FROM heir",
            (row.pk,),
        )
        Calendar.objects.filter(pk__in=[heir[0] for heir in heirs]).update(revision=F("revision") + 1)
        CompiledCalendar(plan_of(row.code))
        record(
            kind=kind,
            subject=("calendar", row.pk),
            by=by or Actor(None, gettext_noop("Hệ thống")),
            at=at or timezone.now(),
            after={
                **report.counts(),
                "days": [*report.new, *report.changed, *report.removed][:100],
            },
        )
    row.refresh_from_db(fields=["revision"])
    report.revision = row.revision
    return report


def _write_calendar(said: ParsedCalendar, report: LoadReport) -> Calendar:
    parent = None
    if said.parent is not None:
        parent = Calendar.objects.filter(code=said.parent).first()
        if parent is None:
            raise UnknownCalendar(said.parent)
    wanted = {
        "name": said.plan.name,
        "parent_id": parent.pk if parent else None,
        "half_day_counts": said.plan.half_day_counts,
        "cut_off": said.plan.cut_off,
    }
    row, created = Calendar.objects.get_or_create(code=said.plan.code, defaults={"id": uuid7(), **wanted})
    row = Calendar.objects.select_for_update().get(pk=row.pk)
    label = f"{row.code} {said.plan.name}"
    if created:
        report.new.append(label)
    elif all(getattr(row, name) == value for name, value in wanted.items()):
        report.unchanged += 1
    else:
        Calendar.objects.filter(pk=row.pk).update(**wanted)
        report.changed.append(label)
    return row


def _write_hours(row: Calendar, weekly: Iterable[PlainHours], report: LoadReport) -> None:
    wanted = {(h.weekday, h.session.opens, h.session.closes, h.valid_from, h.valid_to) for h in weekly}
    kept = set()
    for old in WeeklyHours.objects.filter(calendar=row):
        key = (old.weekday, old.opens, old.closes, old.valid_from, old.valid_to)
        if key in wanted and key not in kept:
            kept.add(key)
            report.unchanged += 1
        else:
            report.removed.append(str(old))
            old.delete()
    fresh = [
        WeeklyHours(calendar=row, weekday=weekday, opens=opens, closes=closes, valid_from=since, valid_to=until)
        for weekday, opens, closes, since, until in sorted(
            wanted - kept, key=lambda key: (*key[:3], key[3] or date.min, key[4] or date.max)
        )
    ]
    WeeklyHours.objects.bulk_create(fresh)
    report.new += [str(hours) for hours in fresh]


def _write_years(row: Calendar, years: Iterable[CoveredYear], report: LoadReport) -> None:
    old = {year.year: year for year in CalendarYear.objects.filter(calendar=row)}
    for covered in years:
        values = {
            "status": DayState.PROVISIONAL if covered.provisional else DayState.ANNOUNCED,
            "decision": covered.decision,
        }
        _put(CalendarYear, old.get(covered.year), {"calendar": row, "year": covered.year}, values, report)


def _write_days(row: Calendar, days: Iterable[DatedDay], scope: Q, report: LoadReport) -> None:
    old = {day.date: day for day in CalendarDay.objects.filter(scope, calendar=row)}
    for dated in days:
        values = {
            "kind": dated.kind.value,
            "name": dated.name,
            "decision": dated.decision,
            "status": DayState.PROVISIONAL if dated.provisional else DayState.ANNOUNCED,
            "sessions": [str(session) for session in dated.sessions],
        }
        _put(CalendarDay, old.pop(dated.day, None), {"calendar": row, "date": dated.day}, values, report)
    for gone in old.values():
        report.removed.append(str(gone))
        gone.delete()


def _put(
    model: type[CalendarDay] | type[CalendarYear],
    old: CalendarDay | CalendarYear | None,
    key: dict[str, Any],
    values: dict[str, Any],
    report: LoadReport,
) -> None:
    if old is None:
        report.new.append(str(model.objects.create(**key, **values)))
    elif all(getattr(old, name) == value for name, value in values.items()):
        report.unchanged += 1
    else:
        model.objects.filter(pk=old.pk).update(**values)
        report.changed.append(str(model(**key, **values)))
