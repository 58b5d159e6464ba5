"""Import a catalogue and print what became of every record."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from motcua.catalogue.importing import ImportFault, ImportReport, run_import


class Command(BaseCommand):
    help = "Nhập danh mục thủ tục từ tệp YAML, tệp JSON của Cổng Dịch vụ công quốc gia hoặc thư mục."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, help="Tệp hoặc thư mục; bỏ trống là danh mục đi kèm.")
        parser.add_argument("--quiet", action="store_true", help="Chỉ in khi có bản ghi bị từ chối.")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["path"] or settings.MOTCUA_DATA / "procedures")
        try:
            if options["quiet"]:
                report = run_import(path)
            else:
                with click.progressbar(length=1, label=_("Nhập danh mục")) as bar:
                    report = run_import(path, lambda done, total: _advance(bar, done, total))
        except ImportFault as fault:
            raise CommandError(str(fault)) from fault
        for line in describe(report, brief=options["quiet"]):
            self.stdout.write(line)


def _advance(bar: Any, done: int, total: int) -> None:
    bar.length = total
    bar.update(done - bar.pos)


def describe(report: ImportReport, *, brief: bool = False) -> list[str]:
    """The report in lines: the counts, then every rejected record and every kept draft with its reason."""
    rejected = [f"  {code}: {reason}" for code, reason in report.rejected]
    if brief:
        return [_("Bản ghi bị từ chối:"), *rejected] if rejected else []
    counts = _(
        "%(records)d bản ghi: %(new)d mới, %(changed)d đã đổi, %(unchanged)d không đổi, %(rejected)d bị từ chối."
    ) % {
        "records": report.records,
        "new": len(report.new),
        "changed": len(report.changed),
        "unchanged": len(report.unchanged),
        "rejected": len(report.rejected),
    }
    lines = [counts, _("%(n)d phiên bản được công khai.") % {"n": report.published}]
    if rejected:
        lines += [_("Bị từ chối:"), *rejected]
    if report.drafts:
        lines += [_("Giữ làm dự thảo, chưa công khai:"), *(f"  {code}: {reason}" for code, reason in report.drafts)]
    return lines
