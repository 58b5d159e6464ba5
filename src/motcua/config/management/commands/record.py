"""Seal what waits, or check the whole record."""

import time
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.config.record_checks import CHECKS
from motcua.core.record.findings import Findings
from motcua.core.record.gaps import Gaps
from motcua.core.record.sealing import Sealed, seal
from motcua.core.record.verifying import Verdict, verify
from motcua.core.record.witness import Disagrees, witness_path

SILENT_FOR: Final = 2.0
"""Seconds that go by without a word; after that progress is told, once in so many seconds."""


class Command(BaseCommand):
    help = "Niêm phong những sự kiện còn chờ (seal), hoặc kiểm tra toàn bộ sổ niêm phong (verify)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=("seal", "verify"))
        parser.add_argument("--against", type=Path)
        parser.add_argument("--no-witness", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "seal":
            self._seal()
        else:
            self._verify(options["against"], no_witness=options["no_witness"])

    def _seal(self) -> None:
        watch, done = _Watch(), Sealed()

        def told(one: Sealed) -> None:
            nonlocal done
            done = done.and_(one)
            watch.tell(_("đã niêm phong %(n)s sự kiện") % {"n": grouped(done.events)})

        try:
            done = seal(told=told, wait=True)
        except Disagrees as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(
            _("Đã niêm phong %(events)s sự kiện và dấu các dòng của %(subjects)s hồ sơ, đối tượng trong %(seals)s lần, "
              "%(speed)s sự kiện/giây.")
            % {"events": grouped(done.events), "subjects": grouped(done.subjects), "seals": grouped(done.seals),
               "speed": grouped(done.events / watch.seconds)}
        )  # fmt: skip

    def _verify(self, against: Path | None, *, no_witness: bool) -> None:
        watch = _Watch()
        names = {"events": _("sự kiện"), "subjects": _("hồ sơ, đối tượng")}
        known = against or (witness_path() if witness_path().exists() else None)
        verdict = verify(
            against=known, checks=CHECKS,
            progress=lambda what, count: watch.tell(f"{grouped(count)} {names[what]}"),
        )  # fmt: skip
        self._sum_up(verdict, known)
        if not verdict.sound:
            raise CommandError(in_words(verdict.findings))
        if verdict.seals and known is None and not no_witness:
            raise CommandError(_missing_witness())
        self.stdout.write(_("Sổ niêm phong nguyên vẹn: không có gì bị sửa, xóa hay chèn thêm."))

    def _sum_up(self, verdict: Verdict, against: Path | None) -> None:
        self.stdout.write(
            _("Đã kiểm tra %(seals)s niêm phong, %(events)s sự kiện (%(speed)s sự kiện/giây) và các dòng của "
              "%(subjects)s hồ sơ, đối tượng trong %(seconds).1f giây.")
            % {"seals": grouped(verdict.seals), "events": grouped(verdict.events),
               "subjects": grouped(verdict.subjects), "seconds": verdict.seconds,
               "speed": grouped(verdict.events / max(verdict.chain_seconds, 0.001))}
        )  # fmt: skip
        if verdict.unsealed:
            self.stdout.write(_("%(n)s sự kiện mới còn chờ niêm phong.") % {"n": grouped(verdict.unsealed)})
        if verdict.gaps.count:
            self.stdout.write(_gaps_in_words(verdict.gaps))
        if against is None:
            self.stdout.write(
                _("Chưa đối chiếu với sổ chứng nào: thêm --against TỆP để biết sổ có bị cắt đuôi hay viết lại không.")
            )


def _gaps_in_words(gaps: Gaps) -> str:
    """How many sequences stand empty, and when the newest were given out."""
    newest = [
        _("%(first)s đến %(last)s, từ %(since)s đến %(upto)s")
        % {"first": gap.first, "last": gap.last, "since": _moment(gap.since), "upto": _moment(gap.upto)}
        for gap in gaps.newest
    ]
    return _(
        "%(n)s số thứ tự đã cấp mà không có sự kiện: thao tác không thành, hoặc sự kiện bị xóa trong mấy giây trước "
        "khi niêm phong; phần mềm không phân biệt được. Mới nhất: %(newest)s."
    ) % {"n": grouped(gaps.count), "newest": "; ".join(newest)}  # fmt: skip


def _moment(at: datetime | None) -> str:
    return f"{localtime(at):%H:%M:%S %d/%m/%Y}" if at else "…"


def _missing_witness() -> str:
    """Without its witness a chain that was rewritten whole looks like one that was not."""
    return _(
        "Đã có niêm phong mà không thấy sổ chứng %(path)s: không thể biết sổ có bị viết lại không. Tìm lại tệp ấy, "
        "hoặc đối chiếu với bản sao (--against TỆP). Nếu cơ quan không giữ sổ chứng nào, thêm --no-witness."
    ) % {"path": witness_path().name}


def in_words(findings: Findings) -> str:
    """The first broken place by name, then the others."""
    lines = [_("Sổ niêm phong đã bị đụng tới: %(n)s chỗ không khớp.") % {"n": grouped(findings.count)}]
    lines += [f"- {one.sentence}" for one in findings.named]
    if findings.count > len(findings.named):
        lines.append(_("… và %(n)s chỗ nữa.") % {"n": grouped(findings.count - len(findings.named))})
    return "\n".join(lines)


def grouped(number: float) -> str:
    """A whole number the Vietnamese way: 65.000."""
    return f"{number:,.0f}".replace(",", ".")


class _Watch:
    """Says how far it is, only when it takes longer."""

    def __init__(self) -> None:
        self._begun = self._told_at = time.perf_counter()

    @property
    def seconds(self) -> float:
        return max(time.perf_counter() - self._begun, 0.001)

    def tell(self, sentence: str) -> None:
        if time.perf_counter() - self._told_at >= SILENT_FOR:
            self._told_at = time.perf_counter()
            click.echo(f"  … {sentence}", err=True)
