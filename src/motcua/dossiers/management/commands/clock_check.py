"""Compute the dates of every open dossier anew and list those that are stored otherwise."""

import sys
import time
from datetime import datetime
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.timezone import localtime

from motcua.core.sql import execute
from motcua.dossiers.recheck import Difference, count_open, open_clocks, recomputed
from motcua.worktime.queries import calendar_for

QUIET_SECONDS: Final = 2.0


class Command(BaseCommand):
    help = "Tính lại hạn của mọi hồ sơ đang giải quyết từ sổ thời hạn và kê chỗ ghi khác."

    def handle(self, *args: Any, **options: Any) -> None:
        checked, found = 0, 0
        alone = not connection.in_atomic_block
        with transaction.atomic():
            if alone:  # one picture of rows and calendars while others go on working
                execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            total, started = count_open(), time.monotonic()
            for rows in open_clocks():
                for one in recomputed(rows, calendar_for):
                    self.stdout.write(told(one))
                    found += 1
                checked += len(rows)
                self._show_progress(checked, total, time.monotonic() - started)
        if found:
            raise CommandError(
                f"Đã tính lại {checked} hồ sơ đang giải quyết: {found} hồ sơ ghi khác sổ thời hạn, kê ở trên. "
                "Gửi danh sách này cho người phụ trách kỹ thuật; chưa có hồ sơ nào bị sửa."
            )
        self.stdout.write(f"Đã tính lại {checked} hồ sơ đang giải quyết: ngày ghi và sổ thời hạn khớp nhau.")

    def _show_progress(self, checked: int, total: int, seconds: float) -> None:
        """A bar on a terminal, once people have waited for two seconds."""
        if seconds < QUIET_SECONDS or not sys.stderr.isatty():
            return
        filled = 30 * checked // max(total, 1)
        bar = "█" * filled + "·" * (30 - filled)
        self.stderr.write(f"\r{bar} {checked}/{total}", ending="\n" if checked >= total else "")


def told(one: Difference) -> str:
    """A difference in one line: the code, what is stored, what the ledger says."""
    if one.computed is None:
        return f"{one.row.code}: không tính lại được. {one.fault}"
    names = ("hạn", "hẹn lại", "tạm dừng từ")
    pairs = zip(names, one.row.stored, one.computed, strict=True)
    return f"{one.row.code}: " + "; ".join(
        f"{name} đang ghi {_said(stored)}, tính lại {_said(computed)}"
        for name, stored, computed in pairs
        if stored != computed
    )


def _said(at: datetime | None) -> str:
    return f"{localtime(at):%H:%M:%S %d/%m/%Y}" if at else "không có"
