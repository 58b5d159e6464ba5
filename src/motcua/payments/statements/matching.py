"""Whose money a bank line is: by reference, account and sum, and nothing else. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What a line means for the order it names."""

    WHOLE = "whole"
    SHORT = "short"
    OVER = "over"
    DOUBLE = "double"
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True)
class Named:
    """The order a line names: is it still to be paid, was it paid, how much is to come, into which account."""

    is_open: bool
    is_paid: bool
    outstanding: int
    account: str


def verdict(amount: int, account: str, named: Named | None) -> Verdict:
    """Only the exact sum that is still to come, into the account that was asked, pays an order by itself.

    Less is short and waits for somebody; more, or for what is paid already, is never booked alone. Money for an order
    that was given up, or that came into another account, is nobody's until somebody looks.
    """
    if named is None or account != named.account or not (named.is_open or named.is_paid):
        return Verdict.UNMATCHED
    if named.is_paid:
        return Verdict.DOUBLE
    if amount == named.outstanding:
        return Verdict.WHOLE
    return Verdict.SHORT if amount < named.outstanding else Verdict.OVER
