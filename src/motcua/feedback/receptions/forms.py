"""What is typed about receptions: a plan, one day of it changed, what came of a day."""

from dataclasses import fields
from datetime import date
from typing import Any, Final
from unicodedata import normalize

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.feedback.receptions.models import (
    LONGEST_REASON,
    DayPartChoice,
    Reception,
    ReceptionOutcome,
    ReceptionPlan,
)
from motcua.feedback.receptions.outcomes import Entered
from motcua.feedback.receptions.queries import rhythm_of
from motcua.feedback.receptions.rules import LAST_WEEK, WEEKS
from motcua.people.forms.parts import choice, line, typed_day, typed_time
from motcua.worktime.calendar_forms import WEEKDAYS
from motcua.worktime.queries import plan_of
from motcua.worktime.rules.plan import sessions_on

WEEK_NAMES: Final = {
    1: gettext_lazy("Tuần thứ nhất"), 2: gettext_lazy("Tuần thứ hai"), 3: gettext_lazy("Tuần thứ ba"),
    4: gettext_lazy("Tuần thứ tư"), LAST_WEEK: gettext_lazy("Tuần cuối tháng"),
}  # fmt: skip
_BOX: Final = {"class": "govuk-checkboxes__input"}
_MOST: Final = 9999
_DAY_MISSING: Final = gettext_lazy("Ông/bà nhập ngày.")
_WHY_MISSING: Final = gettext_lazy("Ghi lý do: người dân sẽ đọc được.")
NUMBERS: Final = ("people", "complaints", "denunciations", "recommendations", "remarks")


class PlanForm(forms.Form):
    """Who receives citizens, when and where, from a day on."""

    receiver = line(
        gettext_lazy("Người tiếp công dân"), missing=gettext_lazy("Ông/bà ghi chức vụ người tiếp công dân."),
        hint=gettext_lazy("Chức vụ, ví dụ Chủ tịch Ủy ban nhân dân phường"),
    )  # fmt: skip
    is_head = forms.BooleanField(
        label=gettext_lazy("Là người đứng đầu cơ quan"), required=False, widget=forms.CheckboxInput(attrs=_BOX)
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Tiếp vào"), coerce=int, choices=[*enumerate(WEEKDAYS, start=1)],
        widget=forms.CheckboxSelectMultiple(attrs=_BOX),
        error_messages={"required": gettext_lazy("Chọn ít nhất một thứ trong tuần.")},
    )  # fmt: skip
    weeks = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Các tuần trong tháng"), coerce=int, choices=[*WEEK_NAMES.items()], required=False,
        help_text=gettext_lazy("Không chọn tuần nào là mọi tuần. Tuần thứ nhất: thứ ấy lần đầu trong tháng."),
        widget=forms.CheckboxSelectMultiple(attrs=_BOX),
    )  # fmt: skip
    part = choice(gettext_lazy("Buổi"), DayPartChoice.choices, missing=gettext_lazy("Ông/bà chọn buổi tiếp."))
    starts = typed_time(gettext_lazy("Từ giờ"), hint=gettext_lazy("Chỉ điền khi chọn giờ riêng."))
    ends = typed_time(gettext_lazy("Đến giờ"))
    next_when_closed = forms.BooleanField(
        label=gettext_lazy("Trùng ngày nghỉ thì tiếp vào ngày làm việc kế tiếp"), required=False,
        help_text=gettext_lazy("Không chọn thì buổi trùng ngày nghỉ không tiếp."),
        widget=forms.CheckboxInput(attrs=_BOX),
    )  # fmt: skip
    place = line(gettext_lazy("Nơi tiếp"), missing=gettext_lazy("Ông/bà ghi nơi tiếp công dân."), length=200)
    phone = line(gettext_lazy("Điện thoại"), length=30, inputmode="tel")
    decision = line(gettext_lazy("Theo văn bản"), length=200)
    valid_from = typed_day(gettext_lazy("Từ ngày"), missing=_DAY_MISSING)
    valid_to = typed_day(gettext_lazy("Đến hết ngày"), hint=gettext_lazy("Để trống nếu chưa biết ngày thôi."))

    def __init__(self, posted: Any = None, *, calendar_code: str, today: date) -> None:
        super().__init__(posted, initial={"valid_from": today})
        self._calendar_code, self._today = calendar_code, today

    def clean_receiver(self) -> str:
        """As the plans are compared: one blank between words, each letter written in one way."""
        return normalize("NFC", " ".join(str(self.cleaned_data["receiver"]).split()))

    def clean_weeks(self) -> list[int]:
        chosen: list[int] = self.cleaned_data["weeks"]
        return [] if set(chosen) == set(WEEKS) else chosen

    def clean_valid_from(self) -> date:
        first: date = self.cleaned_data["valid_from"]
        if first < self._today:
            raise forms.ValidationError(_("Lịch mới bắt đầu từ hôm nay trở đi."))
        return first

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, last = said.get("valid_from"), said.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Ngày cuối không được trước ngày đầu."))
        self._clean_hours(said)
        if not self.errors:
            self._clean_weekdays()
        return said

    def _clean_hours(self, said: dict[str, Any]) -> None:
        starts, ends = said.get("starts"), said.get("ends")
        if said.get("part") != DayPartChoice.HOURS:
            said["starts"] = said["ends"] = None
        elif "starts" in said and "ends" in said and (starts is None or ends is None):
            self.add_error(
                "starts" if starts is None else "ends", _("Giờ riêng phải ghi đủ giờ bắt đầu, giờ kết thúc.")
            )
        elif starts is not None and ends is not None and ends <= starts:
            self.add_error("ends", _("Giờ kết thúc phải sau giờ bắt đầu."))

    def _clean_weekdays(self) -> None:
        """On each weekday chosen the office is open at those hours in an ordinary week."""
        plan, week = self.plan(), plan_of(self._calendar_code)
        rhythm = rhythm_of(plan)
        for weekday in sorted(plan.weekdays):
            if not rhythm.within(sessions_on(week, weekday, plan.valid_from)):
                self.add_error(
                    "weekdays",
                    _("%(weekday)s cơ quan không làm việc vào giờ ấy. Ông/bà bỏ chọn, hoặc chọn buổi khác.")
                    % {"weekday": WEEKDAYS[weekday - 1]},
                )

    def plan(self) -> ReceptionPlan:
        """The plan as typed, not written."""
        return ReceptionPlan(**self.cleaned_data)


