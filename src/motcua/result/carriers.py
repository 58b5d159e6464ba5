"""Who carries results to people: a dated table, `data/carriers.yaml`."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import quote

import yaml

CARRIERS = Path(__file__).resolve().parents[3] / "data" / "carriers.yaml"


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier, from a day to a day inclusive (None: still). `follow`: where one follows a letter."""

    code: str
    name: str
    follow: str
    valid_from: date
    valid_to: date | None

    def page_of(self, tracking_number: str) -> str:
        """Where this letter is followed; "" when there is no such page."""
        return self.follow.replace("{number}", quote(tracking_number, safe=""))


def carriers_on(day: date) -> list[Carrier]:
    """The carriers of a day, in the order of the table."""
    return [one for one in carriers() if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)]


def carrier_named(code: str) -> Carrier | None:
    """The last row of this code, also one that is over: old deliveries still name it."""
    return next((one for one in reversed(carriers()) if one.code == code), None)


@cache
def carriers(path: Path = CARRIERS) -> tuple[Carrier, ...]:
    """The shipped table, read once. Raises KeyError or ValueError for a faulty one."""
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    rows = tuple(
        Carrier(str(row["code"]), str(row["name"]), str(row["follow"]), row["valid_from"], row["valid_to"])
        for row in table["carriers"]
    )
    strange = [row.code for row in rows if row.follow and not row.follow.startswith("https://")]
    if strange:
        raise ValueError(f"{path.name}: not an https address: {', '.join(strange)}")
    return rows
