"""Compile the translations of the interface."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from motcua.config.translations import compile_translations


class Command(BaseCommand):
    help = "Biên dịch các bản dịch giao diện."

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            compile_translations(Path(folder))
