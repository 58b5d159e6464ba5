"""The account fees are collected in: which one, since when, and changing it by two people."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.core.typed import day_input
from motcua.payments.accounts.actions import NewAccount, ask_account, confirm_account, drop_account
from motcua.payments.models import CollectingAccount
from motcua.payments.orders.queries import account_on
from motcua.payments.orders.tables import banks
from motcua.people.access import official_of
from motcua.people.models import Role

KEEPERS = (Role.ADMINISTRATOR, Role.APPROVER)
_INPUT = {"class": "govuk-input", "autocomplete": "off"}


class AccountForm(forms.Form):
    """Another account to collect in."""

    bank = forms.ChoiceField(
        label=gettext_lazy("Ngân hàng"), widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"required": gettext_lazy("Ông/bà chọn ngân hàng.")},
    )  # fmt: skip
    number = forms.RegexField(
        r"^[0-9A-Za-z]{4,19}$", label=gettext_lazy("Số tài khoản"), widget=forms.TextInput(attrs=_INPUT),
        error_messages={
            "required": gettext_lazy("Ông/bà ghi số tài khoản."),
            "invalid": gettext_lazy("Số tài khoản gồm 4 đến 19 chữ, số, không dấu cách."),
        },
    )  # fmt: skip
    holder = forms.CharField(
        label=gettext_lazy("Tên tài khoản"), max_length=120, widget=forms.TextInput(attrs=_INPUT),
        error_messages={"required": gettext_lazy("Ông/bà ghi tên tài khoản như ngân hàng ghi.")},
    )  # fmt: skip
    decision = forms.CharField(
        label=gettext_lazy("Theo văn bản"), max_length=200, widget=forms.TextInput(attrs=_INPUT),
        error_messages={"required": gettext_lazy("Ông/bà ghi văn bản cho mở, đổi tài khoản.")},
    )  # fmt: skip
    valid_from = day_input(gettext_lazy("Thu từ ngày"), missing=gettext_lazy("Ông/bà ghi ngày bắt đầu thu."))

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        choices = [("", _("Chọn ngân hàng")), *sorted(banks().items(), key=lambda one: one[1])]
        self.fields["bank"].choices = choices  # type: ignore[attr-defined]

    def new(self) -> NewAccount:
        """The checked form as plain values; call after `is_valid()`."""
        return NewAccount(**self.cleaned_data)


@officials(*KEEPERS)
def account(request: HttpRequest) -> HttpResponse:
    """The account in force, those before it, what is asked; ask for another."""
    by, at = official_of(request), timezone.now()
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_account(form.new(), by=by, at=at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã đề nghị. Tài khoản có hiệu lực khi người thứ hai xác nhận."))
            return redirect("collecting-account")
    rows = CollectingAccount.objects.filter(agency_id=by.agency_id).select_related("asked_by", "confirmed_by")
    context = {
        "form": form, "in_force": account_on(by.agency_id, localdate(at)),
        "asked": rows.filter(confirmed_at=None).first(),
        "accounts": rows.filter(confirmed_at__isnull=False).order_by("-valid_from"), "by": by,
    }  # fmt: skip
    return render(request, "payments/accounts.html", context, status=422 if form.errors else 200)


@officials(*KEEPERS)
@require_POST
def settle(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Agree to another account, or turn it down."""
    by, at = official_of(request), timezone.now()
    try:
        if "confirm" in request.POST:
            confirm_account(account_id, by=by, at=at)
            messages.success(request, _("Đã xác nhận tài khoản thu."))
        else:
            drop_account(account_id, by=by, at=at)
            messages.info(request, _("Đã bỏ đề nghị đổi tài khoản."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("collecting-account")
