"""Make the demo office ready, or find that it is: tables, calendar, catalogue, people, dossiers, static files."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from motcua.config.env import REPOSITORY
from motcua.demo.office import WARD
from motcua.people.models import Account, Agency

WATCHED = ("data", "src/motcua", "locale")
IGNORED = {".pyc", ".mo"}


def _watched_files() -> Iterator[Path]:
    for folder in WATCHED:
        yield from sorted(p for p in (REPOSITORY / folder).rglob("*") if p.is_file() and p.suffix not in IGNORED)


def fingerprint() -> str:
    """Changes with the shipped code, the facts and the database's address, so that a second start can skip the work."""
    database = settings.DATABASES["default"]
    address = [str(database.get(part, "")) for part in ("HOST", "PORT", "USER", "NAME")]
    digest = hashlib.blake2b("\n".join(address).encode())
    for path in _watched_files():
        stat = path.stat()
        digest.update(f"{path}:{stat.st_mtime_ns}:{stat.st_size}".encode())
    return digest.hexdigest()


def is_prepared() -> bool:
    """Whether this very database has every table and the demo office; the mark alone cannot know."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    return (
        Agency.objects.filter(name=f"Ủy ban nhân dân {WARD}", valid_to=None).exists()
        and Account.objects.filter(is_demo=True).exists()
    )


class Command(BaseCommand):
    help = "Dựng văn phòng trình diễn: bảng, lịch làm việc, thủ tục, con người, hồ sơ mẫu."

    def handle(self, *args: Any, **options: Any) -> None:
        mark = Path(settings.MOTCUA_VAR) / "prepared"
        now = fingerprint()
        if mark.exists() and mark.read_text() == now and is_prepared():
            return
        stages: tuple[tuple[str, str, dict[str, Any]], ...] = (
            ("Cập nhật bảng", "migrate", {"verbosity": 0, "interactive": False}),
            ("Bảng nhớ tạm", "createcachetable", {}),
            ("Trang tĩnh", "collectstatic", {"verbosity": 0, "interactive": False}),
            ("Lịch làm việc", "load_calendar", {}),
            ("Danh mục thủ tục", "import_catalogue", {"quiet": True}),
            ("Văn phòng, hồ sơ mẫu và năm 2023 của phường", "demo", {"place": ["tan-thanh"]}),
        )
        with click.progressbar(stages, label="Chuẩn bị", item_show_func=lambda s: s[0] if s else "") as bar:
            for _label, command, settings_of_it in bar:
                call_command(command, **settings_of_it)
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(now)
