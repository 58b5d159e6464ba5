"""Load working calendars: the shipped national one, or texts of one's own."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.core.events import Actor
from motcua.worktime.actions import load_calendar
from motcua.worktime.queries import UnknownCalendar
from motcua.worktime.rules import CalendarMistake
from motcua.worktime.rules.parse import CalendarRejected


class Command(BaseCommand):
    help = "Nạp lịch làm việc, ngày nghỉ lễ; không ghi đường dẫn thì nạp lịch chung đi kèm phần mềm."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="*", type=Path, help="các bản YAML; cha đứng trước con")

    def handle(self, *args: Any, **options: Any) -> None:
        paths = options["paths"] or sorted((settings.MOTCUA_DATA / "holidays").glob("*.yaml"))
        for path in paths:
            try:
                report = load_calendar(path, by=Actor(None, "Dòng lệnh"))
            except (CalendarRejected, CalendarMistake, UnknownCalendar) as fault:
                raise CommandError(str(fault)) from fault
            counts = report.counts()
            self.stdout.write(
                f"{report.code}, lần sửa {report.revision}: {counts['new']} mới, {counts['changed']} đổi, "
                f"{counts['removed']} bỏ, {counts['unchanged']} giữ nguyên."
            )
            if options["verbosity"] > 1:
                for word, labels in (("mới", report.new), ("đổi", report.changed), ("bỏ", report.removed)):
                    for label in labels:
                        self.stdout.write(f"  {word}: {label}")
