"""A fresh worker has read every page before its first request."""

import os
import subprocess
import sys

import pytest
from django.template import TemplateSyntaxError
from django.test import override_settings

from motcua.config import warmup

FRESH = """
import sys
from motcua.config.wsgi import application
before = {name for name in sys.modules if name.startswith("motcua.")}
from django.urls import resolve, reverse
resolve(reverse("today"))
print(sorted({name for name in sys.modules if name.startswith("motcua.")} - before))
"""


def test_the_first_request_imports_nothing_of_ours() -> None:
    told = subprocess.run(
        [sys.executable, "-c", FRESH],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "motcua.config.settings", "DATABASE_URL": "postgresql:///none"},
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert told.stdout.strip() == "[]"


def test_every_page_compiles() -> None:
    assert warmup.warm() > 100


def test_a_broken_page_stops_the_worker_at_once(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "broken.html").write_text("{% if %}")
    monkeypatch.setattr(warmup, "_pages", lambda: ["broken.html"])
    engines = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [tmp_path]}]
    with override_settings(TEMPLATES=engines), pytest.raises(TemplateSyntaxError):
        warmup.warm()
