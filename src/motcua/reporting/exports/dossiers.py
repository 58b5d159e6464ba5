"""The list of dossiers behind a figure as a report: code and dates only, read while it is written."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from motcua.catalogue.models import Channel
from motcua.dossiers.models import FiledBy
from motcua.dossiers.states import State
from motcua.reporting.exports.value import Column, Line, Report, Section, Shape
from motcua.reporting.lists import Line as Listed
from motcua.reporting.lists import count_of, every_line
from motcua.reporting.rules.periods import Period, Span
from motcua.reporting.screens.words import which_words
from motcua.reporting.which import Which


def of_dossiers(which: Which, agency: str, *, now: datetime) -> Report:
    """What `reports/dossiers/` lists, all of it; who they are stands in the dossiers."""
    words = which_words(which, agency)
    last = which.until - timedelta(days=1)
    columns = (
        Column("code", _("Mã hồ sơ"), width=22),
        Column("procedure", _("Thủ tục"), width=50),
        Column("agency", _("Cơ quan"), width=24),
        Column("channel", _("Cách nộp"), width=16),
        Column("filed_by", _("Ai nộp"), width=18),
        Column("received_at", _("Tiếp nhận"), Shape.MOMENT, width=17),
        Column("due_at", _("Hạn"), Shape.MOMENT, width=17),
        Column("finished_at", _("Kết thúc"), Shape.MOMENT, width=17),
        Column("state", _("Tình trạng"), width=24),
        Column("counts", _("Tính"), Shape.COUNT, width=6),
    )
    return Report(
        "dossiers", _("Hồ sơ đứng sau con số"), agency, Period(Span.RANGE, which.first or last, last), words,
        (Section("", columns, _lines(which, now)),),
        notes=(_("Cột “Tính” là -1 ở hồ sơ mở lại: con số trừ nó đi. Cộng cột này ra đúng con số."),),
        length=count_of(which, now=now),
    )  # fmt: skip


def _lines(which: Which, now: datetime) -> Iterator[Line]:
    channels = {code: str(label) for code, label in Channel.choices}
    filers = {code: str(label) for code, label in FiledBy.choices}
    states = {int(code): str(label) for code, label in State.choices}

    def line(row: Listed) -> Line:
        return Line(
            (row.code, row.procedure, row.agency, channels[row.channel], filers[row.filed_by], row.received_at,
             row.due_at, row.finished_at, states[row.state], row.net)
        )  # fmt: skip

    return (line(row) for row in every_line(which, now=now))
