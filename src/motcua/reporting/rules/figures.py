"""A number of a report, with the list of what it counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """One number as a report shows it.

    `value` is the number itself (None: nothing to divide by, shown as a dash). `unit` is "dossier", "percent",
    "minute", "procedure" or "point". `url` opens the list of what is counted, and counts exactly `value` of them; for a
    share, exactly `numerator`, out of `denominator`. Whoever prints or exports a report writes `value` and `unit`,
    and `url` where the medium has links.
    """

    label: str
    value: int | Decimal | None
    unit: str = "dossier"
    url: str = ""
    numerator: int | None = None
    denominator: int | None = None

    def __iter__(self) -> Iterator[object]:
        """Label, value, unit: a row of a table."""
        return iter((self.label, self.value, self.unit))


def share(label: str, numerator: int, denominator: int, *, url: str = "") -> Figure:
    """A percentage to two decimals, half up (Decision 766/QĐ-TTg); without a denominator it has no value."""
    value = None
    if denominator:
        value = (Decimal(100) * numerator / denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Figure(label, value, "percent", url, numerator, denominator)
