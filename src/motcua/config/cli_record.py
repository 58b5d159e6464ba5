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
@click.option("--no-witness", is_flag=True, help="Cơ quan không giữ sổ chứng nào: không coi việc thiếu nó là lỗi.")
def record_verify(against: Path | None, no_witness: bool) -> None:
    """Kiểm tra toàn bộ sổ niêm phong, từng sự kiện, từng dòng; kết thúc bằng lỗi khi có chỗ đã bị đụng tới."""
    office.connect(environment())
    call_command("record", "verify", against=against, no_witness=no_witness)


@record.command("pack")
@click.option("--agency", required=True, help="Mã hoặc tên gọn của cơ quan, ví dụ H17.21.")
@click.option("--from", "first", required=True, help="Từ ngày, ví dụ 2026-01-01.")
@click.option("--to", "last", required=True, help="Đến hết ngày, ví dụ 2026-12-31.")
@click.option("--sample", default="all", help="all | late | random:30 | random:30:hạt-giống | sign:mã-dấu-hiệu.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Tên tệp ZIP; mặc định theo kỳ.")
def record_pack(agency: str, first: str, last: str, sample: str, out: Path | None) -> None:
    """Lấy gói kiểm tra: hồ sơ của một kỳ kèm niêm phong và chương trình tự kiểm tra."""
    office.connect(environment())
    call_command("pack_record", agency=agency, first=first, last=last, sample=sample, out=out)
