"""The `motcua` command: everything the Makefile does, and more."""

import os
import shutil
import socket
import time
from pathlib import Path
from typing import Any

import click
from django.core.management import CommandError, call_command, execute_from_command_line

from motcua.config import office
from motcua.config.cli_forms import forms
from motcua.config.cli_queue import queue
from motcua.config.cli_record import record
from motcua.config.cli_report import report
from motcua.config.cli_stats import stats
from motcua.config.embedded import EmbeddedDatabase, holders, is_running
from motcua.config.env import REPOSITORY, Environment
from motcua.config.office import environment

PLACES = ("tan-thanh", "lien-chieu", "kim-bang", "ia-pa", "vinh-yen")
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
MADE = ("pg", "static", "files", "slips", "prepared", "seals.jsonl", "demo-trust")


class OfficeCommands(click.Group):
    """Says a command's refusal in its own sentence, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CommandError as refusal:
            said = click.ClickException(str(refusal))
            said.exit_code = refusal.returncode  # type: ignore[misc]  # click reads it from the instance, too
            raise said from refusal


@click.group(cls=OfficeCommands, context_settings=CONTEXT)
@click.version_option(package_name="motcua")
def main() -> None:
    """Một Cửa: một cửa cho thủ tục hành chính.

    Lần đầu: `motcua run` dựng cả một văn phòng trình diễn và mở http://127.0.0.1:8000.

    \b
    Biến môi trường: MOTCUA_PORT, MOTCUA_VAR (thư mục dữ liệu), DATABASE_URL (PostgreSQL riêng),
    MOTCUA_MODE (demo | production), MOTCUA_WORKERS. Xem docs/operate.md.
    """


@main.command()
@click.option("--reset", is_flag=True, help="Xóa dữ liệu trình diễn cũ và dựng lại.")
def run(reset: bool) -> None:
    """Dựng văn phòng trình diễn (nếu chưa có) rồi phục vụ đến khi bấm Ctrl-C."""
    env = environment()
    if reset:
        _forget(env)
    started = time.perf_counter()
    _refuse_busy_port(env.port)
    office.run(env, started)


@main.command()
@click.option("--web-only", is_flag=True, help="Chỉ phục vụ trang: `motcua work` và `motcua live` chạy riêng.")
def serve(web_only: bool) -> None:
    """Phục vụ một văn phòng thật: kiểm tra cấu hình, cập nhật bảng, rồi mở cổng."""
    env = environment()
    if not env.production:
        raise click.ClickException("`motcua serve` cần MOTCUA_MODE=production. Bản trình diễn dùng `motcua run`.")
    _refuse_busy_port(env.port)
    office.serve(env, work=not web_only)


@main.command()
@click.option("--once", is_flag=True, help="Chạy những việc đang đến lượt rồi dừng.")
@click.option("--beside", type=int, hidden=True)
def work(once: bool, beside: int | None) -> None:
    """Chạy các việc định kỳ (nhắc việc, dọn dẹp) đến khi bấm Ctrl-C; nhiều máy cùng chạy cũng được."""
    office.connect(environment())
    call_command("work", once=once, beside=beside)


@main.command()
@click.option("--beside", type=int, hidden=True)
def live(beside: int | None) -> None:
    """Gửi thay đổi của phòng chờ đến màn hình và điện thoại, ở cổng MOTCUA_LIVE_PORT, đến khi bấm Ctrl-C."""
    office.connect(environment())
    call_command("live", beside=beside)


@main.command()
def migrate() -> None:
    """Cập nhật các bảng của cơ sở dữ liệu."""
    office.connect(environment())
    call_command("migrate", verbosity=0)
    click.echo("Các bảng đã đúng phiên bản.")


@main.command("import-catalogue")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
def import_catalogue(path: Path) -> None:
    """Nhập danh mục thủ tục từ tệp hoặc thư mục PATH; chạy lại không tạo bản trùng.

    Nhận tệp YAML của sản phẩm, và hai dạng JSON của Cổng Dịch vụ công quốc gia. In ra bản ghi mới, đã
    đổi, không đổi, và từng bản ghi bị từ chối kèm lý do.
    """
    office.connect(environment())
    call_command("import_catalogue", path)


@main.command()
@click.option(
    "--place",
    multiple=True,
    type=click.Choice([*PLACES, "all"]),
    help="Thêm một năm của nơi này; lặp lại được.",
)
@click.option("--seed", type=int, default=2026, show_default=True, help="Cùng số thì cùng kết quả.")
def demo(place: tuple[str, ...], seed: int) -> None:
    """Dựng văn phòng trình diễn, và mô phỏng một năm của những nơi được chọn (chạy lại không thêm lần nữa)."""
    env = environment()
    office.connect(env)
    if not env.production:
        call_command("migrate", verbosity=0)
    call_command("demo", place=list(place), seed=seed)


@main.command()
def check() -> None:
    """Kiểm tra cấu hình, cơ sở dữ liệu và tài khoản trước khi mở cửa."""
    office.connect(environment())
    call_command("check_office")


@main.group()
def clock() -> None:
    """Thời hạn giải quyết của hồ sơ."""


@clock.command("check")
def clock_check() -> None:
    """Tính lại hạn của mọi hồ sơ đang giải quyết và kê chỗ ghi khác; đối chiếu hồ sơ trễ với thư xin lỗi.

    Không sửa gì. Kết thúc bằng lỗi khi có ngày ghi khác, hoặc có hồ sơ trễ chưa được trả lời.
    """
    office.connect(environment())
    call_command("clock_check")
    call_command("check_apologies")


@main.group()
def calendar() -> None:
    """Lịch làm việc: xem trước một bản lịch mới đổi ngày hẹn của những hồ sơ nào, rồi áp dụng."""


@calendar.command("preview")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def calendar_preview(path: Path) -> None:
    """Xem bản lịch PATH đổi ngày hẹn của bao nhiêu hồ sơ, theo từng cơ quan; không ghi gì."""
    office.connect(environment())
    call_command("change_calendar", path)


@calendar.command("apply")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Không hỏi lại.")
def calendar_apply(path: Path, yes: bool) -> None:
    """Áp dụng bản lịch PATH: đổi lịch và mọi ngày hẹn còn mở cùng một lúc, hoặc không đổi gì."""
    office.connect(environment())
    call_command("change_calendar", path, apply=True, yes=yes)


main.add_command(forms)
main.add_command(queue)
main.add_command(record)
main.add_command(report)
main.add_command(stats)


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Gọi thẳng một lệnh quản trị của Django."""
    office.connect(environment())
    execute_from_command_line(["motcua manage", *arguments])


