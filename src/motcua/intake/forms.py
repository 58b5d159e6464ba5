"""The counter form: what the receiver types, ticks or scans."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.models import Channel
from motcua.catalogue.queries import OfferedVersion
from motcua.catalogue.rules import situations
from motcua.core.typed import number_typed, phone_typed
from motcua.dossiers.actions import PaperHandedIn
from motcua.dossiers.models import FiledBy, ReturnMethod
from motcua.intake.actions import Filing, handed_in
from motcua.intake.rules import ORGANISATION, PERSON, counter_channels, who_may_apply
from motcua.people.actions import PartyFacts
from motcua.people.models import Gender, PartyKind

_PHONE = re.compile(r"^(\+84|0)\d{8,10}$")
_SPACES = re.compile(r"\s+")
REQUIRED_NAME = gettext_lazy("Ông/bà nhập họ tên chủ hồ sơ.")
KIND_REFUSED = {
    frozenset({PERSON}): gettext_lazy("Thủ tục này chỉ dành cho cá nhân, hộ gia đình. Ông/bà chọn “Cá nhân”."),
    frozenset({ORGANISATION}): gettext_lazy(
        "Thủ tục này chỉ dành cho tổ chức, doanh nghiệp. Ông/bà chọn “Tổ chức, doanh nghiệp”."
    ),
    frozenset({PERSON, ORGANISATION}): gettext_lazy("Ông/bà chọn chủ hồ sơ là cá nhân hay tổ chức, doanh nghiệp."),
}
# Only a page that was cut off or meddled with sends none, or one that is no number of ours.
STALE_PAGE = gettext_lazy(
    "Trang này đã hỏng hoặc quá cũ nên chưa ghi được. Ông/bà mở lại trang tiếp nhận rồi nhập lại."
)
DATE_SHAPE = gettext_lazy("Ngày sinh chưa đúng. Ông/bà nhập theo dạng ngày/tháng/năm, ví dụ 05/09/1984.")


def _text(
    label: Any, *, required: bool = False, length: int = 200, missing: Any = "", **attributes: str
) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=length,
        strip=True,
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off", **attributes}),
        error_messages={
            "required": missing,
            "max_length": gettext_lazy("Nội dung dài quá, nhiều nhất %(limit_value)d ký tự."),
        },
    )


class IntakeForm(forms.Form):
    """One filing at the counter or by post. `offered` decides papers and situations; `today` the sane dates."""

    submission_id = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": STALE_PAGE, "invalid": STALE_PAGE}
    )
    ticket = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    applicant_kind = forms.ChoiceField(
        label=gettext_lazy("Chủ hồ sơ là"),
        choices=PartyKind.choices,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
    )
    full_name = _text(gettext_lazy("Họ tên hoặc tên tổ chức"), required=True, missing=REQUIRED_NAME, spellcheck="false")
    personal_id = _text(gettext_lazy("Số định danh (căn cước) hoặc mã số doanh nghiệp"), length=20, inputmode="numeric")
    birth_date = forms.DateField(
        label=gettext_lazy("Ngày sinh"),
        required=False,
        input_formats=["%d/%m/%Y", "%d-%m-%Y", "%d%m%Y", "%Y-%m-%d"],
        widget=forms.DateInput(
            format="%d/%m/%Y",
            attrs={
                "class": "govuk-input govuk-input--width-10",
                "inputmode": "numeric",
                "autocomplete": "off",
                "placeholder": "05/09/1984",
            },
        ),
        error_messages={"invalid": DATE_SHAPE},
    )
    gender = forms.ChoiceField(
        label=gettext_lazy("Giới tính"),
        required=False,
        choices=[("", "—"), *Gender.choices],
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )
    address = _text(gettext_lazy("Địa chỉ"), length=300)
    phone = _text(gettext_lazy("Điện thoại"), length=20, inputmode="tel")
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
        error_messages={"invalid": gettext_lazy("Địa chỉ thư điện tử chưa đúng, ví dụ lan.nguyen@example.vn.")},
    )
    submitter_name = _text(gettext_lazy("Người nộp thay (nếu có)"))
    submitter_personal_id = _text(gettext_lazy("Số định danh người nộp thay"), length=20, inputmode="numeric")
    request = _text(gettext_lazy("Nội dung yêu cầu"), length=600)
    copies = forms.IntegerField(
        label=gettext_lazy("Số bộ hồ sơ"),
        min_value=1,
        max_value=99,
        initial=1,
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-3"}),
        error_messages={
            "required": gettext_lazy("Ông/bà nhập số bộ hồ sơ, từ 1 đến 99."),
            "invalid": gettext_lazy("Số bộ hồ sơ là số nguyên từ 1 đến 99."),
            "min_value": gettext_lazy("Số bộ hồ sơ ít nhất là 1."),
            "max_value": gettext_lazy("Số bộ hồ sơ nhiều nhất là 99."),
        },
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Cách nộp"), widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"})
    )
    return_method = forms.ChoiceField(
        label=gettext_lazy("Nhận kết quả"),
        choices=ReturnMethod.choices,
        initial=ReturnMethod.COUNTER,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
    )
    return_address = _text(gettext_lazy("Địa chỉ nhận kết quả (qua bưu chính)"), length=300)
    whens = forms.MultipleChoiceField(
        label=gettext_lazy("Trường hợp"), required=False, widget=forms.CheckboxSelectMultiple
    )
    papers = forms.MultipleChoiceField(
        label=gettext_lazy("Giấy tờ đã nhận"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": gettext_lazy("Có giấy tờ không thuộc thủ tục này. Ông/bà tải lại trang và đánh dấu lại.")
        },
    )

    def __init__(self, offered: OfferedVersion, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        self._offer_applicants(who_may_apply(offered.content.applicant_kinds))
        ways = counter_channels(offered.channels)
        chooser = cast("forms.ChoiceField", self.fields["channel"])
        chooser.choices = [(way, Channel(way).label) for way in ways]
        chooser.initial = next(iter(ways), None)
        self.fields["whens"].choices = [(when, when) for when in situations(offered.content)]  # type: ignore[attr-defined]
        self.fields["papers"].choices = [(str(paper.id), paper.name) for paper in offered.components]  # type: ignore[attr-defined]

    def _offer_applicants(self, allowed: Collection[str]) -> None:
        kinds = [choice for choice in PartyKind.choices if choice[0] in allowed]
        chooser = cast("forms.ChoiceField", self.fields["applicant_kind"])
        chooser.choices = kinds
        chooser.initial = kinds[0][0]
        sentence = KIND_REFUSED[frozenset(allowed)]
        chooser.error_messages |= {"required": sentence, "invalid_choice": sentence}

    def clean_full_name(self) -> str:
        name = _SPACES.sub(" ", self.cleaned_data["full_name"])
        if not any(letter.isalpha() for letter in name):
            raise forms.ValidationError(REQUIRED_NAME)
        return name

    def clean_personal_id(self) -> str:
        return number_typed(self.cleaned_data["personal_id"])

    def clean_submitter_personal_id(self) -> str:
        number = number_typed(self.cleaned_data["submitter_personal_id"])
        if number and not re.fullmatch(r"[0-9]{12}", number):
            raise forms.ValidationError(_("Số định danh người nộp thay phải có đúng 12 chữ số."))
        return number

    def clean_birth_date(self) -> date | None:
        birth: date | None = self.cleaned_data["birth_date"]
        if birth is not None and birth > localdate():
            raise forms.ValidationError(
                _("Ngày sinh phải trước hôm nay. Ông/bà nhập lại theo dạng ngày/tháng/năm, ví dụ 05/09/1984.")
            )
        if birth is not None and birth.year < 1875:
            raise forms.ValidationError(_("Năm sinh chưa đúng. Ông/bà kiểm tra lại trên giấy tờ."))
        return birth

    def clean_phone(self) -> str:
        phone = phone_typed(self.cleaned_data["phone"])
        if phone and not _PHONE.match(phone):
            raise forms.ValidationError(_("Số điện thoại chưa đúng, ví dụ 0905 123 456."))
        return phone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        number, kind = cleaned.get("personal_id", ""), cleaned.get("applicant_kind")
        if cleaned.get("return_method") == ReturnMethod.POST and "return_address" in cleaned:
            cleaned["return_address"] = cleaned["return_address"] or cleaned.get("address", "")
            if not cleaned["return_address"]:
                self.add_error("return_address", _("Nhận qua bưu chính thì cần địa chỉ nhận kết quả."))
        if number and kind == PartyKind.PERSON and not re.fullmatch(r"[0-9]{12}", number):
            self.add_error("personal_id", _("Số định danh cá nhân phải có đúng 12 chữ số, như trên thẻ căn cước."))
        if number and kind == PartyKind.ORGANISATION and not re.fullmatch(r"[0-9]{10}([0-9]{3})?", number):
            self.add_error("personal_id", _("Mã số doanh nghiệp có 10 chữ số, chi nhánh có 13 chữ số."))
        return cleaned

    def filing(self) -> Filing:
        """The checked form as plain values; call after `is_valid()`."""
        values = self.cleaned_data
        person = values["applicant_kind"] == PartyKind.PERSON
        return Filing(
            submission_id=values["submission_id"],
            channel=values["channel"],
            filed_by=(FiledBy.HELPED if values["channel"] == Channel.POST else FiledBy.OFFICER).value,
            applicant=PartyFacts(
                kind=values["applicant_kind"],
                full_name=values["full_name"],
                personal_id=values["personal_id"],
                birth_date=values["birth_date"] if person else None,
                gender=values["gender"] if person else "",
                address=values["address"],
                phone=values["phone"],
                email=values["email"],
            ),
            papers=tuple(_handed_in(self.offered, values["papers"])),
            whens=tuple(values["whens"]),
            submitter_name=values["submitter_name"],
            submitter_personal_id=values["submitter_personal_id"],
            request=values["request"],
            copies=values["copies"],
            return_method=values["return_method"],
            return_address=values["return_address"] if values["return_method"] == ReturnMethod.POST else "",
        )


def _handed_in(offered: OfferedVersion, ticked: Iterable[str]) -> Iterable[PaperHandedIn]:
    chosen = {UUID(value) for value in ticked}
    for paper in offered.components:
        if paper.id is not None and paper.id in chosen:
            yield handed_in(paper, paper.id)
