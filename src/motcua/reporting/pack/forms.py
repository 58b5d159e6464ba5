"""What an inspector asks for: whose dossiers, of which days, and which of them."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.reporting.detectors.forms import PeriodForm
from motcua.reporting.detectors.signs import SIGNS
from motcua.reporting.pack.sampling import PackOrder, SampleKind, new_seed

KINDS = (
    (SampleKind.ALL.value, gettext_lazy("Mọi hồ sơ của kỳ")),
    (SampleKind.RANDOM.value, gettext_lazy("Một số hồ sơ lấy ngẫu nhiên")),
    (SampleKind.LATE.value, gettext_lazy("Chỉ hồ sơ trễ hạn")),
    (SampleKind.SIGN.value, gettext_lazy("Chỉ hồ sơ có một dấu hiệu")),
)
MOST_DRAWN = 100_000
_SEED = re.compile(r"[0-9A-Za-z._-]{1,60}")


class PackForm(PeriodForm):
    """A period and a sample of it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Lấy những hồ sơ nào"), choices=KINDS, initial=SampleKind.RANDOM.value,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
        error_messages={"required": gettext_lazy("Ông/bà chọn lấy những hồ sơ nào.")},
    )  # fmt: skip
    number = forms.IntegerField(
        label=gettext_lazy("Số hồ sơ lấy ngẫu nhiên"), required=False, min_value=1, max_value=MOST_DRAWN, initial=30,
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={
            "min_value": gettext_lazy("Ông/bà nhập ít nhất 1 hồ sơ."),
            "max_value": gettext_lazy("Nhiều nhất %(limit_value)d hồ sơ một gói."),
            "invalid": gettext_lazy("Ông/bà nhập một số."),
        },
    )  # fmt: skip
    seed = forms.CharField(
        label=gettext_lazy("Chuỗi chọn mẫu ngẫu nhiên"), required=False,
        help_text=gettext_lazy(
            "Một dãy chữ, số do ông/bà tự nghĩ ra: ai biết nó đều tính lại được đúng mẫu này. "
            "Để trống thì máy tự chọn và in vào gói."
        ),
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-20", "autocomplete": "off"}),
    )  # fmt: skip
    sign = forms.ChoiceField(
        label=gettext_lazy("Dấu hiệu"), required=False, choices=[(sign.code, sign.title) for sign in SIGNS],
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )  # fmt: skip

    def clean_seed(self) -> str:
        """Letters and digits that stay the same however they are copied."""
        seed: str = self.cleaned_data["seed"].strip()
        if seed and not _SEED.fullmatch(seed):
            raise forms.ValidationError(
                _("Chuỗi chọn mẫu chỉ gồm chữ không dấu, số, dấu chấm, gạch; nhiều nhất 60 ký tự.")
            )
        return seed

    def clean(self) -> dict[str, Any]:
        """What the chosen kind needs is there."""
        values = super().clean()
        if values.get("kind") == SampleKind.RANDOM and not values.get("number") and "number" not in self.errors:
            self.add_error("number", _("Ông/bà nhập số hồ sơ cần lấy."))
        if values.get("kind") == SampleKind.SIGN and not values.get("sign") and "sign" not in self.errors:
            self.add_error("sign", self.fields["sign"].error_messages["required"])
        return values

    def order(self) -> PackOrder:
        """The order, with a seed made up where none was given."""
        values, kind = self.cleaned_data, SampleKind(self.cleaned_data["kind"])
        drawn = kind is SampleKind.RANDOM
        return PackOrder(
            self.chosen(), values["first"], values["last"], kind, number=values["number"] if drawn else 0,
            seed=(values["seed"] or new_seed()) if drawn else "",
            sign=values["sign"] if kind is SampleKind.SIGN else "",
        )  # fmt: skip
