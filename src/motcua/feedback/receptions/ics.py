"""The reception days as a phone's calendar reads them (RFC 5545), written by hand: a few lines, no library."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import Final

from motcua.worktime.rules import VIETNAM

_LONGEST: Final = 75
"""Octets of a line."""


Entry = tuple[str, date, time, time, str, str]
"""What it is known by, date, from, to, what it is, where."""


def calendar_lines(days: Iterable[Entry], *, name: str, at: datetime, called_off: Collection[Entry] = ()) -> str:
    """The whole calendar; `called_off` tells a phone that has such a day already that nobody receives then.

    Without any entry it would be none: RFC 5545 asks for one at least.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mot Cua//receptions//VI", f"X-WR-CALNAME:{_text(name)}"]
    kept = [*days]
    again = {known_by for known_by, *_rest in kept}
    told = [(one, "CONFIRMED") for one in kept]
    told += [(one, "CANCELLED") for one in called_off if one[0] not in again]
    for (known_by, day, starts, ends, what, where), status in told:
        lines += [
            "BEGIN:VEVENT", f"UID:{known_by}", f"DTSTAMP:{_instant(at)}",
            f"DTSTART:{_instant(datetime.combine(day, starts, VIETNAM))}",
            f"DTEND:{_instant(datetime.combine(day, ends, VIETNAM))}",
            f"SUMMARY:{_text(what)}", f"LOCATION:{_text(where)}", f"STATUS:{status}", "END:VEVENT",
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
