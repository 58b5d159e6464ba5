"""What came of one signature, for whoever reads it: one word and the facts behind it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from motcua.signing.checking.orders import Signature
from motcua.signing.states import CertificateState


class Verdict(StrEnum):
    """The worst that can be said comes first."""

    UNREADABLE = "unreadable"
    ALTERED = "altered"
    FORGED = "forged"
    ADDED_TO = "added_to"
    NOT_IN_FORCE = "not_in_force"
    UNKNOWN_SIGNER = "unknown_signer"
    TRUSTED = "trusted"
    REGISTERED = "registered"


@dataclass(frozen=True, slots=True)
class Known:
    """How this office's register has the certificate: where it stood when the signature says it was made, and now."""

    then: CertificateState
    now: CertificateState


def verdict_of(signature: Signature, known: Known | None) -> Verdict:
    """A signature is good when nothing was altered or added and its certificate was in force and is known or trusted.

    What was withdrawn since is not good either: without a time stamp nobody can tell when it was signed.
    """
    if not signature.readable:
        return Verdict.UNREADABLE
    if not signature.intact:
        return Verdict.ALTERED
    if not signature.genuine:
        return Verdict.FORGED
    if signature.changes == "other":
        return Verdict.ADDED_TO
    if known is not None:
        if known.then is not CertificateState.IN_FORCE:
            return Verdict.NOT_IN_FORCE
        if known.now is CertificateState.WITHDRAWN and not (signature.stamped_at and signature.stamp_trusted):
            return Verdict.NOT_IN_FORCE
        return Verdict.REGISTERED
    return Verdict.TRUSTED if signature.trusted else Verdict.UNKNOWN_SIGNER


GOOD: Final = (Verdict.TRUSTED, Verdict.REGISTERED)
_SAYS_WHOLE: Final = (*GOOD, Verdict.UNKNOWN_SIGNER)


def with_later_ones(signatures: Sequence[Signature], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """What comes of the signatures of one PDF, the earliest first, each seen with those after it.

    What a PDF lets be added after a signature (a field filled in, a stamp drawn over the page) may change what it says.
    It stands only when somebody good signed all of it later, and nobody else signed in between.
    """
    return [
        Verdict.ADDED_TO
        if verdict in _SAYS_WHOLE and one.changes == "allowed"
        and not _vouched(signatures[place + 1 :], verdicts[place + 1 :])
        else verdict
        for place, (one, verdict) in enumerate(zip(signatures, verdicts, strict=True))
    ]  # fmt: skip


def _vouched(later: Sequence[Signature], verdicts: Sequence[Verdict]) -> bool:
    return bool(later) and later[-1].changes == "none" and all(one in GOOD for one in verdicts)


def signed_at(signature: Signature, now: datetime) -> datetime:
    """When it was made, by the best that is told: a trusted time stamp, else the signer's machine, else now."""
    if signature.stamped_at and signature.stamp_trusted:
        return signature.stamped_at
    return min(signature.signed_at or now, now)