@main.command()
@click.confirmation_option(prompt="Xóa toàn bộ dữ liệu của Một Cửa trong thư mục MOTCUA_VAR?")
def clean() -> None:
    """Quên hết: xóa những gì Một Cửa đã tạo trong thư mục dữ liệu (cơ sở dữ liệu nhúng, tệp, trang tĩnh)."""
    _forget(environment())


def _forget(env: Environment) -> None:
    """Remove what the product made in the data folder, and the folder when nothing else lies there."""
    if env.var == REPOSITORY or env.var in REPOSITORY.parents:
        raise click.ClickException(f"MOTCUA_VAR không được trỏ vào {env.var}.")
    ours = [env.var / name for name in MADE if (env.var / name).exists()]
    if env.var.exists() and any(env.var.iterdir()) and not _is_ours(env.var):
        raise click.ClickException(
            f"{env.var} không phải thư mục dữ liệu của Một Cửa nên không xóa gì. Xem lại MOTCUA_VAR."
        )
    _stop_abandoned(env.var)
    for path in ours:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    if env.var.exists() and not any(env.var.iterdir()):
        env.var.rmdir()
    click.echo(f"Đã xóa dữ liệu của Một Cửa trong {os.path.relpath(env.var)}.")


def _is_ours(folder: Path) -> bool:
    """Whether the product made something here: its database, its mark, or its collected static files."""
    marks = ("pg/PG_VERSION", "prepared", "static/staticfiles.json")
    return any((folder / mark).is_file() for mark in marks)


def _stop_abandoned(folder: Path) -> None:
    """Stop a server whose programs were killed; refuse while one of them still lives."""
    pgdata = folder / "pg"
    if not is_running(pgdata):
        return
    if holders(pgdata):
        raise click.ClickException("Văn phòng này đang chạy. Bấm Ctrl-C ở cửa sổ kia trước khi xóa dữ liệu.")
    EmbeddedDatabase(folder).stop()


def _refuse_busy_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise click.ClickException(
                f"Cổng {port} đang có chương trình khác dùng. "
                f"Chạy với cổng khác, ví dụ MOTCUA_PORT={port + 1} make run."
            ) from error


if __name__ == "__main__":
    main()
