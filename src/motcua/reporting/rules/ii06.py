"""What stands in one line of forms II.06a and II.07a of Circular 01/2020/TT-VPCP, out of rows of counts."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass


@dataclass(slots=True)
class Balance:
    """One line: what came in, what was settled and how, what is left. Parts of totals are kept, totals are computed."""

    online: int = 0
    direct: int = 0
    carried: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    overdue: int = 0

    @property
    def received(self) -> int:
        """Received in the period."""
        return self.online + self.direct

    @property
    def in_hand(self) -> int:
        """Received in the period and carried over: the form's first total."""
        return self.received + self.carried

    @property
    def settled(self) -> int:
        """Ended less reopened."""
        return self.early + self.on_time + self.late

    @property
    def open(self) -> int:
        """Still in hand at the end of the period."""
        return self.in_hand - self.settled

    @property
    def within(self) -> int:
        """Open and not past its date; what waits for its applicant is within."""
        return self.open - self.overdue

    def add(self, other: "Balance") -> None:
        """Add another line to this one."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True, slots=True)
class Row:
    """So many dossiers, of this line, to whom this happened. `before`: already before the period began."""

    line: Hashable
    measure: str
    count: int
    channel: str = ""
    timing: str = ""
    before: bool = False


_BALANCE = {"received": 1, "ended": -1, "reopened": 1}
_SETTLED = {"ended": 1, "reopened": -1}


def balances(rows: Iterable[Row], overdue: Iterable[tuple[Hashable, int]]) -> dict[Hashable, Balance]:
    """Every line with what stands in it. Raises `ValueError` for an end that does not say how it stood to its date."""
    found: dict[Hashable, Balance] = defaultdict(Balance)
    for row in rows:
        line = found[row.line]
        if row.before:
            line.carried += _BALANCE.get(row.measure, 0) * row.count
        elif row.measure == "received":
            _add(line, "online" if row.channel == "online" else "direct", row.count)
        elif row.measure in _SETTLED:
            if row.timing not in ("early", "on_time", "late"):
                raise ValueError(f"{row.measure} without timing: {row.line}")
            _add(line, row.timing, _SETTLED[row.measure] * row.count)
    for key, count in overdue:
        found[key].overdue += count
    return {key: line for key, line in found.items() if line != Balance()}


def total(lines: Iterable[Balance]) -> Balance:
    """The sum of lines."""
    whole = Balance()
    for line in lines:
        whole.add(line)
    return whole


def gathered(lines: dict[Hashable, Balance], key: Callable[[Hashable], Hashable]) -> dict[Hashable, Balance]:
    """Lines added up under a coarser key."""
    found: dict[Hashable, Balance] = defaultdict(Balance)
    for line, balance in lines.items():
        found[key(line)].add(balance)
    return dict(found)


def _add(line: Balance, name: str, count: int) -> None:
    setattr(line, name, getattr(line, name) + count)
