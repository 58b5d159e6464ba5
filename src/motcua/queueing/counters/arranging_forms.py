"""The page on which an administrator arranges a hall: its own fields, a row for each need, a row for each counter."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.people.models import Official, Unit
from motcua.queueing.actions.arranging import PlannedCounter, PlannedHall, PlannedNeed
from motcua.queueing.models import Counter, Hall, Need
from motcua.queueing.models.halls import LONGEST_ANNOUNCEMENT

WEEKDAYS: Final = (
    ("1", gettext_lazy("Thứ Hai")), ("2", gettext_lazy("Thứ Ba")), ("3", gettext_lazy("Thứ Tư")),
    ("4", gettext_lazy("Thứ Năm")), ("5", gettext_lazy("Thứ Sáu")), ("6", gettext_lazy("Thứ Bảy")),
    ("7", gettext_lazy("Chủ nhật")),
)  # fmt: skip
MOST_NEEDS, MOST_COUNTERS = 26, 60
_BOX: Final = {"class": "govuk-checkboxes__input"}


def _text(label: Any, length: int, *, required: bool = True, missing: Any = "", width: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=length,
        widget=forms.TextInput(attrs={"class": f"govuk-input {width}".strip(), "autocomplete": "off"}),
        error_messages={
            "required": missing, "max_length": gettext_lazy("Nội dung dài quá, nhiều nhất %(limit_value)d ký tự."),
        },
    )  # fmt: skip


def _minutes(label: Any, least: int, most: int) -> forms.IntegerField:
    sentence = gettext_lazy("Ông/bà nhập số phút, từ %(least)d đến %(most)d.") % {"least": least, "most": most}
    return forms.IntegerField(
        label=label, min_value=least, max_value=most,
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-3"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
    )  # fmt: skip


def _tick(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, widget=forms.CheckboxInput(attrs=_BOX))


class RowChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A row of ours by its id; what is no id at all has the same sentence as a row that is not offered."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError as unknown:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from unknown


class HallForm(forms.Form):
    """What is said of the hall as a whole. `is_new`: the word in addresses is chosen once."""

    code = forms.SlugField(
        label=gettext_lazy("Mã trong địa chỉ"), max_length=20,
        help_text=gettext_lazy("Chữ thường không dấu và gạch nối, ví dụ sanh-1. Chọn một lần, in trên phiếu."),
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-10", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Ông/bà đặt mã cho sảnh, ví dụ sanh-1."),
            "invalid": gettext_lazy("Mã chỉ gồm chữ không dấu, số và gạch nối, ví dụ sanh-1."),
            "max_length": gettext_lazy("Nội dung dài quá, nhiều nhất %(limit_value)d ký tự."),
        },
    )  # fmt: skip
    name = _text(gettext_lazy("Tên sảnh"), 120, missing=gettext_lazy("Ông/bà nhập tên sảnh."))
    unit = RowChoice(
        label=gettext_lazy("Đơn vị trực"), queryset=Unit.objects.none(), empty_label=None,
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Ông/bà chọn đơn vị trực ở sảnh này.")
        ),
    )  # fmt: skip
    early_minutes = _minutes(gettext_lazy("Cho lấy số trước giờ mở cửa (phút)"), 0, 180)
    takes_phones = _tick(gettext_lazy("Cho lấy số bằng điện thoại"))
    announcement = _text(gettext_lazy("Thông báo trên màn hình"), LONGEST_ANNOUNCEMENT, required=False)
    is_open = _tick(gettext_lazy("Sảnh đang dùng"))

    def __init__(self, *values: Any, agency_id: UUID, is_new: bool, **more: Any) -> None:
        super().__init__(*values, **more)
        units = Unit.objects.filter(agency_id=agency_id, valid_to=None)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if not is_new:
            del self.fields["code"]

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).lower()
        if Hall.objects.filter(code=code).exists():
            raise forms.ValidationError(_("Đã có sảnh dùng mã này. Ông/bà đặt mã khác."))
        return code


class NeedForm(forms.Form):
    """One thing that people come for; a row without a letter is no need."""

    letter = _text(gettext_lazy("Chữ đầu của số"), 1, required=False, width="govuk-input--width-2")
    name = _text(gettext_lazy("Việc cần làm, lời người dân"), 80, required=False)
    explained = _text(gettext_lazy("Nói rõ thêm"), 160, required=False)
    usual_minutes = _minutes(gettext_lazy("Thường mất (phút)"), 1, 240)
    sectors = forms.MultipleChoiceField(
        label=gettext_lazy("Lĩnh vực"), required=False, widget=forms.CheckboxSelectMultiple(attrs=_BOX)
    )
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("Nhận tại quầy vào"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple(attrs=_BOX),
        help_text=gettext_lazy("Những ngày khác việc này chỉ nhận trực tuyến."),
        error_messages={"required": gettext_lazy("Ông/bà chọn ít nhất một ngày nhận tại quầy.")},
    )  # fmt: skip
    is_collecting = _tick(gettext_lazy("Chỉ để nhận kết quả"))
    takes_bookings = _tick(gettext_lazy("Cho hẹn giờ"))
    is_open = _tick(gettext_lazy("Đang nhận"))

    def __init__(self, *values: Any, sectors: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*values, **more)
        self.fields["sectors"].choices = sectors  # type: ignore[attr-defined]

    def clean_letter(self) -> str:
        letter = str(self.cleaned_data["letter"]).upper()
        if letter and not ("A" <= letter <= "Z"):
            raise forms.ValidationError(_("Chữ đầu của số là một chữ từ A đến Z, không dấu."))
        return letter

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("letter") and not values.get("name") and "name" not in self.errors:
            self.add_error("name", _("Ông/bà ghi việc cần làm của chữ này."))
        if values.get("name") and not values.get("letter") and "letter" not in self.errors:
            self.add_error("letter", _("Ông/bà đặt một chữ từ A đến Z cho việc này."))
        return values

    def planned(self) -> PlannedNeed:
        """The row as it is to be; call after `is_valid()`."""
        values = {name: self.cleaned_data[name] for name in self.fields}
        days = tuple(int(day) for day in values.pop("weekdays"))
        return PlannedNeed(**{**values, "sectors": tuple(values["sectors"])}, weekdays=days)


class CounterForm(forms.Form):
    """One counter; a row without a number is none."""

    number = forms.IntegerField(
        label=gettext_lazy("Số quầy"), required=False, min_value=1, max_value=999,
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-2"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), gettext_lazy("Số quầy là số nguyên từ 1 đến 999.")
        ),
    )  # fmt: skip
    name = _text(gettext_lazy("Tên quầy"), 80, required=False)
    letters = _text(gettext_lazy("Nhận các chữ"), 26, required=False, width="govuk-input--width-10")
    usual_official = RowChoice(
        label=gettext_lazy("Người thường ngồi"), queryset=Official.objects.none(), required=False,
        empty_label=gettext_lazy("Ai trực thì ngồi"), widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"invalid_choice": gettext_lazy("Người này không còn làm tiếp nhận. Ông/bà chọn người khác.")},
    )  # fmt: skip
    is_open = _tick(gettext_lazy("Đang dùng"))

    def __init__(self, *values: Any, officials: Any, **more: Any) -> None:
        super().__init__(*values, **more)
        self.fields["usual_official"].queryset = officials  # type: ignore[attr-defined]

    def clean_letters(self) -> str:
        letters = "".join(dict.fromkeys("".join(self.cleaned_data["letters"].split()).replace(",", "").upper()))
        if not all("A" <= letter <= "Z" for letter in letters):
            raise forms.ValidationError(_("Ông/bà ghi các chữ liền nhau, ví dụ ABT."))
        return letters

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("number") and not values.get("letters") and "letters" not in self.errors:
            self.add_error("letters", _("Quầy này nhận việc nào? Ghi các chữ của việc, ví dụ ABT."))
        return values

    def planned(self) -> PlannedCounter:
        """The row as it is to be; call after `is_valid()`."""
        values = self.cleaned_data
        official = values["usual_official"]
        return PlannedCounter(
            values["number"], values["letters"], values["name"], official.pk if official else None, values["is_open"]
        )


NeedRows = formset_factory(NeedForm, extra=0, max_num=MOST_NEEDS, absolute_max=MOST_NEEDS)
CounterRows = formset_factory(CounterForm, extra=0, max_num=MOST_COUNTERS, absolute_max=MOST_COUNTERS)


class HallPlan:
    """The three together: read from a hall or from what was typed, checked against each other, given as a plan."""

    def __init__(self, hall: Hall | None, agency_id: UUID, typed: Any, *, sectors: Any, officials: Any) -> None:
        self.hall = hall
        self.form = HallForm(typed, initial=_of_hall(hall), agency_id=agency_id, is_new=hall is None)
        self.needs = NeedRows(
            typed, prefix="need", initial=_needs_of(hall), form_kwargs={"sectors": sectors}
        )  # fmt: skip
        self.counters = CounterRows(
            typed, prefix="counter", initial=_counters_of(hall), form_kwargs={"officials": officials}
        )  # fmt: skip

    def is_valid(self) -> bool:
        """Whether everything fits; what does not has its sentence at its field."""
        rows = [self.form.is_valid(), self.needs.is_valid(), self.counters.is_valid()]
        return all(rows) and self._fits()

    def _fits(self) -> bool:
        letters = _once(self.needs, "letter", _("Chữ này đã dùng cho việc khác của sảnh."))
        _once(self.counters, "number", _("Số quầy này đã có ở dòng khác."))
        if not letters:
            self.form.add_error(None, _("Sảnh cần ít nhất một việc. Ông/bà ghi chữ và tên của việc."))
        for row in self.counters:
            unknown = [letter for letter in row.cleaned_data.get("letters", "") if letter not in letters]
            if row.cleaned_data.get("number") and unknown:
                row.add_error("letters", _("Sảnh không có việc mang chữ %(letter)s.") % {"letter": ", ".join(unknown)})
        return not (self.form.errors or any(self.needs.errors) or any(self.counters.errors))

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every sentence with the id of the field it belongs to, for the list above the page."""
        if not self.form.is_bound:
            return []
        found = [(str(sentence), "") for sentence in self.form.non_field_errors()]
        found += [(str(sentence), "") for rows in (self.needs, self.counters) for sentence in rows.non_form_errors()]
        for one in (self.form, *self.needs, *self.counters):
            for box in one:
                place = f"{box.auto_id}_0" if box.use_fieldset else str(box.auto_id)
                found += [(str(sentence), place) for sentence in box.errors]
        return found

    def planned(self) -> PlannedHall:
        """The hall as it is to be; call after `is_valid()`."""
        values: dict[str, Any] = {"code": self.hall.code} if self.hall else {}
        values |= {name: value for name, value in self.form.cleaned_data.items() if name != "unit"}
        needs = tuple(row.planned() for row in self.needs if row.cleaned_data.get("letter"))
        counters = tuple(row.planned() for row in self.counters if row.cleaned_data.get("number"))
        return PlannedHall(**values, needs=needs, counters=counters)


