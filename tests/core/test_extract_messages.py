"""Collecting the sentences keeps what is translated, also when a sentence gains or loses its plural."""

from pathlib import Path

import pytest

from motcua.config.management.commands import extract_messages

ONE = 'msgid "Một tờ"\nmsgstr "One sheet"\n'
BOTH = 'msgid "Một tờ"\nmsgid_plural "%(n)s tờ"\nmsgstr[0] "One sheet"\nmsgstr[1] "%(n)s sheets"\n'


@pytest.mark.parametrize(
    ("known", "now", "kept", "lacks"),
    [
        (ONE, "Một tờ", "One sheet", False),
        (ONE, ("Một tờ", "%(n)s tờ"), ("One sheet", ""), True),
        (BOTH, ("Một tờ", "%(n)s tờ"), ("One sheet", "%(n)s sheets"), False),
        (BOTH, "Một tờ", "One sheet", False),
        ("", ("Một tờ", "%(n)s tờ"), ("", ""), True),
    ],
)
def test_a_translation_is_kept_as_far_as_it_fits(
    tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch, known: str, now: object, kept: object, lacks: bool
):
    """A form that is still to be translated is told, and no sentence stops the collecting."""
    settings.LOCALE_PATHS = [tmp_path]
    listed = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    listed.parent.mkdir(parents=True)
    listed.write_text(known, "utf-8")
    monkeypatch.setattr(extract_messages, "sentences", lambda: {(now, None): "somewhere.py"})
    extract_messages.Command().handle()
    catalog = extract_messages.translations("en")
    message = catalog.get("Một tờ")
    assert message is not None
    assert message.string == kept
    assert bool(extract_messages.missing(catalog)) == lacks
