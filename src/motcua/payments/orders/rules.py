"""What a filing costs. Pure: no Django, no clock, no database.

Of a version's fees those apply that are always asked, that the channel brings, and that were chosen. A sum that nobody
stated is never called free: it stays open until the desk says it, with its legal basis.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from motcua.catalogue.rules import FeeLine

ONE = "one"


@dataclass(frozen=True, slots=True)
class Term:
    """From which day to which (the last, None while in force) a row of the tables holds."""

    valid_from: date
    valid_to: date | None

    def holds(self, on: date) -> bool:
        """Whether it is in force on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A situation that only says how the dossier came in."""

    procedure: str
    when: str
    channels: frozenset[str]
    chosen: bool
    term: Term


@dataclass(frozen=True, slots=True)
class UnitRow:
    """What a stated amount is counted by; from page `later_from` on `later_amount` each, no copy above `most`."""

    procedure: str
    when: str
    unit: str
    later_from: int | None
    later_amount: int
    most: int | None
    term: Term


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """What a province asks where the version leaves it to the province."""

    agencies: str
    procedure: str
    when: str
    channels: frozenset[str]
    amount: int
    legal_basis: str
    term: Term


@dataclass(frozen=True, slots=True)
class Reach:
    """Which fees an exemption lets off, by how many per cent."""

    sectors: frozenset[str]
    kinds: frozenset[str]
    percent: int
    legal_basis: str


@dataclass(frozen=True, slots=True)
class Exemption:
    """A group of people who need not pay."""

    code: str
    name: str
    proof: str
    reaches: tuple[Reach, ...]
    term: Term

    def reach(self, sector: str, kind: str) -> Reach | None:
        """What it lets off of a fee of this kind in this sector; None for nothing."""
        return next((one for one in self.reaches if sector in one.sectors and kind in one.kinds), None)


@dataclass(frozen=True, slots=True)
class FeeTables:
    """The dated tables of `data/payments/`."""

    by_channel: tuple[ChannelRow, ...] = ()
    units: tuple[UnitRow, ...] = ()
    province: tuple[ProvinceRow, ...] = ()
    exemptions: tuple[Exemption, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """An amount in đồng that the desk typed for a fee which the version leaves open, with its legal basis."""

    amount: int
    legal_basis: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about: by which channel, in which situations, how many of each unit, for whom, where, when.

    `agency_code` as the agency is known by; `stated` by the place of the fee in the version, from 0.
    """

    procedure: str
    sector: str
    channel: str
    on: date
    whens: Collection[str] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    exemption: str = ""
    agency_code: str = ""
    stated: Mapping[int, Stated] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One fee of this filing. `amount`: the sum to pay in đồng, None while nobody stated it; `let_off`: what an
    exemption took away of it."""

    place: int
    kind: str
    name: str
    when: str
    unit: str
    count: int
    amount: int | None
    let_off: int = 0
    legal_basis: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """What a filing costs. `total` in đồng is None while an amount is open or a situation not chosen."""

    lines: tuple[QuoteLine, ...]
    to_choose: tuple[str, ...]
    units: tuple[str, ...]

    @property
    def total(self) -> int | None:
        """The whole sum; None while it is not known."""
        known = [line.amount for line in self.lines if line.amount is not None]
        return sum(known) if len(known) == len(self.lines) and not self.to_choose else None

    @property
    def let_off(self) -> int:
        """What exemptions took away in all."""
        return sum(line.let_off for line in self.lines)


def quote(fees: Sequence[FeeLine], asked: Asked, tables: FeeTables) -> Quote:
    """The fees of one filing, each with its sum, by the tables of the day."""
    brought = {
        row.when: row for row in tables.by_channel if row.procedure == asked.procedure and row.term.holds(asked.on)
    }
    applying, to_choose = _applying(fees, asked, brought)
    lines = tuple(_line(place, fee, asked, tables) for place, fee in applying)
    return Quote(lines, to_choose, tuple(dict.fromkeys(line.unit for line in lines if line.unit != ONE)))


def _applying(
    fees: Sequence[FeeLine], asked: Asked, brought: Mapping[str, ChannelRow]
) -> tuple[list[tuple[int, FeeLine]], tuple[str, ...]]:
    """The fees that are asked, each with its place, and the situations among which somebody still has to choose."""
    here = [
        (place, fee) for place, fee in enumerate(fees)
        if fee.when not in brought or asked.channel in brought[fee.when].channels
    ]  # fmt: skip
    chosen = {fee.when for _place, fee in here if fee.when and fee.when in asked.whens}
    instead = any(when in brought and brought[when].chosen for when in chosen)
    applying = [
        (place, fee) for place, fee in here
        if not fee.when
        or fee.when in chosen
        or (fee.when in brought and not brought[fee.when].chosen and not instead)
    ]  # fmt: skip
    open_ones = [fee.when for _place, fee in here if fee.when and fee.when not in brought]
    to_choose = tuple(dict.fromkeys(open_ones)) if open_ones and not chosen.intersection(open_ones) else ()
    return applying, to_choose


def _line(place: int, fee: FeeLine, asked: Asked, tables: FeeTables) -> QuoteLine:
    unit = next(
        (row for row in tables.units
         if row.procedure == asked.procedure and row.when in ("", fee.when) and row.term.holds(asked.on)), None,
    )  # fmt: skip
    line = QuoteLine(
        place=place, kind=fee.kind, name=fee.name, when=fee.when, unit=unit.unit if unit else ONE,
        count=_count(asked.counts, unit), amount=fee.amount,
    )  # fmt: skip
    if fee.amount is None:
        line = _stated(line, asked, tables)
    elif unit is not None:
        line = replace(line, amount=_counted(fee.amount, asked.counts, unit))
    return _let_off(line, asked, tables)


def _stated(line: QuoteLine, asked: Asked, tables: FeeTables) -> QuoteLine:
    """An open amount as the province set it, else as the desk typed it, else still open."""
    for row in tables.province:
        if (
            asked.agency_code.split(".")[0] == row.agencies and row.procedure == asked.procedure
            and row.when in ("", line.when) and asked.channel in row.channels and row.term.holds(asked.on)
        ):  # fmt: skip
            return replace(line, amount=row.amount, legal_basis=row.legal_basis)
    typed = asked.stated.get(line.place)
    return replace(line, amount=typed.amount, legal_basis=typed.legal_basis) if typed else line


def _count(counts: Mapping[str, int], unit: UnitRow | None) -> int:
    return max(counts.get(unit.unit, 1), 1) if unit is not None else 1


def _counted(amount: int, counts: Mapping[str, int], unit: UnitRow) -> int:
    """The stated amount times how many; pages are counted copy by copy, each within its most."""
    number = _count(counts, unit)
    if unit.later_from is None:
        return amount * number
    first = min(number, unit.later_from - 1)
    one = amount * first + unit.later_amount * (number - first)
    return (min(one, unit.most) if unit.most is not None else one) * max(counts.get("copy", 1), 1)


def _let_off(line: QuoteLine, asked: Asked, tables: FeeTables) -> QuoteLine:
    """What the exemption of the applicant takes away; half a đồng is his."""
    exemption = next(
        (one for one in tables.exemptions if one.code == asked.exemption and one.term.holds(asked.on)), None
    )
    reach = exemption.reach(asked.sector, line.kind) if exemption is not None else None
    if reach is None:
        return line
    if reach.percent == 100:
        return replace(line, amount=0, let_off=line.amount or 0, legal_basis=reach.legal_basis)
    if line.amount is None:
        return line
    gone = -(-line.amount * reach.percent // 100)
    return replace(line, amount=line.amount - gone, let_off=gone, legal_basis=reach.legal_basis)
