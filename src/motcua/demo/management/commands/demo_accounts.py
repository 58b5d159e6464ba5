"""Print the demo accounts and what each can try."""

from typing import Any

import click
from django.conf import settings
from django.core.management.base import BaseCommand

from motcua.demo.beside import LOGINS
from motcua.demo.office import CITIZEN, CITIZEN_PHONE, PASSWORD


class Command(BaseCommand):
    help = "In các tài khoản trình diễn."

    def handle(self, *args: Any, **options: Any) -> None:
        base = settings.MOTCUA_BASE_URL
        click.echo(f"  Mật khẩu chung của bản trình diễn: {PASSWORD}")
        for post in LOGINS:
            click.echo(f"    {post.username:<13} {post.full_name}, {post.title}: {post.tries}")
        click.echo(
            f"    {CITIZEN_PHONE:<13} {CITIZEN}, công dân: vào ở {base}/me/login/; hồ sơ, bản nháp, giấy tờ của mình"
        )
        click.echo()
        click.echo("  Thử ngay:")
        click.echo(f"    1. {base}/ : gõ “lam giay khai sinh”, mở thủ tục, xem cần mang gì.")
        click.echo(f"    2. {base}/intake/ : đăng nhập tiepnhan, tiếp nhận một hồ sơ, in giấy hẹn.")
        click.echo("    3. Đăng nhập thuly, lanhdao, vanthu để đi tiếp đến khi trả kết quả.")
        click.echo("    4. Quét mã QR trên giấy hẹn để xem hồ sơ như người dân thấy.")
        click.echo("    5. Phường có cả năm 2023 (5.880 hồ sơ, mô phỏng). Đóng văn phòng rồi thêm bốn nơi nữa:")
        click.echo("       motcua demo --place all (hoặc lien-chieu, kim-bang, ia-pa, vinh-yen).")