class ChangeForm(forms.Form):
    """One day moved or cancelled. `calls_off`: it was moved before, so there is only the reason to say."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Thay đổi"),
        choices=[
            ("moved", gettext_lazy("Chuyển sang ngày khác")), ("cancelled", gettext_lazy("Hủy buổi tiếp")),
        ],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
        error_messages={"required": gettext_lazy("Ông/bà chọn chuyển ngày hay hủy.")},
    )  # fmt: skip
    to_day = typed_day(gettext_lazy("Ngày tiếp mới"), hint=gettext_lazy("Chỉ điền khi chuyển sang ngày khác."))
    reason = line(gettext_lazy("Lý do báo cho người dân"), missing=_WHY_MISSING, length=LONGEST_REASON)

    def __init__(self, posted: Any = None, *, calls_off: bool = False) -> None:
        super().__init__(posted)
        if calls_off:
            del self.fields["kind"], self.fields["to_day"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("kind") == "cancelled":
            said["to_day"] = None
        elif said.get("kind") == "moved" and said.get("to_day") is None and "to_day" not in self.errors:
            self.add_error("to_day", _("Ông/bà nhập ngày tiếp mới."))
        return said


class AddedDayForm(forms.Form):
    """One more day."""

    to_day = typed_day(gettext_lazy("Ngày tiếp thêm"), missing=_DAY_MISSING)
    reason = line(gettext_lazy("Lý do báo cho người dân"), missing=_WHY_MISSING, length=LONGEST_REASON)


class LastReceptionForm(forms.Form):
    """The last day on which a plan holds."""

    last_day = typed_day(gettext_lazy("Ngày cuối của lịch"), missing=_DAY_MISSING)


def _number(label: Any, hint: Any = "") -> forms.IntegerField:
    wrong = gettext_lazy("Ông/bà nhập một số từ 0 đến 9999.")
    return forms.IntegerField(
        label=label, min_value=0, max_value=_MOST, help_text=hint,
        widget=forms.TextInput(
            attrs={"class": "govuk-input govuk-input--width-3", "inputmode": "numeric", "autocomplete": "off"}
        ),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )  # fmt: skip


class EntryForm(forms.Form):
    """What came of a day: numbers, no names of those who came."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Buổi tiếp"), choices=ReceptionOutcome.choices,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
        error_messages={"required": gettext_lazy("Ông/bà chọn ai đã tiếp, hoặc không tiếp.")},
    )  # fmt: skip
    received_by = line(
        gettext_lazy("Người đã tiếp"), hint=gettext_lazy("Họ tên, chức vụ của cán bộ; để trống khi không tiếp.")
    )
    people = _number(gettext_lazy("Số người đến"), gettext_lazy("Chỉ ghi số: họ tên người đến ở sổ tiếp công dân."))
    complaints = _number(gettext_lazy("Vụ việc khiếu nại"))
    denunciations = _number(gettext_lazy("Vụ việc tố cáo"))
    recommendations = _number(gettext_lazy("Kiến nghị"))
    remarks = _number(gettext_lazy("Phản ánh"))
    reason = line(gettext_lazy("Lý do không tiếp"), length=LONGEST_REASON, hint=gettext_lazy("Chỉ ghi khi không tiếp."))

    def __init__(self, posted: Any = None, *, plan: ReceptionPlan, row: Reception | None = None) -> None:
        zero: dict[str, Any] = dict.fromkeys(NUMBERS, 0)
        told = {one.name: getattr(row, one.name) for one in fields(Entered)} if row else {}
        super().__init__(posted, initial={**zero, "received_by": plan.receiver, **told})

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("outcome") == ReceptionOutcome.NOT_HELD:
            if not said.get("reason"):
                self.add_error("reason", _("Không tiếp thì ghi lý do."))
            if any(said.get(name) for name in NUMBERS):
                self.add_error("people", _("Không tiếp thì các số để 0. Ông/bà xem lại."))
        elif said.get("outcome"):
            if not said.get("received_by"):
                self.add_error("received_by", _("Ông/bà ghi ai đã tiếp."))
            if said.get("reason"):
                self.add_error("reason", _("Đã tiếp thì để trống ô này."))
            if said.get("people") == 0 and any(said.get(name) for name in NUMBERS[1:]):
                self.add_error("people", _("Có vụ việc thì phải có người đến."))
        return said

    def entered(self) -> Entered:
        """The checked answers; call after `is_valid()`."""
        said = self.cleaned_data
        not_held = said["outcome"] == ReceptionOutcome.NOT_HELD
        return Entered(**{**said, "received_by": "" if not_held else said["received_by"]})
