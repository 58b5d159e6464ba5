"""The dated tables of `data/payments/`, read once."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from motcua.payments.orders.rules import ChannelRow, Exemption, FeeTables, ProvinceRow, Reach, Term, UnitRow

FOLDER = Path(__file__).resolve().parents[4] / "data" / "payments"
UNITS = frozenset({"copy", "page", "paper", "person"})


@cache
def fee_tables(folder: Path = FOLDER) -> FeeTables:
    """Every row that says what a fee comes to. Raises KeyError or ValueError for a faulty table."""
    rules, groups = _read(folder / "fee-rules.yaml"), _read(folder / "exemptions.yaml")
    return FeeTables(
        by_channel=tuple(
            ChannelRow(row["procedure"], row["when"], frozenset(row["channels"]), row.get("chosen", False), _term(row))
            for row in rules["by_channel"]
        ),
        units=tuple(_unit(row) for row in rules["units"]),
        province=tuple(
            ProvinceRow(
                row["agencies"], row["procedure"], row.get("when", ""), frozenset(row["channels"]), row["amount"],
                row["legal_basis"], _term(row),
            )
            for row in rules["province"]
        ),
        exemptions=tuple(
            Exemption(row["code"], row["name"], row["proof"], tuple(_reach(one) for one in row["reaches"]), _term(row))
            for row in groups["exemptions"]
        ),
    )  # fmt: skip


def exemptions_for(sector: str, on: date) -> list[Exemption]:
    """The groups that an exemption in this sector reaches on a day, in the order of the table."""
    return [
        one for one in fee_tables().exemptions
        if one.term.holds(on) and any(sector in reach.sectors for reach in one.reaches)
    ]  # fmt: skip


def most_let_go(on: date, folder: Path = FOLDER) -> int:
    """Up to how many đồng the desk may let go of a sum that came short; 0 when no row says so."""
    rows = _read(folder / "fee-rules.yaml")["let_go"]
    return next((int(row["amount"]) for row in rows if _term(row).holds(on)), 0)


@cache
def banks(folder: Path = FOLDER) -> dict[str, str]:
    """Names of banks by their six-digit number."""
    return {row["bin"]: row["name"] for row in _read(folder / "banks.yaml")["banks"]}


@cache
def _read(path: Path) -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return table


def _term(row: dict[str, Any]) -> Term:
    return Term(row["valid_from"], row["valid_to"])


def _reach(row: dict[str, Any]) -> Reach:
    if not 0 < row["percent"] <= 100:
        raise ValueError(f"an exemption of {row['percent']} per cent")
    return Reach(frozenset(row["sectors"]), frozenset(row["kinds"]), row["percent"], row["legal_basis"])


def _unit(row: dict[str, Any]) -> UnitRow:
    if row["unit"] not in UNITS:
        raise ValueError(f"no unit {row['unit']}")
    later = row.get("later")
    return UnitRow(
        procedure=row["procedure"], when=row.get("when", ""), unit=row["unit"],
        later_from=later["from"] if later else None, later_amount=later["amount"] if later else 0,
        most=row.get("most"), term=_term(row),
    )  # fmt: skip
