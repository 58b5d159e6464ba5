"""The figures that newspapers printed, beside those computed from the counters."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from motcua.reporting.management.press_telling import compared, told
from motcua.reporting.press.claims import Verdict


class Command(BaseCommand):
    help = "So các con số báo đã in về năm nơi với con số tính từ bảng đếm."

    def handle(self, *args: Any, **options: Any) -> None:
        rows = compared(settings.MOTCUA_DATA / "press.yaml")
        for line in told(rows):
            self.stdout.write(line)
        agree = sum(row.verdict in (Verdict.AGREES, Verdict.AGREES_ROUNDED) for row in rows)
        count = {verdict: sum(row.verdict is verdict for row in rows) for verdict in Verdict}
        self.stdout.write("")
        self.stdout.write(
            f"{agree} con số khớp, {count[Verdict.DIFFERS]} khác, {count[Verdict.WITHOUT]} chưa có số liệu, "
            f"{count[Verdict.NOT_YET]} chưa tính được."
        )
        if count[Verdict.WITHOUT]:
            self.stdout.write("Nơi chưa có số liệu được dựng bằng `motcua demo --place all`.")
        if count[Verdict.DIFFERS]:
            raise CommandError("Có con số tính được khác với con số đã in; xem các dòng ghi KHÁC ở trên.")
