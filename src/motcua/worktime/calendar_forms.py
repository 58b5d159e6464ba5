"""What the administrator may change in the office's own calendar: one day, or the hours of the week."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.typed import TypedDay
from motcua.worktime.models import DayKindChoice
from motcua.worktime.rules import DatedDay, DayKind
from motcua.worktime.rules.weeks import Week
from motcua.worktime.typed import TypedSessions

FIRST_YEAR, YEARS_AHEAD = 2019, 2
WEEKDAYS = (
    gettext_lazy("Thứ Hai"), gettext_lazy("Thứ Ba"), gettext_lazy("Thứ Tư"), gettext_lazy("Thứ Năm"),
    gettext_lazy("Thứ Sáu"), gettext_lazy("Thứ Bảy"), gettext_lazy("Chủ nhật"),
)  # fmt: skip


def _last_year() -> int:
    return timezone.localdate().year + YEARS_AHEAD


# Otherwise one official alone could mark a day gone by as closed, and a late dossier would have been in time.
PAST_DAY = gettext_lazy(
    "Không đổi ngày đã qua tại cơ quan: hồ sơ trễ không được thành đúng hạn. "
    "Ngày nghỉ đột xuất thì ghi ngoại lệ cho từng hồ sơ, hoặc sửa lịch theo văn bản bằng lệnh motcua calendar."
)


class DayForm(forms.Form):
    """One date of the office's own calendar."""

    day = TypedDay(label=gettext_lazy("Ngày"), error_messages={"required": gettext_lazy("Ông/bà nhập ngày.")})
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại ngày"),
        choices=[
            (choice.value, choice.label)
            for choice in (DayKindChoice.CLOSED, DayKindChoice.SPECIAL, DayKindChoice.MAKE_UP_DAY)
        ],
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Ông/bà ghi lý do: người dân đọc lý do này trên phiếu hẹn.")},
    )
    decision = forms.CharField(
        label=gettext_lazy("Số văn bản"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
    )
    sessions = TypedSessions(
        label=gettext_lazy("Giờ làm việc trong ngày"),
        required=False,
        help_text=gettext_lazy("Cách nhau bằng dấu phẩy, ví dụ 07:00-11:30, 13:30-15:00"),
    )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not FIRST_YEAR <= day.year <= _last_year():
            raise forms.ValidationError(_("Ngày nằm ngoài các năm lịch đang có. Ông/bà nhập lại."))
        if day < timezone.localdate():
            raise forms.ValidationError(PAST_DAY)
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, sessions = cleaned.get("kind"), cleaned.get("sessions")
        if kind == DayKind.SPECIAL and sessions == ():
            self.add_error("sessions", _("Ngày có giờ riêng phải ghi ít nhất một buổi làm việc."))
        if kind == DayKind.CLOSED and sessions:
            self.add_error("sessions", _("Ngày nghỉ không có buổi làm việc. Ông/bà xóa ô này."))
        return cleaned

    def dated(self) -> DatedDay:
        """The checked form as a dated day; call after `is_valid()`."""
        values = self.cleaned_data
        return DatedDay(values["day"], DayKind(values["kind"]), values["name"], values["decision"], values["sessions"])


class HoursForm(forms.Form):
    """The hours of a whole week, from a day on. Told `week` are the hours it starts from."""

    use_required_attribute = False
    valid_from = TypedDay(
        label=gettext_lazy("Áp dụng từ ngày"),
        error_messages={"required": gettext_lazy("Ông/bà nhập ngày bắt đầu áp dụng giờ mới.")},
    )

    def __init__(self, said: Any = None, *, week: Week) -> None:
        written = {name_of(weekday): ", ".join(map(str, sessions)) for weekday, sessions in week.items()}
        super().__init__(said, initial=written)
        for weekday, name in enumerate(WEEKDAYS, start=1):
            self.fields[name_of(weekday)] = TypedSessions(label=name)

    def clean_valid_from(self) -> date:
        day: date = self.cleaned_data["valid_from"]
        if not timezone.localdate() <= day <= date(_last_year(), 12, 31):
            raise forms.ValidationError(
                _("Giờ mới áp dụng từ hôm nay đến hết năm %(year)d. Ông/bà nhập lại ngày.") % {"year": _last_year()}
            )
        return day

    def week(self) -> Week:
        """The checked hours by weekday; call after `is_valid()`."""
        return {weekday: self.cleaned_data[name_of(weekday)] for weekday in range(1, 8)}


def name_of(weekday: int) -> str:
    """The field of a weekday, 1 (Monday) to 7 (Sunday)."""
    return f"weekday_{weekday}"
