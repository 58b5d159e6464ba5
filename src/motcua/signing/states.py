"""Where a certificate stands at a moment: computed from its dates and its withdrawal, never stored. Pure."""

from datetime import datetime
from enum import StrEnum


class CertificateState(StrEnum):
    """In the order in which they are asked: what was withdrawn is withdrawn whatever its dates say."""

    WITHDRAWN = "withdrawn"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    IN_FORCE = "in_force"


def state_at(
    at: datetime, *, valid_from: datetime, valid_to: datetime, withdrawn_at: datetime | None
) -> CertificateState:
    """Its state at that moment; valid from and to are both moments at which it still is in force."""
    if withdrawn_at is not None and withdrawn_at <= at:
        return CertificateState.WITHDRAWN
    if at < valid_from:
        return CertificateState.NOT_YET
    return CertificateState.EXPIRED if at > valid_to else CertificateState.IN_FORCE
