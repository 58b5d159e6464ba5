"""What is typed about a fee: situations, counts, an exemption, amounts the law leaves open; cash; reasons."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.payments.models.orders import REASON
from motcua.payments.orders.actions import MOST
from motcua.payments.orders.rules import Quote, Stated
from motcua.payments.typed import LONGEST, sum_typed

_NO_BASIS = gettext_lazy("Ông/bà ghi căn cứ thu. Không có căn cứ thì không thu.")
_BAD_SUM = gettext_lazy("Số tiền là số đồng nguyên. Ông/bà nhập lại, ví dụ 8.000.")
UNIT_WORDS = {
    "copy": gettext_lazy("Số bản sao"), "page": gettext_lazy("Số trang của một bản"),
    "paper": gettext_lazy("Số văn bản, số trường hợp"), "person": gettext_lazy("Số người"),
}  # fmt: skip
_INPUT = {"class": "govuk-input govuk-input--width-10", "inputmode": "numeric", "autocomplete": "off"}


class TypedSum(forms.CharField):
    """A sum of whole đồng."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(max_length=LONGEST, widget=forms.TextInput(attrs=_INPUT), **rest)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = sum_typed(text)
        except ValueError as error:
            raise forms.ValidationError(_BAD_SUM) from error
        if amount > MOST:
            raise forms.ValidationError(_BAD_SUM)
        return amount


class OrderForm(forms.Form):
    """How the fees of one dossier are to be counted; its fields come from the version and the tables.

    `whens` are the situations to choose among, `quote` what applies in the one that is chosen. What the law leaves
    open has to be said before a fee is asked for; `trial` only looks at what it comes to.
    """

    def __init__(
        self, *args: Any, quote: Quote, whens: Sequence[str], exemptions: list[tuple[str, str]], trial: bool = False,
        **rest: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **rest)
        self._trial = trial
        if whens:
            self.fields["when"] = forms.ChoiceField(
                label=_("Trường hợp của hồ sơ này"), choices=[(when, when) for when in whens],
                widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
                error_messages={"required": _("Ông/bà chọn trường hợp: mức thu khác nhau.")},
            )  # fmt: skip
        for unit in dict.fromkeys((*quote.units, *(("copy",) if "page" in quote.units else ()))):
            self.fields[f"count_{unit}"] = forms.IntegerField(
                label=UNIT_WORDS[unit], min_value=1, max_value=9_999, initial=1,
                widget=forms.TextInput(attrs=_INPUT),
                error_messages={
                    "required": _("Ông/bà ghi số lượng, ít nhất là 1."),
                    "invalid": _("Số lượng là số nguyên, ví dụ 2."),
                },
            )  # fmt: skip
        for line in quote.lines:
            if line.amount is None:
                self._ask_amount(line.place, line.name)
        if exemptions:
            self.fields["exemption"] = forms.ChoiceField(
                label=_("Diện được miễn, giảm"), required=False, choices=[("", _("Không thuộc diện nào")), *exemptions],
                widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
                help_text=_("Chỉ chọn khi đã xem giấy tờ chứng minh."),
            )  # fmt: skip

    def _ask_amount(self, place: int, name: str) -> None:
        self.fields[f"amount_{place}"] = TypedSum(
            label=_("Mức thu: %(name)s") % {"name": name}, required=not self._trial,
            help_text=_("Khoản này do tỉnh quy định. Ghi số tiền theo nghị quyết của tỉnh, 0 nếu không thu."),
            error_messages={"required": _("Ông/bà ghi mức thu theo nghị quyết của tỉnh, 0 nếu không thu.")},
        )  # fmt: skip
        self.fields[f"basis_{place}"] = forms.CharField(
            label=_("Theo nghị quyết số"), required=not self._trial, max_length=200,
            widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
            error_messages={"required": _NO_BASIS},
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for name in [name for name in self.fields if name.startswith("amount_")]:
            place = name.removeprefix("amount_")
            stated = said.get(name) is not None
            if stated and not said.get(f"basis_{place}", "").strip() and f"basis_{place}" not in self.errors:
                self.add_error(f"basis_{place}", _NO_BASIS)
        return said

    def chosen(self) -> dict[str, Any]:
        """The checked form as `quote_for` takes it."""
        said = self.cleaned_data
        stated = {
            int(name.removeprefix("amount_")): Stated(said[name], said[f"basis_{name.removeprefix('amount_')}"].strip())
            for name in said if name.startswith("amount_") and said[name] is not None
        }  # fmt: skip
        counts = {name.removeprefix("count_"): said[name] for name in said if name.startswith("count_")}
        whens = {said["when"]} if said.get("when") else set()
        return {"whens": whens, "counts": counts, "exemption": said.get("exemption", ""), "stated": stated}


class CashForm(forms.Form):
    """Cash that was counted."""

    amount = TypedSum(
        label=gettext_lazy("Số tiền mặt đã đếm (đồng)"),
        error_messages={"required": gettext_lazy("Ông/bà ghi số tiền mặt đã nhận.")},
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do"), max_length=REASON,
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Ông/bà ghi lý do: người xem lại sau này cần biết vì sao.")},
    )  # fmt: skip
