"""Why a dossier is due when it is: the reason sheet of its whole life, in the reader's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, LiteralString

from django.utils.translation import gettext as _

from motcua.catalogue.queries import version_by_id
from motcua.core.sql import fetch_all
from motcua.dossiers.ledger import entry_of, terms_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import Cause, Entry, Mark
from motcua.dossiers.rules.sheet import Row, ToldEntry, Turn, TurnKind, sheet_of
from motcua.worktime.phrases import limit_words, shown
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Calendar, Reason, ReasonKind

_TOLD: Final[LiteralString] = """
SELECT c.mark, c.at, c.cause, c.amount_number, c.amount_unit, c.until, coalesce(e.actor_name, ''), c.note
FROM dossiers_clockentry c LEFT JOIN LATERAL (
  SELECT actor_name FROM core_event
  WHERE subject_kind = 'dossier' AND subject_id = c.dossier_id AND at = c.at AND kind = 'dossier.' || c.mark
  ORDER BY sequence LIMIT 1) e ON true
WHERE c.dossier_id = %s ORDER BY c.position
"""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as read. `end` None: it lasts; `start` = `end`: something that happened. `length` is what it counts."""

    start: datetime
    end: datetime | None
    counted: bool
    minutes: int
    length: str
    text: str
    decision: str
    kind: ReasonKind | TurnKind


def reasons_of(dossier: Dossier, calendar: Calendar | None = None, *, inside: bool = False) -> list[ShownRow]:
    """Each interval counted or skipped from receipt to the due date, and each turn of the clock, in order.

    `inside`: for officials, who also see who asked and what was noted. Raises `CalendarGap`, `BrokenLedger`.
    """
    calendar = calendar or calendar_for(dossier.agency.calendar_code)
    terms = terms_of(dossier.limit_number, dossier.limit_unit, version_by_id(dossier.version_id).cut_off)
    return list(shown_rows(sheet_of(told_life(dossier), terms, calendar), inside=inside))


def told_life(dossier: Dossier) -> list[ToldEntry]:
    """The whole ledger of a dossier with what was said with each entry; one query."""
    lines = [ToldEntry(Entry(Mark.RECEIVED, dossier.received_at))]
    lines += [ToldEntry(entry_of(row[:5]), *row[5:]) for row in fetch_all(_TOLD, (dossier.pk,))]
    if dossier.finished_at is not None:
        lines.append(ToldEntry(Entry(Mark.SETTLED, dossier.finished_at)))
    if dossier.returned_at is not None:
        lines.append(ToldEntry(Entry(Mark.RETURNED, dossier.returned_at)))
    return lines


def shown_rows(rows: Iterable[Row], *, inside: bool) -> Iterable[ShownRow]:
    """Rows of `sheet_of` for reading."""
    for row in rows:
        if isinstance(row, Reason):
            for said in shown([row]):
                yield ShownRow(
                    said.start, said.end, said.counted, said.minutes, said.length, said.text, said.decision, said.kind
                )
        else:
            yield ShownRow(row.start, row.end, False, 0, "", _sentence(row, inside), "", row.kind)


def _sentence(turn: Turn, inside: bool) -> str:
    parts = [_what(turn)]
    if turn.told is not None and turn.told.until is not None:
        parts.append(_("Ông/bà có đến hết ngày %(day)s.") % {"day": f"{turn.told.until:%d/%m/%Y}"})
    if turn.told is not None and inside:
        if turn.told.by:
            parts.append(_("Người ghi: %(name)s.") % {"name": turn.told.by})
        if turn.told.note:
            parts.append(_("Ghi chú: %(note)s") % {"note": turn.told.note})
    return " ".join(parts)


def _what(turn: Turn) -> str:
    if turn.kind is TurnKind.PAUSED:
        return _paused(turn)
    return {
        TurnKind.VOID: _("Không tính: hồ sơ chưa đủ, thời hạn tính lại từ đầu khi đã đủ."),
        TurnKind.OVERDUE: _("Đã quá hạn."),
        TurnKind.ENDED: _("Hồ sơ đã kết thúc, thời hạn không chạy."),
        TurnKind.RESTARTED: _("Hồ sơ đã đủ: thời hạn tính lại từ đầu."),
        TurnKind.EXTENDED: _("Gia hạn thêm %(more)s theo quy định.") % {"more": _more(turn)},
        TurnKind.REAPPOINTED: _("Xin lỗi và hẹn lại, thêm %(more)s; hạn giải quyết vẫn như trước.")
        % {"more": _more(turn)},
        TurnKind.SETTLED: _("Kết thúc xử lý."),
        TurnKind.REOPENED: _("Mở lại hồ sơ: thời hạn chạy tiếp phần còn lại."),
        TurnKind.RETURNED: _("Trả kết quả."),
    }[turn.kind]


def _paused(turn: Turn) -> str:
    cause = turn.told.entry.cause if turn.told else None
    if cause is Cause.MONEY:
        return _("Tạm dừng, chờ ông/bà nộp phí, lệ phí hoặc thuế.")
    if cause is Cause.ATTENDANCE:
        return _("Tạm dừng, chờ ông/bà đến làm việc theo giấy mời.")
    return _("Tạm dừng, chờ ông/bà bổ sung giấy tờ.")


def _more(turn: Turn) -> str:
    amount = turn.told.entry.amount if turn.told else None
    return limit_words(amount.number, amount.unit) if amount else ""
