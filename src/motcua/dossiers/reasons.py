"""The reason sheet of a dossier as read: its ledger told interval by interval, in the reader's words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.catalogue.queries import version_by_id
from motcua.core.sql import fetch_all
from motcua.dossiers.ledger import ENTRY, entry_of, terms_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import BrokenLedger, Cause, Entry, Mark
from motcua.dossiers.rules.promise import promise_of
from motcua.dossiers.rules.sheet import Row, ToldEntry, Turn, TurnKind, sheet_of
from motcua.worktime.phrases import limit_words, shown
from motcua.worktime.rules import Calendar


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of the sheet: an interval counted or not (`end` None while it lasts), or something that happened."""

    start: datetime
    end: datetime | None
    counted: bool
    minutes: int
    length: str
    text: str
    decision: str
    kind: str


@dataclass(frozen=True, slots=True)
class PromiseSheet:
    """How a new date was counted: from the date not kept (or the signing after it), `length` longer, row by row."""

    start: datetime
    length: str
    rows: list[SheetRow]


def told_entries(dossier: Dossier) -> list[ToldEntry]:
    """The whole ledger of a dossier with what was said with each entry, one query."""
    rows = fetch_all(
        "SELECT " + ENTRY + ", e.until, e.note FROM dossiers_clockentry e WHERE e.dossier_id = %s ORDER BY e.position",
        (dossier.id,),
    )
    lines = [ToldEntry(Entry(Mark.RECEIVED, dossier.received_at))]
    lines += [ToldEntry(entry_of(row[:7]), row[7], "", row[8]) for row in rows]
    if dossier.paused_at is not None:  # what is owed may have changed since the clock was stopped
        lines[-1] = replace(lines[-1], until=dossier.paused_until)
    if dossier.finished_at is not None:
        lines.append(ToldEntry(Entry(Mark.SETTLED, dossier.finished_at)))
    if dossier.returned_at is not None:
        lines.append(ToldEntry(Entry(Mark.RETURNED, dossier.returned_at)))
    return lines


def reasons_of(dossier: Dossier, calendar: Calendar) -> list[SheetRow]:
    """Every interval from receipt to the due date, and what turned the clock on the way.

    Raises `CalendarGap` when a date cannot be computed.
    """
    terms = terms_of(dossier.limit_number, dossier.limit_unit, version_by_id(dossier.version_id).cut_off)
    return list(_said(sheet_of(told_entries(dossier), terms, calendar)))


def promise_reasons_of(dossier: Dossier, calendar: Calendar) -> PromiseSheet | None:
    """The sheet of the new date that the citizen was given (form 04); None when none stands.

    Raises `CalendarGap` when a date cannot be computed.
    """
    if dossier.appointed_at is None:
        return None
    terms = terms_of(dossier.limit_number, dossier.limit_unit, version_by_id(dossier.version_id).cut_off)
    promise = promise_of(told_entries(dossier), terms, calendar)
    if promise is None:
        return None
    return PromiseSheet(promise.start, limit_words(promise.more.number, promise.more.unit), list(_said(promise.rows)))


def _said(rows: Iterable[Row]) -> Iterable[SheetRow]:
    for row in rows:
        if isinstance(row, Turn):
            yield SheetRow(row.start, row.end, False, 0, "", _turn_words(row), "", row.kind.value)
        else:
            for reason in shown([row]):
                yield SheetRow(
                    reason.start, reason.end, reason.counted, reason.minutes, reason.length, reason.text,
                    reason.decision, reason.kind.value,
                )  # fmt: skip


def _turn_words(turn: Turn) -> str:
    told = turn.told
    if turn.kind is TurnKind.PAUSED:
        return _pause_words(told)
    if turn.kind is TurnKind.PAUSE_VOIDED:
        return _void_words(turn)
    words = {
        TurnKind.VOID: _("Không còn tính: thời hạn đã tính lại từ đầu"),
        TurnKind.OVERDUE: _("Quá hạn"),
        TurnKind.ENDED: _("Hồ sơ đã kết thúc, thời hạn không chạy"),
        TurnKind.RESTARTED: _("Đủ giấy tờ: thời hạn tính lại từ đầu"),
        TurnKind.SETTLED: _("Xử lý xong"),
        TurnKind.REOPENED: _("Mở lại hồ sơ, thời hạn tính tiếp"),
        TurnKind.RETURNED: _("Trả kết quả"),
    }
    if turn.kind in words:
        return words[turn.kind]
    amount = told.entry.amount if told else None
    length = limit_words(amount.number, amount.unit) if amount else ""
    sentence = _("Gia hạn thêm %(length)s") if turn.kind is TurnKind.EXTENDED else _("Xin lỗi, hẹn lại thêm %(length)s")
    return _with_note(sentence % {"length": length}, told)


def _void_words(turn: Turn) -> str:
    entry = turn.told.entry if turn.told else None
    if entry is None or entry.void_from is None:
        raise BrokenLedger("a void names its time")
    sentence = _("Từ %(since)s đến %(until)s không còn khoản nào phải chờ, thời gian này tính cho cơ quan") % {
        "since": _minute(entry.void_from), "until": _minute(entry.void_to or entry.at),
    }  # fmt: skip
    return _with_note(sentence, turn.told)


def _minute(at: datetime) -> str:
    return f"{localtime(at):%H:%M %d/%m/%Y}"


def _pause_words(told: ToldEntry | None) -> str:
    cause = told.entry.cause if told else None
    words = {
        Cause.PAPERS: _("Chờ người nộp bổ sung giấy tờ, không tính"),
        Cause.MONEY: _("Chờ người nộp thực hiện nghĩa vụ tài chính, không tính"),
        Cause.ATTENDANCE: _("Chờ người nộp đến làm việc, không tính"),
    }
    sentence = words.get(cause, _("Tạm dừng, không tính")) if cause else _("Tạm dừng, không tính")
    if told and told.until:
        sentence += _(" (đến hết ngày %(day)s)") % {"day": _day(told.until)}
    return _with_note(sentence, told if told and told.entry.mark is Mark.PAUSED else None)


def _with_note(sentence: str, told: ToldEntry | None) -> str:
    return f"{sentence}: {told.note}" if told and told.note else sentence


def _day(day: date) -> str:
    return f"{localtime(day) if isinstance(day, datetime) else day:%d/%m/%Y}"
