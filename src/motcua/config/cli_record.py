"""`motcua record`: seal what waits, and check that nothing was prettied up."""

from pathlib import Path

import click
from django.core.management import call_command

from motcua.config import office
from motcua.config.office import environment


@click.group()
def record() -> None:
    """Sổ niêm phong: mọi sự kiện và mọi dòng quan trọng, không ai sửa lén được."""


@record.command("seal")
def record_seal() -> None:
    """Niêm phong ngay những sự kiện chưa niêm phong (bình thường `motcua work` làm mỗi vài giây)."""
    office.connect(environment())
    call_command("record", "seal")


@record.command("verify")
@click.option(
    "--against", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Sổ chứng để đối chiếu; mặc định là seals.jsonl trong thư mục dữ liệu.",
)  # fmt: skip
def record_verify(against: Path | None) -> None:
    """Kiểm tra toàn bộ sổ niêm phong, từng sự kiện, từng dòng; kết thúc bằng lỗi khi có chỗ đã bị đụng tới."""
    office.connect(environment())
    call_command("record", "verify", against=against)
