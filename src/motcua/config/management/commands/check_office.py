"""Refuse to open an office that is not safe or cannot keep its word."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils.timezone import localdate

from motcua.people.models import Account, AgencyCode
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import CalendarGap


def faults() -> list[str]:
    """What keeps this office from opening, one sentence each."""
    found: list[str] = []
    day = localdate()
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    if settings.MOTCUA_MODE == "production":
        demo = list(Account.objects.filter(is_demo=True, is_active=True).values_list("username", flat=True))
        if demo:
            found.append(
                f"Còn tài khoản trình diễn đang mở: {', '.join(sorted(demo))}. Khóa hoặc xóa trước khi phục vụ."
            )
    if not AgencyCode.objects.filter(in_force, valid_from__lte=day).exists():
        found.append("Chưa có cơ quan nào mang mã định danh đang hiệu lực.")
    try:
        calendar_for("VN").is_working_day(localdate())
    except (CalendarGap, LookupError) as error:
        found.append(str(error))
    return found


class Command(BaseCommand):
    help = "Kiểm tra văn phòng trước khi mở cửa."

    def handle(self, *args: Any, **options: Any) -> None:
        found = faults()
        if found:
            raise CommandError("Chưa thể mở cửa:\n- " + "\n- ".join(found))
        self.stdout.write("Sẵn sàng phục vụ.")
