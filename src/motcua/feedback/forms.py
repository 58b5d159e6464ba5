"""The questions of a rating, the paper typed in at the desk, and what the head did."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from motcua.feedback.actions import Said
from motcua.feedback.models import LONGEST_DEED, LONGEST_REMARK
from motcua.feedback.scales import OVERALL, Scale

_TOO_LONG = gettext_lazy("Nội dung dài quá, nhiều nhất %(limit_value)d ký tự.")


class RatingForm(forms.Form):
    """One question overall, the criteria of the day's scale, and room for words."""

    def __init__(self, *args: Any, scale: Scale, **rest: Any) -> None:
        super().__init__(*args, **rest)
        choices = [(degree.code, str(degree)) for degree in scale.degrees]
        for asked in scale.asked():
            self.fields[asked.code] = forms.ChoiceField(
                label=str(asked), choices=choices, required=asked.code == OVERALL,
                widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
                error_messages={
                    "required": gettext_lazy("Ông/bà chọn một mức: đây là câu duy nhất cần trả lời."),
                    "invalid_choice": gettext_lazy("Ông/bà chọn một trong các mức trên trang."),
                },
            )  # fmt: skip
        self.fields["remark"] = forms.CharField(
            label=gettext_lazy("Ông/bà muốn nói thêm điều gì?"), max_length=LONGEST_REMARK, required=False,
            help_text=gettext_lazy(
                "Không cần ghi họ tên, số điện thoại. Ý kiến chỉ hiện công khai sau khi có người đọc và duyệt."
            ),
            widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 4}),
            error_messages={"max_length": _TOO_LONG},
        )  # fmt: skip
        self._asked = tuple(asked.code for asked in scale.asked())

    def said(self) -> Said:
        """The answers that were given; call after `is_valid()`."""
        chosen = {code: self.cleaned_data[code] for code in self._asked if self.cleaned_data[code]}
        return Said(chosen, self.cleaned_data["remark"])


class PaperRatingForm(RatingForm):
    """A paper from the box at the counter: whose dossier, and what was ticked."""

    code = forms.CharField(
        label=gettext_lazy("Mã hồ sơ trên phiếu"), max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-20", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Ông/bà ghi mã hồ sơ. Phiếu không có mã thì không nhập được.")},
    )  # fmt: skip


class DeedForm(forms.Form):
    """What was done after a bad rating."""

    deed = forms.CharField(
        label=gettext_lazy("Đã làm gì sau đánh giá này"), max_length=LONGEST_DEED,
        help_text=gettext_lazy("Ví dụ: đã gọi xin lỗi người nộp, đã nhắc bộ phận tiếp nhận hướng dẫn một lần cho đủ."),
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 4}),
        error_messages={
            "required": gettext_lazy("Ông/bà ghi đã làm gì sau đánh giá này."), "max_length": _TOO_LONG,
        },
    )  # fmt: skip
