"""Opening the office: find or start the database, bring it up to date, serve, and close without a trace."""

import atexit
import os
import time
from contextlib import nullcontext

import click
import django
from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces

from motcua.config.beside import (
    bank_beside,
    choose_port_of_streams,
    identity_beside,
    outside_world,
    streams_beside,
    working_beside,
)
from motcua.config.embedded import EmbeddedDatabase
from motcua.config.env import DEMO_OPENED, REPOSITORY, Environment, SettingsError, read_environment
from motcua.config.translations import compile_translations

# The only address served; a proxy of the office stands before it.
LOOPBACK = "127.0.0.1"
FAREWELL = 15
"""Seconds for a worker to end what it does. Told to stop while it still starts, it hears nothing and never would."""


def environment() -> Environment:
    """The checked environment; a fault ends the command with the sentences that say what to mend."""
    try:
        return read_environment()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


def connect(env: Environment) -> None:
    """Load Django on the database of DATABASE_URL, else on the embedded one in the data folder.

    Raises `click.ClickException` with what to mend.
    """
    if not env.database:
        if env.production:
            raise click.ClickException("DATABASE_URL phải trỏ tới PostgreSQL của cơ quan.")
        try:
            database = EmbeddedDatabase(env.var)
        except SettingsError as error:
            raise click.ClickException(str(error)) from error
        atexit.register(database.stop)
        os.environ["DATABASE_URL"] = database.url
    os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.config.settings"
    compile_translations(REPOSITORY / "locale")
    try:
        django.setup()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


def run(env: Environment, started: float) -> None:
    """The demo office: prepared when new, served until Ctrl-C."""
    if env.production:
        raise click.ClickException("`motcua run` chỉ dành cho bản trình diễn. Văn phòng thật dùng `motcua serve`.")
    with identity_beside(env):
        _opened(env, started)


def _opened(env: Environment, started: float) -> None:
    choose_port_of_streams()
    with outside_world(), bank_beside(env):
        connect(env)
        call_command("prepare_demo")
        _banner(env, time.perf_counter() - started)
        os.environ[DEMO_OPENED] = LOOPBACK
        with working_beside(), streams_beside():
            _serve(env)


def serve(env: Environment, *, work: bool = True) -> None:
    """A real office: refuses to open while something is not safe.

    `work`: the recurring rules and the streams of the queue run beside it.
    """
    connect(env)
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("check_office")
    call_command("collectstatic", interactive=False, verbosity=0)
    with working_beside() if work else nullcontext(), streams_beside() if work else nullcontext():
        _serve(env)


def _banner(env: Environment, seconds: float) -> None:
    click.echo()
    click.secho(f"  Một Cửa đang mở tại http://127.0.0.1:{env.port}", bold=True)
    click.echo(f"  (chuẩn bị trong {seconds:.1f} giây; Ctrl-C để đóng, dữ liệu nằm lại ở {os.path.relpath(env.var)})")
    click.echo()
    call_command("demo_accounts")
    click.echo(f"\n  Ngân hàng trình diễn: {os.environ['MOTCUA_DEMO_BANK']}")
    click.echo()


def _serve(env: Environment) -> None:
    Granian(
        "motcua.config.wsgi:application",
        address=LOOPBACK,
        port=env.port,
        interface=Interfaces.WSGI,
        workers=env.workers,
        blocking_threads=1,
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=FAREWELL,
    ).serve()
