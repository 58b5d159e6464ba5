"""Statements sent in, looked at and taken in; lines decided with one press."""

from collections.abc import Callable, Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.payments.models import BankLine, CollectingAccount, PaymentOrder, Statement, StatementState
from motcua.payments.orders.actions import COLLECTORS
from motcua.payments.orders.queries import accounts_until
from motcua.payments.orders.reference import references_in
from motcua.payments.orders.refusals import OrderRefused
from motcua.payments.orders.views import DESK
from motcua.payments.statements import importing, resolving
from motcua.payments.statements.layouts import layouts_on
from motcua.payments.statements.opening import BIGGEST
from motcua.payments.statements.queries import likely_orders, other_open_orders
from motcua.payments.statements.taking_in import foretold, new_ones
from motcua.people.access import ActingOfficial, official_of

SHOWN = 200


class StatementForm(forms.Form):
    """A bank's sheet; and of which account it is, where the agency has had several."""

    account = forms.ChoiceField(
        label=gettext_lazy("Sao kê của tài khoản nào"),
        help_text=gettext_lazy("Tiền vào tài khoản đã thôi thu vẫn nhập được: chọn đúng tài khoản của tệp."),
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
        error_messages={"required": gettext_lazy("Ông/bà chọn tài khoản của sao kê.")},
    )  # fmt: skip
    sheet = forms.FileField(
        label=gettext_lazy("Sao kê của ngân hàng"),
        help_text=gettext_lazy("Tệp CSV hoặc XLSX tải từ trang của ngân hàng, nhiều nhất 5 MB."),
        widget=forms.ClearableFileInput(attrs={"class": "govuk-file-upload", "accept": ".csv,.xlsx,.txt"}),
        error_messages={
            "required": gettext_lazy("Ông/bà chọn tệp sao kê."), "empty": gettext_lazy("Tệp này trống."),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, accounts: Sequence[CollectingAccount], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._accounts = {str(one.id): one for one in accounts}
        if len(accounts) > 1:
            chooser = cast("forms.ChoiceField", self.fields["account"])
            chooser.choices = [(key, str(one)) for key, one in self._accounts.items()]
        else:
            del self.fields["account"]

    def account_chosen(self) -> CollectingAccount:
        """The account of the sheet, the only one where nothing was asked; call after `is_valid()`."""
        return self._accounts[self.cleaned_data.get("account", next(iter(self._accounts)))]


@officials(*COLLECTORS)
def statements(request: HttpRequest) -> HttpResponse:
    """Send a statement in; the last ones with what came of them."""
    by, at = official_of(request), timezone.now()
    accounts = accounts_until(by.agency_id, localdate(at))
    form = StatementForm(request.POST or None, request.FILES or None, accounts=accounts)
    if request.method == "POST" and accounts and form.is_valid():
        content, account = form.cleaned_data["sheet"].read(BIGGEST + 1), form.account_chosen()
        try:
            seen = importing.look_at(content, account=account, by=by, at=at)
        except Refusal as refusal:
            form.add_error("sheet", str(refusal))
        else:
            return redirect("statement", seen.id)
    sent = Statement.objects.filter(agency_id=by.agency_id).select_related("sent_by")
    context = {
        "form": form, "accounts": accounts, "layouts": layouts_on(localdate(at)),
        "statements": sent.order_by("-sent_at")[:20],
    }  # fmt: skip
    return render(request, "payments/statements.html", context, status=422 if form.errors else 200)


@officials(*COLLECTORS)
def statement(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """What was read, and what each line would become; take it in, or drop it."""
    by = official_of(request)
    rows = Statement.objects.select_related("account", "sent_by")
    found = rows.filter(pk=statement_id, agency_id=by.agency_id).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            _settle(request, found, by)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("money" if "import" in request.POST else "statements")
    context = {"statement": found, "is_seen": found.state == StatementState.SEEN, **_preview(found)}
    return render(request, "payments/statement.html", context)


def _settle(request: HttpRequest, found: Statement, by: ActingOfficial) -> None:
    if "import" not in request.POST:
        importing.drop_statement(found.id, by=by, at=timezone.now())
        messages.info(request, _("Đã bỏ sao kê, không dòng nào được nhập."))
        return
    taken = importing.import_statement(found.id, by=by, at=timezone.now())
    said = _("Đã nhập %(added)d dòng mới, %(counted)d dòng khớp khoản thu; %(known)d dòng đã có từ trước.")
    messages.success(request, said % {"added": taken.added, "counted": taken.states["counted"], "known": taken.known})


def _preview(found: Statement) -> dict[str, object]:
    """Each line with what it would become now; nothing is booked by looking."""
    told = importing.lines_of(found)
    fresh = set(map(id, new_ones(found.account, told)))
    shown = [line for line in told[:SHOWN] if id(line) in fresh]
    becomes = dict(zip(map(id, shown), foretold(found.account, shown), strict=True))
    rows = [{"line": line, "becomes": becomes.get(id(line))} for line in told[:SHOWN]]
    return {
        "rows": rows, "fresh": len(fresh), "known": len(told) - len(fresh), "more": max(len(told) - SHOWN, 0),
        "total": sum(line.amount for line in told),
    }  # fmt: skip


@officials(*DESK)
def bank_line(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """One line: what the bank said, whose it may be, what can be done with it."""
    return _line_page(request, _line_of(official_of(request), line_id))


def _line_of(by: ActingOfficial, line_id: UUID) -> BankLine:
    rows = BankLine.objects.select_related("order__version", "account", "decided_by")
    found = rows.filter(pk=line_id, agency_id=by.agency_id).first()
    if found is None:
        raise Http404
    return found


def _line_page(request: HttpRequest, found: BankLine, *, fault: str = "", status: int = 200) -> HttpResponse:
    loose = found.state in ("unmatched", "double", "over")
    others, waiting = other_open_orders(found) if loose else ((), 0)
    context = {
        "line": found,
        "likely": likely_orders(found) if loose else (),
        "others": others,
        "waiting": waiting,
        "refunds": found.refunds.select_related("noted_by", "done_by").order_by("noted_at"),
        "fault": fault,
        "typed": request.POST,
    }
    return render(request, "payments/bank_line.html", context, status=status)


@officials(*DESK)
@require_POST
def decide(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """One press decides: whose money it is, waited for, taken as enough, given back, none of ours."""
    by = official_of(request)
    found = _line_of(by, line_id)
    way = WAYS.get(request.POST.get("do", ""))
    if way is None:
        return _line_page(request, found, fault=_("Ông/bà chọn cách xử lý."), status=422)
    try:
        done = way(request, found, by)
    except Refusal as refusal:
        return _line_page(request, _line_of(by, line_id), fault=str(refusal), status=422)
    messages.success(request, done)
    return redirect("money")


def _assign(request: HttpRequest, line: BankLine, by: ActingOfficial) -> str:
    typed = request.POST.get("reference", "")
    named = PaymentOrder.objects.filter(agency_id=by.agency_id, reference__in=references_in(typed)).first()
    if named is None:
        raise OrderRefused(_("Không thấy khoản thu mang mã này. Ông/bà gõ lại mã nộp tiền, ví dụ MC và 10 chữ, số."))
    resolving.assign(line.id, order_id=named.id, by=by, at=timezone.now())
    return _("Đã tính tiền này cho khoản %(reference)s.") % {"reference": named.reference}


def _wait(request: HttpRequest, line: BankLine, by: ActingOfficial) -> str:
    resolving.wait_for_rest(line.id, by=by, at=timezone.now())
    return _("Đã ghi chờ nộp phần còn lại.")


def _accept(request: HttpRequest, line: BankLine, by: ActingOfficial) -> str:
    why = request.POST.get("reason", "") or _("Phần thiếu không đáng kể.")
    resolving.accept_short(line.id, reason=why, by=by, at=timezone.now())
    return _("Đã nhận số tiền nộp thiếu là đủ.")


def _accept_over(request: HttpRequest, line: BankLine, by: ActingOfficial) -> str:
    if line.order_id is None:
        raise OrderRefused(_("Dòng này chưa biết của khoản nào."))
    resolving.assign(line.id, order_id=line.order_id, by=by, at=timezone.now())
    return _("Đã nhận đủ khoản thu, phần thừa ghi trả lại.")


def _refund(request: HttpRequest, line: BankLine, by: ActingOfficial) -> str:
    why = request.POST.get("reason", "") or str(line.get_state_display())
    noted = resolving.refund(line.id, reason=why, by=by, at=timezone.now())
    return _("Đã lập phiếu trả lại tiền số %(number)s.") % {"number": noted}


def _set_aside(request: HttpRequest, line: BankLine, by: ActingOfficial) -> str:
    resolving.set_aside(line.id, reason=request.POST.get("reason", ""), by=by, at=timezone.now())
    return _("Đã ghi không phải tiền phí, lệ phí.")


WAYS: dict[str, Callable[[HttpRequest, BankLine, ActingOfficial], str]] = {
    "assign": _assign, "wait": _wait, "accept": _accept, "accept-over": _accept_over, "refund": _refund,
    "set-aside": _set_aside,
}  # fmt: skip
