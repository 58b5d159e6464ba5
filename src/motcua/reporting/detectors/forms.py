"""Of which agency, and from which day to which."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.people.overseeing import Overseen
from motcua.reporting.detectors.signs import MOST_DAYS
from motcua.reporting.rules.periods import is_told_of

EVERY = "every"
_DAY_WIDGET = {"class": "govuk-input govuk-input--width-10", "inputmode": "numeric", "autocomplete": "off"}


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"],
        widget=forms.DateInput(format="%d/%m/%Y", attrs=_DAY_WIDGET),
        error_messages={
            "required": gettext_lazy("Ông/bà nhập ngày."),
            "invalid": gettext_lazy("Ngày chưa đúng. Ông/bà nhập theo dạng ngày/tháng/năm, ví dụ 05/12/2026."),
        },
    )


class PeriodForm(forms.Form):
    """A period of whole days of one overseen agency, or of all of them."""

    agency = forms.ChoiceField(
        label=gettext_lazy("Cơ quan"), widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"invalid_choice": gettext_lazy("Ông/bà chọn một cơ quan trong danh sách.")},
    )  # fmt: skip
    first = _day(gettext_lazy("Từ ngày"))
    last = _day(gettext_lazy("Đến hết ngày"))

    def __init__(self, overseen: list[Overseen], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.overseen = overseen
        choices = [(str(one.id), one.name) for one in overseen]
        if len(choices) > 1:
            choices.append((EVERY, _("Mọi cơ quan trong danh sách")))
        self.fields["agency"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The two days in their order, not more than a year apart."""
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        for name in ("first", "last"):
            if values.get(name) and not is_told_of(values[name]):
                self.add_error(name, _("Không có kỳ này. Ông/bà chọn lại tháng, quý hoặc năm."))
        if first is not None and last is not None:
            if first > last:
                self.add_error("last", _("Ngày cuối phải từ ngày đầu trở đi. Ông/bà đổi lại hai ngày."))
            elif (last - first).days > MOST_DAYS:
                self.add_error("last", _("Nhiều nhất là một năm. Ông/bà chọn khoảng ngày ngắn hơn."))
        return values

    def chosen(self) -> list[Overseen]:
        """The agencies asked for."""
        asked = self.cleaned_data["agency"]
        return [one for one in self.overseen if asked in (EVERY, str(one.id))]


def last_month(overseen: list[Overseen]) -> dict[str, Any]:
    """What the form begins with: the last thirty days of his own agency."""
    today: date = localdate()
    return {"agency": str(overseen[0].id) if overseen else "", "first": today - timedelta(days=30), "last": today}
