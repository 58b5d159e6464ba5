"""The dossiers or procedures behind an indicator, and behind an official's points, as reports."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from motcua.people.models import Official
from motcua.reporting.exports.value import Column, Line, Report, Section, Shape
from motcua.reporting.indicators.counts import Count
from motcua.reporting.indicators.listing import total_of
from motcua.reporting.indicators.measures import DOSSIER, CountedSet, Scope, every_member
from motcua.reporting.indicators.self_evaluation.evaluating import dossiers_of, every_official_dossier
from motcua.reporting.screens.asking import Asked
from motcua.reporting.screens.words import period_words


def of_members(
    title: str, asked: Asked, one: CountedSet, values: Mapping[str, Any], count: Count, *, side: str, part: str,
    words: Callable[[str], str],
) -> Report:  # fmt: skip
    """What the page of an indicator lists, all of it."""
    columns = (
        Column("code", _("Mã hồ sơ") if one.kind == DOSSIER else _("Mã thủ tục"), width=22),
        Column("procedure", _("Thủ tục"), width=60),
        Column("agency", _("Cơ quan"), width=26),
        Column("part", _("Thuộc nhóm"), width=40),
        Column("counts", _("Tử số"), Shape.COUNT, width=8),
    )
    note = _("Cột “Tử số” là 1 ở những gì nằm trong tử số. Cộng cột này ra tử số, đếm dòng ra mẫu số.")
    lines = (
        Line((row.code, row.name, row.agency, words(row.part), int(row.counted)))
        for row in every_member(one, values, side=side, part=part)
    )
    return _report("members", title, asked, columns, lines, note, total_of(count, side, part))


def of_official(asked: Asked, person: Official, scope: Scope) -> Report:
    """The dossiers behind an official's average, with the points of each."""
    columns = (
        Column("code", _("Mã hồ sơ"), width=22),
        Column("procedure", _("Thủ tục"), width=60),
        Column("total_time", _("Tổng thời gian"), Shape.COUNT),
        Column("own_time", _("Bước của cán bộ"), Shape.COUNT),
        Column("contacts", _("Lần liên hệ"), Shape.COUNT),
        Column("agencies", _("Cơ quan phải tới"), Shape.COUNT),
        Column("points", _("Cộng"), Shape.COUNT),
    )
    lines = (
        Line((row.code, row.name, row.total_time, row.own_time, row.contacts, row.agencies, row.points))
        for row in every_official_dossier(scope, person.id)
    )
    note = _("Điểm bình quân của cán bộ là tổng cột “Cộng” chia cho số hồ sơ.")
    return _report("official", person.full_name, asked, columns, lines, note, dossiers_of(scope, person.id))


def _report(
    name: str, title: str, asked: Asked, columns: tuple[Column, ...], lines: Iterator[Line], note: str, length: int
) -> Report:
    return Report(
        name, title, asked.agency.name, asked.period, period_words(asked.period), (Section("", columns, lines),),
        notes=(note,), length=length,
    )  # fmt: skip
