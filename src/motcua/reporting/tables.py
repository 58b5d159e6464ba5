"""Forms II.06a and II.07a of Circular 01/2020/TT-VPCP: tables whose every number opens the dossiers it counts."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from string import ascii_uppercase
from typing import Any, Final
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.alphabet import in_order
from motcua.core.sql import fetch_all
from motcua.people.phrases import agency_words
from motcua.people.queries import agencies_under
from motcua.reporting.reading import overdue, tally
from motcua.reporting.rules.figures import Figure
from motcua.reporting.rules.ii06 import Balance, Row, balances, gathered, total
from motcua.reporting.rules.periods import Period
from motcua.reporting.which import DIRECT, PARTS, WHOLE, Kind, Which


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its group in the head of the form, its own head, the part of `Balance`, and what it counts."""

    group: Any
    head: Any
    name: str
    kind: Kind
    only: Mapping[str, tuple[str, ...]]


_RECEIVED, _SETTLED, _OPEN = (
    gettext_lazy("Số hồ sơ tiếp nhận"),
    gettext_lazy("Số hồ sơ đã giải quyết"),
    gettext_lazy("Số hồ sơ đang giải quyết"),
)
COLUMNS: Final = (
    Column(_RECEIVED, gettext_lazy("Tổng số"), "in_hand", Kind.IN_HAND, {}),
    Column(_RECEIVED, gettext_lazy("Trong kỳ: trực tuyến"), "online", Kind.RECEIVED, {"channel": ("online",)}),
    Column(_RECEIVED, gettext_lazy("Trong kỳ: trực tiếp, bưu chính"), "direct", Kind.RECEIVED, {"channel": DIRECT}),
    Column(_RECEIVED, gettext_lazy("Từ kỳ trước"), "carried", Kind.CARRIED, {}),
    Column(_SETTLED, gettext_lazy("Tổng số"), "settled", Kind.SETTLED, {}),
    Column(_SETTLED, gettext_lazy("Trước hạn"), "early", Kind.SETTLED, {"timing": ("early",)}),
    Column(_SETTLED, gettext_lazy("Đúng hạn"), "on_time", Kind.SETTLED, {"timing": ("on_time",)}),
    Column(_SETTLED, gettext_lazy("Quá hạn"), "late", Kind.SETTLED, {"timing": ("late",)}),
    Column(_OPEN, gettext_lazy("Tổng số"), "open", Kind.OPEN, {}),
    Column(_OPEN, gettext_lazy("Trong hạn"), "within", Kind.WITHIN, {}),
    Column(_OPEN, gettext_lazy("Quá hạn"), "overdue", Kind.OVERDUE, {}),
)


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line; a heading between lines has no figures. `is_part`: stands apart and is in no total."""

    label: str
    figures: tuple[Figure, ...] = ()
    is_part: bool = False


def numbered(lines: Iterable[TableLine]) -> list[tuple[str, TableLine]]:
    """Headings by letters, and under each the lines by numbers from one on; without headings just numbers."""
    found: list[tuple[str, TableLine]] = []
    headings, place = 0, 0
    for line in lines:
        if line.figures:
            place += 1
            found.append((str(place), line))
        else:
            found.append((ascii_uppercase[headings % 26], line))
            headings, place = headings + 1, 0
    return found


@dataclass(frozen=True, slots=True)
class Table:
    """A form as it stands: `groups` (head, how many columns) over `heads`, the lines, the total, and its notes."""

    code: str
    title: str
    period: Period
    groups: tuple[tuple[str, int], ...]
    heads: tuple[str, ...]
    lines: tuple[TableLine, ...]
    total: TableLine | None
    notes: tuple[str, ...] = ()

    @property
    def numbered(self) -> list[tuple[str, TableLine]]:
        """Its lines, each with what stands under "Số TT"."""
        return numbered(self.lines)


Key = tuple[UUID, str, bool]
"""Agency, sector, whether it is a part of a bundle."""


def balanced(agencies: Sequence[UUID], period: Period, *, now: datetime) -> dict[Hashable, Balance]:
    """Every (agency, sector, is it a part) with its balance: three reads, whatever the number of dossiers."""
    rows = [
        Row((agency, sector, standing in PARTS), measure, count, before=True)
        for agency, sector, standing, measure, count in tally(
            agencies, None, period.first, by=("agency_id", "sector", "standing", "measure"), only={}
        )
    ]
    by = ("agency_id", "sector", "standing", "measure", "channel", "timing")
    rows += [
        Row((agency, sector, standing in PARTS), measure, count, channel, timing)
        for agency, sector, standing, measure, channel, timing, count in tally(
            agencies, period.first, period.until, by=by, only={}
        )
    ]
    late = [
        ((agency, sector, standing in PARTS), count)
        for agency, sector, standing, count in overdue(agencies, period.until, now)
    ]
    return balances(rows, late)


def figures_of(balance: Balance, base: Which) -> tuple[Figure, ...]:
    """A line's figures in the order of `COLUMNS`; `base` says which dossiers the line is about."""
    return tuple(
        Figure(
            f"{column.group}: {column.head}",
            getattr(balance, column.name),
            url=base.but(kind=column.kind, **column.only).url,
        )
        for column in COLUMNS
    )


