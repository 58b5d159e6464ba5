"""What is chosen and typed when a certificate is registered or withdrawn, and which PDF is to be checked."""

from collections.abc import Sequence
from typing import Any, Final, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.people.models import Official
from motcua.signing.actions import Holder
from motcua.signing.models import LONGEST_NOTE, WithdrawalReason

THE_AGENCY: Final = "agency"


def _upload(label: Any, hint: Any, missing: Any, accept: str) -> forms.FileField:
    return forms.FileField(
        label=label, help_text=hint, allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"class": "govuk-file-upload", "accept": accept}),
        error_messages={"required": missing},
    )  # fmt: skip


class RegisterForm(forms.Form):
    """A certificate, and whose it is."""

    holder = forms.ChoiceField(
        label=gettext_lazy("Người giữ"),
        help_text=gettext_lazy("Con dấu điện tử của cơ quan, hoặc chữ ký của một người."),
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={
            "required": gettext_lazy("Ông/bà chọn cơ quan hoặc người giữ chứng thư."),
            "invalid_choice": gettext_lazy("Người này không còn làm việc ở cơ quan. Ông/bà chọn lại người giữ."),
        },
    )  # fmt: skip
    certificate = _upload(
        gettext_lazy("Tệp chứng thư số"),
        gettext_lazy("Chỉ phần công khai: .cer, .crt, .pem hoặc .p7b. Không gửi .pfx, .p12 hay khóa bí mật."),
        gettext_lazy("Ông/bà chọn tệp chứng thư số."), ".cer,.crt,.pem,.p7b,.p7c,.der",
    )  # fmt: skip

    def __init__(self, *args: Any, agency_name: str, people: Sequence[Official], **rest: Any) -> None:
        super().__init__(*args, **rest)
        chooser = cast("forms.ChoiceField", self.fields["holder"])
        chooser.choices = [
            ("", _("Chọn người giữ")), (THE_AGENCY, _("%(agency)s (con dấu của cơ quan)") % {"agency": agency_name}),
            *((str(one.pk), f"{one.full_name}, {one.title} · {one.unit.name}") for one in people),
        ]  # fmt: skip

    def chosen(self, agency_id: UUID) -> Holder:
        """Whose it is; call after `is_valid()`."""
        said: str = self.cleaned_data["holder"]
        return Holder(agency_id, None if said == THE_AGENCY else UUID(said))


class WithdrawForm(forms.Form):
    """Why a certificate counts no more."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Vì sao thu hồi"), choices=WithdrawalReason.choices,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
        error_messages={"required": gettext_lazy("Ông/bà chọn lý do thu hồi.")},
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Ghi thêm"), required=False, max_length=LONGEST_NOTE,
        help_text=gettext_lazy("Ví dụ: số biên bản mất thiết bị, số quyết định."),
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
        error_messages={"max_length": gettext_lazy("Nội dung dài quá, nhiều nhất %(limit_value)d ký tự.")},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("reason") == WithdrawalReason.OTHER and not said.get("note", "").strip():
            self.add_error("note", _("Ông/bà ghi lý do thu hồi."))
        return said


class CheckForm(forms.Form):
    """A PDF whose signatures somebody wants to read."""

    pdf = _upload(
        gettext_lazy("Tệp PDF đã ký số"),
        gettext_lazy("Tệp chỉ được đọc trong lúc kiểm tra, không lưu lại."),
        gettext_lazy("Ông/bà chọn tệp PDF cần kiểm tra."), ".pdf",
    )  # fmt: skip
