"""What the QR code of a Vietnamese chip identity card says: pure rules, nothing is stored or logged.

Seven values joined by "|": personal number, old number (may be empty or left out), full name, birth date, gender,
address, issue date. The card of 2024 may append more; they are kept aside. The code carries no signature:
it fills a page quickly, it proves nothing.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST_SCAN = 1_000

_NUMBER, _OLD_NUMBER, _NAME, _BIRTH, _GENDER, _ADDRESS, _ISSUE = range(1, 8)
_VALUES = 7

# What a scanner may type before the number: an AIM symbology mark such as "]Q3", or a short word without digits.
_PERSONAL_ID = re.compile(r"(?:\][A-Za-z][0-9A-Za-z])?[^0-9]{0,8}([0-9]{12})")
_OLD_ID = re.compile(r"(?:[0-9]{9}|[0-9]{12})?")
_DATE = re.compile(r"([0-9]{2})([/.-]?)([0-9]{2})\2([0-9]{4})")
_NAME_MARKS = frozenset(" '’.-")
_FIRST_CENTURY = 1900
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})


class Gender(StrEnum):
    """Gender as the identity card states it."""

    MALE = "male"
    FEMALE = "female"


_GENDERS = {"nam": Gender.MALE, "nữ": Gender.FEMALE, "nu": Gender.FEMALE}


class IdCardFault(StrEnum):
    """Why a scanned string was not accepted."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_A_CARD = "not_a_card"
    BAD_NUMBER = "bad_number"
    BAD_OLD_NUMBER = "bad_old_number"
    BAD_NAME = "bad_name"
    BAD_BIRTH_DATE = "bad_birth_date"
    FUTURE_BIRTH_DATE = "future_birth_date"
    BAD_GENDER = "bad_gender"
    NUMBER_BIRTH_MISMATCH = "number_birth_mismatch"
    NUMBER_GENDER_MISMATCH = "number_gender_mismatch"
    BAD_ISSUE_DATE = "bad_issue_date"


_SENTENCES: dict[IdCardFault, Promise] = {
    IdCardFault.EMPTY: _("Chưa có nội dung mã QR. Đặt con trỏ vào ô này rồi quét lại thẻ."),
    IdCardFault.TOO_LONG: _("Nội dung dài quá mức của một thẻ căn cước. Xóa ô này rồi quét lại, mỗi lần một thẻ."),
    IdCardFault.NOT_A_CARD: _(
        "Đây không phải mã QR của thẻ căn cước gắn chip. Quét mã QR in trên thẻ, hoặc nhập từng ô theo thẻ."
    ),
    IdCardFault.BAD_NUMBER: _("Số định danh trong mã QR phải đủ 12 chữ số. Quét lại, hoặc nhập số in trên mặt thẻ."),
    IdCardFault.BAD_OLD_NUMBER: _(
        "Số chứng minh nhân dân cũ trong mã QR phải có 9 hoặc 12 chữ số, hoặc để trống. "
        "Quét lại, hoặc nhập từng ô theo thẻ."
    ),
    IdCardFault.BAD_NAME: _(
        "Không đọc được họ tên trong mã QR. Đặt máy quét ở bảng mã UTF-8, tắt bộ gõ tiếng Việt rồi quét lại, "
        "hoặc nhập họ tên theo thẻ."
    ),
    IdCardFault.BAD_BIRTH_DATE: _(
        "Ngày sinh trong mã QR không phải là một ngày có thật. Đối chiếu với mặt thẻ rồi nhập tay ngày sinh."
    ),
    IdCardFault.FUTURE_BIRTH_DATE: _(
        "Ngày sinh trong mã QR ở sau hôm nay. Xem lại ngày của máy tính, hoặc nhập ngày sinh theo thẻ."
    ),
    IdCardFault.BAD_GENDER: _(
        "Giới tính trong mã QR phải là Nam hoặc Nữ. Tắt bộ gõ tiếng Việt rồi quét lại, hoặc nhập theo thẻ."
    ),
    IdCardFault.NUMBER_BIRTH_MISMATCH: _(
        "Số định danh không khớp với năm sinh trong mã QR. "
        "Đối chiếu với mặt thẻ; nếu thẻ đúng như vậy, nhập tay và báo công an cấp xã."
    ),
    IdCardFault.NUMBER_GENDER_MISMATCH: _(
        "Số định danh không khớp với giới tính trong mã QR. "
        "Đối chiếu với mặt thẻ; nếu thẻ đúng như vậy, nhập tay và báo công an cấp xã."
    ),
    IdCardFault.BAD_ISSUE_DATE: _(
        "Ngày cấp thẻ trong mã QR không có thật, trước ngày sinh hoặc ở sau hôm nay. "
        "Đối chiếu với mặt thẻ rồi nhập tay."
    ),
}


