"""A new one-time password where no second person could confirm one: by whoever keeps the machine."""

from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from motcua.core.events import Actor
from motcua.people.actions.passwords import renew_on_the_machine
from motcua.people.models import Official

BY: Final = Actor(None, "Dòng lệnh")


class Command(BaseCommand):
    help = "Cấp lại mật khẩu dùng một lần khi cơ quan không có người thứ hai để xác nhận."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="tên đăng nhập")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Official.objects.select_related("account", "unit").filter(account__username=options["username"]).first()
        if found is None:
            raise CommandError(f"Không có cán bộ nào đăng nhập bằng tên “{options['username']}”.")
        password = renew_on_the_machine(found, by=BY, at=timezone.now())
        self.stdout.write(f"{found.full_name}: {password}")
        self.stdout.write("Chỉ hiện lúc này; người giữ tài khoản phải đổi ở lần đăng nhập đầu tiên.")