def _once(rows: Any, column: str, sentence: str) -> set[Any]:
    """The values of a column; whichever row repeats one has the sentence."""
    seen: set[Any] = set()
    for row in rows:
        value = row.cleaned_data.get(column)
        if value and value in seen:
            row.add_error(column, sentence)
        if value:
            seen.add(value)
    return seen


def _of_hall(hall: Hall | None) -> dict[str, Any]:
    if hall is None:
        return {"early_minutes": 30, "takes_phones": True, "is_open": True}
    names = ("name", "unit", "early_minutes", "takes_phones", "announcement", "is_open")
    return {name: getattr(hall, name) for name in names}


def _needs_of(hall: Hall | None) -> list[dict[str, Any]]:
    kept = list(Need.objects.filter(hall=hall)) if hall else []
    names = ("letter", "name", "explained", "usual_minutes", "sectors", "is_collecting", "takes_bookings", "is_open")
    rows = [{**{name: getattr(need, name) for name in names}, "weekdays": need.weekdays} for need in kept]
    blank = {"usual_minutes": 10, "weekdays": [1, 2, 3, 4, 5], "is_open": True}
    return [*rows, blank][:MOST_NEEDS]


def _counters_of(hall: Hall | None) -> list[dict[str, Any]]:
    kept = list(Counter.objects.filter(hall=hall).prefetch_related("needs")) if hall else []
    rows: list[dict[str, Any]] = [
        {
            "number": counter.number, "name": counter.name, "usual_official": counter.usual_official_id,
            "letters": "".join(need.letter for need in counter.needs.all()), "is_open": counter.is_open,
        }
        for counter in kept
    ]  # fmt: skip
    return [*rows, {"is_open": True}][:MOST_COUNTERS]
