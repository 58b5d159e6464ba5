"""`motcua report`: figures for people outside the office."""

import click
from django.core.management import call_command

from motcua.config import office
from motcua.config.office import environment


@click.group()
def report() -> None:
    """Báo cáo và đối chiếu số liệu."""


@report.command("press")
def report_press() -> None:
    """So con số báo đã in về năm nơi với con số tính từ bảng đếm, và nói vì sao khác; không sửa gì.

    Kết thúc bằng lỗi khi một con số tính được khác với con số đã in.
    """
    office.connect(environment())
    call_command("press")
