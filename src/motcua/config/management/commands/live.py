"""Send what happens in the halls to boards and phones until told to stop."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from motcua.config.live import serve_streams


class Command(BaseCommand):
    help = "Gửi thay đổi của phòng chờ đến màn hình và điện thoại."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--beside", type=int, help="Dừng khi chương trình mang số này, đã gọi nó, không còn.")

    def handle(self, *args: Any, **options: Any) -> None:
        serve_streams(beside=options["beside"])