class IdCardError(ValueError):
    """A scanned string that is no usable identity card.

    `code` is the reason, `position` the faulty value counted from 1 as printed in the law's order (None: the whole
    string), `sentence` what the receiver should do. None of them repeats anything of the scanned string.
    """

    def __init__(self, code: IdCardFault, position: int | None = None) -> None:
        super().__init__(code.value, position)
        self.code = code
        self.position = position

    @property
    def sentence(self) -> Promise:
        return _SENTENCES[self.code]

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True, slots=True, repr=False)
class IdCard:
    """The values of one card. `extra` keeps what newer cards append. Its repr shows nothing personal."""

    personal_id: str
    old_id: str
    full_name: str
    birth_date: date
    gender: Gender
    address: str
    issue_date: date
    extra: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "IdCard(…)"


def read_id_card(scanned: str, *, today: date) -> IdCard:
    """Read the string a scanner typed from a chip identity card.

    Tolerates scanner noise (byte order mark, line ends, tabs, a short prefix), decomposed letters, a left-out old
    number, dates with or without separators, and values appended by the card of 2024.
    Raises IdCardError, and nothing else, for anything that is not one consistent card.
    """
    if len(scanned) > LONGEST_SCAN:
        raise IdCardError(IdCardFault.TOO_LONG)
    values = _values(scanned)
    personal_id = _personal_id(values[0])
    old_id = values[1].replace(" ", "")
    if not _OLD_ID.fullmatch(old_id):
        raise IdCardError(IdCardFault.BAD_OLD_NUMBER, _OLD_NUMBER)
    full_name = _full_name(values[2])
    birth_date = _date(values[3], IdCardFault.BAD_BIRTH_DATE, _BIRTH)
    if birth_date > today:
        raise IdCardError(IdCardFault.FUTURE_BIRTH_DATE, _BIRTH)
    gender = _GENDERS.get(values[4].casefold())
    if gender is None:
        raise IdCardError(IdCardFault.BAD_GENDER, _GENDER)
    _check_number(personal_id, birth_date, gender)
    issue_date = _date(values[6], IdCardFault.BAD_ISSUE_DATE, _ISSUE)
    if not birth_date <= issue_date <= today:
        raise IdCardError(IdCardFault.BAD_ISSUE_DATE, _ISSUE)
    return IdCard(
        personal_id=personal_id,
        old_id=old_id,
        full_name=full_name,
        birth_date=birth_date,
        gender=gender,
        address=values[5],
        issue_date=issue_date,
        extra=tuple(values[_VALUES:]),
    )


def _values(scanned: str) -> list[str]:
    """Cut the string into at least seven clean values; a left-out old number becomes an empty one."""
    values = [_clean(value) for value in unicodedata.normalize("NFC", scanned).split("|")]
    if values == [""]:
        raise IdCardError(IdCardFault.EMPTY)
    while len(values) > _VALUES and not values[-1]:
        values.pop()
    if len(values) > _OLD_NUMBER and any(sign.isdigit() for sign in values[2]):
        values.insert(1, "")  # a date stands where the name should: the old number was left out
    if len(values) < _VALUES:
        raise IdCardError(IdCardFault.NOT_A_CARD)
    return values


def _clean(value: str) -> str:
    """Drop what scanners add: control and invisible signs; runs of blanks become one."""
    seen = (" " if sign.isspace() else sign for sign in value)
    return " ".join("".join(sign for sign in seen if unicodedata.category(sign) not in _INVISIBLE).split())


def _personal_id(value: str) -> str:
    found = _PERSONAL_ID.fullmatch(value)
    if not found or found[1].startswith("000"):
        raise IdCardError(IdCardFault.BAD_NUMBER, _NUMBER)
    return found[1]


def _full_name(value: str) -> str:
    legible = all(sign.isalpha() or unicodedata.combining(sign) or sign in _NAME_MARKS for sign in value)
    if not legible or not any(sign.isalpha() for sign in value):
        raise IdCardError(IdCardFault.BAD_NAME, _NAME)
    return value


def _date(value: str, fault: IdCardFault, position: int) -> date:
    found = _DATE.fullmatch(value)
    if not found:
        raise IdCardError(fault, position)
    try:
        return date(int(found[4]), int(found[3]), int(found[1]))
    except ValueError:
        # Without its cause: the message of the inner error could end up in a log.
        raise IdCardError(fault, position) from None


def _check_number(personal_id: str, birth_date: date, gender: Gender) -> None:
    """Compare the number with birth year and gender.

    The number is: 3 digits of the province (or country) of birth registration, one digit of century and gender
    (0/1 man/woman born 1900-1999, 2/3 born 2000-2099, ...), 2 digits of birth year, 6 random digits
    (Decree 137/2015, kept by Decree 70/2024).
    """
    century, is_female = divmod(int(personal_id[3]), 2)
    if birth_date.year != _FIRST_CENTURY + 100 * century + int(personal_id[4:6]):
        raise IdCardError(IdCardFault.NUMBER_BIRTH_MISMATCH, _NUMBER)
    if bool(is_female) != (gender is Gender.FEMALE):
        raise IdCardError(IdCardFault.NUMBER_GENDER_MISMATCH, _NUMBER)
