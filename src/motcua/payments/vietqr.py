"""The payment QR of Vietnam's banks: an EMVCo merchant-presented payload as the national switch profiles it. Pure.

Source: NAPAS VietQR format (the vectors of its chapter 6 stand in the tests).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

SCHEME: Final = "A000000727"
TO_ACCOUNT, TO_CARD = "QRIBFTTA", "QRIBFTTC"
LONGEST_PURPOSE: Final = 25
_DONG, _VIETNAM = "704", "VN"
_CRC: Final = "6304"


class BrokenQr(ValueError):
    """Not a payment QR of this kind, or a damaged one."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """What a payment QR asks a bank to do; `amount` in đồng, None when the payer types it."""

    bank: str
    number: str
    amount: int | None = None
    purpose: str = ""
    bill: str = ""
    to_card: bool = False


def crc16(text: str) -> str:
    """CRC-16/CCITT-FALSE (polynomial 1021, start FFFF) of ASCII text, as four hexadecimal digits."""
    value = 0xFFFF
    for byte in text.encode("ascii"):
        value ^= byte << 8
        for _bit in range(8):
            value = (value << 1 ^ 0x1021 if value & 0x8000 else value << 1) & 0xFFFF
    return f"{value:04X}"


def payload(transfer: Transfer) -> str:
    """The text of the QR: static without an amount, dynamic with one.

    Raises ValueError for what a bank cannot read: a bank number not of six digits, an empty or non-ASCII account,
    an amount that is no positive whole number, a purpose over 25 characters.
    """
    _require_sound(transfer)
    target = _part("00", transfer.bank) + _part("01", transfer.number)
    goes_to = TO_CARD if transfer.to_card else TO_ACCOUNT
    more = (_part("01", transfer.bill) if transfer.bill else "") + (
        _part("08", transfer.purpose) if transfer.purpose else ""
    )
    text = "".join((
        _part("00", "01"),
        _part("01", "11" if transfer.amount is None else "12"),
        _part("38", _part("00", SCHEME) + _part("01", target) + _part("02", goes_to)),
        _part("53", _DONG),
        "" if transfer.amount is None else _part("54", str(transfer.amount)),
        _part("58", _VIETNAM),
        _part("62", more) if more else "",
        _CRC,
    ))  # fmt: skip
    return text + crc16(text)


def read_payload(text: str) -> Transfer:
    """What a scanned payment QR says. Raises `BrokenQr`."""
    if len(text) < 8 or not text.isascii() or text[-8:-4] != _CRC or crc16(text[:-4]) != text[-4:]:
        raise BrokenQr("checksum")
    parts = _parts(text[:-8])
    merchant = _parts(parts.get("38", ""))
    if merchant.get("00") != SCHEME or parts.get("53") != _DONG:
        raise BrokenQr("scheme")
    target, more = _parts(merchant.get("01", "")), _parts(parts.get("62", ""))
    amount = parts.get("54")
    if not {"00", "01"} <= target.keys() or (amount is not None and not amount.isdigit()):
        raise BrokenQr("account")
    return Transfer(
        bank=target["00"], number=target["01"], amount=int(amount) if amount is not None else None,
        purpose=more.get("08", ""), bill=more.get("01", ""), to_card=merchant.get("02") == TO_CARD,
    )  # fmt: skip


def _require_sound(transfer: Transfer) -> None:
    if not (len(transfer.bank) == 6 and transfer.bank.isascii() and transfer.bank.isdigit()):
        raise ValueError("the bank's number has six digits")
    if not (transfer.number.isascii() and transfer.number.isalnum() and len(transfer.number) <= 19):
        raise ValueError("an account has up to 19 ASCII letters and digits")
    if transfer.amount is not None and not 0 < transfer.amount < 10**13:
        raise ValueError("an amount is a positive whole number of đồng")
    if not (transfer.purpose.isascii() and transfer.bill.isascii()):
        raise ValueError("banks read ASCII only")
    if len(transfer.purpose) > LONGEST_PURPOSE or len(transfer.bill) > LONGEST_PURPOSE:
        raise ValueError("purpose and bill have up to 25 characters")


def _part(mark: str, value: str) -> str:
    return f"{mark}{len(value):02d}{value}"


def _parts(text: str) -> Mapping[str, str]:
    """Mark, length and value, one after another. Raises `BrokenQr`."""
    found: dict[str, str] = {}
    while text:
        length = text[2:4]
        if len(length) != 2 or not length.isdigit() or len(text) < 4 + int(length):
            raise BrokenQr("length")
        found[text[:2]] = text[4 : 4 + int(length)]
        text = text[4 + int(length) :]
    return found
