"""Fill the counters from the events, or compare them with the events."""

import sys
import time
from itertools import chain
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.core.sql import fetch_all
from motcua.reporting.actions import Difference, check, check_kept, rebuild

QUIET_SECONDS: Final = 2.0
MOST_NAMED: Final = 100
_TABLES: Final = {
    "reporting_daycount": "Số đếm theo ngày",
    "reporting_monthcount": "Số đếm theo tháng",
    "reporting_counted": "Hồ sơ được đếm",
    "reporting_kept": "Số liệu đã tính của ngày đã qua",
}


class Command(BaseCommand):
    help = "Dựng lại bảng đếm từ nhật ký sự kiện, hoặc đối chiếu bảng đếm với nhật ký."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=("rebuild", "check"))

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        self.started = time.monotonic()
        if act == "rebuild":
            made = rebuild(progress=self._show)
            self.stdout.write(
                f"Đã đếm lại {made.events} sự kiện: {made.days} dòng theo ngày, {made.months} dòng theo tháng."
            )
            return
        names = {str(row[0]): row[1] for row in fetch_all("SELECT id, short_name FROM people_agency")}
        found = 0
        for one in chain(check(progress=self._show), check_kept()):
            found += 1
            if found <= MOST_NAMED:
                self.stdout.write(told(one, names))
        if found:
            more = f" (kê {MOST_NAMED} chỗ đầu)" if found > MOST_NAMED else ""
            raise CommandError(
                f"{found} chỗ bảng đếm khác nhật ký sự kiện, kê ở trên{more}. Chưa sửa gì; "
                "tìm hiểu vì sao khác trước khi chạy `motcua stats rebuild`."
            )
        self.stdout.write("Bảng đếm khớp với nhật ký sự kiện.")

    def _show(self, done: int, of: int) -> None:
        """A bar on a terminal, once people have waited for two seconds."""
        if time.monotonic() - self.started < QUIET_SECONDS or not sys.stderr.isatty():
            return
        filled = 30 * done // of
        self.stderr.write(f"\r{'█' * filled}{'·' * (30 - filled)} {done}/{of}", ending="\n" if done >= of else "")


def told(one: Difference, agencies: dict[str, str]) -> str:
    """A difference in one line, with the agency's name where there is one."""
    row = one.row
    for code, name in agencies.items():
        row = row.replace(f"agency_id={code}", name)
    stored = "không có dòng này" if one.stored is None else f"ghi {one.stored}"
    counted = "không có" if one.counted is None else str(one.counted)
    return f"{_TABLES[one.table]}: {row}: bảng đếm {stored}, nhật ký {counted}"
