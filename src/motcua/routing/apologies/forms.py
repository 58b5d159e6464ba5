"""What an official writes into a letter of apology, and into an exception."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from motcua.routing.apologies.actions import Wording
from motcua.routing.apologies.models import Apology, DelayUnit, ExceptionKind
from motcua.routing.apologies.reasons import reasons_on
from motcua.routing.apologies.rules import LONGEST_DELAY
from motcua.routing.forms import choice, text_area
from motcua.worktime.rules import Amount, Unit


class LetterForm(forms.Form):
    """The reason and the delay; the date is counted from them."""

    reason_code = choice(gettext_lazy("Lý do trễ"), gettext_lazy("Ông/bà chọn lý do trễ trong danh sách."))
    reason = text_area(
        gettext_lazy("Cụ thể là vì sao"),
        gettext_lazy("Ông/bà ghi cụ thể vì sao hồ sơ này trễ."),
        gettext_lazy("Người nộp đọc câu này trong thư. Ghi đúng sự thật, nói với ông/bà ấy."),
    )
    delay_number = forms.IntegerField(
        label=gettext_lazy("Xin thêm"),
        min_value=1,
        max_value=LONGEST_DELAY,
        widget=forms.TextInput(
            attrs={"class": "govuk-input govuk-input--width-4", "inputmode": "numeric", "autocomplete": "off"}
        ),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            gettext_lazy("Ông/bà nhập thời gian xin thêm bằng số nguyên, từ 1 đến 60."),
        ),
    )
    delay_unit = choice(gettext_lazy("Tính bằng"), gettext_lazy("Ông/bà chọn giờ làm việc hoặc ngày làm việc."))

    def __init__(self, letter: Apology, sent: Any = None) -> None:
        super().__init__(sent, initial={name: getattr(letter, name) for name in self.base_fields})
        listed = [(reason.code, reason.text) for reason in reasons_on(localdate())]
        self.fields["reason_code"].choices = listed  # type: ignore[attr-defined]
        self.fields["delay_unit"].choices = DelayUnit.choices  # type: ignore[attr-defined]

    def wording(self) -> Wording:
        """What was written, of a valid form."""
        said = self.cleaned_data
        return Wording(said["reason_code"], said["reason"], Amount(said["delay_number"], Unit(said["delay_unit"])))


class WithdrawDraftForm(forms.Form):
    """Why no letter is needed after all."""

    why = text_area(
        gettext_lazy("Vì sao hồ sơ sẽ kịp hẹn"), gettext_lazy("Ông/bà ghi vì sao hồ sơ sẽ kịp hẹn."), length=600
    )


class SecondLetterForm(forms.Form):
    """Why a new date that is still ahead will not be kept either."""

    why = text_area(
        gettext_lazy("Vì sao vẫn không kịp ngày hẹn mới"),
        gettext_lazy("Ông/bà ghi vì sao vẫn không kịp ngày hẹn mới."),
        gettext_lazy("Câu này mở đầu thư thứ hai; người nộp đọc được."),
    )


class ExceptionForm(forms.Form):
    """Why a late dossier has no letter, with the paper that proves it."""

    kind = choice(gettext_lazy("Loại ngoại lệ"), gettext_lazy("Ông/bà chọn loại ngoại lệ."))
    evidence = text_area(
        gettext_lazy("Chứng cứ"),
        gettext_lazy("Ông/bà ghi chứng cứ, ví dụ: biên bản số 12 ngày 20/11/2026 về sự cố hệ thống."),
        gettext_lazy("Số, ngày của biên bản hoặc văn bản xác nhận, và tóm tắt sự việc."),
    )

    def __init__(self, sent: Any = None) -> None:
        super().__init__(sent)
        people_s = [(kind.value, kind.label) for kind in ExceptionKind if kind is not ExceptionKind.SETTLED_FIRST]
        self.fields["kind"].choices = people_s  # type: ignore[attr-defined]
