"""What the bench is asked and what it answers; plain values only, they cross a process boundary as JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Order:
    """Make one PDF at `into` out of `parts`, in this order. Sizes in bytes, memory too; `seconds` of the processor."""

    parts: tuple[str, ...]
    into: str
    pages: int
    pixels: int
    page_pixels: int
    page_quality: int
    stream_bytes: int
    streams_bytes: int
    objects: int
    seconds: int
    memory: int

    def told(self) -> dict[str, Any]:
        """As JSON tells it."""
        return asdict(self)

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """What `told` says. Raises TypeError when a value is missing or unknown."""
        return cls(**{**told, "parts": tuple(told["parts"])})


class CannotTake(Exception):
    """A part that is not taken: `reason` is a word of `refusals.SENTENCES`, `detail` what fills its sentence."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail
