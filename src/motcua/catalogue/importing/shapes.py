"""Read typed values out of loosely typed records; every fault names the key."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.importing.records import tidy

MOST_PAPERS_OF_A_KIND = 500
LONGEST_LIMIT = 3650


class Malformed(ValueError):
    """One record breaks the format; the sentence goes into the report."""


def text(record: Mapping[str, Any], key: str, *, needed: bool = False) -> str:
    value = record.get(key)
    if value is not None and not isinstance(value, str | int | float):
        raise Malformed(_("“%(key)s” phải là chữ.") % {"key": key})
    found = tidy(value if value is not None else "")
    if needed and not found:
        raise Malformed(_("thiếu “%(key)s”.") % {"key": key})
    return found


def texts(record: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(found for found in (tidy(item) for item in rows(record, key)) if found)


def rows(record: Mapping[str, Any], key: str) -> list[Any]:
    value = record.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise Malformed(_("“%(key)s” phải là danh sách.") % {"key": key})
    return value


def mappings(record: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = rows(record, key)
    if any(not isinstance(row, Mapping) for row in found):
        raise Malformed(_("mỗi dòng của “%(key)s” phải có tên cột.") % {"key": key})
    return found


def number(record: Mapping[str, Any], key: str, *, low: int = 0, high: int = MOST_PAPERS_OF_A_KIND) -> int:
    value = record.get(key)
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value)
    if value is None:
        return low
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Malformed(
            _("“%(key)s” phải là số nguyên từ %(low)d đến %(high)d, không phải “%(value)s”.")
            % {"key": key, "low": low, "high": high, "value": value}
        )
    return value


def one_of(value: str, known: frozenset[str], key: str) -> str:
    if value not in known:
        raise Malformed(
            _("“%(key)s” có giá trị lạ “%(value)s”; dùng một trong: %(known)s.")
            % {"key": key, "value": value, "known": ", ".join(sorted(known))}
        )
    return value


def day(record: Mapping[str, Any], key: str) -> date | None:
    value = record.get(key)
    if value is None:
        return None
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as wrong:
        raise Malformed(_("“%(key)s” phải là ngày dạng 2026-02-01.") % {"key": key}) from wrong


def clock(record: Mapping[str, Any], key: str) -> time | None:
    value = record.get(key)
    if value is None:
        return None
    try:
        return time.fromisoformat(str(value))
    except ValueError as wrong:
        raise Malformed(_("“%(key)s” phải là giờ dạng 15:00, đặt trong ngoặc kép.") % {"key": key}) from wrong


def text_lines(record: Mapping[str, Any], key: str) -> str:
    """A text whose line breaks mean something, as it stands."""
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Malformed(_("“%(key)s” phải là chữ.") % {"key": key})
    return value
