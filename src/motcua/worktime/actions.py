"""Writes: load a calendar text, mark days, set weekly hours.

Each runs in one transaction and records one event, which keeps the rows as they were and as they are now and
carries a `changes.CalendarChanged`; nothing is recorded when nothing changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
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
from motcua.worktime.changes import DAY_MARKED, DAY_UNMARKED, HOURS_SET, LOADED, CalendarChanged, Facts, LoadReport
from motcua.worktime.models import Calendar, CalendarDay, CalendarYear, DayState, WeeklyHours
from motcua.worktime.queries import UnknownCalendar, calendars_touched, plan_of
from motcua.worktime.rules import Calendar as CompiledCalendar
from motcua.worktime.rules import CalendarMistake, CoveredYear, DatedDay
from motcua.worktime.rules import WeeklyHours as PlainHours
from motcua.worktime.rules.parse import CalendarRejected, ParsedCalendar, parse_calendar
from motcua.worktime.rules.weeks import Week, change_week, has_whole_day


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
    return _finish(row, report, kind=LOADED, by=by, at=at)


@transaction.atomic
def mark_days(
    code: str,
    days: Sequence[DatedDay],
    without: Iterable[date] = (),
    *,
    by: Actor,
    at: datetime | None = None,
) -> LoadReport:
    """Mark dates of a calendar, replacing what it said of them, and unmark others: one decree, one event.

    What `queries.calendar_if` shows beforehand. Raises UnknownCalendar, and CalendarMistake when sessions
    overlap or a date stands twice.
    """
    row = _locked(code)
    report = LoadReport(code)
    dates = {dated.day for dated in days}
    if len(dates) < len(days):
        raise CalendarMistake(_("Một ngày được ghi hai lần trong thay đổi này. Ông/bà bỏ bớt rồi làm lại."))
    _write_days(row, days, Q(date__in=dates | set(without)), report)
    return _finish(row, report, kind=DAY_MARKED if days else DAY_UNMARKED, by=by, at=at)


def mark_day(code: str, dated: DatedDay, *, by: Actor, at: datetime | None = None) -> LoadReport:
    """Mark one date of a calendar (closed for a storm, special hours); see `mark_days`."""
    return mark_days(code, (dated,), by=by, at=at)


def unmark_day(code: str, day: date, *, by: Actor, at: datetime | None = None) -> LoadReport:
    """Let a date follow its weekday (or the parent calendar) again. Raises UnknownCalendar."""
    return mark_days(code, (), (day,), by=by, at=at)


@transaction.atomic
def set_hours(code: str, week: Week, valid_from: date, *, by: Actor, at: datetime | None = None) -> LoadReport:
    """New weekly hours from a date on; the hours before that date stay, ended the day before.

    A calendar that had no hours of its own keeps those of its parent as its own up to that date.
    Raises UnknownCalendar, and CalendarMistake when sessions overlap or no weekday is a whole working day.
    """
    row = _locked(code)
    if not has_whole_day(week, row.half_day_counts):
        raise CalendarMistake(
            _("Phải có ít nhất một ngày trong tuần làm việc trọn ngày (từ 6 giờ). Ông/bà ghi thêm giờ làm việc.")
        )
    report = LoadReport(code)
    in_force = plan_of(code).weekly
    wanted = change_week(in_force, week, valid_from)
    if set(wanted) == set(in_force):
        report.unchanged += len(wanted)
    else:
        _write_hours(row, wanted, report)
    return _finish(row, report, kind=HOURS_SET, by=by, at=at)


def _locked(code: str) -> Calendar:
    row = Calendar.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise UnknownCalendar(code)
    return row


def _finish(row: Calendar, report: LoadReport, *, kind: str, by: Actor | None, at: datetime | None) -> LoadReport:
    """Raise the revisions, prove that the calendar still compiles, record the event."""
    if report.touched:
        # The update waits for whoever is changing an heir; only then is it seen which of them are reached.
        heirs = calendars_touched(row.code)
        Calendar.objects.filter(code__in=heirs).update(revision=F("revision") + 1)
        if not report.more_differs:
            heirs = calendars_touched(row.code, report.dates(), hours=report.hours_differ)
        revision = CompiledCalendar(plan_of(row.code)).revision
        record(
            kind=kind,
            subject=("calendar", row.pk),
            by=by or Actor(None, gettext_noop("Hệ thống")),
            at=at or timezone.now(),
            before=report.before or None,
            after={"revision": revision, **report.counts(), **report.after},
            carried=CalendarChanged(row.code, tuple(heirs), revision, report),
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
        report.note("calendar", label, None, _head(row))
    elif all(getattr(row, name) == value for name, value in wanted.items()):
        report.unchanged += 1
    else:
        old = _head(row)
        for name, value in wanted.items():
            setattr(row, name, value)
        row.save(update_fields=[*wanted])
        report.note("calendar", label, old, _head(row))
    return row


def _head(row: Calendar) -> Facts:
    return {
        "code": row.code,
        "name": row.name,
        "parent": row.parent.code if row.parent else None,
        "half_day_counts": row.half_day_counts,
        "cut_off": _hour(row.cut_off),
    }


def _write_hours(row: Calendar, weekly: Iterable[PlainHours], report: LoadReport) -> None:
    wanted = {(h.weekday, h.session.opens, h.session.closes, h.valid_from, h.valid_to) for h in weekly}
    kept = set()
    for old in WeeklyHours.objects.filter(calendar=row):
        key = (old.weekday, old.opens, old.closes, old.valid_from, old.valid_to)
        if key in wanted and key not in kept:
            kept.add(key)
            report.unchanged += 1
        else:
            report.note("hours", str(old), _hours(old), None)
            old.delete()
    fresh = [
        WeeklyHours(calendar=row, weekday=weekday, opens=opens, closes=closes, valid_from=since, valid_to=until)
        for weekday, opens, closes, since, until in sorted(
            wanted - kept, key=lambda key: (*key[:3], key[3] or date.min, key[4] or date.max)
        )
    ]
    WeeklyHours.objects.bulk_create(fresh)
    for hours in fresh:
        report.note("hours", str(hours), None, _hours(hours))


def _hours(hours: WeeklyHours) -> Facts:
    return {
        "weekday": hours.weekday,
        "opens": _hour(hours.opens),
        "closes": _hour(hours.closes),
        "valid_from": hours.valid_from.isoformat() if hours.valid_from else None,
        "valid_to": hours.valid_to.isoformat() if hours.valid_to else None,
    }


def _hour(hour: time | None) -> str | None:
    return None if hour is None else f"{hour:%H:%M}"


def _write_years(row: Calendar, years: Iterable[CoveredYear], report: LoadReport) -> None:
    old = {year.year: year for year in CalendarYear.objects.filter(calendar=row)}
    for covered in years:
        values = {
            "status": DayState.PROVISIONAL.value if covered.provisional else DayState.ANNOUNCED.value,
            "decision": covered.decision,
        }
        fresh = CalendarYear(calendar=row, year=covered.year, **values)
        _put(old.get(covered.year), fresh, {"year": covered.year}, values, report, "years")


def _write_days(row: Calendar, days: Iterable[DatedDay], scope: Q, report: LoadReport) -> None:
    old = {day.date: day for day in CalendarDay.objects.filter(scope, calendar=row)}
    for dated in days:
        values = {
            "kind": dated.kind.value,
            "name": dated.name,
            "decision": dated.decision,
            "status": DayState.PROVISIONAL.value if dated.provisional else DayState.ANNOUNCED.value,
            "sessions": [str(session) for session in dated.sessions],
        }
        fresh = CalendarDay(calendar=row, date=dated.day, **values)
        _put(old.pop(dated.day, None), fresh, {"date": dated.day.isoformat()}, values, report, "days")
    for gone in old.values():
        facts = {name: getattr(gone, name) for name in ("kind", "name", "decision", "status", "sessions")}
        report.note("days", str(gone), {"date": gone.date.isoformat(), **facts}, None)
        gone.delete()


def _put(
    old: CalendarDay | CalendarYear | None,
    fresh: CalendarDay | CalendarYear,
    key: Facts,
    values: Facts,
    report: LoadReport,
    part: str,
) -> None:
    """Insert the row, or bring the old one to its values, and note both; nothing when they are the same."""
    if old is None:
        fresh.save(force_insert=True)
        report.note(part, str(fresh), None, key | values)
        return
    told = {name: getattr(old, name) for name in values}
    if told == values:
        report.unchanged += 1
        return
    for name, value in values.items():
        setattr(old, name, value)
    old.save(update_fields=[*values])
    report.note(part, str(fresh), key | told, key | values)
