"""What the checking process is asked and what it answers; plain values only, they cross a process boundary as JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Order:
    """Read the signatures of the PDF at `path`. Certificates as DER in hexadecimal; memory in bytes."""

    path: str
    roots: tuple[str, ...]
    issuers: tuple[str, ...]
    at: str
    signatures: int
    seconds: int
    memory: int

    def told(self) -> dict[str, Any]:
        """As JSON tells it."""
        return asdict(self)

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """What `told` says. Raises TypeError when a value is missing or unknown."""
        return cls(**{**told, "roots": tuple(told["roots"]), "issuers": tuple(told["issuers"])})


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature as it was found.

    `intact`: what it covers is as it was signed. `genuine`: made with the key of its certificate. `trusted`: that
    certificate led to a trusted root at the time it tells. `changes`: what was done to the PDF afterwards: `none`,
    `allowed` (another signature, a form filled in, as the signature lets), `other`. `signed_at` is what the signer's
    machine says; `stamped_at` what a time stamp says, `stamp_trusted` whether its issuer is trusted.
    """

    readable: bool
    intact: bool = False
    genuine: bool = False
    trusted: bool = False
    changes: str = "other"
    signed_at: datetime | None = None
    stamped_at: datetime | None = None
    stamp_trusted: bool = False
    certificate: bytes = b""

    def told(self) -> dict[str, Any]:
        """As JSON tells it."""
        moments = {name: value.isoformat() if value else None for name, value in
                   (("signed_at", self.signed_at), ("stamped_at", self.stamped_at))}  # fmt: skip
        return {**asdict(self), **moments, "certificate": self.certificate.hex()}

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """What `told` says. Raises TypeError when a value is missing or unknown."""
        moments = {name: datetime.fromisoformat(told[name]) if told[name] else None
                   for name in ("signed_at", "stamped_at")}  # fmt: skip
        return cls(**{**told, **moments, "certificate": bytes.fromhex(told["certificate"])})
