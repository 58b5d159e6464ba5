"""What the administrator writes of officials, units and the agency itself."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.people.forms.parts import choice, line, typed_day
from motcua.people.models import (
    Account,
    Agency,
    AgencyCode,
    CodeScheme,
    Official,
    Role,
    RoleGrant,
    Unit,
    UnitFunction,
)

_MISSING_DAY = gettext_lazy("Ông/bà nhập ngày.")
_USERNAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{2,59}\Z",
    gettext_lazy("Tên đăng nhập gồm chữ thường không dấu, số, dấu chấm hoặc gạch, từ 3 đến 60 ký tự."),
)
_PHONE = RegexValidator(
    r"^\+?[0-9][0-9 .()-]{5,28}\Z", gettext_lazy("Số điện thoại chỉ gồm chữ số, dấu cách, dấu chấm hoặc gạch.")
)


def open_units(agency_id: Any, day: date) -> list[tuple[str, str]]:
    """The agency's units not closed before that day, to choose from."""
    units = Unit.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), agency_id=agency_id)
    return [(str(unit.pk), unit.name) for unit in units.order_by("name")]


def _broken_rules(row: Model) -> list[str]:
    """What the table itself would say against this row, in its own sentences."""
    try:
        row.validate_constraints()
    except ValidationError as error:
        return list(error.messages)
    return []


class AppointForm(forms.Form):
    """A new official with the name he logs in by."""

    full_name = line(gettext_lazy("Họ và tên"), missing=gettext_lazy("Ông/bà nhập họ và tên."), spellcheck="false")
    title = line(gettext_lazy("Chức danh"), missing=gettext_lazy("Ông/bà nhập chức danh, ví dụ Chuyên viên."))
    username = line(
        gettext_lazy("Tên đăng nhập"),
        missing=gettext_lazy("Ông/bà nhập tên đăng nhập."),
        length=60,
        hint=gettext_lazy("Chữ thường không dấu, số, dấu chấm hoặc gạch; ví dụ mai.nt"),
        spellcheck="false",
        autocapitalize="none",
    )
    unit = choice(gettext_lazy("Đơn vị"), missing=gettext_lazy("Ông/bà chọn đơn vị."))
    role = choice(
        gettext_lazy("Vai trò đầu tiên trong đơn vị này"),
        [("", gettext_lazy("Giao sau")), *Role.choices],
        hint=gettext_lazy("Các vai trò khác giao ở trang của cán bộ."),
    )
    valid_from = typed_day(gettext_lazy("Làm việc từ ngày"), missing=_MISSING_DAY)

    def __init__(self, posted: Mapping[str, Any] | None, *, agency_id: Any, today: date) -> None:
        super().__init__(posted, initial={"valid_from": today})
        self.fields["unit"].choices = [("", _("Chọn đơn vị")), *open_units(agency_id, today)]  # type: ignore[attr-defined]
        self.fields["username"].validators.append(_USERNAME)

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if Account.objects.filter(username__iexact=username).exists():
            raise ValidationError(_("Tên đăng nhập này đã có người dùng. Ông/bà chọn tên khác."))
        return username

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        unit, day = cleaned.get("unit"), cleaned.get("valid_from")
        if unit and day:
            _check_unit_day(self, Unit.objects.get(pk=unit), day)
        return cleaned


class GrantRoleForm(forms.Form):
    """One more role for an official, in a unit, from a day on."""

    role = choice(
        gettext_lazy("Vai trò"),
        [("", gettext_lazy("Chọn vai trò")), *Role.choices],
        missing=gettext_lazy("Ông/bà chọn vai trò."),
    )
    unit = choice(gettext_lazy("Trong đơn vị"), missing=gettext_lazy("Ông/bà chọn đơn vị."))
    valid_from = typed_day(gettext_lazy("Từ ngày"), missing=_MISSING_DAY)
    valid_to = typed_day(gettext_lazy("Đến hết ngày"), hint=gettext_lazy("Để trống khi chưa biết ngày kết thúc."))

    def __init__(self, posted: Mapping[str, Any] | None, *, official: Official, agency_id: Any, today: date) -> None:
        super().__init__(posted, initial={"valid_from": today, "unit": str(official.unit_id)})
        self.official = official
        self.fields["unit"].choices = [("", _("Chọn đơn vị")), *open_units(agency_id, today)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first is None or "valid_to" not in cleaned or not cleaned.get("unit") or not cleaned.get("role"):
            return cleaned
        if last is not None and last < first:
            self.add_error("valid_to", _("Ngày hết vai trò phải từ ngày giao trở đi."))
            return cleaned
        _check_unit_day(self, Unit.objects.get(pk=cleaned["unit"]), first)
        held = RoleGrant.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=first),
            official=self.official, role=cleaned["role"], unit_id=cleaned["unit"],
        )  # fmt: skip
        if (held if last is None else held.filter(valid_from__lte=last)).exists():
            self.add_error("role", _("Cán bộ này đã giữ vai trò đó trong đơn vị vào thời gian này."))
        return cleaned


