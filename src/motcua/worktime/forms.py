"""The question of the public due-date page."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.worktime.asking import MOST, Neighbours
from motcua.worktime.rules import Unit
from motcua.worktime.typed import TypedMoment

UNITS = (
    (Unit.WORKING_DAY.value, gettext_lazy("ngày làm việc")),
    (Unit.WORKING_HOUR.value, gettext_lazy("giờ làm việc")),
    (Unit.DAY.value, gettext_lazy("ngày (tính cả ngày nghỉ)")),
)
_BAD_AMOUNT = gettext_lazy("Thời hạn là số nguyên từ 1 đến 3650.")


class DueForm(forms.Form):
    """When, how long, in which unit, whose hours. `procedure` only fills in the limit."""

    procedure = forms.CharField(
        label=gettext_lazy("Mã thủ tục"), required=False, max_length=40,
        help_text=gettext_lazy("Nếu biết mã, ví dụ 1.001193, thời hạn được lấy từ thủ tục."),
        widget=forms.TextInput(
            attrs={"class": "govuk-input govuk-input--width-10", "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={"max_length": gettext_lazy("Mã thủ tục dài quá, nhiều nhất %(limit_value)d ký tự.")},
    )  # fmt: skip
    amount = forms.IntegerField(
        label=gettext_lazy("Thời hạn giải quyết"), min_value=1, max_value=MOST,
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("Ông/bà nhập thời hạn, hoặc nhập mã thủ tục để lấy thời hạn của thủ tục."),
            "invalid": _BAD_AMOUNT, "min_value": _BAD_AMOUNT, "max_value": _BAD_AMOUNT,
        },
    )  # fmt: skip
    unit = forms.ChoiceField(
        label=gettext_lazy("Đơn vị"), choices=UNITS, widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={
            "required": gettext_lazy("Ông/bà chọn đơn vị của thời hạn."),
            "invalid_choice": gettext_lazy("Ông/bà chọn một đơn vị trong danh sách."),
        },
    )  # fmt: skip
    agency = forms.CharField(label=gettext_lazy("Tính theo giờ làm việc của"), required=False, max_length=35)

    def __init__(self, asked: Mapping[str, str] | None = None, *, neighbours: Neighbours, **rest: Any) -> None:
        super().__init__(asked, **rest)
        self.neighbours = neighbours
        self.fields = {"from": _filed_at(), **self.fields}
        named = [*neighbours.agencies()]
        written = (asked or {}).get("agency", "")
        if written and written not in dict(named):
            named.append((written, written))
        self.fields["agency"].widget = forms.Select(
            attrs={"class": "govuk-select"}, choices=[("", _("Lịch chung cả nước (07:00–11:30, 13:30–17:00)")), *named]
        )

    def clean(self) -> dict[str, Any]:
        """Adds `calendar_code` for a known agency. The agency's codes have dates, so the moment comes first."""
        cleaned: dict[str, Any] = self.cleaned_data
        start, agency = cleaned.get("from"), cleaned.get("agency", "")
        if agency:
            day = start.date() if start is not None else localdate()
            cleaned["calendar_code"] = self.neighbours.calendar_of(agency, day)
            if cleaned["calendar_code"] is None:
                self.add_error(
                    "agency", _("Không có cơ quan nào mang mã này. Ông/bà chọn một cơ quan trong danh sách.")
                )
        return cleaned


def _filed_at() -> TypedMoment:
    """Named `from`, which no class attribute can be."""
    return TypedMoment(
        label=_("Nộp hồ sơ lúc"),
        help_text=_("Ngày/tháng/năm và giờ, ví dụ 05/01/2026 08:30 hoặc gõ liền 050120260830."),
        error_messages={"required": _("Ông/bà nhập ngày giờ nộp hồ sơ.")},
    )
