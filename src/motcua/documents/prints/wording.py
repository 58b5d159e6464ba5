"""How moments, money and people's text are written on paper."""

import re
import unicodedata
from datetime import date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

# Everything Tinos can draw and a PDF/A reader can find again; any other sign is printed as an empty box.
_UNPRINTABLE = re.compile(
    "[^\n\u0020-\u007e\u00a0-\u036f\u0384-\u038a\u038e-\u03a1\u03a3-\u052f\u1e00-\u1eff"
    "\u2010-\u2027\u2030-\u205e\u2070\u2071\u2074-\u208e\u20a0-\u20be\u2100-\u2122\u2190-\u2195"
    "\u2211\u2212\u221a\u2248\u2260\u2264\u2265\u25a0\u25a1]"
)
_LONG_WORD = re.compile(r"\S{24}(?=\S{4})")
_EMPTY_BOX = "\u25a1"
_BREAK_HERE = "\u200b"
_TIE = "\u00a0"


def plain(text: str) -> str:
    """Text as it can be printed: composed letters, no control signs, an empty box for a sign the font lacks."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\t", " ")
    visible = "".join(sign for sign in composed if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cf"))
    return _UNPRINTABLE.sub(_EMPTY_BOX, visible).strip()


def legible(text: str) -> str:
    """Like `plain`, and a word too long for a line may break."""
    return _LONG_WORD.sub(lambda found: found[0] + _BREAK_HERE, plain(text))


def tied(line: str) -> str:
    """A heading's line whose last word never stands alone on the next line."""
    return _TIE.join(plain(line).rsplit(" ", 1))


def local(moment: datetime) -> datetime:
    """The same instant on Vietnam's clock. Raises ValueError for a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a printed moment needs a time zone")
    return moment.astimezone(VIETNAM)


def long_moment(moment: datetime) -> str:
    """Hour, minute and date in words, as the forms of Circular 03/2025 ask."""
    at = local(moment)
    return f"{at:%H} giờ {at:%M} phút, {long_day(at.date())}"


def long_day(day: date) -> str:
    """Day, month, year in words; a zero before one-digit days and the months 1 and 2 (Decree 30/2020, annex I)."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def short_moment(moment: datetime) -> str:
    """Hour and date in figures on two lines, for narrow columns."""
    return f"{local(moment):%H:%M\n%d/%m/%Y}"


def dong(amount: int) -> str:
    """An amount of money with thousands apart, never torn between two lines: 8000 -> "8.000 đồng"."""
    return f"{amount:,}".replace(",", ".") + _TIE + "đồng"
