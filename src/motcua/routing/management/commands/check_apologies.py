"""Whether every late dossier is answered for: late = letters issued + letters awaiting + recorded exceptions."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from motcua.people.models import Agency
from motcua.routing.apologies.balance import apology_balance, uncovered_dossiers


class Command(BaseCommand):
    help = "Đối chiếu hồ sơ trễ với thư xin lỗi đã ký, thư chờ ký và ngoại lệ đã ghi, theo từng cơ quan."

    def handle(self, *args: Any, **options: Any) -> None:
        at, broken = timezone.now(), 0
        for agency in Agency.objects.filter(dossiers__isnull=False).distinct().order_by("name"):
            balance = apology_balance(agency.id, at)
            self.stdout.write(
                f"{agency.short_name}: {balance.late} hồ sơ trễ = {balance.issued} thư đã ký + {balance.awaiting} thư "
                f"chờ ký + {balance.exceptions} ngoại lệ"
                + (f" + {balance.uncovered} chưa có gì" if balance.uncovered else "")
            )
            if not balance.holds:
                broken += 1
                for _id, code in uncovered_dossiers(agency.id, at):
                    self.stdout.write(f"  {code}: trễ mà chưa có thư xin lỗi, chưa có ngoại lệ.")
        if broken:
            raise CommandError("Có hồ sơ trễ chưa được trả lời; mở trang Thư xin lỗi để soạn thư hoặc ghi ngoại lệ.")
