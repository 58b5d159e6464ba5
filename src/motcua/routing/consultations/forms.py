"""What is written when an opinion is asked for, given, or no longer wanted."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from motcua.routing.consultations.actions import Question
from motcua.routing.consultations.models import LONGEST_DELAY, DeadlineUnit, Opinion, SentHow, SilenceRule
from motcua.routing.forms import choice, text_area, text_line
from motcua.worktime.rules import Amount, Unit

OUTSIDE = "outside"


class ConsultForm(forms.Form):
    """Whom to ask, what, by when, and what silence means."""

    to = choice(gettext_lazy("Hỏi ai"), gettext_lazy("Ông/bà chọn nơi cần hỏi ý kiến."))
    outside_name = text_line(gettext_lazy("Tên cơ quan ngoài hệ thống"), required=False)
    sent_how = forms.ChoiceField(
        label=gettext_lazy("Gửi cơ quan ngoài hệ thống bằng"),
        choices=[("", gettext_lazy("Không gửi ra ngoài")), *SentHow.choices],
        required=False,
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )
    words = text_area(
        gettext_lazy("Nội dung hỏi"),
        gettext_lazy("Ông/bà ghi nội dung cần hỏi ý kiến."),
        gettext_lazy("Cơ quan khác chỉ thấy câu hỏi, mã hồ sơ, tên thủ tục, tên giấy tờ và họ tên chủ hồ sơ."),
        length=1000,
    )
    deadline_number = forms.IntegerField(
        label=gettext_lazy("Trả lời trong"),
        min_value=1,
        max_value=LONGEST_DELAY,
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-4", "inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("Ông/bà ghi trả lời trong mấy giờ hoặc mấy ngày."),
            "invalid": gettext_lazy("Ông/bà ghi một số, ví dụ 2."),
            "min_value": gettext_lazy("Hạn trả lời từ 1 trở lên."),
            "max_value": gettext_lazy("Hạn trả lời nhiều nhất %(limit_value)d."),
        },
    )
    deadline_unit = choice(gettext_lazy("Tính theo"), gettext_lazy("Ông/bà chọn giờ hay ngày làm việc."))
    silence = choice(
        gettext_lazy("Hết hạn mà không trả lời thì"), gettext_lazy("Ông/bà chọn làm gì khi hết hạn mà không trả lời.")
    )
    legal_basis = text_line(gettext_lazy("Căn cứ coi im lặng là đồng ý"), required=False, length=400)
    even_if_late = forms.BooleanField(
        label=gettext_lazy("Vẫn hỏi dù hạn trả lời làm hồ sơ trễ hẹn"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )

    def __init__(self, units: list[tuple[UUID, str]], agencies: list[tuple[UUID, str]], *args: Any) -> None:
        super().__init__(*args)
        to: Any = self.fields["to"]
        to.choices = [
            *((f"unit:{key}", name) for key, name in units),
            *((f"agency:{key}", name) for key, name in agencies),
            (OUTSIDE, gettext_lazy("Cơ quan ngoài hệ thống (ghi tên bên dưới)")),
        ]
        deadline_unit: Any = self.fields["deadline_unit"]
        deadline_unit.choices, deadline_unit.initial = DeadlineUnit.choices, DeadlineUnit.WORKING_DAY
        silence: Any = self.fields["silence"]
        silence.choices, silence.initial = SilenceRule.choices, SilenceRule.REMIND

    def clean(self) -> dict[str, Any]:
        """What is needed only together with something else is asked for at its own field."""
        said = super().clean() or {}
        if said.get("to") == OUTSIDE:
            if not said.get("outside_name"):
                self.add_error("outside_name", gettext_lazy("Ông/bà ghi tên cơ quan ngoài hệ thống."))
            if not said.get("sent_how"):
                self.add_error("sent_how", gettext_lazy("Ông/bà chọn câu hỏi được gửi bằng cách nào."))
        if said.get("silence") == SilenceRule.AGREE and not said.get("legal_basis"):
            self.add_error("legal_basis", gettext_lazy("Ông/bà ghi căn cứ pháp lý của việc coi im lặng là đồng ý."))
        return said

    def question(self) -> Question:
        """What the valid form asks."""
        said = self.cleaned_data
        kind, _sep, key = said["to"].partition(":")
        whom: dict[str, Any] = {f"{kind}_id": UUID(key)} if key else {
            "outside_name": said["outside_name"], "sent_how": said["sent_how"]}  # fmt: skip
        return Question(
            words=said["words"], deadline=Amount(said["deadline_number"], Unit(said["deadline_unit"])),
            silence=SilenceRule(said["silence"]), legal_basis=said["legal_basis"], **whom,
        )  # fmt: skip


class AnswerForm(forms.Form):
    """The opinion that was asked for."""

    opinion = choice(gettext_lazy("Ý kiến"), gettext_lazy("Ông/bà chọn đồng ý hay không."))
    words = text_area(
        gettext_lazy("Nội dung"),
        "",
        gettext_lazy("Bắt buộc khi không đồng ý hoặc đồng ý có điều kiện."),
        required=False,
        length=2000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        opinion: Any = self.fields["opinion"]
        opinion.choices = Opinion.choices

    def clean(self) -> dict[str, Any]:
        """What disagrees or sets conditions says why."""
        said = super().clean() or {}
        if said.get("opinion") in (Opinion.CONDITIONAL, Opinion.DISAGREE) and not said.get("words"):
            self.add_error("words", gettext_lazy("Ông/bà ghi rõ điều kiện, hoặc vì sao không đồng ý."))
        return said


class LetterForm(AnswerForm):
    """The answer that came by letter from outside the system."""

    letter = text_line(
        gettext_lazy("Văn bản trả lời số, ngày"), gettext_lazy("Ông/bà ghi số, ngày của văn bản trả lời."), length=120
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["letter", "opinion", "words"])
