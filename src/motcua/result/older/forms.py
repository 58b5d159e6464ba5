"""An older result written down, a list sent in, a scan found unreadable."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.models import Procedure
from motcua.core.sheets import BIGGEST
from motcua.core.typed import day_input
from motcua.result.forms import FOR_GOOD, UNTIL, ValidityForm
from motcua.result.older.actions import OlderFacts
from motcua.result.older.listing import list_shape
from motcua.result.older.models import OlderResult
from motcua.result.phrases import BAD_HOLDER, DAY_FAULTS
from motcua.result.rules import DayFault, day_fault, holder_number
from motcua.routing.forms import TOO_LONG


def _line(label: Any, missing: Any = "", most: int = 200, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=bool(missing), help_text=hint,
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
        error_messages={"required": missing, "max_length": TOO_LONG},
    )  # fmt: skip


class OlderForm(ValidityForm):
    """One older result as it stands on its paper."""

    title = _line(gettext_lazy("Tên kết quả"), gettext_lazy("Ông/bà ghi tên kết quả, ví dụ Giấy khai sinh."))
    procedure = _line(
        gettext_lazy("Mã thủ tục"), most=40, hint=gettext_lazy("Nếu biết, ví dụ 1.001193. Không biết thì để trống.")
    )
    number = _line(gettext_lazy("Số, ký hiệu"), gettext_lazy("Ông/bà ghi số, ký hiệu của kết quả."), most=60)
    issued_on = day_input(gettext_lazy("Ngày cấp"), gettext_lazy("Ông/bà ghi ngày cấp in trên kết quả."))
    holder_name = _line(gettext_lazy("Cấp cho"), gettext_lazy("Ông/bà ghi họ tên hoặc tên tổ chức được cấp."))
    holder_id = _line(gettext_lazy("Số định danh hoặc mã số thuế"), most=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What is to be mended is named in the order of the page.
        self.order_fields(["title", "procedure", "number", "issued_on", "holder_name", "holder_id"])

    def clean_procedure(self) -> Any:
        code = self.cleaned_data["procedure"].strip()
        if not code:
            return None
        found = Procedure.objects.filter(national_code=code).values_list("id", flat=True).first()
        if found is None:
            raise forms.ValidationError(_("Không có thủ tục mã “%(code)s” trong danh mục.") % {"code": code})
        return found

    def clean_holder_id(self) -> str:
        number = holder_number(self.cleaned_data["holder_id"])
        if number is None:
            raise forms.ValidationError(BAD_HOLDER)
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("issued_on"):
            fault = day_fault(
                cleaned["issued_on"], cleaned.get("valid_until"), today=localdate(), first=list_shape().first
            )
            if fault is not None:
                where = "valid_until" if fault is DayFault.ENDS_BEFORE else "issued_on"
                self.add_error(where, str(DAY_FAULTS[fault]))
        return cleaned

    def facts(self) -> OlderFacts:
        """The checked form as plain values; call after `is_valid()`."""
        values = self.cleaned_data
        return OlderFacts(
            " ".join(values["title"].split()), " ".join(values["number"].split()), values["issued_on"],
            " ".join(values["holder_name"].split()), values["valid_until"], values["holder_id"], values["procedure"],
        )  # fmt: skip


class CorrectForm(OlderForm):
    """What stands in the register, to be put right, and why."""

    why = _line(
        gettext_lazy("Vì sao sửa"),
        gettext_lazy("Ông/bà ghi vì sao sửa, ví dụ: gõ nhầm số, đối chiếu với sổ gốc năm 2015."), most=400,
    )  # fmt: skip

    def __init__(self, posted: Any, *, older: OlderResult) -> None:
        known: dict[str, Any] = {name: getattr(older, name) for name in OlderForm.base_fields if hasattr(older, name)}
        known["procedure"] = older.procedure.national_code if older.procedure else ""
        super().__init__(posted, initial={**known, "validity": UNTIL if older.valid_until else FOR_GOOD})


class ListForm(forms.Form):
    """A list of older results."""

    use_required_attribute = False

    sheet = forms.FileField(
        label=gettext_lazy("Danh sách kết quả cũ"),
        help_text=gettext_lazy("Tệp CSV hoặc XLSX, nhiều nhất 5 MB."),
        widget=forms.ClearableFileInput(attrs={"class": "govuk-file-upload", "accept": ".csv,.xlsx,.txt"}),
        error_messages={
            "required": gettext_lazy("Ông/bà chọn tệp danh sách."), "empty": gettext_lazy("Tệp này trống."),
        },
    )  # fmt: skip

    def content(self) -> bytes:
        """As many bytes as a list may have, and one more; call after `is_valid()`."""
        read: bytes = self.cleaned_data["sheet"].read(BIGGEST + 1)
        return read
