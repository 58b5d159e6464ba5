"""What the quick page asks: how much is certified, for whom."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.typed import number_typed
from motcua.intake.certifying.actions import MOST_PAGES, Batch
from motcua.intake.forms import REQUIRED_NAME, STALE_PAGE
from motcua.people.actions import PartyFacts
from motcua.people.models import PartyKind

BATCHES: Final = 3
"""Lines of originals that differ in pages or copies."""


def _count(label: Any, *, required: bool) -> forms.IntegerField:
    sentence = gettext_lazy("Ông/bà nhập số từ 1 đến 999.")
    return forms.IntegerField(
        label=label, required=required, min_value=1, max_value=MOST_PAGES,
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-3", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
    )  # fmt: skip


class CertifyForm(forms.Form):
    """One visit: up to `BATCHES` lines of originals, and who brought them."""

    submission_id = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": STALE_PAGE, "invalid": STALE_PAGE}
    )
    ticket = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    full_name = forms.CharField(
        label=gettext_lazy("Họ tên người yêu cầu"), max_length=200,
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": REQUIRED_NAME,
            "max_length": gettext_lazy("Nội dung dài quá, nhiều nhất %(limit_value)d ký tự."),
        },
    )  # fmt: skip
    personal_id = forms.CharField(
        label=gettext_lazy("Số định danh"), required=False, max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-10", "inputmode": "numeric",
                                      "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *values: Any, **more: Any) -> None:
        super().__init__(*values, **more)
        for line in range(BATCHES):
            self.fields[f"documents_{line}"] = _count(_("Số bản chính"), required=not line)
            self.fields[f"pages_{line}"] = _count(_("Số trang mỗi bản"), required=not line)
            self.fields[f"copies_{line}"] = _count(_("Sao mấy bản"), required=not line)
        if self.is_bound or self.initial.get("full_name"):
            self.fields["pages_0"].widget.attrs["autofocus"] = True

    def clean_full_name(self) -> str:
        name = " ".join(self.cleaned_data["full_name"].split())
        if not any(letter.isalpha() for letter in name):
            raise forms.ValidationError(str(REQUIRED_NAME))
        return name

    def clean_personal_id(self) -> str:
        number = number_typed(self.cleaned_data["personal_id"])
        if number and not (number.isascii() and number.isdecimal() and len(number) == 12):
            raise forms.ValidationError(_("Số định danh cá nhân phải có đúng 12 chữ số, như trên thẻ căn cước."))
        return number

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for line in range(1, BATCHES):
            names = [f"{name}_{line}" for name in ("documents", "pages", "copies")]
            given = [name for name in names if values.get(name) is not None]
            if given and not any(name in self.errors for name in names):
                for name in names:
                    if name not in given:
                        self.add_error(name, _("Dòng này còn thiếu số này."))
        return values

    def batches(self) -> list[Batch]:
        """The lines as counted; those that are not whole yet are left out, so that a price can be shown meanwhile."""
        values = getattr(self, "cleaned_data", {})
        found = []
        for line in range(BATCHES):
            documents, pages, copies = (values.get(f"{name}_{line}") for name in ("documents", "pages", "copies"))
            if documents and pages and copies:
                found.append(Batch(documents, pages, copies))
        return found

    def applicant(self) -> PartyFacts:
        """Who brought them; call after `is_valid()`."""
        values = self.cleaned_data
        return PartyFacts(
            kind=PartyKind.PERSON, full_name=values["full_name"], personal_id=values["personal_id"], birth_date=None,
            gender="", address="", phone="",
        )  # fmt: skip

    def number(self) -> UUID:
        """The page's number; call after `is_valid()`."""
        found: UUID = self.cleaned_data["submission_id"]
        return found
