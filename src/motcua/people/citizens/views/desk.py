"""Mandates at the desk: an official has seen the paper, or ends one at the asking of whom it is about."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.access import officials
from motcua.core.typed import number_typed
from motcua.people.access import ActingOfficial, official_of
from motcua.people.citizens.access import MandateRefused
from motcua.people.citizens.ending import allow_at_desk, end_at_desk
from motcua.people.citizens.forms import line
from motcua.people.citizens.mandates import confirm_mandate, differences, mandates_before
from motcua.people.citizens.models import Mandate
from motcua.people.citizens.views.mandates import standing
from motcua.people.looking import Purpose, Task, look_as
from motcua.people.models.officials import Role
from motcua.people.views.parts import posted

MOST_FOUND = 50


class NumberForm(forms.Form):
    """The number of whom mandates are about; posted, for no personal number stands in an address."""

    number = line(
        gettext_lazy("Số định danh, hoặc mã số doanh nghiệp"), length=20,
        missing=gettext_lazy("Ông/bà nhập số định danh 12 chữ số, hoặc mã số doanh nghiệp 10 hoặc 13 chữ số."),
        inputmode="numeric", autocomplete="off",
    )  # fmt: skip

    def clean_number(self) -> str:
        return number_typed(self.cleaned_data["number"])


class EndForm(forms.Form):
    """Why it ends."""

    reason = line(
        gettext_lazy("Lý do chấm dứt"), length=300,
        missing=gettext_lazy("Ông/bà ghi lý do chấm dứt: ai đề nghị, theo giấy tờ nào."),
        hint=gettext_lazy("Ví dụ: giám đốc đề nghị tại quầy, công văn số 15 ngày 20/11/2026. Người làm thay đọc được."),
        autocomplete="off",
    )  # fmt: skip


@officials(Role.RECEIVER)
def find(request: HttpRequest) -> HttpResponse:
    """The mandates about somebody that were shown here, by his number."""
    by, form, found = official_of(request), NumberForm(posted(request)), None
    if request.method == "POST" and form.is_valid():
        rows = mandates_before(by.agency_id).filter(personal_id=form.cleaned_data["number"])
        found = list(rows.select_related("agent", "official").order_by("-made_at")[:MOST_FOUND])
        look_as(by, "mandate", [row.pk for row in found], task=Task(Purpose.DESK), at=timezone.now())
    shown = None if found is None else [(row, standing(row, localdate())) for row in found]
    context = {"form": form, "found": shown}
    return render(request, "people/citizens/find_mandates.html", context, status=422 if form.errors else 200)


@officials(Role.RECEIVER)
def confirm(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """What was said, and what an official does about it who has seen the paper: confirm it, end it, allow it again."""
    by, at = official_of(request), timezone.now()
    rows = mandates_before(by.agency_id).select_related("agent", "official", "confirmed_by", "ended_official")
    row = get_object_or_404(rows, pk=mandate_id)
    act = request.POST.get("act", "")
    form = EndForm(request.POST if act == "end" else None)
    if request.method == "POST" and (act != "end" or form.is_valid()):
        write, done = _act(act, row, form, by=by, at=at)
        try:
            write()
        except MandateRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done)
        return redirect("confirm-mandate", mandate_id=row.pk)
    look_as(by, "mandate", (row.pk,), task=Task(Purpose.DESK), at=at)
    context = {
        "mandate": row, "standing": standing(row, localdate(at)), "differences": differences(row), "form": form,
        "may_allow": row.ended_official is not None and row.ended_official.unit.agency_id == by.agency_id,
    }  # fmt: skip
    return render(request, "people/citizens/confirm_mandate.html", context, status=422 if form.errors else 200)


def _act(
    act: str, row: Mandate, form: EndForm, *, by: ActingOfficial, at: datetime
) -> tuple[Callable[[], object], str]:
    """What the pressed button writes, and what is said once it is written."""
    if act == "end":
        reason = form.cleaned_data["reason"]
        return lambda: end_at_desk(row.pk, reason=reason, by=by, at=at), _("Đã chấm dứt việc làm thay.")
    if act == "allow":
        return lambda: allow_at_desk(row.pk, by=by, at=at), _("Đã cho làm thay lại.")
    return lambda: confirm_mandate(row.pk, by=by, at=at), _("Đã ghi là đã đối chiếu giấy tờ.")
