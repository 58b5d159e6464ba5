"""Take an inspector's pack at the machine; the log says that it was taken there."""

import getpass
import time
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.events import Actor
from motcua.core.sql import fetch_one
from motcua.people.overseeing import overseen_from
from motcua.reporting.detectors.signs import SIGNS, sign_named
from motcua.reporting.pack.sampling import PackOrder, SampleKind, new_seed
from motcua.reporting.pack.writing import begin, stream
from motcua.reporting.rules.periods import days
from motcua.worktime.queries import UnknownCalendar
from motcua.worktime.rules import CalendarGap


class Command(BaseCommand):
    help = "Lấy gói kiểm tra của một cơ quan (và các cơ quan bên dưới) trong một khoảng ngày."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--agency", required=True)
        parser.add_argument("--first", required=True)
        parser.add_argument("--last", required=True)
        parser.add_argument("--sample", default=SampleKind.ALL.value)
        parser.add_argument("--out", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        agency_id = _agency(options["agency"])
        first, last = _day(options["first"]), _day(options["last"])
        if first > last:
            raise CommandError(_("Ngày cuối phải từ ngày đầu trở đi. Ông/bà đổi lại hai ngày."))
        order = _order(agency_id, first, last, options["sample"])
        by = Actor(None, _("Lệnh trên máy chủ (%(user)s)") % {"user": getpass.getuser()})
        begun = time.perf_counter()
        try:
            pack = begin(order, by=by, agency_id=agency_id, desk=_("Máy chủ"), at=timezone.now())
        except (CalendarGap, UnknownCalendar) as absent:
            raise CommandError(str(absent)) from absent
        out: Path = options["out"] or Path(f"{pack.name}.zip")
        with out.open("xb") as written:
            for piece in stream(pack):
                written.write(piece)
        self.stdout.write(
            _("%(file)s: %(n)d hồ sơ trên %(of)d, %(mb).1f MB, %(seconds).1f giây.")
            % {"file": out, "n": len(pack.chosen), "of": len(pack.population), "mb": out.stat().st_size / 1e6,
               "seconds": time.perf_counter() - begun}
        )  # fmt: skip


def _agency(text: str) -> Any:
    """The agency with this code, in whatever scheme and time, or with this short name."""
    row = fetch_one(
        "SELECT g.id FROM people_agency g LEFT JOIN people_agencycode c ON c.agency_id = g.id "
        "WHERE c.code = %s OR lower(g.short_name) = lower(%s) ORDER BY c.valid_from DESC NULLS LAST LIMIT 1",
        (text, text),
    )
    if row is None:
        raise CommandError(_("Không có cơ quan nào mang mã hoặc tên “%(text)s”.") % {"text": text})
    return row[0]


def _day(text: str) -> date:
    try:
        return days(date.fromisoformat(text), date.fromisoformat(text)).first
    except ValueError as fault:
        raise CommandError(_("Ngày “%(text)s” chưa đúng; viết như 2026-11-30.") % {"text": text}) from fault


def _order(agency_id: Any, first: date, last: date, text: str) -> PackOrder:
    """The sample as typed: all, late, random:30, random:30:seed, sign:code."""
    kind, _colon, rest = text.partition(":")
    agencies = overseen_from(agency_id)
    if kind in (SampleKind.ALL, SampleKind.LATE) and not rest:
        return PackOrder(agencies, first, last, SampleKind(kind))
    number, _second, seed = rest.partition(":")
    if kind == SampleKind.RANDOM and number.isascii() and number.isdigit() and 0 < int(number) < 10**7:
        return PackOrder(agencies, first, last, SampleKind.RANDOM, number=int(number), seed=seed or new_seed())
    if kind == SampleKind.SIGN and sign_named(rest):
        return PackOrder(agencies, first, last, SampleKind.SIGN, sign=rest)
    raise CommandError(
        _(
            "Không hiểu mẫu “%(text)s”: viết all, late, random:30, random:30:hạt-giống, "
            "hoặc sign: cùng một trong %(signs)s."
        )
        % {"text": text, "signs": ", ".join(sign.code for sign in SIGNS)}
    )
