"""A day read out in Vietnamese, as the civil-status register writes it beside the figures."""

from datetime import date

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_APRIL = "tư"


def day_in_words(day: date) -> str:
    """A day as civil-status papers want it beside the figures (in Vietnamese, as the register is)."""
    month = _APRIL if day.month == 4 else words_of(day.month)
    return f"Ngày {words_of(day.day)} tháng {month} năm {words_of(day.year)}"


def words_of(number: int) -> str:
    """A number from 0 to 9999 read in Vietnamese: 2026 is “hai nghìn không trăm hai mươi sáu”."""
    thousands, rest = divmod(number, 1000)
    hundreds, rest = divmod(rest, 100)
    tens, units = divmod(rest, 10)
    said = [f"{_DIGITS[thousands]} nghìn"] if thousands else []
    if hundreds or (thousands and rest):
        said.append(f"{_DIGITS[hundreds]} trăm")
    if tens > 1:
        said.append(f"{_DIGITS[tens]} mươi")
    elif tens == 1:
        said.append("mười")
    elif said and units:
        said.append("linh")
    if units == 1 and tens > 1:
        said.append("mốt")
    elif units == 5 and tens:
        said.append("lăm")
    elif units or not said:
        said.append(_DIGITS[units])
    return " ".join(said)
