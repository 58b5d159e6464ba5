"""What anybody opens: certificates in force with their copies, and the check of a signed PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from cryptography import x509
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache

from motcua.core.access import public
from motcua.core.refusals import Refusal
from motcua.core.throttle import Book, address_of, allow_in, forgive
from motcua.people.models import Agency
from motcua.people.queries import home_agency
from motcua.signing.checking.asking import CheckRefused, signatures_of
from motcua.signing.checking.orders import Signature
from motcua.signing.checking.verdicts import Known, Verdict, signed_at, verdict_of, with_later_ones
from motcua.signing.forms import CheckForm
from motcua.signing.limits import limits
from motcua.signing.models import DigitalCertificate
from motcua.signing.queries import copy_of, entry_of, offices_shown, shown_to_all
from motcua.signing.reading import UNREADABLE, ReadCertificate, read_one
from motcua.signing.refusals import CertificateRefused
from motcua.signing.rules import tells_personal_number
from motcua.signing.states import state_at
from motcua.signing.trust import Trust, trust_on
from motcua.signing.wording import STATES, VERDICTS, fingerprint_words

WINDOW: Final = timedelta(minutes=10)
CERTIFICATE_TYPE: Final = "application/pkix-cert"
"""RFC 2585."""


@public
def signatures(request: HttpRequest) -> HttpResponse:
    """The certificates in force of one agency, so that what it signed can be checked by other means too."""
    at = timezone.now()
    offices = offices_shown(at)
    chosen = _office_asked(request, offices, at)
    rows = [
        {"entry": one, "row": one.row, "fingerprint": fingerprint_words(one.row.fingerprint),
         "is_open": not tells_personal_number(one.row.subject)}
        for one in (shown_to_all(chosen.pk, at) if chosen else [])
    ]  # fmt: skip
    return render(request, "signing/signatures.html", {"offices": offices, "chosen": chosen, "rows": rows})


def _office_asked(request: HttpRequest, offices: list[Agency], at: datetime) -> Agency | None:
    """The office of the address, this one without one. An office that shows nothing is no page."""
    asked = request.GET.get("office", "")
    if not asked:
        home = home_agency(localdate(at))
        return next((one for one in offices if home is not None and one.pk == home.pk), home)
    found = next((one for one in offices if str(one.pk) == asked), None)
    if found is None:
        raise Http404
    return found


@public
def certificate_copy(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """The certificate itself, as DER. One that tells a personal number is not handed out."""
    row = copy_of(fingerprint)
    if row is None or tells_personal_number(row.subject):
        raise Http404
    answer = HttpResponse(bytes(row.der), content_type=CERTIFICATE_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{row.fingerprint[:16]}.cer"'
    return answer


@public
@never_cache
def check_signature(request: HttpRequest) -> HttpResponse:
    """Send a PDF, read who signed it, when, and whether it is as it was; it is not kept."""
    at = timezone.now()
    form = CheckForm(request.POST if request.method == "POST" else None, request.FILES or None)
    page: dict[str, Any] = {"form": form, "most": limits().pdf_megabytes}
    if request.method == "POST" and form.is_valid():
        tries = [Book("signature", address_of(request), limits().tries, WINDOW)]
        if not allow_in(tries):
            return render(request, "signing/busy.html", status=429)
        try:
            found = signatures_of(form.cleaned_data["pdf"], _trust(at, page), at=at)
        except Refusal as refusal:
            if isinstance(refusal, CheckRefused) and refusal.reason == "busy":
                forgive(tries)  # he did not get his turn
            form.add_error("pdf", str(refusal))
        else:
            page |= {"checked": True, "found": told(found, at)}
    status = 422 if form.errors else 200
    return render(request, "signing/check.html", page, status=status)


def _trust(at: datetime, page: dict[str, Any]) -> Trust:
    """Whom the office trusts today; the page says when it trusts nobody yet."""
    trust = trust_on(localdate(at))
    page["has_roots"] = bool(trust.roots)
    return trust


@dataclass(frozen=True, slots=True)
class _Seen:
    """A signature with its certificate, and with the register's row of it."""

    signature: Signature
    read: ReadCertificate | None
    row: DigitalCertificate | None
    moment: datetime


def told(found: Sequence[Signature], at: datetime) -> list[dict[str, Any]]:
    """The signatures of one PDF as the page shows them, the earliest first."""
    seen = [_seen(one, at) for one in found]
    each = [verdict_of(one.signature, _known(one.row, one.moment, at) if one.row else None) for one in seen]
    verdicts = with_later_ones([one.signature for one in seen], each)
    return [_shown(one, verdict, at) for one, verdict in zip(seen, verdicts, strict=True)]


def _seen(signature: Signature, at: datetime) -> _Seen:
    if not signature.certificate:
        return _Seen(signature, None, None, signed_at(signature, at))
    try:
        read = read_one(x509.load_der_x509_certificate(signature.certificate))
    except (CertificateRefused, *UNREADABLE):
        return _Seen(Signature(readable=False), None, None, at)
    return _Seen(signature, read, copy_of(read.fingerprint), signed_at(signature, at))


def _shown(one: _Seen, verdict: Verdict, at: datetime) -> dict[str, Any]:
    kind, title, meaning = VERDICTS[verdict]
    read, row = one.read, one.row
    return {
        "signature": one.signature, "read": read, "row": row, "kind": kind, "title": title, "meaning": meaning,
        "signer": (read.names or (read.subject,))[0] if read else "", "verdict": verdict.value,
        "fingerprint": fingerprint_words(read.fingerprint) if read else "",
        "entry": entry_of(row, at) if row else None, "states": STATES, "moment": one.moment,
    }  # fmt: skip


def _known(row: DigitalCertificate, moment: datetime, at: datetime) -> Known:
    then, now = (
        state_at(one, valid_from=row.valid_from, valid_to=row.valid_to, withdrawn_at=row.withdrawn_at)
        for one in (moment, at)
    )
    return Known(then, now)
