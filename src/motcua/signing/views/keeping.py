"""What the keeper opens: the list by agency, a new certificate, one certificate, and withdrawing it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.people.access import ActingOfficial, official_of
from motcua.signing.access import KEEPERS, agencies_seen_by, certificate_for
from motcua.signing.actions import register, withdraw
from motcua.signing.forms import THE_AGENCY, RegisterForm, WithdrawForm
from motcua.signing.limits import limits
from motcua.signing.models import DigitalCertificate, WithdrawalReason
from motcua.signing.queries import entry_of, kept_in, leaders_of, serving
from motcua.signing.refusals import CertificateRefused
from motcua.signing.rules import tells_personal_number
from motcua.signing.wording import STATES, USAGES, fingerprint_words


@officials(*KEEPERS)
def certificates(request: HttpRequest) -> HttpResponse:
    """By agency: the seal, the leaders with or without one, everybody else who had one."""
    by, at = official_of(request), timezone.now()
    agencies = agencies_seen_by(by)
    kept = kept_in([one.id for one in agencies], at)
    shelves = [{"agency": one, "is_own": one.id == by.agency_id, "held": kept[one.id]} for one in agencies]
    own = kept[by.agency_id]
    entries = [entry for held in own for entry in held.entries]
    context = {
        "shelves": shelves,
        "heads": [
            {"label": _("Đang hiệu lực"), "number": sum(one.in_force for one in entries)},
            {"label": _("Sắp hết hạn"), "number": sum(one.notice is not None for one in entries), "tone": "amber"},
            {"label": _("Chưa có chứng thư"), "number": sum(one.lacks for one in own), "tone": "vermilion"},
        ],
        "states": STATES,
    }
    return render(request, "signing/certificates.html", context)


@officials(*KEEPERS)
def new_certificate(request: HttpRequest) -> HttpResponse:
    """Register one for the agency, or for one of its people."""
    by, at = official_of(request), timezone.now()
    people = [*leaders_of([by.agency_id], at)]
    people += [one for one in serving([by.agency_id], at) if one not in people]
    form = RegisterForm(
        request.POST if request.method == "POST" else None, request.FILES or None,
        agency_name=by.agency_name, people=people, initial={"holder": request.GET.get("holder", "")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        row = _registered(form, by)
        if row is not None:
            if row.subject_fits:
                messages.success(request, _("Đã đăng ký chứng thư."))
            else:
                messages.warning(
                    request, _("Đã đăng ký, nhưng tên trong chứng thư không giống tên người giữ. Ông/bà xem lại.")
                )
            return redirect("certificate", row.pk)
    context = {"form": form, "agency": THE_AGENCY}
    return render(request, "signing/new_certificate.html", context, status=422 if form.errors else 200)


def _registered(form: RegisterForm, by: ActingOfficial) -> DigitalCertificate | None:
    """The new row; None when it was refused, with the sentence at its place. No more is read than a certificate has."""
    sent, most = form.cleaned_data["certificate"], limits().certificate_bytes
    try:
        return register(sent.read(most + 1), form.chosen(by.agency_id), by=by, at=timezone.now())
    except CertificateRefused as refusal:
        form.add_error("holder" if refusal.reason == "not_serving" else "certificate", str(refusal))
    return None


@officials(*KEEPERS)
def certificate(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Everything it says, whose it is, where it stands."""
    by, at = official_of(request), timezone.now()
    row = certificate_for(by, certificate_id)
    return render(request, "signing/certificate.html", _told(row, by) | {"entry": entry_of(row, at), "states": STATES})


def _told(row: DigitalCertificate, by: ActingOfficial) -> dict[str, object]:
    usages = [str(USAGES[one]) for one in row.usages.split() if one in USAGES]
    return {
        "row": row, "usages": ", ".join(usages), "fingerprint": fingerprint_words(row.fingerprint),
        "is_own": row.agency_id == by.agency_id, "is_personal": tells_personal_number(row.subject),
    }  # fmt: skip


@officials(*KEEPERS)
def withdraw_certificate(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Say that from now on it counts no more, and why."""
    by, at = official_of(request), timezone.now()
    row = certificate_for(by, certificate_id)
    if row.agency_id != by.agency_id:
        raise Http404
    if row.withdrawn_at is not None:
        messages.info(request, _("Chứng thư này đã được thu hồi."))
        return redirect("certificate", row.pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            withdraw(row.pk, WithdrawalReason(said["reason"]), note=said["note"], by=by, at=at)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Đã thu hồi chứng thư."))
        return redirect("certificate", row.pk)
    context = _told(row, by) | {"form": form, "entry": entry_of(row, at)}
    return render(request, "signing/withdraw.html", context, status=422 if form.errors else 200)
