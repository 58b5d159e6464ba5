"""Compiling locale/*.po without the gettext tools, so that a fresh machine needs nothing more."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_translations(folder: Path) -> None:
    """Write each .mo that is older than its .po. Do it before Django reads the first of them: it keeps what it read."""
    for source in folder.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as reader:
            catalog = read_po(reader, locale=source.parts[-3])
        with target.open("wb") as writer:
            write_mo(writer, catalog)
