"""Compile locale/*.po without the gettext tools, so that a fresh machine needs nothing more."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Biên dịch các bản dịch giao diện."

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in Path(folder).glob("*/LC_MESSAGES/*.po"):
                target = source.with_suffix(".mo")
                if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
                    continue
                with source.open("rb") as reader:
                    catalog = read_po(reader, locale=source.parts[-3])
                with target.open("wb") as writer:
                    write_mo(writer, catalog)
