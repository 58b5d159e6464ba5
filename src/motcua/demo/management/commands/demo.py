"""Build the demo office: the ward, its people, what it posts, and its dossiers."""

from typing import Any

import click
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from motcua.catalogue.actions import post_all
from motcua.catalogue.models import Procedure
from motcua.core.events import Actor
from motcua.demo.beside import build_insurance
from motcua.demo.everything import EXPECTED_IN_ALL, build_all
from motcua.demo.office import OPENED, build_office
from motcua.dossiers.models import Dossier


class Command(BaseCommand):
    help = "Dựng văn phòng trình diễn: phường, cán bộ, niêm yết, vài chục hồ sơ."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--seed", type=int, default=2026)

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MOTCUA_MODE == "production":
            raise CommandError("Không dựng dữ liệu trình diễn trong văn phòng thật.")
        now = timezone.now()
        agency = build_office()
        machine = Actor(None, "Bản trình diễn")
        offered = Procedure.objects.filter(versions__state="published", levels__contains=["commune"]).distinct()
        post_all(offered, agency, by=machine, valid_from=OPENED)
        build_insurance(agency)
        if Dossier.objects.filter(agency=agency).exists():
            return
        made = build_all(agency, seed=options["seed"], now=now)
        with click.progressbar(made, length=EXPECTED_IN_ALL, label="Hồ sơ mẫu") as codes:
            for _code in codes:
                pass
