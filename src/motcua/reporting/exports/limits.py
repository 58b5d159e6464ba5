"""How many lines of a list each format holds."""

from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

MOST: Final = {"xlsx": 1_048_576 - 8, "pdf": 1_000}
"""A sheet, less its heads; and what paper is good for: a thousand lines are forty sheets and a second of work."""
LONG: Final = 20_000
"""From so many lines on, the page says that the download takes a while."""


def fits(length: int | None, shape: str) -> bool:
    """Whether a list of so many lines goes into this format; a report that is no list (None) always does."""
    return length is None or shape not in MOST or length <= MOST[shape]


def takes(length: int, query: QueryDict) -> dict[str, Any]:
    """What the page of a list offers: the formats that hold it, the question, and whether it will take a while."""
    asked = query.copy()
    asked.pop("page", None)
    return {
        "xlsx": fits(length, "xlsx"), "pdf": fits(length, "pdf"), "query": asked.urlencode(), "long": length >= LONG,
    }  # fmt: skip


def too_long() -> str:
    """What is said of a list that a format does not hold."""
    return _(
        "Danh sách dài quá: bản PDF chứa được %(pdf)s dòng, bảng tính chứa được %(xlsx)s dòng. Ông/bà lấy tệp CSV, "
        "tệp ấy dài bao nhiêu cũng được, hoặc chọn một kỳ ngắn hơn."
    ) % {shape: f"{most:,}".replace(",", ".") for shape, most in MOST.items()}
