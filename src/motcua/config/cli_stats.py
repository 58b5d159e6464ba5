"""`motcua stats`: the counters behind every figure, rebuilt from the events or compared with them."""

import click
from django.core.management import call_command

from motcua.config import office
from motcua.config.office import environment


@click.group()
def stats() -> None:
    """Bảng đếm đứng sau mọi con số: dựng lại từ nhật ký sự kiện, hoặc đối chiếu."""


@stats.command("rebuild")
def stats_rebuild() -> None:
    """Dựng lại bảng đếm từ nhật ký sự kiện; ai đang ghi hồ sơ thì đợi đến khi xong."""
    office.connect(environment())
    call_command("stats", "rebuild")


@stats.command("check")
def stats_check() -> None:
    """So bảng đếm với nhật ký sự kiện, kê từng chỗ khác; không sửa gì. Kết thúc bằng lỗi khi có chỗ khác."""
    office.connect(environment())
    call_command("stats", "check")