def ii06a(agency: UUID, period: Period, *, below: bool, now: datetime) -> Table:
    """What the agency (and those below it) received, settled and has in hand, by sector; parts of bundles apart."""
    agencies = agencies_under(agency) if below else [agency]
    found = balanced(agencies, period, now=now)
    base = Which(Kind.RECEIVED, agency, period.until, period.first, below=below)
    names = sector_names()
    by_sector = gathered({key: line for key, line in found.items() if not _key(key)[2]}, lambda key: _key(key)[1])
    lines = [
        TableLine(names.get(str(sector), str(sector)), figures_of(by_sector[sector], base.but(sector=str(sector))))
        for sector in sorted(by_sector, key=lambda sector: in_order(names.get(str(sector), str(sector))))
    ]
    parts = total(line for key, line in found.items() if _key(key)[2])
    if parts != Balance():
        label = _("Phần của hồ sơ liên thông (không cộng vào tổng)")
        lines.append(TableLine(label, figures_of(parts, base.but(standing=PARTS)), is_part=True))
    return _table("II.06a/VPCP/KSTT", _title_06(), period, lines, TableLine(
        _("Tổng số"), figures_of(total(by_sector.values()), base)
    ), agencies)  # fmt: skip


def ii07a(agency: UUID, period: Period, *, now: datetime) -> Table:
    """The same gathered from the agencies below: by agency, then by sector at each administrative level."""
    agencies = agencies_under(agency)
    found = {key: line for key, line in balanced(agencies, period, now=now).items() if not _key(key)[2]}
    rows = fetch_all("SELECT id, short_name, valid_to, level FROM people_agency WHERE id = ANY (%s)", (agencies,))
    about = {row[0]: (agency_words(row[1], row[2], localdate(now)), row[3]) for row in rows}
    base = Which(Kind.RECEIVED, agency, period.until, period.first)
    names = sector_names()
    by_agency = gathered(found, lambda key: _key(key)[0])
    lines = [TableLine(_("Theo cơ quan"))]
    lines += [
        TableLine(about[unit][0], figures_of(by_agency[unit], base.but(agency=unit)))
        for unit in sorted(about, key=lambda unit: (in_order(about[unit][0]), unit))
        if unit in by_agency
    ]
    by_level = gathered(found, lambda key: (about[_key(key)[0]][1], _key(key)[0], _key(key)[1]))
    for level in dict.fromkeys(level for _name, level in about.values()):
        lines.append(TableLine(_("Theo lĩnh vực, %(level)s") % {"level": LEVELS.get(level, level)}))
        of_level: dict[Hashable, Balance] = {
            key: line for key, line in by_level.items() if isinstance(key, tuple) and key[0] == level
        }
        by_sector = gathered(of_level, lambda key: key[2] if isinstance(key, tuple) else "")
        lines += [
            TableLine(
                names.get(str(sector), str(sector)),
                figures_of(by_sector[sector], base.but(below=True, sector=str(sector), at_level=str(level))),
            )
            for sector in sorted(by_sector, key=lambda sector: in_order(names.get(str(sector), str(sector))))
        ]
    whole = TableLine(_("Tổng số"), figures_of(total(found.values()), base.but(below=True)))
    return _table("II.07a/VPCP/KSTT", _title_07(), period, lines, whole, agencies)


LEVELS: Final = {
    "province": gettext_lazy("cấp tỉnh"),
    "district": gettext_lazy("cấp huyện"),
    "commune": gettext_lazy("cấp xã"),
    "ministry": gettext_lazy("cấp bộ"),
}


def sector_names() -> dict[str, str]:
    """Every sector's name by its code."""
    return dict(fetch_all("SELECT code, name FROM catalogue_sector"))


def filed_figures(agencies: Sequence[UUID], period: Period, base: Which) -> tuple[Figure, ...]:
    """What the channel alone would hide: of what came online, who filed it; and what came through which portal."""
    rows = tally(
        agencies, period.first, period.until, by=("filed_by",),
        only={"measure": ("received",), "channel": ("online",), "standing": WHOLE},
    )  # fmt: skip
    counts = dict(rows)
    online = base.but(kind=Kind.RECEIVED, channel=("online",))
    labels = {
        "self": _("người dân tự nộp"), "helped": _("được giúp nộp"), "officer": _("cán bộ nhập thay"),
    }  # fmt: skip
    return tuple(
        Figure(label, counts.get(code, 0), url=online.but(filed_by=(code,)).url) for code, label in labels.items()
    )


def _table(
    code: str, title: str, period: Period, lines: Iterable[TableLine], whole: TableLine, agencies: Sequence[UUID]
) -> Table:
    groups: dict[str, int] = {}
    for column in COLUMNS:
        groups[str(column.group)] = groups.get(str(column.group), 0) + 1
    heads = tuple(str(column.head) for column in COLUMNS)
    return Table(code, title, period, tuple(groups.items()), heads, tuple(lines), whole, _notes())


def _notes() -> tuple[str, ...]:
    return (
        _(
            "Hồ sơ liên thông tính một lần, ở nơi tiếp nhận chính; các phần do cơ quan khác giải quyết ghi riêng ở "
            "cơ quan đó và không cộng vào tổng."
        ),
        _("Hồ sơ đang chờ người nộp bổ sung, nộp tiền tính là đang giải quyết trong hạn nếu lúc dừng chưa quá hạn."),
        _("Đã giải quyết là số kết thúc trừ số mở lại; hồ sơ rút và dừng theo ý người nộp cũng là kết thúc."),
    )


def _title_06() -> str:
    return _("Tình hình, kết quả giải quyết thủ tục hành chính tại cơ quan trực tiếp giải quyết")


def _title_07() -> str:
    return _("Tình hình, kết quả giải quyết thủ tục hành chính, tổng hợp theo cơ quan và lĩnh vực")


def _key(key: Hashable) -> Key:
    if not isinstance(key, tuple):
        raise TypeError(key)
    return key
