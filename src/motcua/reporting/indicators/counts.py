"""A set by its parts, as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartCount:
    """How many of a set are alike, and whether they belong to the numerator."""

    part: str
    counted: bool
    count: int


@dataclass(frozen=True, slots=True)
class Count:
    """A set by its parts; the numerator and the denominator are sums of them."""

    kind: str
    parts: tuple[PartCount, ...]

    @property
    def numerator(self) -> int:
        return sum(part.count for part in self.parts if part.counted)

    @property
    def denominator(self) -> int:
        return sum(part.count for part in self.parts)
