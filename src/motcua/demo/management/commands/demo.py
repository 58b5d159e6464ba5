"""Build the demo office: the ward, its people, what it posts, and its dossiers."""

from datetime import datetime
from time import perf_counter
from typing import Any

import click
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalogue.actions import post_all
from motcua.catalogue.models import Procedure
from motcua.core.events import Actor
from motcua.demo.beside import build_insurance
from motcua.demo.certificates import build_certificates
from motcua.demo.everything import EXPECTED_IN_ALL, build_all
from motcua.demo.halls import build_hall
from motcua.demo.office import OPENED, build_office
from motcua.demo.places.making import make_places
from motcua.demo.places.told import PLACES, read_place
from motcua.demo.queue_days import build_queue_days
from motcua.demo.receptions import build_receptions
from motcua.demo.reform import build_reform
from motcua.dossiers.models import Dossier
from motcua.people.models import Agency
from motcua.worktime.models import Calendar

NOT_MIGRATED = 2
"""What the command ends with when the database has not all its tables."""


class Command(BaseCommand):
    help = "Dựng văn phòng trình diễn: phường, cán bộ, niêm yết, vài chục hồ sơ."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--seed", type=int, default=2026)
        parser.add_argument("--place", action="append", choices=(*PLACES, "all"), default=[])

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MOTCUA_MODE == "production":
            raise CommandError("Không dựng dữ liệu trình diễn trong văn phòng thật.")
        self._ground()
        now = timezone.now()
        agency = build_office()
        machine = Actor(None, "Bản trình diễn")
        offered = Procedure.objects.filter(versions__state="published", levels__contains=["commune"]).distinct()
        post_all(offered, agency, by=machine, valid_from=OPENED)
        build_insurance(agency)
        build_certificates(agency, now)
        build_queue_days(build_hall(agency), seed=options["seed"], today=timezone.localdate(now))
        build_receptions(agency, now=now)
        build_reform(agency, now=now)
        if not Dossier.objects.filter(agency=agency).exists():
            self._dossiers(agency, options["seed"], now)
        if options["place"]:
            self._places(options["place"], options["seed"])

    def _ground(self) -> None:
        """The calendar and the catalogue that everything stands on: loaded where the database has none."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError(
                _("Cơ sở dữ liệu chưa có đủ bảng: hãy chạy `motcua migrate` rồi chạy lại lệnh này."),
                returncode=NOT_MIGRATED,
            )
        if not Calendar.objects.filter(code="VN").exists():
            call_command("load_calendar", stdout=self.stdout)
        if not Procedure.objects.exists():
            call_command("import_catalogue", quiet=True, stdout=self.stdout)

    def _dossiers(self, agency: Agency, seed: int, now: datetime) -> None:
        made = build_all(agency, seed=seed, now=now)
        with click.progressbar(made, length=EXPECTED_IN_ALL, label="Hồ sơ mẫu") as codes:
            for _code in codes:
                pass

    def _places(self, asked: list[str], seed: int) -> None:
        """A year of each place asked for, with a bar that counts filings."""
        keys = [key for key in PLACES if key in asked or "all" in asked]
        started, length = perf_counter(), sum(read_place(key).filings for key in keys)
        with click.progressbar(length=length, label="Mô phỏng một năm") as bar:
            made = make_places(keys, seed=seed, progress=bar.update)
        if made:
            took = perf_counter() - started
            click.echo(f"  {made} hồ sơ trong {took:.1f} giây ({made / took:.0f} hồ sơ mỗi giây).")
