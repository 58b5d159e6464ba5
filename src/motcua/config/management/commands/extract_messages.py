"""Collect every sentence of the interface into locale/en/LC_MESSAGES/django.po, keeping what is translated.

Pure Python (Django's own template reader and Babel), so that no machine needs the gettext tools. The
sentence itself is the key; line numbers are left out, so that the list changes only when a sentence does.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation.template import templatize

from motcua.config.env import REPOSITORY

PEOPLE = "Một Cửa contributors"
SOURCE = REPOSITORY / "src" / "motcua"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
Sentence = str | tuple[str, ...]
Message = tuple[Sentence, str | None]


def sentences() -> dict[Message, str]:
    """Every sentence wrapped for translation, as (msgid or pair of plurals, context), with where it stands."""
    found: dict[Message, str] = {}
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("templates/**/*.html")]):
        for message in _of(path):
            found.setdefault(message, path.relative_to(REPOSITORY).as_posix())
    return found


def _of(path: Path) -> Iterator[Message]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # What stands between the tags comes back blanked out; its indentation would be read as Python's.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    source = io.BytesIO(b"# -*- coding: utf-8 -*-\n" + text.encode())
    for _line, message, _comments, context in extract("python", source, keywords=KEYWORDS):
        yield message, context


def translations(language: str) -> Catalog:
    """What is translated so far; an empty catalogue when nothing is."""
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language, project="motcua", fuzzy=False)
    with path.open("rb") as reader:
        return read_po(reader, locale=language)


def updated(language: str) -> Catalog:
    """The catalogue of this language with exactly the sentences of the sources, translations kept."""
    known = translations(language)
    fresh = Catalog(
        locale=language,
        project="motcua",
        version="0",
        fuzzy=False,
        copyright_holder=PEOPLE,
        last_translator=PEOPLE,
        language_team=PEOPLE,
        msgid_bugs_address="see README.md",
        creation_date=known.creation_date,
        revision_date=known.revision_date,
    )
    for message, context in sentences():
        before = known.get(message[0] if isinstance(message, tuple) else message, context=context)
        kept = _kept(before.string, message, fresh.num_plurals) if before and not before.fuzzy else None
        fresh.add(message, string=kept, context=context)
    return fresh


def _kept(string: Any, message: Sentence, plurals: int) -> Any:
    """The translation as far as it still fits: a sentence that gained a plural lacks those forms, and says so."""
    forms = _strings(string)
    if not isinstance(message, tuple):
        return forms[0]
    return (*forms, *[""] * plurals)[:plurals]


def missing(catalog: Catalog) -> list[str]:
    """The sentences that have no translation in this catalogue."""
    return [str(message.id) for message in catalog if message.id and not all(_strings(message.string))]


def _strings(string: Any) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, (tuple, list)) else (string or "",)


def _path(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


class Command(BaseCommand):
    help = "Gom mọi câu của giao diện vào locale/<ngôn ngữ>/LC_MESSAGES/django.po, giữ các câu đã dịch."

    def handle(self, *args: Any, **options: Any) -> None:
        for language, _name in settings.LANGUAGES:
            if language == settings.LANGUAGE_CODE:
                continue
            catalog = updated(language)
            path = _path(language)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as writer:
                write_po(writer, catalog, width=110, sort_output=True, no_location=True, ignore_obsolete=True)
            click.echo(f"{language}: {len(catalog)} câu, {len(missing(catalog))} câu chưa dịch.")