def _check_unit_day(form: forms.Form, unit: Unit, day: date) -> None:
    if day < unit.valid_from:
        form.add_error(
            "valid_from",
            _("Đơn vị bắt đầu từ %(day)s. Ông/bà nhập ngày từ đó trở đi.") % {"day": f"{unit.valid_from:%d/%m/%Y}"},
        )
    elif unit.valid_to is not None and day > unit.valid_to:
        form.add_error("valid_from", _("Đơn vị đã kết thúc ngày %(day)s.") % {"day": f"{unit.valid_to:%d/%m/%Y}"})


class LastDayForm(forms.Form):
    """Until when something lasts."""

    last_day = typed_day(gettext_lazy("Đến hết ngày"), missing=_MISSING_DAY)

    def __init__(self, posted: Mapping[str, Any] | None, *, today: date) -> None:
        super().__init__(posted, initial={"last_day": today})


class CloseUnitForm(LastDayForm):
    """Until when a room works, and which takes over what is not done there."""

    successor = choice(
        gettext_lazy("Đơn vị nhận việc còn lại"),
        hint=gettext_lazy("Các bước chưa xong chuyển sang đơn vị này khi đơn vị đóng."),
    )

    def __init__(self, posted: Mapping[str, Any] | None, *, today: date, others: Iterable[tuple[Any, str]]) -> None:
        super().__init__(posted, today=today)
        successor: Any = self.fields["successor"]
        successor.choices = [("", gettext_lazy("Không có việc còn lại")), *((str(key), name) for key, name in others)]


class OpenUnitForm(forms.Form):
    """A new room of the agency."""

    name = line(gettext_lazy("Tên đơn vị"), missing=gettext_lazy("Ông/bà nhập tên đơn vị."))
    function = choice(
        gettext_lazy("Chức năng"),
        [("", gettext_lazy("Chọn chức năng")), *UnitFunction.choices],
        missing=gettext_lazy("Ông/bà chọn chức năng."),
        hint=gettext_lazy("Quy trình nội bộ tìm đơn vị theo chức năng này."),
    )
    valid_from = typed_day(gettext_lazy("Từ ngày"), missing=_MISSING_DAY)

    def __init__(self, posted: Mapping[str, Any] | None, *, agency_id: Any, today: date) -> None:
        super().__init__(posted, initial={"valid_from": today})
        self.agency_id = agency_id

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            for sentence in _broken_rules(Unit(agency_id=self.agency_id, **cleaned)):
                self.add_error("function", sentence)
        return cleaned


class ContactForm(forms.Form):
    """Where citizens find the agency."""

    address = line(gettext_lazy("Địa chỉ"), length=300)
    phone = line(gettext_lazy("Điện thoại"), length=30, inputmode="tel")
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
        error_messages={"invalid": gettext_lazy("Địa chỉ thư điện tử chưa đúng, ví dụ mot.cua@phuong.gov.vn.")},
    )

    def __init__(self, posted: Mapping[str, Any] | None, *, agency: Agency) -> None:
        super().__init__(posted, initial={"address": agency.address, "phone": agency.phone, "email": agency.email})
        self.fields["phone"].validators.append(_PHONE)


class GiveCodeForm(forms.Form):
    """A code of the agency, in a scheme, from a day on."""

    scheme = choice(gettext_lazy("Kiểu mã"), CodeScheme.choices, missing=gettext_lazy("Ông/bà chọn kiểu mã."))
    code = line(
        gettext_lazy("Mã"), missing=gettext_lazy("Ông/bà nhập mã."), length=35, wide=False,
        hint=gettext_lazy("Chữ in hoa, số và dấu chấm, ví dụ H17.21"), spellcheck="false",
    )  # fmt: skip
    valid_from = typed_day(gettext_lazy("Từ ngày"), missing=_MISSING_DAY)

    def __init__(self, posted: Mapping[str, Any] | None, *, agency_id: Any, today: date) -> None:
        super().__init__(posted, initial={"valid_from": today, "scheme": CodeScheme.DECISION_20_2020})
        self.agency_id = agency_id

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        return code.upper()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        taken = AgencyCode.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=cleaned["valid_from"]),
            scheme=cleaned["scheme"], code=cleaned["code"],
        ).exclude(agency_id=self.agency_id)  # fmt: skip
        if taken.exists():
            self.add_error("code", _("Mã này đang là mã của cơ quan khác. Ông/bà kiểm tra lại."))
            return cleaned
        for sentence in _broken_rules(AgencyCode(agency_id=self.agency_id, **cleaned)):
            self.add_error("code", sentence)
        return cleaned
