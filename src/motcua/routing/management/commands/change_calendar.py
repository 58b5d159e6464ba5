"""See what a calendar text would do to open dossiers, and make the change."""

import sys
from pathlib import Path
from typing import Any, Final

import click
from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.core.events import Actor
from motcua.core.refusals import Refusal
from motcua.dossiers.recheck import count_open
from motcua.people.models import Agency
from motcua.routing.outlook import Outlook, Tally
from motcua.routing.recalculation import Change, apply, look
from motcua.worktime.actions import load_calendar, read_calendar
from motcua.worktime.changes import LoadReport
from motcua.worktime.models import Calendar
from motcua.worktime.rules import CalendarMistake
from motcua.worktime.rules.parse import CalendarRejected, ParsedCalendar

BY: Final = Actor(None, "Dòng lệnh")
HEADS: Final = ("Cơ quan", "đang mở", "muộn hơn", "sớm hơn", "nhiều nhất (ngày làm việc)", "quá hạn ngay")


class Command(BaseCommand):
    help = "Xem trước một bản lịch làm việc đổi ngày hẹn của những hồ sơ nào; thêm --apply để áp dụng."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="bản YAML của một lịch")
        parser.add_argument("--apply", action="store_true", help="áp dụng sau khi xem")
        parser.add_argument("--yes", action="store_true", help="không hỏi lại")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            said = read_calendar(options["path"])
            self._change(said, make=options["apply"], sure=options["yes"])
        except (CalendarRejected, CalendarMistake, Refusal) as fault:
            raise CommandError(str(fault)) from fault

    def _change(self, said: ParsedCalendar, *, make: bool, sure: bool) -> None:
        code = said.plan.code
        seen = Calendar.objects.filter(code=code).values_list("revision", flat=True).first()

        def change() -> LoadReport:
            return load_calendar(said, by=BY)

        outlook = self._counted("Xem trước", change, None, None)
        self._tell(code, outlook)
        if not make or (outlook.report is not None and not outlook.report.touched):
            return
        if not sure and not click.confirm("Áp dụng lịch này?"):
            self.stdout.write("Chưa áp dụng; lịch và mọi ngày hẹn giữ nguyên.")
            return
        made = self._counted("Áp dụng", change, code, seen)
        self.stdout.write(f"Đã áp dụng: {made.total.moved} hồ sơ đổi ngày hẹn, hồ sơ đã giải quyết xong giữ nguyên.")

    def _counted(self, label: str, change: Change, code: str | None, seen: int | None) -> Outlook:
        """The preview, or with a calendar's code the change, under a bar that shows itself on a terminal only."""
        with click.progressbar(range(count_open()), label=label, file=sys.stderr) as bar:
            if code is None:
                return look(change, progress=bar.update)
            return apply(change, code=code, seen=seen, progress=bar.update)

    def _tell(self, code: str, outlook: Outlook) -> None:
        """What changes in the calendar, then a table by agency."""
        report = outlook.report
        if report is None or not report.touched:
            self.stdout.write(f"{code}: bản này không đổi gì trong lịch đang dùng.")
            return
        for word, labels in (("mới", report.new), ("đổi", report.changed), ("bỏ", report.removed)):
            for label in labels:
                self.stdout.write(f"  {word}: {label}")
        if outlook.answers:
            self.stdout.write(f"{outlook.answers} hồ sơ chờ tiếp nhận đổi hạn trả lời.")
        if not outlook.total.moved:
            self.stdout.write(f"{outlook.total.looked} hồ sơ đang mở; không hồ sơ nào đổi ngày hẹn.")
            return
        names = dict(Agency.objects.filter(pk__in=outlook.by_agency).values_list("pk", "short_name"))
        rows = [HEADS, *sorted(_row(names[agency], tally) for agency, tally in outlook.by_agency.items())]
        rows.append(_row("Tất cả", outlook.total))
        widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
        for row in rows:
            figures = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
            self.stdout.write("  ".join((row[0].ljust(widths[0]), *figures)))


def _row(name: str, tally: Tally) -> tuple[str, ...]:
    figures = (tally.looked, tally.later, tally.earlier, tally.farthest, tally.overdue)
    return (name, *(str(figure) for figure in figures))
