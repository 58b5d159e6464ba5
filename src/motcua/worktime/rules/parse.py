"""From the plain values of a calendar text (YAML or JSON, already read) to a plan.

Everything wrong is collected and named by its place, so that one reading tells all there is to correct.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from motcua.worktime.rules.plan import (
    CalendarMistake,
    CalendarPlan,
    CoveredYear,
    DatedDay,
    DayKind,
    Session,
    WeeklyHours,
)

STATES = ("announced", "provisional")
_MARKS = {"unverified": " (chưa xác minh)"}


class CalendarRejected(ValueError):
    """A calendar text that cannot be loaded. `faults` names each place and what to correct."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("Lịch làm việc chưa nạp được. " + " ".join(faults))


@dataclass(frozen=True, slots=True)
class ParsedCalendar:
    """What a calendar text says. `weekly` of None: the text is silent on hours.

    `all_days`: the text lists every dated day of the calendar, not only those of its years.
    """

    plan: CalendarPlan
    parent: str | None
    says_hours: bool
    all_days: bool


@dataclass(slots=True)
class _Reader:
    """Collects faults while reading."""

    faults: list[str] = field(default_factory=list)

    def fault(self, place: str, sentence: str) -> None:
        self.faults.append(f"{place}: {sentence}")

    def entries(self, value: Any, place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        if value is not None and not isinstance(value, list):
            self.fault(place, "phải là một danh sách.")
            return
        for number, entry in enumerate(value or (), start=1):
            if isinstance(entry, Mapping):
                yield f"{place}, mục {number}", entry
            else:
                self.fault(f"{place}, mục {number}", "phải gồm các cặp tên và giá trị.")

    def text(self, entry: Mapping[str, Any], key: str, place: str, *, needed: bool = False) -> str:
        value = entry.get(key)
        if value is None or value == "":
            if needed:
                self.fault(place, f"thiếu “{key}”.")
            return ""
        return str(value)

    def day(self, value: Any, place: str) -> date | None:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fault(place, f"“{value}” không phải là ngày; ghi theo mẫu 2026-09-02.")
            return None

    def optional_day(self, entry: Mapping[str, Any], key: str, place: str) -> date | None:
        return None if entry.get(key) is None else self.day(entry[key], place)

    def hour(self, value: Any, place: str) -> time | None:
        try:
            return time.fromisoformat(str(value).strip())
        except ValueError:
            self.fault(place, f'“{value}” không phải là giờ; ghi theo mẫu "07:30".')
            return None

    def sessions(self, value: Any, place: str) -> tuple[Session, ...]:
        if value is not None and not isinstance(value, list):
            self.fault(place, 'buổi làm việc ghi thành danh sách, ví dụ ["07:00-11:30"].')
            return ()
        found = []
        for written in value or ():
            opens, _dash, closes = str(written).partition("-")
            first, last = self.hour(opens, place), self.hour(closes, place)
            if first is None or last is None:
                continue
            try:
                found.append(Session(first, last))
            except CalendarMistake as mistake:
                self.fault(place, str(mistake))
        return tuple(found)

    def state(self, entry: Mapping[str, Any], fallback: str, place: str) -> str:
        value = str(entry.get("status") or fallback)
        if value not in STATES:
            self.fault(place, f"“status” là “{value}”; chỉ nhận announced hoặc provisional.")
        return value


def session_of(written: str) -> Session:
    """A session from "07:00-11:30". Raises ValueError when it is not one."""
    opens, _dash, closes = written.partition("-")
    return Session(time.fromisoformat(opens.strip()), time.fromisoformat(closes.strip()))


def parse_calendar(said: Any) -> ParsedCalendar:
    """Read a calendar text. Raises CalendarRejected with every fault found."""
    reader = _Reader()
    if not isinstance(said, Mapping) or not isinstance(said.get("calendar"), Mapping):
        raise CalendarRejected(["Thiếu phần “calendar” (mã và tên lịch) ở đầu."])
    head: Mapping[str, Any] = said["calendar"]
    cut_off = None if head.get("cut_off") is None else reader.hour(head["cut_off"], "calendar, cut_off")
    years: list[CoveredYear] = []
    days: list[DatedDay] = []
    bases = said.get("bases") if isinstance(said.get("bases"), Mapping) else {}
    for place, entry in reader.entries(said.get("years"), "years"):
        year = _year(reader, entry, place)
        if year is None:
            continue
        years.append(year)
        found = list(_days(reader, entry.get("days"), f"năm {year.year}", bases or {}, year))
        for dated in found:
            if dated.day.year != year.year:
                reader.fault(f"năm {year.year}", f"ngày {dated.day:%d/%m/%Y} không thuộc năm này.")
        days += found
    days += _days(reader, said.get("days"), "days", bases or {}, None)
    plan = CalendarPlan(
        code=reader.text(head, "code", "calendar", needed=True),
        name=reader.text(head, "name", "calendar", needed=True),
        years=tuple(years),
        weekly=tuple(_weekly(reader, said.get("hours"))),
        days=tuple(days),
        half_day_counts=bool(head.get("half_day_counts")),
        cut_off=cut_off,
    )
    _refuse_twins(reader, plan)
    if reader.faults:
        raise CalendarRejected(reader.faults)
    parent = reader.text(head, "parent", "calendar") or None
    return ParsedCalendar(plan, parent, said.get("hours") is not None, said.get("days") is not None)


def _year(reader: _Reader, entry: Mapping[str, Any], place: str) -> CoveredYear | None:
    value = entry.get("year")
    if not isinstance(value, int) or isinstance(value, bool) or not 1976 <= value <= 9998:
        reader.fault(place, f"“year” là “{value}”; ghi một năm từ 1976, ví dụ 2026.")
        return None
    state = reader.state(entry, "provisional", f"năm {value}")
    return CoveredYear(value, state == "provisional", _decision(entry.get("decision"), {}, value))


def _decision(said: Any, entry: Mapping[str, Any], year: int) -> str:
    """The decision as a reason sheet shows it, saying so when its number is not certain."""
    parts = said if isinstance(said, Mapping) else {"number": said, **entry}
    mark = _MARKS.get(str(parts.get("decision_mark")), "")
    number = parts.get("number")
    if number:
        return f"{number}{mark}"
    return f"Thông báo nghỉ lễ, tết năm {year}{mark}" if mark else ""


def _days(
    reader: _Reader, value: Any, place: str, bases: Mapping[str, Any], year: CoveredYear | None
) -> Iterator[DatedDay]:
    for where, entry in reader.entries(value, place):
        first = reader.day(entry.get("day", entry.get("from")), where)
        last = reader.day(entry["to"], where) if "to" in entry else first
        kind = _kind(reader, entry, where)
        name = reader.text(entry, "name", where, needed=True)
        sessions = reader.sessions(entry.get("sessions"), where)
        state = reader.state(entry, "provisional" if year and year.provisional else "announced", where)
        if first is None or last is None or kind is None:
            continue
        if not first <= last <= first + timedelta(days=31):
            reader.fault(where, "khoảng ngày phải từ 1 đến 32 ngày, ngày đầu trước ngày cuối.")
            continue
        if bool(sessions) and kind not in (DayKind.MAKE_UP_DAY, DayKind.SPECIAL):
            reader.fault(where, "ngày nghỉ không có buổi làm việc.")
        if kind is DayKind.SPECIAL and not sessions:
            reader.fault(where, "ngày có giờ riêng phải ghi ít nhất một buổi làm việc.")
        decision = _reason_paper(reader, entry, where, bases, year)
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            yield DatedDay(day, kind, name, decision, sessions, state == "provisional")


def _kind(reader: _Reader, entry: Mapping[str, Any], where: str) -> DayKind | None:
    value = entry.get("kind")
    if value in list(DayKind):
        return DayKind(str(value))
    reader.fault(where, f"“kind” là “{value}”; chỉ nhận {', '.join(DayKind)}.")
    return None


def _reason_paper(
    reader: _Reader, entry: Mapping[str, Any], where: str, bases: Mapping[str, Any], year: CoveredYear | None
) -> str:
    if entry.get("decision"):
        return _decision(entry["decision"], {"decision_mark": entry.get("decision_mark")}, 0)
    basis = entry.get("basis", "decision")
    if basis == "decision":
        return year.decision if year else ""
    if basis not in bases:
        reader.fault(where, f"“basis” là “{basis}” nhưng phần “bases” không có mục này.")
        return ""
    return str(bases[basis])


def _weekly(reader: _Reader, value: Any) -> Iterator[WeeklyHours]:
    for where, entry in reader.entries(value, "hours"):
        weekdays = entry.get("weekdays")
        if not isinstance(weekdays, list) or any(
            not isinstance(weekday, int) or not 1 <= weekday <= 7 for weekday in weekdays
        ):
            reader.fault(where, "“weekdays” là danh sách số từ 1 (thứ Hai) đến 7 (Chủ nhật).")
            continue
        since = reader.optional_day(entry, "valid_from", where)
        until = reader.optional_day(entry, "valid_to", where)
        if since and until and since > until:
            reader.fault(where, "ngày bắt đầu áp dụng phải trước ngày kết thúc.")
        for session in reader.sessions(entry.get("sessions"), where):
            for weekday in weekdays:
                yield WeeklyHours(weekday, session, since, until)


def _refuse_twins(reader: _Reader, plan: CalendarPlan) -> None:
    seen: set[date] = set()
    for dated in plan.days:
        if dated.day in seen:
            reader.fault(f"ngày {dated.day:%d/%m/%Y}", "được ghi hai lần.")
        seen.add(dated.day)
    years = [covered.year for covered in plan.years]
    for year in sorted({year for year in years if years.count(year) > 1}):
        reader.fault(f"năm {year}", "được ghi hai lần.")
