"""One order in, one answer out: `{"signatures": […]}`, or `{"refused": "locked"}`. No network, no file written."""

import json
import logging
import os
import resource
import struct
import sys
import zlib
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from motcua.signing.checking.orders import Order, Signature

BOUNDS: Final = 4
HEAD: Final = 1024
"""How far into it a PDF may begin (ISO 32000-1, annex H)."""
SIGNING: Final = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)  # fmt: skip
YEARS: Final = range(1970, 2200)
"""A signer's machine may tell any moment; outside of these it told none."""
_BROKEN: Final = (PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, ArithmeticError,
                  NotImplementedError, AssertionError, EOFError, zlib.error, struct.error)  # fmt: skip
"""Whatever a broken PDF or a broken signature makes its reader stumble over."""


def confine(order: Order) -> None:
    """Little memory, little time, nothing written."""
    for what, most in (
        (resource.RLIMIT_AS, order.memory), (resource.RLIMIT_CPU, order.seconds), (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):  # fmt: skip
        resource.setrlimit(what, (most, most))


def check(order: Order) -> dict[str, Any]:
    """The answer to an order."""
    try:
        with Path(order.path).open("rb") as content:
            if b"%PDF-" not in content.read(HEAD):
                return {"refused": "no_pdf"}
            reader = PdfFileReader(content, strict=False)
            if reader.encrypted:
                return {"refused": "locked"}
            fields = [*enumerate_sig_fields(reader, filled_status=True)]
            if len(fields) > order.signatures:
                return {"refused": "too_many"}
            return {"signatures": [one.told() for one in _signatures(reader, fields, order)]}
    except (MemoryError, RecursionError):
        return {"refused": "swells"}
    except _BROKEN as fault:
        return {"refused": "broken", "fault": type(fault).__name__}


def _signatures(reader: PdfFileReader, fields: list[Any], order: Order) -> list[Signature]:
    """The earliest first; those that cannot be read at the end, and time stamps of the whole left out."""
    found, broken = list[tuple[int, EmbeddedPdfSignature]](), 0
    for name, _value, place in fields:
        try:
            one = EmbeddedPdfSignature(reader, place, name)
            if one.sig_object_type != "/DocTimeStamp":
                found.append((one.signed_revision, one))
        except _BROKEN:
            broken += 1
    told = [_read(one, order) for _revision, one in sorted(found, key=itemgetter(0))]
    return [*told, *(Signature(readable=False) for _each in range(broken))]


def _read(embedded: EmbeddedPdfSignature, order: Order) -> Signature:
    """One signature; one that cannot be read is told as such, the others are read all the same."""
    try:
        now, signed_at = datetime.fromisoformat(order.at), _moment(embedded.self_reported_timestamp)
        status = validate_pdf_signature(
            embedded, _context(order, min(signed_at or now, now)), _context(order, now), key_usage_settings=SIGNING
        )
        stamp = status.timestamp_validity
        return Signature(
            readable=True, intact=status.intact, genuine=status.valid, trusted=status.trusted,
            changes=_changes(status) if _leaves_out_itself_alone(embedded) else "other",
            signed_at=signed_at, stamped_at=_moment(stamp.timestamp) if stamp else None,
            stamp_trusted=bool(stamp and stamp.intact and stamp.valid and stamp.trusted),
            certificate=status.signing_cert.dump(),
        )  # fmt: skip
    except _BROKEN:
        return Signature(readable=False)


def _moment(told: datetime | None) -> datetime | None:
    """A moment that a calendar holds; none for any other."""
    if told is None or told.year not in YEARS:
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def _leaves_out_itself_alone(embedded: EmbeddedPdfSignature) -> bool:
    """Whether all but the signature's own value is signed (ISO 32000-2, 12.8.1).

    pyHanko adds up lengths only: a gap made wider, with another document in it, would have the right sum.
    """
    if len(embedded.byte_range) != BOUNDS:
        return False
    first, before, after, rest = (int(one) for one in embedded.byte_range)
    stream = embedded.reader.stream
    if first != 0 or not 0 < before < after or rest < 0 or after + rest > stream.seek(0, os.SEEK_END):
        return False
    stream.seek(before)
    gap = stream.read(after - before)
    if gap[:1] != b"<" or gap[-1:] != b">":
        return False
    try:
        return bytes.fromhex(gap[1:-1].decode("ascii")) == bytes(embedded.pkcs7_content)
    except ValueError:
        return False


def _context(order: Order, moment: datetime) -> ValidationContext:
    """Trust at a moment, from what the office has alone: nobody outside is asked."""
    return ValidationContext(
        trust_roots=[x509.Certificate.load(bytes.fromhex(one)) for one in order.roots],
        other_certs=[x509.Certificate.load(bytes.fromhex(one)) for one in order.issuers],
        moment=moment, allow_fetching=False, revocation_mode="soft-fail",
    )  # fmt: skip


def _changes(status: PdfSignatureStatus) -> str:
    """What was done to the PDF after this signature."""
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return "none"
    level = status.modification_level
    if level is None or level > ModificationLevel.FORM_FILLING or not status.docmdp_ok:
        return "other"
    return "none" if level is ModificationLevel.NONE else "allowed"


def main() -> None:
    order = Order.read(json.load(sys.stdin))
    confine(order)
    logging.disable()  # a broken PDF is complained of by the thousand
    json.dump(check(order), sys.stdout)


if __name__ == "__main__":
    main()
