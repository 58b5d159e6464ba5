"""The reception days as a phone's calendar reads them (RFC 5545), written by hand: a few lines, no library."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import Final

from motcua.worktime.rules import VIETNAM

_LONGEST: Final = 75
"""Octets of a line."""


def calendar_lines(days: Iterable[tuple[str, date, time, time, str, str]], *, name: str, at: datetime) -> str:
    """The whole calendar. Each day: what it is known by, date, from, to, what it is, where."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mot Cua//receptions//VI", f"X-WR-CALNAME:{_text(name)}"]
    for known_by, day, starts, ends, what, where in days:
        lines += [
            "BEGIN:VEVENT", f"UID:{known_by}", f"DTSTAMP:{_instant(at)}",
            f"DTSTART:{_instant(datetime.combine(day, starts, VIETNAM))}",
            f"DTEND:{_instant(datetime.combine(day, ends, VIETNAM))}",
            f"SUMMARY:{_text(what)}", f"LOCATION:{_text(where)}", "END:VEVENT",
        ]  # fmt: skip
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A long line in pieces, each after the first begun by a blank; no letter is cut."""
    piece, length = "", 0
    for letter in line:
        octets = len(letter.encode())
        if length + octets > _LONGEST:
            yield piece
            piece, length = " ", 1
        piece += letter
        length += octets
    yield piece
