"""How much may be sent in: figures from `data/paper-limits.yaml`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

PAPER_LIMITS: Final = Path(__file__).resolve().parents[4] / "data" / "paper-limits.yaml"
MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Each as the table words it; sizes in megabytes of 1,048,576 bytes."""

    part_megabytes: int
    total_megabytes: int
    paper_megabytes: int
    parts: int
    pages: int
    picture_megapixels: int
    page_pixels: int
    page_quality: int
    stream_megabytes: int
    streams_megabytes: int
    objects: int
    seconds: int
    tries_an_hour: int
    memory_megabytes: int
    store_papers: int
    store_megabytes: int
    guest_papers: int
    guest_megabytes: int
    floor_megabytes: int
    benches: int
    upload_hours: int

    @property
    def part_bytes(self) -> int:
        return self.part_megabytes * MEGABYTE

    @property
    def total_bytes(self) -> int:
        return self.total_megabytes * MEGABYTE

    @property
    def paper_bytes(self) -> int:
        return self.paper_megabytes * MEGABYTE


@cache
def paper_limits(path: Path = PAPER_LIMITS) -> Limits:
    """The shipped table, read once. Raises TypeError or ValueError for a faulty one."""
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    faulty = sorted(name for name, value in table.items() if type(value) is not int or value <= 0)
    if faulty:
        raise ValueError(f"{path.name}: not a positive whole number: {', '.join(faulty)}")
    return Limits(**table)
