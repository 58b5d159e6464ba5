"""What an official writes down when a dossier leaves the plain way."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from motcua.core.typed import day_input
from motcua.people.models import UnitFunction

WISH_CHANNELS = (
    ("counter", gettext_lazy("Tại quầy")),
    ("letter", gettext_lazy("Bằng văn bản")),
    ("phone", gettext_lazy("Qua điện thoại")),
    ("online", gettext_lazy("Trực tuyến")),
)


TOO_LONG = gettext_lazy("Nội dung dài quá, nhiều nhất %(limit_value)d ký tự.")


def text_area(label: Any, missing: Any, hint: Any = "", *, required: bool = True, length: int = 600) -> forms.CharField:
    """A text of some lines with the sentence that is said when it is empty."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=length,
        help_text=hint,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3, "maxlength": length}),
        error_messages={
            "required": missing,
            "max_length": TOO_LONG,
        },
    )


def text_line(label: Any, missing: Any = "", *, required: bool = True, length: int = 200) -> forms.CharField:
    """One line of text."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=length,
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
        error_messages={"required": missing, "max_length": TOO_LONG},
    )


def choice(label: Any, missing: Any) -> forms.ChoiceField:
    """One of several, by radio buttons."""
    return forms.ChoiceField(
        label=label,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
        error_messages={"required": missing, "invalid_choice": missing},
    )


class WishForm(forms.Form):
    """The applicant's wish to withdraw or stop, as the desk heard it."""

    name = text_line(gettext_lazy("Người đề nghị"), gettext_lazy("Ông/bà ghi họ tên người đề nghị."))
    channel = choice(gettext_lazy("Đề nghị bằng cách nào"), gettext_lazy("Ông/bà chọn người nộp đề nghị cách nào."))
    words = text_area(gettext_lazy("Nội dung đề nghị"), gettext_lazy("Ông/bà ghi nội dung đề nghị của người nộp."))

    def __init__(self, applicant: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = applicant
        self.fields["channel"].choices = WISH_CHANNELS  # type: ignore[attr-defined]
        self.fields["channel"].initial = "counter"


class ReasonForm(forms.Form):
    """A reason that stays in the record."""

    reason = text_area(gettext_lazy("Lý do"), gettext_lazy("Ông/bà ghi rõ lý do."))


class RejectForm(ReasonForm):
    """Why the office refuses on the merits, and by which law."""

    legal_basis = text_line(
        gettext_lazy("Căn cứ pháp lý"), gettext_lazy("Ông/bà ghi căn cứ pháp lý của việc từ chối."), length=400
    )


class ForwardForm(ReasonForm):
    """To which unit the step belongs."""

    to = choice(gettext_lazy("Đơn vị nhận"), gettext_lazy("Ông/bà chọn đơn vị nhận."))

    def __init__(self, functions: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(value, UnitFunction(value).label) for value in functions]  # type: ignore[attr-defined]
        self.order_fields(["to", "reason"])


class ReassignForm(ReasonForm):
    """Into whose hands the step goes."""

    to = choice(gettext_lazy("Giao cho"), gettext_lazy("Ông/bà chọn người nhận việc."))

    def __init__(self, colleagues: list[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.in_vain = not colleagues
        self.fields["to"].choices = [(str(key), name) for key, name in colleagues]  # type: ignore[attr-defined]
        self.order_fields(["to", "reason"])


class InviteForm(forms.Form):
    """Why the applicant must come, where and until when."""

    purpose = text_area(
        gettext_lazy("Mời đến để làm gì"),
        gettext_lazy("Ông/bà ghi mời người nộp đến để làm gì."),
        gettext_lazy("Ví dụ: cùng xác minh ranh giới thửa đất."),
    )
    place = text_line(gettext_lazy("Địa điểm"), gettext_lazy("Ông/bà ghi địa điểm."))
    until = day_input(gettext_lazy("Đến hết ngày"), gettext_lazy("Ông/bà ghi ngày cuối cùng người nộp có thể đến."))


class AttendedForm(forms.Form):
    """What was done when the applicant came."""

    words = text_area(
        gettext_lazy("Ai có mặt, đã làm việc gì"),
        gettext_lazy("Ông/bà ghi ai có mặt và nội dung buổi làm việc."),
    )
