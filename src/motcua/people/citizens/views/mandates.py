"""For whom I act, and who acts for me."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.core.access import citizens
from motcua.people.citizens.access import MandateRefused, citizen_of, ended_words
from motcua.people.citizens.ending import allow_over, end_over, mandates_over, revoke_mandate, why_not_his
from motcua.people.citizens.mandate_forms import MandateForm
from motcua.people.citizens.mandates import declare_mandate
from motcua.people.citizens.models import Mandate
from motcua.people.citizens.views.parts import Words, one_form, wanted_next
from motcua.people.views.parts import posted, written

_OFFICES = ("agent", "official__unit__agency", "ended_official__unit__agency")


@citizens()
def mine(request: HttpRequest) -> HttpResponse:
    """For whom I act, acted, and shall act; who acts for me."""
    citizen, today = citizen_of(request), timezone.localdate()
    rows = Mandate.objects.filter(agent_id=citizen.id).select_related(*_OFFICES).order_by("-made_at")
    over = mandates_over(citizen).select_related(*_OFFICES)
    context = {
        "mandates": [(row, standing(row, today), ended_words(row)) for row in rows],
        "over": [(row, standing(row, today), why_not_his(row, citizen, today)) for row in over],
        "me": citizen,
    }
    return render(request, "people/citizens/mandates.html", context)


def standing(row: Mandate, today: date) -> str:
    """One word for a page: revoked, ended, or held."""
    if row.revoked_at is not None:
        return "revoked"
    return "ended" if row.valid_to is not None and row.valid_to < today else "held"


@citizens()
def new(request: HttpRequest) -> HttpResponse:
    """Say for whom I act."""
    form, wanted = MandateForm(posted(request)), wanted_next(request)
    if (
        request.method == "POST"
        and form.is_valid()
        and written(form, lambda: declare_mandate(citizen_of(request), form.principal(), at=timezone.now()))
    ):
        messages.success(request, _("Đã ghi. Cán bộ đối chiếu giấy tờ khi nhận hồ sơ."))
        return redirect(wanted or reverse("mandates"))
    words = Words(
        _("Làm thay người khác"), _("Ghi"),
        lead=_("Khai một lần, dùng cho các hồ sơ sau. Nội dung khai là lời cam đoan của ông/bà."),
        back=(reverse("mandates"), _("Tôi làm thay ai")),
    )  # fmt: skip
    return one_form(request, form, words, wanted=wanted)


@citizens()
@require_POST
def end(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """I act for that one no longer."""
    try:
        revoke_mandate(citizen_of(request), mandate_id, at=timezone.now())
    except MandateRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã thôi làm thay."))
    return redirect("mandates")


@citizens()
@require_POST
def end_for_me(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """That one acts for me no longer."""
    try:
        end_over(citizen_of(request), mandate_id, at=timezone.now())
    except MandateRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã chấm dứt. Người đó không nộp được hồ sơ nào nữa thay ông/bà."))
    return redirect("mandates")


@citizens()
@require_POST
def allow_for_me(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """That one acts for me again."""
    try:
        allow_over(citizen_of(request), mandate_id, at=timezone.now())
    except MandateRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã cho làm thay lại."))
    return redirect("mandates")
